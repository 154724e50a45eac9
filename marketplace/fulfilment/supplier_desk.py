"""What a supplier sees of its orders: the to-do list, the index, and one order with its lines, parcels and address."""

from dataclasses import dataclass
from typing import Any

from marketplace.kernel import json
from marketplace.kernel.database import fetch, fetch_one
from marketplace.kernel.errors import NotFound
from tenants.scope import acting_as

PAGE = 50
#: tab -> which orders. What was not sent yet is not there for a supplier.
TABS = {
    "answer": "so.state IN ('sent', 'acknowledged')",
    "ship": "so.state IN ('answered', 'partly_shipped')",
    "shipped": "so.state IN ('shipped', 'completed')",
    "closed": "so.state IN ('refused', 'cancelled')",
    "all": "so.state NOT IN ('drafted', 'held')",
}
#: what is to be done is sorted by its clock, the rest by age
_CLOCK = {"answer": "so.ack_by", "ship": "so.ship_by"}


@dataclass(frozen=True)
class SupplierOrderRow:
    """`due` is the clock of what is to be done next. Money in minor units of `currency`, without VAT."""

    id: int
    number: str
    state: str
    cancellation: str
    merchant_name: str
    title: str
    articles: int
    units: int
    total: int
    currency: str
    country: str | None
    sent_at: Any
    due: Any
    late: bool


_ROWS = """
SELECT so.id, so.number, so.state, so.cancellation, card.name AS merchant_name, so.total, so.currency, so.sent_at,
       CASE WHEN so.state IN ('sent', 'acknowledged') THEN so.ack_by
            WHEN so.state IN ('answered', 'partly_shipped') THEN so.ship_by END AS due,
       (CASE WHEN so.state IN ('sent', 'acknowledged') THEN so.ack_by
             WHEN so.state IN ('answered', 'partly_shipped') THEN so.ship_by END < now()) IS TRUE AS late,
       (SELECT l.title FROM supplier_order_line l WHERE l.supplier_order = so.id ORDER BY l.position, l.id LIMIT 1) AS title,
       (SELECT count(*) FROM supplier_order_line l WHERE l.supplier_order = so.id) AS articles,
       (SELECT coalesce(sum(l.ordered), 0)::bigint FROM supplier_order_line l WHERE l.supplier_order = so.id) AS units,
       (SELECT a.country FROM delivery_address a WHERE a.supplier_order = so.id) AS country
  FROM supplier_order so JOIN tenant_card card ON card.tenant = so.merchant
 WHERE so.supplier = $1 AND {tab}
   AND ($2::text IS NULL OR strpos(lower(so.number || ' ' || so.order_number || ' ' || card.name), lower($2)) > 0)
   AND ($3::bigint IS NULL OR so.id < $3)
 ORDER BY {sort} LIMIT $4
"""


async def read_orders(
    supplier: int, *, tab: str = "all", text: str | None = None, before: int | None = None, limit: int = PAGE
) -> tuple[list[SupplierOrderRow], int | None]:
    """(rows, `before` of the next page). The two to-do tabs are read whole, by their clock. Raises KeyError for a tab that
    is none."""
    clock = _CLOCK.get(tab)
    sort = f"{clock} NULLS LAST, so.id" if clock else "so.id DESC"
    at_most = 500 if clock else limit + 1
    async with acting_as(supplier):
        found = await fetch(_ROWS.format(tab=TABS[tab], sort=sort), supplier, text or None, before, at_most)
    rows = [SupplierOrderRow(**row) for row in found]
    if clock or len(rows) <= limit:
        return rows, None
    return rows[:limit], rows[limit - 1].id


async def count_orders(supplier: int) -> dict[str, int]:
    """How many each tab holds, `late` answers and shipments, and cancellations that wait for an answer."""
    counts = ", ".join(f"count(*) FILTER (WHERE {rule}) AS {tab}" for tab, rule in TABS.items())
    async with acting_as(supplier):
        return dict(
            await fetch_one(
                f"SELECT {counts}, count(*) FILTER (WHERE so.cancellation = 'requested') AS cancellations,"
                " count(*) FILTER (WHERE so.state IN ('sent', 'acknowledged') AND so.ack_by < now()"
                " OR so.state IN ('answered', 'partly_shipped') AND so.ship_by < now()) AS late"
                " FROM supplier_order so WHERE so.supplier = $1",
                supplier,
            )
            or {}
        )


async def read_order_page(supplier: int, supplier_order: int) -> dict[str, Any]:
    """{order, merchant (card), address, lines, parcels (with lines), timeline}. Raises NotFound, also before it was sent."""
    async with acting_as(supplier):
        order = await fetch_one(
            "SELECT * FROM supplier_order WHERE id = $1 AND supplier = $2 AND state NOT IN ('drafted', 'held')",
            supplier_order,
            supplier,
        )
        if order is None:
            raise NotFound(f"supplier order {supplier_order}")
        lines = await fetch(
            "SELECT *, ordered - accepted - refused - cancelled AS open, accepted - shipped AS to_ship"
            " FROM supplier_order_line WHERE supplier_order = $1 ORDER BY position, id",
            supplier_order,
        )
        return {
            "order": order,
            "merchant": await fetch_one("SELECT * FROM tenant_card WHERE tenant = $1", order["merchant"]),
            "address": await fetch_one(
                "SELECT * FROM delivery_address WHERE supplier_order = $1", supplier_order
            ),
            "lines": [{**line, "options": json.loads(line["options"]) or {}} for line in lines],
            "parcels": await _parcels(supplier_order),
            "timeline": [
                {**step, "detail": json.loads(step["detail"])}
                for step in await fetch(
                    "SELECT * FROM supplier_order_transition WHERE supplier_order = $1 ORDER BY id",
                    supplier_order,
                )
            ],
        }


async def _parcels(supplier_order: int) -> list[dict[str, Any]]:
    rows = await fetch(
        "SELECT s.*, (SELECT jsonb_agg(jsonb_build_object('title', l.title, 'sku', l.sku, 'quantity', p.quantity)"
        " ORDER BY l.position) FROM shipment_line p JOIN supplier_order_line l ON l.id = p.supplier_order_line"
        " WHERE p.shipment = s.id) AS packed FROM shipment s WHERE s.supplier_order = $1 ORDER BY s.id",
        supplier_order,
    )
    return [{**row, "packed": json.loads(row["packed"]) or []} for row in rows]


async def find_by_number(supplier: int, number: str) -> int | None:
    """Our number or the merchant's order number, when it names exactly one order of this supplier."""
    async with acting_as(supplier):
        rows = await fetch(
            "SELECT id FROM supplier_order WHERE supplier = $1 AND (number = $2 OR order_number = $2)"
            " AND state NOT IN ('drafted', 'held') LIMIT 2",
            supplier,
            number.strip(),
        )
    return rows[0]["id"] if len(rows) == 1 else None
