from datetime import date

import msgspec
import pytest

from marketplace.ordering.routing import (
    ContradictoryProblem,
    Costs,
    Decision,
    ImpossiblePlan,
    Policy,
    Problem,
    Rate,
    Status,
    Why,
    milp,
    price_by_hand,
    replay,
    route,
)
from marketplace.ordering.routing.model import SolverFailed
from tests.ordering.routing.builders import line, offer, problem, terms

MONDAY, TUESDAY, WEDNESDAY = date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 25)
PLAIN = Policy(extra_parcel=0, late_day=0, score_weight_bp=0)
"""Money only: no price on parcels, days or scores."""


def chosen(decision):
    """{(line, offer): units of the line}"""
    return {(a.line_id, a.offer_id): a.quantity for a in decision.assignments}


def codes(reasons):
    return [reason.code for reason in reasons]


def test_the_cheapest_offer_serves():
    d = route(problem([line()], [offer(1, cost=500_000), offer(2, cost=499_999)], [terms()]), PLAIN)
    assert chosen(d) == {(1, 2): 1}
    assert d.complete
    assert d.proved
    assert d.total == 5000


def test_freight_can_make_the_cheaper_offer_the_dearer_one():
    suppliers = [terms(1, shipping_fee=900), terms(2, shipping_fee=200)]
    d = route(problem([line()], [offer(1, 1, 500_000), offer(2, 2, 550_000)], suppliers), PLAIN)
    assert chosen(d) == {(1, 2): 1}
    assert d.total == 5700
    loser = next(v for v in d.candidates if v.offer_id == 1)
    assert loser.status is Status.POSSIBLE
    assert [(r.code, r.params) for r in loser.reasons] == [(Why.DEARER, {"by": 200, "currency": "EUR"})]


def test_a_dearer_line_is_worth_it_when_it_carries_the_order_over_the_franco():
    """Greedy takes the cheapest of each line and pays freight twice."""
    lines = [line(1), line(2)]
    offers = [
        offer(11, 1, 600_000, line_id=1),
        offer(12, 2, 590_000, line_id=1),
        offer(21, 1, 400_000, line_id=2),
        offer(22, 2, 450_000, line_id=2),
    ]
    suppliers = [terms(1, shipping_fee=800, franco_threshold=10_000), terms(2, shipping_fee=800)]
    d = route(problem(lines, offers, suppliers), PLAIN)
    assert chosen(d) == {(1, 11): 1, (2, 21): 1}
    assert d.total == 10_000
    assert d.suppliers[0].franco_reached
    assert d.suppliers[0].costs == Costs(goods=10_000, freight=0, fee=0, total=10_000)


def test_one_ten_thousandth_short_of_the_franco_pays_freight():
    suppliers = [terms(shipping_fee=800, franco_threshold=10_000)]
    d = route(problem([line(net_price=20_000)], [offer(1, cost=999_999)], suppliers), PLAIN)
    assert d.suppliers[0].costs.freight == 800
    assert not d.suppliers[0].franco_reached
    [near] = [w for w in d.warnings if w.code is Why.NEAR_FRANCO]
    assert near.params["short"] == 1
    assert near.params["freight"] == 800


BOTH = pytest.mark.parametrize("enumerate_up_to", [0, 600], ids=["milp", "enumeration"])


@BOTH
@pytest.mark.parametrize(("short", "winner"), [(0, 1), (1, 2)])
@pytest.mark.parametrize(
    "rule",
    [
        {"franco_threshold": 5_000, "shipping_fee": 10},
        {"minimum_order": 5_000, "order_fee": 10},
        {"minimum_order": 5_000, "refuses_small": True},
    ],
    ids=["franco", "minimum fee", "minimum refused"],
)
def test_a_threshold_is_sharp_to_the_ten_thousandth(enumerate_up_to, short, winner, rule):
    """Supplier 1 is cheaper only when its threshold is met."""
    offers = [offer(1, 1, 500_000 - short), offer(2, 2, 500_005)]
    asked = problem([line()], offers, [terms(1, **rule), terms(2)])
    assert chosen(route(asked, PLAIN, enumerate_up_to=enumerate_up_to)) == {(1, winner): 1}


