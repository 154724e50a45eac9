"""What was withdrawn from and has left is expected back, under a number of its own for each supplier order."""

from typing import Any

from marketplace.claims.authorise_return import authorise_return
from marketplace.kernel import json
from marketplace.kernel.database import fetch
from marketplace.kernel.errors import Refused
from marketplace.ordering.progress import lock_order
from tenants.scope import acting_as

_EXPECTED = """
SELECT l.order_line, sum(rl.quantity / l.pack_quantity)::bigint AS units
  FROM goods_return r JOIN goods_return_line rl ON rl.goods_return = r.id
  JOIN supplier_order_line l ON l.id = rl.supplier_order_line
 WHERE r.withdrawal_id = $1 AND r.state <> 'cancelled' GROUP BY l.order_line
"""


async def expect_back(merchant: int, order: int, *, tell: bool = True) -> list[int]:
    """Authorise what no return expects yet of the order's withdrawals; answers the returns. Units whose shipment is not
    confirmed yet wait for the next time. It may run at any time and twice."""
    async with acting_as(merchant):
        await lock_order(order)
        rows = await fetch(
            "SELECT id, lines FROM withdrawal WHERE \"order\" = $1 AND state IN ('declared', 'awaiting_goods') ORDER BY id",
            order,
        )
        return [made for row in rows for made in await _expect(merchant, row, tell)]


async def _expect(merchant: int, row: dict[str, Any], tell: bool) -> list[int]:
    expected = {r["order_line"]: r["units"] for r in await fetch(_EXPECTED, row["id"])}
    missing = {
        item["order_line"]: item["quantity"] - item["unshipped"] - expected.get(item["order_line"], 0)
        for item in json.loads(row["lines"])
    }
    lines = {line: units for line, units in missing.items() if units > 0}
    if not lines:
        return []
    try:
        return await authorise_return(
            merchant, lines=lines, reason="changed_mind", by="system", withdrawal=row["id"], tell=tell
        )
    except Refused:  # not all of it has left, or it comes back for a complaint: nothing was written
        return []
