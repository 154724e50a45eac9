"""A question about suppliers' offers, as an object: for a page, its count, and "all that match"."""

from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from marketplace.catalogue.words import accent_blind, search_terms

Sort = Literal["newest", "title", "cost", "-cost", "stock", "margin"]

_SAID = "concat_ws(' ', o.title, o.brand, o.sku, o.mpn, o.gtin, o.category)"
_BEGINS = "left(o.title, 32)"  # enough to sort by; a whole title costs ten times as much to fold
_FROM = "ÀÂÇÉÈÊËÎÏÔÖÜàâäáãåçéèêëíîïóôöõúùûüñ"
_INTO = "AACEEEEIIOOUaaaaaaceeeeiiioooouuuun"

#: sort → (SQL of the value, its Python type, descending); cost, margin and price need the terms `t`
SORTS: dict[str, tuple[str, type, bool]] = {
    "newest": ("o.id", int, True),
    "title": (f"lower(translate({_BEGINS}, '{_FROM}', '{_INTO}'))", str, False),
    "stock": ("o.sells_up_to", int, True),
    "cost": ("coalesce(t.cost_e4, 9000000000000000)", int, False),
    "-cost": ("coalesce(t.cost_e4, -1)", int, True),
    "margin": ("coalesce(t.margin_bp, -1000000000)", int, True),
}


class OfferQuery(msgspec.Struct, frozen=True, kw_only=True):
    """Filters go together with "and". `margin_from_bp` is a share of the net price under the current rules."""

    words: str = ""
    suppliers: tuple[int, ...] = ()  # none = every linked one
    category: str = ""  # the supplier's own words
    brand: str = ""
    in_stock: bool = False
    unlisted: bool = False
    margin_from_bp: int | None = None
    sort: Sort = "newest"

    @property
    def needs_terms(self) -> bool:
        """Costs have to be reckoned for every offer that matches, not only for those shown."""
        return self.margin_from_bp is not None or self.sort in ("cost", "-cost", "margin")


def to_json(query: OfferQuery) -> dict[str, Any]:
    return dict(msgspec.to_builtins(query))


def from_json(data: Mapping[str, Any]) -> OfferQuery:
    """Raises msgspec.ValidationError."""
    return msgspec.convert(dict(data), type=OfferQuery)


def where(query: OfferQuery, suppliers: list[int]) -> tuple[str, list[Any]]:
    """(condition on the offer `o`, its arguments from $1 on). `suppliers` are those the merchant may buy from now.

    The supplier comes first: its equality is what row security lets an index serve.
    """
    allowed = [s for s in query.suppliers if s in suppliers] if query.suppliers else suppliers
    args: list[Any] = [allowed]
    parts = ["o.supplier = ANY($1::bigint[])", "o.retired_at IS NULL", "NOT o.excluded"]
    parts.append(
        "NOT EXISTS (SELECT 1 FROM agreement_offer h WHERE h.offer = o.id AND h.hidden"
        " AND h.merchant = current_setting('app.tenant_id')::bigint)"
    )
    for term in search_terms(query.words):
        args.append(accent_blind(term))
        parts.append(f"{_SAID} ~ ${len(args)}")
    for column, value in (("category", query.category), ("brand", query.brand)):
        if value:
            args.append(value)
            parts.append(f"o.{column} = ${len(args)}")
    if query.in_stock:
        parts.append("o.sells_up_to > 0 AND o.not_sellable IS NULL")
    if query.unlisted:
        parts.append(
            "NOT EXISTS (SELECT 1 FROM match m WHERE m.offer = o.id AND m.state IN ('confirmed', 'proposed'))"
        )
    return " AND ".join(parts), args