@BOTH
@pytest.mark.parametrize(("extra", "winner"), [(0, 1), (1, 2)])
def test_a_large_order_is_counted_as_sharply_as_a_small_one(enumerate_up_to, extra, winner):
    """10,000 euros of goods, and a franco that one ten-thousandth decides."""
    rule = {"franco_threshold": 1_000_000, "shipping_fee": 100}
    offers = [offer(1, 1, 50_000_000 - extra, line_id=n) for n in (1, 2)]
    offers += [offer(2, 2, 50_000_100, line_id=n) for n in (1, 2)]
    asked = problem([line(n, net_price=600_000) for n in (1, 2)], offers, [terms(1, **rule), terms(2)])
    assert set(chosen(route(asked, PLAIN, enumerate_up_to=enumerate_up_to))) == {(1, winner), (2, winner)}


def test_far_from_a_franco_nobody_is_told_to_reach_for_it():
    d = route(
        problem([line()], [offer(1, cost=500_000)], [terms(shipping_fee=800, franco_threshold=10_000)]), PLAIN
    )
    assert Why.NEAR_FRANCO not in codes(d.warnings)


def test_goods_that_already_wait_at_the_supplier_count_towards_its_franco():
    waiting = terms(shipping_fee=800, franco_threshold=10_000, waiting=5_000)
    assert route(problem([line()], [offer(1)], [waiting]), PLAIN).total == 5000


def test_a_small_order_pays_its_fee_and_the_merchant_is_warned():
    suppliers = [terms(minimum_order=6_000, order_fee=350)]
    d = route(problem([line()], [offer(1)], suppliers), PLAIN)
    assert d.suppliers[0].costs == Costs(goods=5000, freight=0, fee=350, total=5350)
    [warning] = d.warnings
    assert warning.code is Why.BELOW_MINIMUM
    assert warning.params["short"] == 1000


def test_a_supplier_that_refuses_small_orders_gets_both_lines_or_none():
    lines = [line(1), line(2)]
    offers = [
        offer(11, 1, 400_000, line_id=1),
        offer(12, 2, 500_000, line_id=1),
        offer(21, 1, 450_000, line_id=2),
        offer(22, 2, 440_000, line_id=2),
    ]
    strict = terms(1, minimum_order=8_000, refuses_small=True)
    assert chosen(route(problem(lines, offers, [strict, terms(2)]), PLAIN)) == {(1, 11): 1, (2, 21): 1}
    stricter = terms(1, minimum_order=9_000, refuses_small=True)
    assert chosen(route(problem(lines, offers, [stricter, terms(2)]), PLAIN)) == {(1, 12): 1, (2, 22): 1}


@BOTH
def test_a_minimum_nobody_can_reach_leaves_the_line_unserved_and_says_so(enumerate_up_to):
    strict = terms(1, minimum_order=9_000, refuses_small=True)
    d = route(problem([line()], [offer(1)], [strict]), PLAIN, enumerate_up_to=enumerate_up_to)
    assert d.assignments == []
    assert not d.complete
    assert codes(d.unserved[0].reasons) == [Why.NOT_ENOUGH]
    assert codes(d.candidates[0].reasons) == [Why.WOULD_NOT_FIT]


@pytest.mark.parametrize(
    ("price", "winner"), [(0, {(1, 11): 1, (2, 22): 1}), (600, {(1, 11): 1, (2, 21): 1})]
)
def test_a_second_parcel_is_avoided_when_it_is_priced_higher_than_it_saves(price, winner):
    lines = [line(1), line(2)]
    offers = [
        offer(11, 1, 400_000, line_id=1),
        offer(21, 1, 450_000, line_id=2),
        offer(22, 2, 400_000, line_id=2),
    ]
    d = route(problem(lines, offers, [terms(1), terms(2)]), Policy(extra_parcel=price, score_weight_bp=0))
    assert chosen(d) == winner


