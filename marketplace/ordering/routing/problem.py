"""What the router is asked: lines, candidates, suppliers' terms, rates, and the merchant's policy. Pure data.

Everything is a `msgspec.Struct` that goes through JSON and back unchanged, so a stored problem can be replayed under
another policy years later.

Units. `*_e4` is 1/10,000 of the currency's unit; every other amount is minor units of the currency beside it. The
merchant's currency is `Problem.currency`; a `Rate` says how many units of it one unit of another currency is worth.
"""

from datetime import date

import msgspec


class Rate(msgspec.Struct, frozen=True, kw_only=True):
    """One unit of a currency = numerator / denominator units of the merchant's currency."""

    numerator: int
    denominator: int
    day: date | None = None  # of the rate, kept with the decision


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """What the shopper wants. `net_price` is the selling price of one unit without VAT (0 for a replacement)."""

    line_id: int
    variant_id: int
    quantity: int
    net_price: int
    promise_date: date | None = None  # what the shopper was told; later costs the policy's price per late day
    promise_latest: date | None = None  # later is refused


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """An offer that could serve a line. `pack_quantity` units of the offer make one unit of the line.

    Two candidates of one offer (two lines want it) share its `available` units.
    """

    line_id: int
    offer_id: int
    agreement_id: int
    sku: str = ""
    unit_cost_e4: int | None  # of one offer unit; None = the offer has no price
    currency: str
    available: int  # offer units left to sell, buffers and other people's holds already taken off
    pack_quantity: int = 1
    min_units: int = 1  # the least offer units the supplier sells of it
    arrives: date | None = None  # at the shopper, by the supplier's calendar; None = cannot be said
    countries: frozenset[str] | None = None  # the offer's own limits; None = wherever the supplier ships
    warehouse: str = ""  # offers of one supplier and warehouse travel in one parcel
    weight_g: int = 0  # of one offer unit


class Terms(msgspec.Struct, frozen=True, kw_only=True):
    """A supplier's terms with this merchant, amounts in `currency`."""

    agreement_id: int
    supplier_id: int
    supplier: str = ""
    state: str = "active"
    currency: str
    ships_to: frozenset[str]
    franco_threshold: int | None = None  # goods from which freight is free; None = never
    minimum_order: int = 0
    order_fee: int = 0  # small-order fee, below the minimum
    refuses_small: bool = False  # below the minimum it does not accept at all
    shipping_fee: int = 0  # per supplier order: the first parcel
    parcel_fee: int = 0  # each further parcel
    kilo_fee: int = 0  # each started kilogram
    waiting: int = 0  # goods of a held order of ours at this supplier, counted towards franco and minimum
    score: int = 80  # 0 to 100, measured performance


class Policy(msgspec.Struct, frozen=True, kw_only=True):
    """How this merchant weighs things. Prices are minor units of the merchant's currency, not money anyone pays."""

    margin_floor_bp: int | None = 0  # least (net price - cost) / net price; None = any loss
    extra_parcel: int = 200  # price of the second parcel, the third, …
    late_day: int = 100  # price of a day after the promise date, per line and source
    below_minimum: int = 0  # price of an order under a supplier's minimum, beside its fee
    score_weight_bp: int = 500  # how much dearer a supplier of score 0 looks than one of 100
    allow_split: bool = True  # one line from several offers
    allow_partial: bool = True  # a part of a line, when there is not enough for all of it
    allow_incomplete: bool = True  # some lines, when others cannot be served
    keep_promise: bool = True  # `promise_latest` refuses; without it lateness only costs
    franco_near_bp: int = 2000  # "just short of a franco": missing up to this share of the threshold


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """One order or cart to route."""

    currency: str
    country: str  # of the shopper, ISO 3166-1 alpha-2
    lines: list[Line]
    candidates: list[Candidate]
    terms: list[Terms]
    rates: dict[str, Rate] = {}
    excluded_offers: frozenset[int] = frozenset()  # refused already, or by hand
    excluded_agreements: frozenset[int] = frozenset()


class ContradictoryProblem(ValueError):
    """The input contradicts itself; the text says where."""


def check(problem: Problem) -> None:
    """Raises ContradictoryProblem: duplicate lines, quantities below one, one offer stated in two ways, …"""
    lines = {line.line_id for line in problem.lines}
    if len(lines) != len(problem.lines):
        raise ContradictoryProblem("a line appears twice")
    if bad := [line.line_id for line in problem.lines if line.quantity < 1 or line.net_price < 0]:
        raise ContradictoryProblem(f"lines with no quantity or a negative price: {bad}")
    if len({t.agreement_id for t in problem.terms}) != len(problem.terms):
        raise ContradictoryProblem("an agreement appears twice")
    if bad_rates := [c for c, r in problem.rates.items() if r.numerator < 1 or r.denominator < 1]:
        raise ContradictoryProblem(f"rates that are not positive: {bad_rates}")
    _check_candidates(problem.candidates, lines)


def _check_candidates(candidates: list[Candidate], lines: set[int]) -> None:
    seen: set[tuple[int, int]] = set()
    stated: dict[int, tuple[object, ...]] = {}
    for c in candidates:
        if c.line_id not in lines:
            raise ContradictoryProblem(
                f"offer {c.offer_id} is a candidate for line {c.line_id}, which is not asked"
            )
        if (c.line_id, c.offer_id) in seen:
            raise ContradictoryProblem(f"offer {c.offer_id} appears twice for line {c.line_id}")
        if c.pack_quantity < 1 or c.min_units < 1 or c.weight_g < 0 or (c.unit_cost_e4 or 0) < 0:
            raise ContradictoryProblem(f"offer {c.offer_id} has a quantity, weight or cost that cannot be")
        facts = (c.agreement_id, c.unit_cost_e4, c.currency, c.available, c.warehouse, c.weight_g)
        if stated.setdefault(c.offer_id, facts) != facts:
            raise ContradictoryProblem(f"offer {c.offer_id} is stated in two ways")
        seen.add((c.line_id, c.offer_id))
