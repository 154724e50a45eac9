"""What the router answers: who serves what, at which cost, why not the others. Pure data, stored as JSON.

Nothing here is prose: a `Reason` is a code with its numbers, and `words.py` says it in plain words.
"""

from datetime import date
from enum import StrEnum

import msgspec


class Why(StrEnum):
    """Why a candidate was refused, or not chosen; why a line is not served; what the merchant should know."""

    # the hard rules
    EXCLUDED = "excluded"
    NO_AGREEMENT = "no_agreement"
    AGREEMENT_NOT_ACTIVE = "agreement_not_active"
    COUNTRY = "country"
    NO_COST = "no_cost"
    NO_RATE = "no_rate"
    OUT_OF_STOCK = "out_of_stock"
    SHORT_STOCK = "short_stock"
    MIN_UNITS = "min_units"
    BELOW_MARGIN = "below_margin"
    TOO_LATE = "too_late"
    DATE_UNKNOWN = "date_unknown"
    # possible, and not chosen
    DEARER = "dearer"
    CHEAPER = "cheaper"  # than what was chosen by hand
    SAME_COST = "same_cost"
    WOULD_NOT_FIT = "would_not_fit"
    # a line that is not served, or not whole
    NO_CANDIDATE = "no_candidate"
    NO_ELIGIBLE = "no_eligible"
    NOT_ENOUGH = "not_enough"
    INCOMPLETE = "incomplete"
    # warnings
    BELOW_MINIMUM = "below_minimum"
    NEAR_FRANCO = "near_franco"
    LATE = "late"
    LOSS = "loss"
    NOT_PROVED = "not_proved"


class Reason(msgspec.Struct, frozen=True):
    """A code and the numbers that go with it; amounts in `params` are minor units of `params["currency"]`."""

    code: Why
    params: dict[str, int | str] = {}


class Status(StrEnum):
    CHOSEN = "chosen"
    POSSIBLE = "possible"  # passed every rule, something else was better
    REFUSED = "refused"  # by a hard rule


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """One candidate, judged. Costs are of one unit of the line, in the merchant's currency, 1/10,000."""

    line_id: int
    offer_id: int
    agreement_id: int
    sku: str
    status: Status
    reasons: list[Reason]
    quantity: int = 0  # chosen units of the line
    unit_cost_e4: int | None = None
    margin_bp: int | None = None
    available: int = 0  # units of the line
    arrives: date | None = None
    late_days: int = 0


class Assignment(msgspec.Struct, frozen=True, kw_only=True):
    """`quantity` units of a line come as `offer_units` of an offer. `unit_cost_e4` is of one offer unit, as sold."""

    line_id: int
    offer_id: int
    agreement_id: int
    supplier_id: int
    quantity: int
    offer_units: int
    pack_quantity: int
    unit_cost_e4: int
    currency: str
    cost: int  # of the assignment, minor units of the agreement's currency: a line of the supplier's order
    arrives: date | None = None
    late_days: int = 0


class Costs(msgspec.Struct, frozen=True, kw_only=True):
    goods: int
    freight: int
    fee: int
    total: int


class SupplierShare(msgspec.Struct, frozen=True, kw_only=True):
    """One supplier's order as it would be sent, in its own currency and in the merchant's."""

    agreement_id: int
    supplier_id: int
    supplier: str
    currency: str
    costs: Costs  # the supplier's currency: what its bill will say
    merchant_costs: Costs  # the merchant's currency
    parcels: int
    weight_g: int
    franco_reached: bool
    below_minimum: bool
    franco_short: int  # what the goods lack to the franco, 0 when reached or when there is none; its currency
    minimum_short: int
    score: int


class Prices(msgspec.Struct, frozen=True, kw_only=True):
    """What the policy put on things that are no money, in 1/10,000 of the merchant's currency."""

    extra_parcels_e4: int
    late_days_e4: int
    below_minimum_e4: int
    score_e4: int


class Unserved(msgspec.Struct, frozen=True, kw_only=True):
    line_id: int
    quantity: int  # units nobody serves
    reasons: list[Reason]


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """The router's answer. `total` is money, `weighed_e4` what was minimised (money plus the policy's prices)."""

    complete: bool
    assignments: list[Assignment]
    suppliers: list[SupplierShare]
    total: int
    currency: str
    weighed_e4: int
    prices: Prices
    parcels: int
    unserved: list[Unserved]
    candidates: list[Verdict]
    warnings: list[Reason]
    method: str  # enumeration | milp | greedy | by_hand | none
    proved: bool  # nothing can be cheaper
