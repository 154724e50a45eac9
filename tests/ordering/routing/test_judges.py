from datetime import date

import pytest

from marketplace.ordering.routing import Policy, Rate, Status, Why, route
from marketplace.ordering.routing.words import SENTENCES, sentence
from tests.ordering.routing.builders import line, offer, problem, terms

MONDAY, TUESDAY, WEDNESDAY = date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 25)


def verdict(one_line, one_offer, one_terms, policy=None, **more):
    suppliers = [one_terms] if one_terms else []
    decision = route(problem([one_line], [one_offer], suppliers, **more), policy or Policy())
    return decision.candidates[0]


@pytest.mark.parametrize(
    ("why", "params", "a_line", "an_offer", "some_terms", "policy", "more"),
    [
        (Why.EXCLUDED, {}, line(), offer(7), terms(), Policy(), {"excluded_offers": frozenset({7})}),
        (Why.EXCLUDED, {}, line(), offer(7), terms(), Policy(), {"excluded_agreements": frozenset({1})}),
        (Why.NO_AGREEMENT, {}, line(), offer(7), None, Policy(), {}),
        (
            Why.AGREEMENT_NOT_ACTIVE,
            {"state": "paused"},
            line(),
            offer(7),
            terms(state="paused"),
            Policy(),
            {},
        ),
        (Why.COUNTRY, {"country": "FR"}, line(), offer(7), terms(ships_to=frozenset({"DE"})), Policy(), {}),
        (
            Why.COUNTRY,
            {"country": "FR"},
            line(),
            offer(7, countries=frozenset({"BE"})),
            terms(),
            Policy(),
            {},
        ),
        (Why.NO_COST, {}, line(), offer(7, cost=None), terms(), Policy(), {}),
        (Why.NO_RATE, {"from": "USD", "to": "EUR"}, line(), offer(7, currency="USD"), terms(), Policy(), {}),
        (Why.NO_RATE, {"from": "GBP", "to": "EUR"}, line(), offer(7), terms(currency="GBP"), Policy(), {}),
        (Why.OUT_OF_STOCK, {}, line(), offer(7, available=0), terms(), Policy(), {}),
        (Why.OUT_OF_STOCK, {}, line(), offer(7, available=-3), terms(), Policy(), {}),
        (
            Why.OUT_OF_STOCK,
            {},
            line(),
            offer(7, cost=100_000, available=3, pack_quantity=4),
            terms(),
            Policy(),
            {},
        ),
        (
            Why.SHORT_STOCK,
            {"available": 2, "wanted": 3},
            line(quantity=3),
            offer(7, available=2),
            terms(),
            Policy(allow_split=False, allow_partial=False),
            {},
        ),
        (
            Why.MIN_UNITS,
            {"minimum": 6, "wanted": 2},
            line(quantity=2),
            offer(7, min_units=6),
            terms(),
            Policy(),
            {},
        ),
        (
            Why.BELOW_MARGIN,
            {"margin_bp": 1999, "floor_bp": 2000},
            line(net_price=10_000),
            offer(7, cost=800_001),
            terms(),
            Policy(margin_floor_bp=2000),
            {},
        ),
        (
            Why.TOO_LATE,
            {"arrives": "2026-11-25", "latest": "2026-11-24"},
            line(promise_latest=TUESDAY),
            offer(7, arrives=WEDNESDAY),
            terms(),
            Policy(),
            {},
        ),
        (
            Why.DATE_UNKNOWN,
            {"latest": "2026-11-24"},
            line(promise_latest=TUESDAY),
            offer(7),
            terms(),
            Policy(),
            {},
        ),
    ],
)
def test_a_hard_rule_refuses_and_says_why(why, params, a_line, an_offer, some_terms, policy, more):
    judged = verdict(a_line, an_offer, some_terms, policy, **more)
    assert judged.status is Status.REFUSED
    assert [(r.code, r.params) for r in judged.reasons] == [(why, params)]


@pytest.mark.parametrize(
    ("a_line", "an_offer", "some_terms", "policy", "more"),
    [
        (line(net_price=10_000), offer(7, cost=800_000), terms(), Policy(margin_floor_bp=2000), {}),
        (line(net_price=100), offer(7), terms(), Policy(margin_floor_bp=None), {}),
        (line(net_price=0), offer(7), terms(), Policy(margin_floor_bp=2000), {}),
        (line(promise_latest=WEDNESDAY), offer(7, arrives=WEDNESDAY), terms(), Policy(), {}),
        (line(promise_latest=MONDAY), offer(7, arrives=WEDNESDAY), terms(), Policy(keep_promise=False), {}),
        (line(), offer(7, cost=100_000, available=4, pack_quantity=4), terms(), Policy(), {}),
        (
            line(),
            offer(7, currency="USD"),
            terms(),
            Policy(),
            {"rates": {"USD": Rate(numerator=92, denominator=100)}},
        ),
        (line(quantity=3), offer(7, available=2), terms(), Policy(allow_split=False), {}),
    ],
    ids=[
        "floor met",
        "no floor",
        "free replacement",
        "last day",
        "promise waived",
        "pack",
        "rate",
        "partial",
    ],
)
def test_at_the_very_limit_a_rule_lets_pass(a_line, an_offer, some_terms, policy, more):
    assert verdict(a_line, an_offer, some_terms, policy, **more).status is Status.CHOSEN


def test_every_reason_is_named_not_only_the_first():
    judged = verdict(line(net_price=100), offer(7, available=0), terms(state="ended"))
    assert [r.code for r in judged.reasons] == [Why.AGREEMENT_NOT_ACTIVE, Why.OUT_OF_STOCK, Why.BELOW_MARGIN]


def test_the_margin_is_judged_on_the_cost_of_the_whole_pack_in_the_merchants_currency():
    dollars = {"rates": {"USD": Rate(numerator=1, denominator=2)}}
    judged = verdict(line(), offer(7, cost=400_000, pack_quantity=4, currency="USD"), terms(), **dollars)
    assert judged.unit_cost_e4 == 800_000
    assert judged.margin_bp == 2000


def test_every_reason_has_its_sentence_and_its_numbers_fill_it():
    assert set(SENTENCES) == set(Why)
    judged = verdict(line(quantity=2), offer(7, min_units=6), terms())
    text, numbers = sentence(judged.reasons[0])
    assert text % numbers == "Sold from 6 units; this order needs 2."
