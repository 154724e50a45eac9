"""The problem as integers: what passed the judges, and the one function that says what an answer costs.

Both solvers and the tests' brute force are measured by `Instance.weigh`; the solvers only search.

A plan is a tuple of (option index, units of the line), in ascending order of index, each index once. Costs are
1/10,000 of the merchant's currency; thresholds are compared in the currency of the supplier's terms, unconverted.
"""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import msgspec

from marketplace.kernel.money import e4_from_minor, round_div
from marketplace.ordering.routing.judges import Case, rate_of
from marketplace.ordering.routing.problem import Line, Policy, Problem, Terms

Plan = tuple[tuple[int, int], ...]


class Option(NamedTuple):
    """A candidate that passed, per unit of its line."""

    line: int
    agreement: int
    parcel: int  # which parcel it would travel in
    offer: int
    cap: int  # units of the line
    least: int  # units of the line, when it is used at all
    pack: int
    unit: int  # cost, as weighed: money plus the price of a poor score
    goods: int  # cost of one unit in the currency of the terms
    grams: int
    late: int  # price of its lateness, once
    days: int  # after the earliest option: breaks ties


class Supplier(NamedTuple):
    """Terms as integers: thresholds in their own currency, fees in the merchant's, all 1/10,000."""

    franco: int | None
    minimum: int
    refuses_small: bool
    small: int  # fee and price of an order below the minimum
    shipping: int
    parcel: int
    kilo: int
    waiting: int


class Weight(NamedTuple):
    """Compared left to right: what is left unserved, the cost, then the tie-breaks."""

    lost: int
    cost: int
    parcels: int
    days: int
    plan: Plan


