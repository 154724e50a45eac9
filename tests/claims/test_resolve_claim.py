"""One complaint, one resolution: what is previewed is what happens, under the caps, whoever else decides at the same time."""

import asyncio

import pytest

from marketplace.claims.decision import Decision
from marketplace.claims.file_claim import file_claim
from marketplace.claims.photos import SentPhoto
from marketplace.claims.preview_resolution import preview_resolution
from marketplace.claims.resolve_claim import resolve_claim
from marketplace.kernel.database import execute, fetch_value
from marketplace.kernel.errors import Invalid, NotFound, Stale
from marketplace.ordering.refund_order import refund_order, send_refund
from tenants.scope import acting_as
from tests.claims.scenes import photo, sold, value
from tests.support import world

pytestmark = pytest.mark.usefixtures("database")
REFUND = Decision("refund")


async def complaint(one, units: int = 1, cause: str = "damaged", **more) -> int:
    filed = await file_claim(
        one.merchant,
        one.order,
        units={one.line: units},
        cause=cause,
        wish=more.pop("wish", "refund"),
        text="The neck is broken.",
        key=world.unique("form"),
        photos=[SentPhoto("a.jpg", photo())],
        **more,
    )
    return filed.id


async def refunds_of(one) -> list[int]:
    found = await value("SELECT array_agg(amount ORDER BY id) FROM refund WHERE charge = $1", one.charge)
    return found or []


async def test_the_preview_shows_the_refund_its_cap_and_what_the_supplier_owes_and_nothing_moves():
    one = await sold(units=2)
    claim = await complaint(one)
    plan = await preview_resolution(one.merchant, claim, REFUND)
    assert (plan.kind, plan.refund, plan.shipping, plan.problems) == ("refund", 2490, 0, {})
    assert (plan.lines[0].captured, plan.lines[0].left) == (4980, 4980)
    [owes] = plan.recoveries
    assert (owes.amount, owes.lines[0].amount, owes.freight, owes.currency) == (1250, 1000, 250, "EUR")
    assert [reason.code for reason in owes.why] == ["owes_goods", "owes_freight"]
    assert await refunds_of(one) == []


async def test_what_was_previewed_is_performed_and_paid_back_by_the_gateway():
    one = await sold(units=2)
    claim = await complaint(one)
    plan = await preview_resolution(one.merchant, claim, REFUND)
    done = await resolve_claim(one.merchant, claim, REFUND, by="Alice")
    assert await refunds_of(one) == [plan.refund]
    assert await value("SELECT refund_reserved FROM order_line WHERE id = $1", one.line) == 2490
    assert (
        await value("SELECT amount FROM recovery WHERE id = $1", done.recoveries[0])
        == plan.recoveries[0].amount
    )
    await send_refund(one.merchant, done.refund)
    assert await value("SELECT refunded FROM order_line WHERE id = $1", one.line) == 2490
    assert await value("SELECT state FROM refund WHERE id = $1", done.refund) == "done"


async def test_everything_failed_so_the_delivery_is_paid_back_too():
    one = await sold(units=2)
    claim = await complaint(one, units=2)
    plan = await preview_resolution(one.merchant, claim, REFUND)
    assert (plan.refund, plan.shipping) == (2 * 2490 + 490, 490)


async def naive_resolve(one, claim: int, together: asyncio.Barrier) -> None:
    """Look, then act, as one would without a guard."""
    async with acting_as(one.merchant):
        state = await fetch_value("SELECT state FROM claim WHERE id = $1", claim)
        await together.wait()
        if state == "open":
            await refund_order(
                one.merchant, one.order, lines={one.line: 2490}, reason="claim", key=world.unique("refund")
            )
            await execute("UPDATE claim SET state = 'resolved', closed_at = now() WHERE id = $1", claim)


async def test_without_the_guard_two_operators_pay_the_same_complaint_twice():
    one = await sold(units=2)
    claim = await complaint(one)
    together = asyncio.Barrier(2)
    await asyncio.gather(*(naive_resolve(one, claim, together) for _ in range(2)))
    assert await refunds_of(one) == [2490, 2490]


async def test_two_operators_resolve_the_same_complaint_at_once_and_one_refund_is_made():
    one = await sold(units=2)
    claim = await complaint(one)
    answers = await asyncio.gather(
        *(resolve_claim(one.merchant, claim, REFUND, by=f"Operator {n}") for n in range(6)),
        return_exceptions=True,
    )
    assert sorted(type(a).__name__ for a in answers) == ["Resolved"] + ["Stale"] * 5
    assert await refunds_of(one) == [2490]
    assert await value("SELECT count(*) FROM resolution WHERE claim = $1", claim) == 1
    assert await value("SELECT count(*) FROM recovery WHERE claim_id = $1", claim) == 1


async def test_two_complaints_about_one_line_never_pay_back_more_than_was_paid():
    one = await sold(units=2)
    claims = [await complaint(one), await complaint(one)]
    both = Decision("part_refund", amounts={one.line: 4980}, recover=False)
    answers = await asyncio.gather(
        *(resolve_claim(one.merchant, claim, both, by="Alice") for claim in claims), return_exceptions=True
    )
    assert sorted(type(a).__name__ for a in answers) == ["Invalid", "Resolved"]
    assert await refunds_of(one) == [4980]


