from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.claims.cause import Cause, Code
from marketplace.claims.recovery import BilledLine, Owed, ReturnTerms, Settled, owed

TODAY = date(2026, 11, 23)


def billed(units=1, accepted=2, bill=3_000, **more):
    return BilledLine(supplier_order_line=1, units=units, accepted=accepted, billed=bill, **more)


def settled(cause, **more):
    return Settled(**{"cause": cause, "refunded": 2_000, "paid": 2_000, "reported_on": TODAY, **more})


def codes(found):
    return [r.code for r in found.why]


@pytest.mark.parametrize("cause", [Cause.WRONG_ITEM, Cause.MISSING, Cause.NOT_DELIVERED])
@pytest.mark.parametrize("pays_damage", [True, False])
def test_its_own_mistakes_and_its_carriers_are_the_suppliers_to_pay(cause, pays_damage):
    found = owed(
        settled(cause),
        [billed()],
        ReturnTerms(pays_damage=pays_damage),
        goods_billed=3_000,
        freight_billed=500,
    )
    assert (found.lines, found.freight, found.total) == ({1: 1_500}, 250, 1_750)
    assert codes(found) == [Code.OWES_GOODS, Code.OWES_FREIGHT]


@pytest.mark.parametrize("cause", [Cause.DAMAGED, Cause.DEFECTIVE])
def test_damage_is_paid_as_the_agreement_says(cause):
    assert owed(settled(cause), [billed()], ReturnTerms(), goods_billed=3_000).total == 1_500
    refused = owed(settled(cause), [billed()], ReturnTerms(pays_damage=False), goods_billed=3_000)
    assert (refused.total, codes(refused)) == (0, [Code.TERMS_EXCLUDE_DAMAGE])


def test_goodwill_is_the_merchants_own():
    found = owed(settled(Cause.OTHER), [billed()], ReturnTerms(), goods_billed=3_000, freight_billed=500)
    assert found == Owed(lines={}, freight=0, after_return=False, why=found.why)
    assert codes(found) == [Code.GOODWILL]


def test_a_partial_refund_is_shared_in_the_same_proportion():
    found = owed(settled(Cause.DAMAGED, refunded=500), [billed()], ReturnTerms(), goods_billed=3_000)
    assert found.lines == {1: 375}
    assert codes(found) == [Code.OWES_SHARE]


def test_a_bought_replacement_is_owed_in_full_and_a_free_one_not_at_all():
    bought = owed(settled(Cause.DAMAGED, refunded=0, paid=0), [billed()], ReturnTerms(), goods_billed=3_000)
    assert bought.total == 1_500
    free = owed(settled(Cause.DAMAGED, free_replacement=True), [billed()], ReturnTerms(), goods_billed=3_000)
    assert codes(free) == [Code.REPLACED_FREE]


@pytest.mark.parametrize(
    ("terms", "days", "total", "code"),
    [
        (ReturnTerms(return_days=14), 14, 1_500, Code.OWES_GOODS),
        (ReturnTerms(return_days=14), 15, 0, Code.RETURN_TOO_LATE),
        (ReturnTerms(returns_to="merchant"), 1, 0, Code.GOODS_STAY_WITH_MERCHANT),
    ],
)
def test_a_change_of_mind_is_owed_only_for_goods_the_supplier_takes_back(terms, days, total, code):
    case = settled(Cause.CHANGED_MIND, delivered_on=TODAY - timedelta(days=days))
    found = owed(case, [billed()], terms, goods_billed=3_000, freight_billed=500)
    assert found.total == total
    assert found.freight == 0
    assert codes(found)[0] is code
    assert found.after_return == bool(total)


def test_goods_expected_back_are_owed_once_they_are_there():
    case = settled(Cause.DEFECTIVE, return_expected=True)
    assert owed(case, [billed()], ReturnTerms(), goods_billed=3_000).after_return
    assert not owed(case, [billed()], ReturnTerms(returns_to="merchant"), goods_billed=3_000).after_return


def test_nothing_is_owed_twice():
    case = settled(Cause.MISSING)
    again = owed(case, [billed(recovered_units=2)], ReturnTerms(), goods_billed=3_000, freight_billed=500)
    assert (again.total, codes(again)) == (0, [Code.RECOVERED_ALREADY])
    assert owed(case, [billed(units=2, recovered_units=1)], ReturnTerms(), goods_billed=3_000).total == 1_500


def test_quantities_that_cannot_be_are_refused():
    with pytest.raises(ValueError, match="line 1"):
        owed(settled(Cause.MISSING), [billed(units=3)], ReturnTerms(), goods_billed=3_000)


@given(
    st.integers(1, 20),
    st.integers(0, 10**6),
    st.integers(0, 10**5),
    st.integers(1, 10**6),
    st.data(),
)
def test_all_debit_notes_of_a_line_together_never_exceed_its_bill(accepted, bill, freight, paid, data):
    recovered = goods = freight_owed = 0
    while recovered < accepted:
        units = data.draw(st.integers(1, accepted - recovered))
        refunded = data.draw(st.integers(0, paid))
        case = settled(Cause.MISSING, refunded=refunded, paid=paid)
        line = billed(units, accepted, bill, recovered_units=recovered)
        found = owed(case, [line], ReturnTerms(), goods_billed=bill, freight_billed=freight)
        goods += sum(found.lines.values())
        freight_owed += found.freight
        recovered += units
    assert goods <= bill
    assert freight_owed <= freight + accepted  # each note rounds its freight once
