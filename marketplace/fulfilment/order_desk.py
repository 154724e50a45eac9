"""What a merchant sees of its orders: the index, and one order with its split per supplier on one screen."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from marketplace.kernel import json
from marketplace.kernel.database import fetch, fetch_one
from marketplace.kernel.errors import NotFound
from tenants.scope import acting_as

PAGE = 50
_LATE = (
    "EXISTS (SELECT 1 FROM supplier_order so WHERE so.order_id = o.id AND ("
    "so.state IN ('sent', 'acknowledged') AND so.ack_by < now()"
    " OR so.state IN ('answered', 'partly_shipped') AND so.ship_by < now()))"
)
_OPEN = "o.state NOT IN ('awaiting_payment', 'abandoned', 'cancelled', 'delivered', 'returned', 'lost')"
#: tab -> which orders. "action" exists on screen only when it is not empty.
TABS = {
    "action": f"(o.flagged IS NOT NULL OR ({_OPEN} AND {_LATE})"
    " OR EXISTS (SELECT 1 FROM refund r WHERE r.charge = o.charge AND r.state = 'failed'))",
    "open": _OPEN,
    "done": "o.state IN ('delivered', 'returned', 'lost')",
    "cancelled": "o.state = 'cancelled'",
    "all": "o.placed_at IS NOT NULL",
}


@dataclass(frozen=True)
class OrderRow:
    """Money in minor units of `currency`, VAT included."""

    id: int
    number: str
    state: str
    name: str
    country: str
    total: int
    currency: str
    placed_at: datetime
    flagged: str | None
    title: str
    articles: int
    units: int
    suppliers: int
    late: bool


_ROWS = f"""
SELECT o.id, o.number, o.state, o.name, o.country, o.total, o.currency, o.placed_at, o.flagged,
       (SELECT l.title FROM order_line l WHERE l."order" = o.id ORDER BY l.position, l.id LIMIT 1) AS title,
       (SELECT count(*) FROM order_line l WHERE l."order" = o.id) AS articles,
       (SELECT coalesce(sum(l.ordered), 0)::bigint FROM order_line l WHERE l."order" = o.id) AS units,
       (SELECT count(DISTINCT so.supplier) FROM supplier_order so WHERE so.order_id = o.id
           AND so.state NOT IN ('refused', 'cancelled')) AS suppliers,
       {_LATE} AS late
  FROM orders o
 WHERE o.merchant = $1 AND o.placed_at IS NOT NULL AND {{tab}}
   AND ($2::text IS NULL OR strpos(lower(o.name || ' ' || o.number || ' ' || o.email), lower($2)) > 0)
   AND ($3::timestamptz IS NULL OR (o.placed_at, o.id) < ($3, $4::bigint))
 ORDER BY o.placed_at DESC, o.id DESC LIMIT $5
"""


async def read_orders(
    merchant: int, *, tab: str = "all", text: str | None = None, after: str | None = None, limit: int = PAGE
) -> tuple[list[OrderRow], str | None]:
    """(rows, newest first; `after` of the next page). Raises KeyError for a tab that is none, ValueError for a cursor that is
    none."""
    at, last = _cursor(after)
    async with acting_as(merchant):
        found = await fetch(_ROWS.format(tab=TABS[tab]), merchant, text or None, at, last, limit + 1)
    rows = [OrderRow(**row) for row in found[:limit]]
    return rows, f"{rows[-1].placed_at.isoformat()}~{rows[-1].id}" if len(found) > limit else None


async def count_orders(merchant: int) -> dict[str, int]:
    counts = ", ".join(f"count(*) FILTER (WHERE {rule}) AS {tab}" for tab, rule in TABS.items())
    async with acting_as(merchant):
        return dict(
            await fetch_one(
                f"SELECT {counts} FROM orders o WHERE o.merchant = $1 AND o.placed_at IS NOT NULL", merchant
            )
            or {}
        )


_LINES = """
SELECT *, ordered - cancelled - shipped AS left FROM order_line WHERE "order" = $1 ORDER BY position, id
"""


async def read_order_page(merchant: int, order: int) -> dict[str, Any]:
    """{order, lines, charge, refunds, supplier_orders (with lines and parcels), decisions, timeline}. Raises NotFound."""
    async with acting_as(merchant):
        row = await fetch_one("SELECT * FROM orders WHERE id = $1 AND merchant = $2", order, merchant)
        if row is None:
            raise NotFound(f"order {order}")
        return {
            "order": row,
            "lines": [_options(line) for line in await fetch(_LINES, order)],
            "charge": await fetch_one("SELECT * FROM charge WHERE id = $1", row["charge"]),
            "refunds": await fetch("SELECT * FROM refund WHERE charge = $1 ORDER BY id", row["charge"]),
            "supplier_orders": await _supplier_orders(order),
            "decisions": [
                {**d, "decision": json.loads(d["decision"])}
                for d in await fetch(
                    'SELECT number, why, at, decision FROM routing_decision WHERE "order" = $1 ORDER BY number DESC',
                    order,
                )
            ],
            "claims": await fetch(
                'SELECT id, number, state, cause FROM claim WHERE "order" = $1 ORDER BY id', order
            ),
            "timeline": [
                {**step, "detail": json.loads(step["detail"])}
                for step in await fetch(
                    'SELECT * FROM order_transition WHERE "order" = $1 ORDER BY id', order
                )
            ],
        }


async def _supplier_orders(order: int) -> list[dict[str, Any]]:
    rows = await fetch(
        "SELECT so.*, card.name AS supplier_name FROM supplier_order so JOIN tenant_card card ON card.tenant = so.supplier"
        " WHERE so.order_id = $1 ORDER BY so.id",
        order,
    )
    ids = [r["id"] for r in rows]
    lines = await fetch(
        "SELECT * FROM supplier_order_line WHERE supplier_order = ANY($1) ORDER BY position, id", ids
    )
    parcels = await fetch("SELECT * FROM shipment WHERE supplier_order = ANY($1) ORDER BY id", ids)
    return [
        {
            **row,
            "lines": [_options(line) for line in lines if line["supplier_order"] == row["id"]],
            "parcels": [p for p in parcels if p["supplier_order"] == row["id"]],
        }
        for row in rows
    ]


def _options(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "options": json.loads(row["options"]) or {}}


def _cursor(after: str | None) -> tuple[datetime | None, int | None]:
    if not after:
        return None, None
    at, _, last = after.rpartition("~")
    return datetime.fromisoformat(at), int(last)
