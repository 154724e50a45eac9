"""A shopper's order as its page shows it: what is in which parcel, what is still to come, what happened, what was paid.

Read as the storefront's role: no supplier, no cost, no staff.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from marketplace.fulfilment.carriers import carrier_name, tracking_url
from marketplace.kernel import json
from marketplace.kernel.database import fetch, fetch_one
from marketplace.kernel.errors import NotFound
from tenants.scope import shop_scope


@dataclass(frozen=True)
class Line:
    """An article as it was sold. `waiting` units have not left and are still wanted. Prices gross, minor units."""

    id: int
    title: str
    options: dict[str, Any]
    photo_sha: str | None
    slug: str | None
    unit_price: int
    amount: int
    ordered: int
    cancelled: int
    shipped: int
    returned: int
    promise_date: date | None
    withdrawal_excluded: str | None

    @property
    def waiting(self) -> int:
        return max(0, self.ordered - self.cancelled - self.shipped)


@dataclass(frozen=True)
class Parcel:
    """`contents` are (line, units)."""

    number: str
    carrier: str
    tracking_number: str | None
    tracking_url: str | None
    state: str
    shipped_at: datetime
    delivered_at: datetime | None
    contents: list[tuple[Line, int]]


@dataclass(frozen=True)
class Step:
    """Something that happened, by its code; `detail` holds ids and amounts."""

    what: str
    why: str | None
    at: datetime
    detail: dict[str, Any]


@dataclass(frozen=True)
class OrderPage:
    """`refunded` counts what is on its way back, too."""

    id: int
    number: str | None
    state: str
    email: str
    name: str
    phone: str | None
    street: str
    street2: str | None
    postcode: str
    city: str
    country: str
    note: str | None
    currency: str
    goods: int
    shipping: int
    vat: int
    total: int
    promise_from: date | None
    promise_to: date | None
    terms_version: int
    placed_at: datetime | None
    delivered_at: datetime | None
    charge_state: str | None
    captured: int
    card: str | None
    lines: list[Line]
    parcels: list[Parcel]
    steps: list[Step]
    refunds: list[dict[str, Any]]

    @property
    def waiting(self) -> list[Line]:
        return [line for line in self.lines if line.waiting]


_ORDER = """
SELECT o.id, o.number, o.state, o.email, o.name, o.phone, o.street, o.street2, o.postcode, o.city, o.country, o.note,
       o.currency, o.goods, o.shipping, o.vat, o.total, o.promise_from, o.promise_to, o.terms_version, o.placed_at,
       o.delivered_at, o.charge, c.state AS charge_state, coalesce(c.captured, 0) AS captured, c.card_hint AS card
  FROM orders o LEFT JOIN charge c ON c.id = o.charge WHERE o.id = $1
"""
_LINES = """
SELECT l.id, l.title, l.options, coalesce(l.photo_sha, own.media_sha, i.photo_sha) AS photo_sha, i.slug, l.unit_price, l.amount, l.ordered, l.cancelled, l.shipped, l.returned,
       l.promise_date, l.withdrawal_excluded
  FROM order_line l
  LEFT JOIN variant v ON v.id = l.variant
  LEFT JOIN listing i ON i.product = v.product AND i.will = 'live'
  LEFT JOIN LATERAL (SELECT media_sha FROM listing_photo WHERE variant = v.id AND media_sha IS NOT NULL
                      ORDER BY position, id LIMIT 1) own ON true
 WHERE l."order" = $1 ORDER BY l.position, l.id
"""
_PARCELS = """
SELECT s.id, s.number, s.carrier, s.tracking_number, s.tracking_url, s.state, s.shipped_at, s.delivered_at,
       jsonb_agg(jsonb_build_array(x.order_line, x.quantity / x.pack_quantity)) AS contents
  FROM shipment s
  JOIN supplier_order so ON so.id = s.supplier_order
  JOIN LATERAL (SELECT l.order_line, l.pack_quantity, sum(sl.quantity) AS quantity
                  FROM shipment_line sl JOIN supplier_order_line l ON l.id = sl.supplier_order_line
                 WHERE sl.shipment = s.id GROUP BY l.order_line, l.pack_quantity) x ON true
 WHERE so.order_id = $1 AND s.state <> 'voided' GROUP BY s.id ORDER BY s.shipped_at, s.id
"""


async def read_order_page(merchant: int, order: int) -> OrderPage:
    """Raises NotFound."""
    async with shop_scope(merchant):
        row = await fetch_one(_ORDER, order)
        if row is None:
            raise NotFound(f"order {order}")
        lines = [Line(**{**r, "options": json.loads(r["options"]) or {}}) for r in await fetch(_LINES, order)]
        parcels = await fetch(_PARCELS, order)
        steps = await fetch(
            'SELECT what, why, at, detail FROM order_transition WHERE "order" = $1 AND shopper_sees ORDER BY at DESC, id DESC',
            order,
        )
        refunds = await fetch(
            "SELECT amount, currency, reason, state, created_at, done_at FROM refund WHERE charge = $1 ORDER BY id",
            row.pop("charge"),
        )
    return OrderPage(
        **row,
        lines=lines,
        parcels=[_parcel(parcel, {line.id: line for line in lines}, row["postcode"]) for parcel in parcels],
        steps=[Step(**{**step, "detail": json.loads(step["detail"]) or {}}) for step in steps],
        refunds=refunds,
    )


def _parcel(row: dict[str, Any], lines: dict[int, Line], postcode: str) -> Parcel:
    number = row["tracking_number"]
    return Parcel(
        number=row["number"],
        carrier=carrier_name(row["carrier"]),
        tracking_number=number,
        tracking_url=_safe(row["tracking_url"])
        or (tracking_url(row["carrier"], number, postcode=postcode) if number else None),
        state=row["state"],
        shipped_at=row["shipped_at"],
        delivered_at=row["delivered_at"],
        contents=[(lines[line], int(units)) for line, units in json.loads(row["contents"]) if line in lines],
    )


def _safe(url: str | None) -> str | None:
    """A supplier typed it: a link to a web page, or none."""
    return url if url and url.startswith(("https://", "http://")) else None