async def test_a_part_refund_is_shared_and_the_supplier_owes_its_share():
    one = await sold(units=2)
    claim = await complaint(one, units=2)
    half = Decision("part_refund", amount=2490)
    plan = await preview_resolution(one.merchant, claim, half)
    assert (plan.refund, plan.kind) == (2490, "part_refund")
    [owes] = plan.recoveries
    assert (owes.lines[0].amount, owes.freight) == (1000, 250)
    await resolve_claim(one.merchant, claim, half, by="Alice")
    assert await refunds_of(one) == [2490]


@pytest.mark.parametrize(
    ("decision", "field"),
    [
        (lambda line: Decision("part_refund", amounts={line: 4981}), "amount"),
        (lambda line: Decision("part_refund", amount=4981), "amount"),
        (lambda line: Decision("part_refund", amount=-5), "amount"),
        (lambda line: Decision("refund", shipping=491), "shipping"),
        (lambda line: Decision("rejected"), "note"),
        (lambda line: Decision("advice"), "note"),
        (lambda line: Decision("gift"), "kind"),
        (lambda line: Decision("replacement", units={line: 3}), "units"),
        (lambda line: Decision("replacement", units={line: 0}), "units"),
    ],
)
async def test_what_cannot_be_is_said_beside_its_field_and_the_complaint_stays_open(decision, field):
    one = await sold(units=2)
    claim = await complaint(one)
    with pytest.raises(Invalid) as refused:
        await resolve_claim(one.merchant, claim, decision(one.line), by="Alice")
    assert any(name.startswith(field) for name in refused.value.problems)
    assert await value("SELECT state FROM claim WHERE id = $1", claim) == "open"
    assert await refunds_of(one) == []


async def test_nothing_was_charged_so_nothing_goes_back():
    one = await sold(captured=False)
    claim = await complaint(one)
    with pytest.raises(Invalid) as refused:
        await resolve_claim(one.merchant, claim, REFUND, by="Alice")
    assert "not charged" in refused.value.problems["amount"]


async def test_a_replacement_is_ordered_of_a_supplier_and_the_first_one_is_owed():
    one = await sold(units=2)
    claim = await complaint(one, wish="replacement")
    done = await resolve_claim(one.merchant, claim, Decision("replacement"), by="Alice")
    assert done.refund is None
    assert await value(
        "SELECT array_agg(l.ordered) FROM supplier_order_line l JOIN supplier_order o ON o.id = l.supplier_order"
        " WHERE o.order_id = $1 AND o.purpose = 'replacement'",
        one.order,
    ) == [1]
    assert await value("SELECT amount FROM recovery WHERE claim_id = $1", claim) == 1250


async def test_the_agreement_says_that_the_supplier_does_not_pay_for_damage():
    one = await sold(pays_damage=False)
    claim = await complaint(one)
    [owes] = (await preview_resolution(one.merchant, claim, REFUND)).recoveries
    assert (owes.amount, owes.why[0].code) == (0, "terms_exclude_damage")
    done = await resolve_claim(one.merchant, claim, REFUND, by="Alice")
    assert done.recoveries == []


async def test_the_merchant_lets_the_supplier_off():
    one = await sold()
    claim = await complaint(one)
    done = await resolve_claim(one.merchant, claim, Decision("refund", recover=False), by="Alice")
    assert done.recoveries == []


async def test_no_supplier_has_that_many_left_to_send_again():
    one = await sold(units=2)
    async with acting_as(one.merchant):
        await execute("UPDATE variant SET available = 0 WHERE merchant = $1", one.merchant)
    claim = await complaint(one)
    with pytest.raises(Invalid) as refused:
        await resolve_claim(one.merchant, claim, Decision("replacement"), by="Alice")
    assert refused.value.problems == {f"units_{one.line}": "No supplier has that many at the moment."}


async def test_a_stranger_neither_previews_nor_resolves():
    one, charlie = await sold(), await world.merchant("charlie")
    claim = await complaint(one)
    with pytest.raises(NotFound):
        await preview_resolution(charlie, claim, REFUND)
    with pytest.raises(NotFound):
        await resolve_claim(charlie, claim, REFUND, by="Charlie")


async def test_a_rejection_that_is_contested_is_looked_at_again():
    from marketplace.claims.reply_to_claim import reply_to_claim

    one = await sold()
    claim = await complaint(one)
    await resolve_claim(
        one.merchant, claim, Decision("rejected", note="The photo shows no damage."), by="Alice"
    )
    with pytest.raises(Stale):
        await resolve_claim(one.merchant, claim, REFUND, by="Bob")
    await reply_to_claim(one.merchant, one.order, claim, text="Look at the neck.", author="Simone Shopper")
    assert await value("SELECT state FROM claim WHERE id = $1", claim) == "open"
    await resolve_claim(one.merchant, claim, REFUND, by="Alice")
    assert await refunds_of(one) == [2490]
