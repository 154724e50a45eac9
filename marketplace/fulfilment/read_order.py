"""What a shopper sees of an order: its lines, its parcels each with its own state, the timeline, and what was paid.

Read under the storefront's own role: no cost, no supplier's name, no routing can come out of here.
"""

from datetime import datetime
from typing import Any

import msgspec

from marketplace.fulfilment.carriers import carrier_name
from marketplace.kernel import json
from marketplace.kernel.database import fetch, fetch_one
from marketplace.kernel.errors import NotFound
from tenants.scope import shop_scope


class Parcel(msgspec.Struct, frozen=True, kw_only=True):
    """`units` is order line -> units of it in this parcel (a pack that is spread over parcels counts in each)."""

    id: int
    number: str
    carrier: str
    tracking_number: str | None
    tracking_url: str | None
    state: str
    shipped_at: datetime
    delivered_at: datetime | None
    units: dict[int, int]


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """`what` is a code: placed, accepted, captured, shipped, delivered, cancelled, released, refunded, …"""

    at: datetime
    what: str
    who: str
    why: str | None
    detail: dict[str, Any]


class ShopperOrder(msgspec.Struct, frozen=True, kw_only=True):
    """`order` and `lines` are rows; `waiting` is order line -> units that have not left. Amounts gross, minor units."""

    order: dict[str, Any]
    lines: list[dict[str, Any]]
    parcels: list[Parcel]
    timeline: list[Step]
    waiting: dict[int, int]
    charge: dict[str, Any] | None
    refunds: list[dict[str, Any]]

    @property
    def cancellable(self) -> bool:
        return bool(self.waiting) and self.order["placed_at"] is not None


async def read_shopper_order(merchant: int, order: int) -> ShopperOrder:
    """The page behind the signed link of purpose "order". Raises NotFound, for a stranger's too."""
    async with shop_scope(merchant):
        head = await fetch_one("SELECT * FROM orders WHERE id = $1", order)
        if head is None:
            raise NotFound(f"order {order}")
        lines = await fetch('SELECT * FROM order_line WHERE "order" = $1 ORDER BY position, id', order)
        return ShopperOrder(
            order=head,
            lines=[{**line, "options": json.loads(line["options"]) or {}} for line in lines],
            parcels=await _parcels(order),
            timeline=await _timeline(order),
            waiting={r["id"]: n for r in lines if (n := r["ordered"] - r["cancelled"] - r["shipped"]) > 0},
            charge=await fetch_one(
                "SELECT state, amount, captured, refunded, currency, card_hint FROM charge WHERE id = $1",
                head["charge"],
            ),
            refunds=await fetch(
                "SELECT amount, currency, reason, state, created_at, done_at FROM refund WHERE charge = $1 ORDER BY id",
                head["charge"],
            ),
        )


async def _parcels(order: int) -> list[Parcel]:
    rows = await fetch(
        """
        SELECT s.id, s.number, s.carrier, s.tracking_number, s.tracking_url, s.state, s.shipped_at, s.delivered_at,
               (SELECT jsonb_object_agg(u.order_line, u.units) FROM
                 (SELECT l.order_line, greatest(1, sum(p.quantity / l.pack_quantity))::bigint AS units FROM shipment_line p
                    JOIN supplier_order_line l ON l.id = p.supplier_order_line WHERE p.shipment = s.id GROUP BY 1) u) AS units
          FROM shipment s JOIN supplier_order so ON so.id = s.supplier_order
         WHERE so.order_id = $1 AND s.state <> 'voided' ORDER BY s.shipped_at, s.id""",
        order,
    )
    return [
        Parcel(
            **{
                **row,
                "carrier": carrier_name(row["carrier"]),
                "units": {int(line): n for line, n in (json.loads(row["units"]) or {}).items()},
            }
        )
        for row in rows
    ]


async def _timeline(order: int) -> list[Step]:
    rows = await fetch(
        'SELECT at, what, who, why, detail FROM order_transition WHERE "order" = $1 AND shopper_sees ORDER BY id',
        order,
    )
    return [Step(**{**row, "detail": json.loads(row["detail"])}) for row in rows]
