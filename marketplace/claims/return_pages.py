"""Goods coming back, for whichever party receives them: the list of what is on its way, and one return."""

from typing import Any

from marketplace.kernel.database import fetch, fetch_one
from marketplace.kernel.errors import NotFound
from tenants.scope import acting_as

MOST = 200


async def read_returns(tenant: int, *, side: str) -> list[dict[str, Any]]:
    """The newest first: {id, rma_number, state, reason, other_name, supplier_order_number, units, created_at, return_by}.

    `side` is the tenant's own: "supplier" or "merchant". Raises KeyError for another word.
    """
    other = {"supplier": "merchant", "merchant": "supplier"}[side]
    async with acting_as(tenant):
        return await fetch(
            "SELECT r.id, r.rma_number, r.state, r.reason, r.created_at, r.return_by, r.received_at, card.name AS other_name,"
            " so.number AS supplier_order_number,"
            " (SELECT coalesce(sum(l.quantity), 0)::bigint FROM goods_return_line l WHERE l.goods_return = r.id) AS units"
            f" FROM goods_return r JOIN supplier_order so ON so.id = r.supplier_order JOIN tenant_card card ON card.tenant = r.{other}"
            f" WHERE r.{side} = $1 ORDER BY r.received_at IS NOT NULL, r.id DESC LIMIT {MOST}",
            tenant,
        )


async def read_return_page(tenant: int, goods_return: int) -> dict[str, Any]:
    """{goods_return, lines (with sku and title), supplier_order}. Raises NotFound."""
    async with acting_as(tenant):
        row = await fetch_one("SELECT * FROM goods_return WHERE id = $1", goods_return)
        if row is None:
            raise NotFound(f"return {goods_return}")
        return {
            "goods_return": row,
            "lines": await fetch(
                "SELECT r.*, l.sku, l.title FROM goods_return_line r JOIN supplier_order_line l ON l.id = r.supplier_order_line"
                " WHERE r.goods_return = $1 ORDER BY r.id",
                goods_return,
            ),
            "supplier_order": await fetch_one(
                "SELECT number FROM supplier_order WHERE id = $1", row["supplier_order"]
            ),
        }