def test_two_warehouses_of_one_supplier_are_two_parcels():
    lines = [line(1), line(2)]
    offers = [offer(11, 1, line_id=1, warehouse="Lyon"), offer(21, 1, line_id=2, warehouse="Lille")]
    d = route(problem(lines, offers, [terms(1, shipping_fee=500, parcel_fee=300)]), PLAIN)
    assert d.parcels == 2
    assert d.suppliers[0].costs.freight == 800


def test_each_started_kilogram_is_paid():
    d = route(problem([line()], [offer(1, weight_g=1_001)], [terms(shipping_fee=100, kilo_fee=50)]), PLAIN)
    assert d.suppliers[0].costs.freight == 200


@pytest.mark.parametrize(("price", "winner"), [(100, 1), (300, 2)])
def test_late_days_cost_what_the_policy_says(price, winner):
    offers = [offer(1, cost=500_000, arrives=WEDNESDAY), offer(2, cost=540_000, arrives=MONDAY)]
    d = route(
        problem([line(promise_date=MONDAY)], offers, [terms()]), Policy(late_day=price, score_weight_bp=0)
    )
    assert chosen(d) == {(1, winner): 1}
    late = [w.params for w in d.warnings if w.code is Why.LATE]
    assert late == ([{"line_id": 1, "days": 2}] if winner == 1 else [])


@pytest.mark.parametrize(("weight", "winner"), [(0, 1), (500, 2)])
def test_an_unreliable_supplier_must_be_cheaper_by_what_the_policy_says(weight, winner):
    suppliers = [terms(1, score=20), terms(2, score=100)]
    offers = [offer(1, 1, 490_000), offer(2, 2, 500_000)]
    d = route(problem([line()], offers, suppliers), Policy(score_weight_bp=weight))
    assert chosen(d) == {(1, winner): 1}
    assert d.total == (4900 if winner == 1 else 5000)  # a score is weighed, never paid


def test_a_line_is_split_when_no_offer_has_enough():
    offers = [offer(1, 1, 500_000, available=2), offer(2, 2, 510_000, available=2)]
    d = route(problem([line(quantity=3)], offers, [terms(1), terms(2)]), PLAIN)
    assert chosen(d) == {(1, 1): 2, (1, 2): 1}


def test_a_merchant_who_never_splits_gets_what_one_offer_has():
    offers = [offer(1, 1, 500_000, available=2), offer(2, 2, 510_000, available=1)]
    whole = problem([line(quantity=3)], offers, [terms(1), terms(2)])
    d = route(whole, Policy(allow_split=False))
    assert chosen(d) == {(1, 1): 2}
    assert [(u.line_id, u.quantity) for u in d.unserved] == [(1, 1)]
    assert d.unserved[0].reasons[0].params == {"served": 2, "wanted": 3}
    d = route(whole, Policy(allow_split=False, allow_partial=False))
    assert d.assignments == []


def test_two_lines_that_want_the_last_units_of_one_offer_do_not_both_get_them():
    lines = [line(1, net_price=10_000), line(2, net_price=20_000)]
    offers = [offer(9, 1, line_id=1, available=1), offer(9, 1, line_id=2, available=1)]
    for enumerate_up_to in (0, 600):
        d = route(problem(lines, offers, [terms()]), PLAIN, enumerate_up_to=enumerate_up_to)
        assert chosen(d) == {(2, 9): 1}  # the line worth more
        assert [u.line_id for u in d.unserved] == [1]


