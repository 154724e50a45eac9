"""Which fields of an offer a file speaks of. What it does not speak of stays as it is."""

from __future__ import annotations

from marketplace.sourcing.mapping.model import Mapping
from marketplace.sourcing.mapping.refs import Places

_STOCK = ("quantity", "quantity_kind", "quantity_raw", "sells_up_to", "availability")
_GIVES: dict[str, tuple[str, ...]] = {
    "gtin": ("gtin", "gtin_valid"),
    "price": ("price_e4", "stated_e4", "currency", "price_means", "vat_rate_bp"),
    "cost": ("price_e4", "stated_e4", "currency", "price_means", "vat_rate_bp"),
    "sale_price": ("sale_price_e4",),
    "msrp": ("msrp_e4",),
    "map_price": ("map_e4",),
    "quantity": _STOCK,
    "availability": _STOCK,
    "parts": (*_STOCK, "lead_days"),
    "lead_days": ("lead_days",),
    "weight": ("weight_g",),
    "variant_image": ("images",),
    **{f"manufacturer_{part}": ("manufacturer",) for part in ("name", "address", "email")},
    **{f"responsible_{part}": ("responsible",) for part in ("name", "address", "email")},
}
_NOTHING = frozenset({"currency", "vat_rate", "price_quantity", "sale_dates", "weight_unit", "parent_key"})


NONE_WHERE_ABSENT = frozenset({"sale_price"})
"""A document in which no element says so still says that nothing is reduced."""


class Anywhere(Places):
    """A table that has every column it is asked for."""

    def __init__(self) -> None:
        super().__init__([])

    def find_all(self, refs: object) -> list[int]:
        return [0]


def fields_of(mapping: Mapping) -> set[str]:
    """The OfferRow fields that a mapping can fill, whatever the file: all others keep their defaults in every row."""
    return sent_fields(mapping, Anywhere())


def sent_fields(mapping: Mapping, places: Places) -> set[str]:
    """The names of the OfferRow fields that the mapped columns of this table give, fixed values included.

    Of a document (XML, JSON), `places` are those of the elements that occurred in it at all.
    """
    sent: set[str] = set()
    told = {f for f, refs in mapping.columns.items() if places.find_all(refs) or f in NONE_WHERE_ABSENT}
    for field in told - _NOTHING:
        sent.update(_GIVES.get(field, (field,)))
    if {"cost", "price"} <= told and mapping.price_means == "public":
        sent.add("msrp_e4")  # beside what the merchant pays, the price is what the public pays
    if "lead_days" in sent and "quantity" not in sent:
        sent.update(_STOCK)
    if sent.isdisjoint(("price_e4", *_STOCK)) is False:
        sent.add("not_sellable")
    for field in mapping.fixed:
        if field not in _NOTHING:
            sent.update(_GIVES.get(field, (field,)))
    if mapping.options or mapping.option_pairs or mapping.option_columns:
        sent.add("options")
    return sent