class Instance(msgspec.Struct, frozen=True):
    """All that matters for the search. `quantities` and `values` are by line, `stock` by offer."""

    quantities: list[int]
    values: list[int]  # of one unit: what is lost when it is not served
    options: list[Option]
    of_line: list[list[int]]
    suppliers: list[Supplier]
    stock: list[int]
    parcel_supplier: list[int]
    extra_parcel: int
    split: bool
    partial: bool

    def weigh(self, plan: Plan) -> Weight | None:
        """What the plan costs; None when it needs stock that is not there, or an order its supplier refuses."""
        supplier_goods: dict[int, int] = {}
        supplier_grams: dict[int, int] = {}
        used: dict[int, int] = {}
        parcels: set[int] = set()
        served = [0] * len(self.quantities)
        cost = days = 0
        for index, quantity in plan:
            o = self.options[index]
            cost += o.unit * quantity + o.late
            days += o.days
            served[o.line] += quantity
            parcels.add(o.parcel)
            supplier_goods[o.agreement] = supplier_goods.get(o.agreement, 0) + o.goods * quantity
            supplier_grams[o.agreement] = supplier_grams.get(o.agreement, 0) + o.grams * quantity
            used[o.offer] = used.get(o.offer, 0) + o.pack * quantity
        if any(units > self.stock[offer] for offer, units in used.items()):
            return None
        for agreement, goods in supplier_goods.items():
            count = sum(1 for p in parcels if self.parcel_supplier[p] == agreement)
            fees = self.fees(agreement, goods, supplier_grams[agreement], count)
            if fees is None:
                return None
            cost += sum(fees)
        cost += self.extra_parcel * max(0, len(parcels) - 1)
        lost = sum((q - s) * v for q, s, v in zip(self.quantities, served, self.values, strict=True) if s < q)
        return Weight(lost, cost, len(parcels), days, plan)

    def fees(self, agreement: int, goods: int, grams: int, parcels: int) -> tuple[int, int] | None:
        """(freight, small-order fee with its price) of one supplier's order; None when it is refused as too small."""
        s = self.suppliers[agreement]
        small = goods + s.waiting < s.minimum
        if small and s.refuses_small:
            return None
        free = s.franco is not None and goods + s.waiting >= s.franco
        freight = 0 if free else s.shipping + s.parcel * (parcels - 1) + s.kilo * -(-grams // 1000)
        return freight, s.small if small else 0

    def reachable(self, line: int) -> int:
        """Units of the line that could be served if it were alone."""
        caps = [self.options[i].cap for i in self.of_line[line]]
        most = min(self.quantities[line], (sum(caps) if self.split else max(caps)) if caps else 0)
        return most if most == self.quantities[line] or self.partial else 0


def build(problem: Problem, policy: Policy, eligible: Sequence[Case]) -> Instance:
    """The instance of the candidates that passed, in the order given (line id, then offer id)."""
    lines = sorted(problem.lines, key=lambda line: line.line_id)
    place = {line.line_id: n for n, line in enumerate(lines)}
    agreements = _numbered(c.candidate.agreement_id for c in eligible)
    parcels = _numbered((c.candidate.agreement_id, c.candidate.warehouse) for c in eligible)
    offers = _numbered(c.candidate.offer_id for c in eligible)
    first = min((c.candidate.arrives for c in eligible if c.candidate.arrives), default=None)
    options: list[Option] = []
    of_line: list[list[int]] = [[] for _ in lines]
    stock = [0] * len(offers)
    for index, case in enumerate(eligible):
        c = case.candidate
        line = place[c.line_id]
        of_line[line].append(index)
        stock[offers[c.offer_id]] = c.available
        options.append(
            Option(
                line=line,
                agreement=agreements[c.agreement_id],
                parcel=parcels[c.agreement_id, c.warehouse],
                offer=offers[c.offer_id],
                cap=min(case.line.quantity, c.available // c.pack_quantity),
                least=-(-c.min_units // c.pack_quantity),
                pack=c.pack_quantity,
                unit=_weighed_unit(case),
                goods=goods_in_terms_e4(case) * c.pack_quantity,
                grams=c.weight_g * c.pack_quantity,
                late=case.late_days * e4_from_minor(policy.late_day, problem.currency),
                days=(c.arrives - first).days if c.arrives and first else 0,
            )
        )
    by_id = {t.agreement_id: t for t in problem.terms}
    return Instance(
        quantities=[line.quantity for line in lines],
        values=[_value(line) for line in lines],
        options=options,
        of_line=of_line,
        suppliers=[_supplier(problem, policy, by_id[a]) for a in agreements],
        stock=stock,
        parcel_supplier=[agreements[a] for a, _ in parcels],
        extra_parcel=e4_from_minor(policy.extra_parcel, problem.currency),
        split=policy.allow_split,
        partial=policy.allow_partial,
    )


def score_price_e4(unit_cost_e4: int, score: int, policy: Policy) -> int:
    """How much dearer than its cost a unit looks because its supplier is not reliable."""
    return round_div(unit_cost_e4 * policy.score_weight_bp * (100 - min(100, max(0, score))), 1_000_000)


def goods_in_terms_e4(case: Case) -> int:
    """One offer unit's cost in the currency of the supplier's terms; exact when it is the offer's own."""
    c, terms = case.candidate, case.terms
    assert terms is not None
    assert c.unit_cost_e4 is not None
    if c.currency == terms.currency:
        return c.unit_cost_e4
    own, theirs = case.rate, rate_of(case.problem, terms.currency)
    assert own is not None
    assert theirs is not None
    return round_div(c.unit_cost_e4 * own.numerator * theirs.denominator, own.denominator * theirs.numerator)


def _weighed_unit(case: Case) -> int:
    unit = case.unit_cost_e4 or 0
    return unit + score_price_e4(unit, case.terms.score if case.terms else 0, case.policy)


def _supplier(problem: Problem, policy: Policy, terms: Terms) -> Supplier:
    rate = rate_of(problem, terms.currency)
    assert rate is not None

    def ours(minor: int) -> int:
        return round_div(e4_from_minor(minor, terms.currency) * rate.numerator, rate.denominator)

    def theirs(minor: int) -> int:
        return e4_from_minor(minor, terms.currency)

    return Supplier(
        franco=None if terms.franco_threshold is None else theirs(terms.franco_threshold),
        minimum=theirs(terms.minimum_order),
        refuses_small=terms.refuses_small,
        small=ours(terms.order_fee) + e4_from_minor(policy.below_minimum, problem.currency),
        shipping=ours(terms.shipping_fee),
        parcel=ours(terms.parcel_fee),
        kilo=ours(terms.kilo_fee),
        waiting=theirs(terms.waiting),
    )


def _value(line: Line) -> int:
    """A free replacement is worth serving too."""
    return max(1, line.net_price)


def _numbered(keys: Iterable[Any]) -> dict[Any, int]:
    return {key: n for n, key in enumerate(dict.fromkeys(keys))}
