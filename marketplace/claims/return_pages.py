"""Goods on their way back, as either party sees them: what to expect, under which number, and what came."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from marketplace.kernel.database import fetch, fetch_one
from marketplace.kernel.errors import NotFound
from tenants.scope import acting_as

PAGE = 50
TABS = {
    "todo": "r.state IN ('authorised', 'in_transit')",
    "received": "r.state IN ('received', 'accepted', 'refused')",
    "expired": "r.state IN ('expired', 'cancelled')",
    "all": "true",
}


@dataclass(frozen=True)
class ReturnRow:
    """`units` in the supplier's own count; `title` is the first article's."""

    id: int
    rma_number: str
    state: str
    reason: str
    created_at: datetime
    return_by: datetime | None
    received_at: datetime | None
    supplier_order: int
    supplier_order_number: str
    other: int
    other_name: str
    title: str
    units: int
    claim_id: int | None
    withdrawal_id: int | None


_ROWS = """
SELECT r.id, r.rma_number, r.state, r.reason, r.created_at, r.return_by, r.received_at, r.supplier_order, r.claim_id,
       r.withdrawal_id, so.number AS supplier_order_number, card.tenant AS other, card.name AS other_name,
       (SELECT l.title FROM goods_return_line rl JOIN supplier_order_line l ON l.id = rl.supplier_order_line
         WHERE rl.goods_return = r.id ORDER BY rl.id LIMIT 1) AS title,
       (SELECT sum(rl.quantity)::bigint FROM goods_return_line rl WHERE rl.goods_return = r.id) AS units
  FROM goods_return r JOIN supplier_order so ON so.id = r.supplier_order
  JOIN tenant_card card ON card.tenant = r.{other}
 WHERE r.{side} = $1 AND {tab} AND ($2::text IS NULL OR strpos(lower(r.rma_number || ' ' || so.number), lower($2)) > 0)
   AND ($3::bigint IS NULL OR r.id < $3)
 ORDER BY r.id DESC LIMIT $4
"""
_LINES = """
SELECT rl.id, rl.quantity, rl.received, l.sku, l.title, l.options
  FROM goods_return_line rl JOIN supplier_order_line l ON l.id = rl.supplier_order_line
 WHERE rl.goods_return = $1 ORDER BY rl.id
"""


async def read_returns(
    tenant: int,
    *,
    side: str,
    tab: str = "todo",
    text: str | None = None,
    before: int | None = None,
    limit: int = PAGE,
) -> tuple[list[ReturnRow], int | None]:
    """(rows, newest first; `before` of the next page). `side` is the tenant's own: "supplier" or "merchant"; `text` is looked
    for in the return's and the order's number. Raises KeyError for an unknown tab or side."""
    other = {"supplier": "merchant", "merchant": "supplier"}[side]
    async with acting_as(tenant):
        found = await fetch(
            _ROWS.format(side=side, other=other, tab=TABS[tab]), tenant, text or None, before, limit + 1
        )
    rows = [ReturnRow(**row) for row in found[:limit]]
    return rows, rows[-1].id if len(found) > limit else None


async def count_returns(tenant: int, *, side: str) -> dict[str, int]:
    """How many each tab holds."""
    column = {"supplier": "supplier", "merchant": "merchant"}[side]
    counts = ", ".join(f"count(*) FILTER (WHERE {rule}) AS {tab}" for tab, rule in TABS.items())
    async with acting_as(tenant):
        return dict(
            await fetch_one(f"SELECT {counts} FROM goods_return r WHERE r.{column} = $1", tenant) or {}
        )


async def read_return_page(tenant: int, goods_return: int) -> dict[str, Any]:
    """{goods_return, lines (id, quantity announced, received, sku, title), supplier_order}, for either party. Raises NotFound."""
    async with acting_as(tenant):
        row = await fetch_one("SELECT * FROM goods_return WHERE id = $1", goods_return)
        if row is None:
            raise NotFound(f"return {goods_return}")
        return {
            "goods_return": row,
            "lines": await fetch(_LINES, goods_return),
            "supplier_order": await fetch_one(
                "SELECT id, number, order_number FROM supplier_order WHERE id = $1", row["supplier_order"]
            ),
        }
