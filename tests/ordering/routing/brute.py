"""The router's answer by the longest way: every plan there is, each priced from the words of the design.

Shares nothing with the router but the rounding rule; fractions where the router has integers.
"""

import itertools
from fractions import Fraction

from marketplace.kernel.money import exponent, round_div
from marketplace.ordering.routing import Policy, Problem

Plan = dict[tuple[int, int], int]


def best(problem: Problem, policy: Policy) -> tuple[int, int, int, Plan]:
    """(value lost, weighed cost in 1/10,000, parcels, plan): nothing comes before it."""
    lines = [_ways(problem, policy, line) for line in problem.lines]
    found = None
    for combination in itertools.product(*lines):
        plan: Plan = {key: units for way in combination for key, units in way.items()}
        priced = price(problem, policy, plan)
        if priced is not None and (found is None or priced < found[:3]):
            found = (*priced, plan)
    assert found is not None
    return found


def price(problem: Problem, policy: Policy, plan: Plan) -> tuple[int, int, int] | None:
    """(value lost, weighed cost, parcels), or None for a plan that cannot be."""
    offers = {(c.line_id, c.offer_id): c for c in problem.candidates}
    if any(_taken(plan, offers, c.offer_id) > c.available for c in problem.candidates):
        return None
    lost = sum(
        max(1, line.net_price) * (line.quantity - sum(q for (at, _), q in plan.items() if at == line.line_id))
        for line in problem.lines
    )
    cost = 0
    parcels = {(offers[key].agreement_id, offers[key].warehouse) for key in plan}
    for key, units in plan.items():
        candidate, line = offers[key], next(x for x in problem.lines if x.line_id == key[0])
        terms = next(t for t in problem.terms if t.agreement_id == candidate.agreement_id)
        rate = _rate(problem, candidate.currency)
        unit = _round(candidate.unit_cost_e4 * candidate.pack_quantity * rate)
        cost += units * (unit + _round(Fraction(unit * policy.score_weight_bp * (100 - terms.score), 10**6)))
        if line.promise_date and candidate.arrives:
            cost += max(0, (candidate.arrives - line.promise_date).days) * policy.late_day * 100
    for terms in problem.terms:
        fees = _fees(
            problem,
            policy,
            terms,
            {k: q for k, q in plan.items() if offers[k].agreement_id == terms.agreement_id},
            offers,
        )
        if fees is None:
            return None
        cost += fees
    return lost, cost + policy.extra_parcel * 100 * max(0, len(parcels) - 1), len(parcels)


def _fees(problem, policy, terms, plan, offers):
    if not plan:
        return 0
    rate, cents = _rate(problem, terms.currency), Fraction(10_000, 10 ** exponent(terms.currency))
    goods = sum(
        q
        * offers[k].pack_quantity
        * _round(offers[k].unit_cost_e4 * _rate(problem, offers[k].currency) / rate)
        for k, q in plan.items()
    )
    goods += terms.waiting * cents
    fees = 0
    if goods < terms.minimum_order * cents:
        if terms.refuses_small:
            return None
        fees += _round(terms.order_fee * cents * rate) + policy.below_minimum * 100
    if terms.franco_threshold is None or goods < terms.franco_threshold * cents:
        parcels = len({offers[k].warehouse for k in plan})
        grams = sum(q * offers[k].pack_quantity * offers[k].weight_g for k, q in plan.items())
        kilos = -(-grams // 1000)
        for fee, times in ((terms.shipping_fee, 1), (terms.parcel_fee, parcels - 1), (terms.kilo_fee, kilos)):
            fees += times * _round(fee * cents * rate)
    return fees


def _ways(problem, policy, line):
    """Every way to serve the line, alone: units by (line, offer)."""
    candidates = [c for c in problem.candidates if c.line_id == line.line_id]
    for units in itertools.product(*(range(line.quantity + 1) for _ in candidates)):
        way = {(c.line_id, c.offer_id): q for c, q in zip(candidates, units, strict=True) if q}
        total = sum(units)
        enough = all(q * c.pack_quantity >= c.min_units for c, q in zip(candidates, units, strict=True) if q)
        if total > line.quantity or not enough:
            continue
        if len(way) > 1 and not policy.allow_split:
            continue
        if 0 < total < line.quantity and not policy.allow_partial:
            continue
        yield way


def _taken(plan, offers, offer_id):
    return sum(q * offers[k].pack_quantity for k, q in plan.items() if k[1] == offer_id)


def _rate(problem, currency):
    if currency == problem.currency:
        return Fraction(1)
    return Fraction(problem.rates[currency].numerator, problem.rates[currency].denominator)


def _round(value) -> int:
    value = Fraction(value)
    return round_div(value.numerator, value.denominator)