def test_all_or_nothing_gives_nothing_and_names_the_line_that_failed():
    lines = [line(1), line(2)]
    d = route(
        problem(lines, [offer(1, line_id=1), offer(2, line_id=2, available=0)], [terms()]),
        Policy(allow_incomplete=False),
    )
    assert d.assignments == []
    assert d.total == 0
    assert [(u.line_id, codes(u.reasons)) for u in d.unserved] == [
        (1, [Why.INCOMPLETE]),
        (2, [Why.NO_ELIGIBLE]),
    ]
    assert d.unserved[1].reasons[0].params == {"out_of_stock": 1}


def test_a_line_nobody_matched_is_reported_beside_those_that_are_served():
    d = route(problem([line(1), line(2)], [offer(1, line_id=1)], [terms()]), PLAIN)
    assert chosen(d) == {(1, 1): 1}
    assert [(u.line_id, codes(u.reasons)) for u in d.unserved] == [(2, [Why.NO_CANDIDATE])]


def test_a_pack_is_paid_and_taken_whole():
    d = route(
        problem([line(quantity=2)], [offer(1, cost=100_000, pack_quantity=4, available=8)], [terms()]), PLAIN
    )
    assert d.assignments[0].offer_units == 8
    assert d.total == 8_000


def test_costs_are_summed_in_ten_thousandths_and_rounded_once_per_line():
    d = route(problem([line(quantity=3)], [offer(1, cost=33)], [terms()]), PLAIN)
    assert d.total == 1  # 0.0099; unit by unit it would be nothing
    d = route(problem([line(quantity=1)], [offer(1, cost=150)], [terms()]), PLAIN)
    assert d.total == 2  # 0.0150: halves go away from zero


def test_a_supplier_in_dollars_is_billed_in_dollars_and_compared_in_euros():
    rates = {"USD": Rate(numerator=9, denominator=10, day=MONDAY)}
    suppliers = [
        terms(1, currency="USD", shipping_fee=1_000, franco_threshold=6_000),
        terms(2, shipping_fee=0),
    ]
    offers = [offer(1, 1, 600_000, currency="USD"), offer(2, 2, 545_000)]
    d = route(problem([line()], offers, suppliers, rates=rates), PLAIN)
    assert chosen(d) == {(1, 1): 1}
    assert d.suppliers[0].costs == Costs(goods=6000, freight=0, fee=0, total=6000)
    assert d.suppliers[0].merchant_costs == Costs(goods=5400, freight=0, fee=0, total=5400)


def test_a_currency_without_cents_keeps_its_own_minor_unit():
    rates = {"JPY": Rate(numerator=6, denominator=1000)}
    suppliers = [terms(1, currency="JPY", shipping_fee=500)]
    d = route(problem([line()], [offer(1, 1, 50_000_000, currency="JPY")], suppliers, rates=rates), PLAIN)
    assert d.suppliers[0].costs == Costs(goods=5000, freight=500, fee=0, total=5500)
    assert d.suppliers[0].merchant_costs == Costs(goods=3000, freight=300, fee=0, total=3300)


def test_selling_below_what_it_costs_with_freight_is_said():
    d = route(problem([line(net_price=5_200)], [offer(1)], [terms(shipping_fee=900)]), PLAIN)
    [loss] = d.warnings
    assert (loss.code, loss.params) == (Why.LOSS, {"cost": 5900, "revenue": 5200, "currency": "EUR"})


def test_equal_costs_go_to_the_parcel_that_arrives_first_then_to_the_older_offer():
    offers = [offer(3, arrives=TUESDAY), offer(2, arrives=TUESDAY), offer(1, arrives=WEDNESDAY)]
    d = route(problem([line()], offers, [terms()]), PLAIN)
    assert chosen(d) == {(1, 2): 1}
    assert {v.offer_id: codes(v.reasons) for v in d.candidates if v.offer_id != 2} == {
        1: [Why.SAME_COST],
        3: [Why.SAME_COST],
    }


