"""The terms of an agreement: what each of them is, and what is allowed. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from typing import Any

import msgspec

from marketplace.kernel.errors import Invalid
from marketplace.kernel.fetching import N_
from marketplace.kernel.money import EXPONENTS

MOST_DAYS = 90


class Terms(msgspec.Struct, frozen=True, kw_only=True):
    """Amounts in minor units of `currency`; days are working days; the cut-off is in the supplier's zone.

    `net_of` is the event at which the supplier's feed counts a sale. `ships_to` are ISO 3166 countries; none = the supplier's own.
    """

    currency: str = "EUR"
    discount_bp: int = 0  # off a public price, basis points
    franco_threshold: int | None = None  # order value from which freight is free; null = never
    minimum_order: int = 0
    order_fee: int = 0  # for an order below the minimum
    shipping_fee: int = 0  # per supplier order
    parcel_fee: int = 0  # each further parcel
    cutoff: time = time(15, 0)
    lead_days: int = 1
    safety_stock: int = 0
    ships_to: list[str] = []
    ack_hours: int = 24
    return_days: int = 14
    returns_to: str = "supplier"  # supplier | merchant
    pays_damage: bool = True
    net_of: str = "shipment"  # acceptance | shipment | never


NAMES: tuple[str, ...] = Terms.__struct_fields__
_AMOUNTS = ("minimum_order", "order_fee", "shipping_fee", "parcel_fee", "safety_stock")


def terms_of(given: Mapping[str, Any]) -> Terms:
    """Terms from a form or a row; what is not given has its default. Raises Invalid, with a message for each field."""
    try:
        terms = msgspec.convert(
            {k: _seconds(v) if k == "cutoff" else v for k, v in given.items() if k in NAMES},
            Terms,
            builtin_types=(time,),
            strict=False,
        )
    except msgspec.ValidationError as error:
        field = str(error).rpartition("$.")[2].strip("`").partition("[")[0]
        raise Invalid({field: N_("This is not a value we can use here.")}) from error
    if problems := _problems(terms):
        raise Invalid(problems)
    return terms


def _seconds(value: Any) -> Any:
    """What a browser's time field sends has none."""
    return f"{value}:00" if isinstance(value, str) and len(value) == 5 else value


def _problems(terms: Terms) -> dict[str, str]:
    found: dict[str, str] = {}
    if terms.currency not in EXPONENTS:
        found["currency"] = N_("This is not a currency code.")
    if not 0 <= terms.discount_bp <= 10_000:
        found["discount_bp"] = N_("A discount is between 0 and 100 %.")
    for name in _AMOUNTS:
        if getattr(terms, name) < 0:
            found[name] = N_("This cannot be less than zero.")
    if terms.franco_threshold is not None and terms.franco_threshold < 0:
        found["franco_threshold"] = N_("This cannot be less than zero.")
    if not 0 <= terms.lead_days <= MOST_DAYS:
        found["lead_days"] = N_("Between 0 and 90 working days.")
    if not 1 <= terms.ack_hours <= 24 * 14:
        found["ack_hours"] = N_("Between one hour and two weeks.")
    if not 0 <= terms.return_days <= 365:
        found["return_days"] = N_("Between 0 and 365 days.")
    if terms.returns_to not in ("supplier", "merchant"):
        found["returns_to"] = N_("Goods go back to the supplier or to the merchant.")
    if terms.net_of not in ("acceptance", "shipment", "never"):
        found["net_of"] = N_("At acceptance, at shipment, or never.")
    if any(len(c) != 2 or not c.isalpha() or not c.isupper() for c in terms.ships_to):
        found["ships_to"] = N_("Countries are two capital letters each, such as FR or BE.")
    return found


def plain(terms: Terms) -> dict[str, Any]:
    """As JSON, for a version or a proposal."""
    return msgspec.to_builtins(terms)


def columns(terms: Terms) -> dict[str, Any]:
    """As the columns of `agreement`."""
    return {name: getattr(terms, name) for name in NAMES}