def test_a_decision_and_its_problem_survive_json_and_replay_under_another_policy():
    suppliers = [terms(1, score=20), terms(2, score=100)]
    asked = problem(
        [line(promise_date=MONDAY)],
        [offer(1, 1, 490_000, arrives=TUESDAY, countries=frozenset({"FR"})), offer(2, 2, 500_000)],
        suppliers,
        rates={"USD": Rate(numerator=9, denominator=10, day=MONDAY)},
        excluded_offers=frozenset({99}),
    )
    decision = route(asked, PLAIN)
    assert msgspec.json.decode(msgspec.json.encode(decision), type=Decision) == decision
    stored = msgspec.json.decode(msgspec.json.encode(asked))
    assert msgspec.convert(stored, Problem, strict=False) == asked
    assert replay(stored, PLAIN) == decision
    assert chosen(replay(stored, Policy(score_weight_bp=500))) == {(1, 2): 1}


def test_a_person_sees_what_another_choice_would_cost():
    asked = problem(
        [line(net_price=5_500)],
        [offer(1, cost=500_000), offer(2, cost=600_000), offer(3, available=0)],
        [terms()],
    )
    d = price_by_hand(asked, PLAIN, {(1, 2): 1})
    assert d.method == "by_hand"
    assert d.total == 6000  # below the margin floor: a person may
    other = next(v for v in d.candidates if v.offer_id == 1)
    assert [(r.code, r.params["by"]) for r in other.reasons] == [(Why.CHEAPER, 1000)]


@pytest.mark.parametrize(
    ("choice", "complaint"),
    [
        ({(1, 3): 1}, "cannot serve"),
        ({(1, 1): 2}, "was ordered 1 times"),
        ({(1, 8): 1}, "no such candidates"),
        ({(1, 1): -1, (1, 2): 1}, "was ordered"),
    ],
)
def test_what_cannot_be_is_refused_even_to_a_person(choice, complaint):
    asked = problem([line()], [offer(1), offer(2), offer(3, available=0)], [terms()])
    with pytest.raises(ImpossiblePlan, match=complaint):
        price_by_hand(asked, PLAIN, choice)


@pytest.mark.parametrize(
    ("asked", "complaint"),
    [
        (problem([line(1), line(1)], [], []), "twice"),
        (problem([line(quantity=0)], [], []), "no quantity"),
        (problem([line()], [offer(1), offer(1)], [terms()]), "appears twice"),
        (problem([line()], [offer(1, line_id=2)], [terms()]), "not asked"),
        (problem([line(1), line(2)], [offer(1), offer(1, line_id=2, available=3)], [terms()]), "two ways"),
        (problem([line()], [offer(1)], [terms(), terms()]), "agreement appears twice"),
        (problem([line()], [offer(1)], [terms()], rates={"USD": Rate(numerator=0, denominator=1)}), "rates"),
        (problem([line()], [offer(1, pack_quantity=0)], [terms()]), "cannot be"),
    ],
)
def test_a_problem_that_contradicts_itself_is_refused_with_where(asked, complaint):
    with pytest.raises(ContradictoryProblem, match=complaint):
        route(asked)


def test_an_empty_cart_is_an_empty_decision():
    d = route(problem([], [], []))
    assert d.complete
    assert d.total == 0


def test_a_paid_order_is_routed_even_when_the_solver_gives_up(monkeypatch):
    def gives_up(*_):
        raise SolverFailed("Time limit reached")

    monkeypatch.setattr(milp, "solve", gives_up)
    lines = [line(1), line(2, quantity=3)]
    offers = [
        offer(11, 1, 500_000, line_id=1),
        offer(12, 2, 400_000, line_id=1),
        offer(21, 1, 500_000, line_id=2, available=2),
    ]
    d = route(problem(lines, offers, [terms(1), terms(2)]), PLAIN, enumerate_up_to=0)
    assert chosen(d) == {(1, 12): 1, (2, 21): 2}
    assert (d.method, d.proved) == ("greedy", False)
    assert Why.NOT_PROVED in codes(d.warnings)
