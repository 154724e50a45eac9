"""What was withdrawn from before it left: off the order, still asked of a supplier, or denied because it has left after all.

Everything is derived from the order's lines, so it may run at any time and twice.
"""

from typing import Any

from marketplace.claims.states import WITHDRAWAL, Withdrawal
from marketplace.kernel import json
from marketplace.kernel.database import execute, fetch
from marketplace.kernel.moves import move
from marketplace.kernel.outbox import emit
from marketplace.ordering.progress import lock_order
from tenants.scope import acting_as

_POOLS = """
SELECT ol.id, ol.cancelled, (ol.ordered - ol.cancelled - ol.shipped) AS waiting,
       coalesce(sum(sol.cancel_wanted / sol.pack_quantity), 0)::bigint AS wanted
  FROM order_line ol LEFT JOIN supplier_order_line sol ON sol.order_line = ol.id
 WHERE ol."order" = $1 GROUP BY ol.id
"""


async def not_asked_back(order: int, units: dict[int, int]) -> dict[int, int]:
    """Of `units` (order line -> units that have not left), those whose cancellation nobody asked for yet."""
    pools = {r["id"]: r for r in await fetch(_POOLS, order)}
    wanted = {
        line: min(count, pools[line]["waiting"] - pools[line]["wanted"]) for line, count in units.items()
    }
    return {line: count for line, count in wanted.items() if count > 0}


async def follow_cancellation(merchant: int, order: int) -> None:
    """Bring the order's open withdrawals in line with its cancelled units. A unit whose cancellation was denied is awaited
    back instead; when nothing has left and nothing is asked any more, there is nothing for anybody to do."""
    async with acting_as(merchant):
        await lock_order(order)
        pools = {r["id"]: dict(r) for r in await fetch(_POOLS, order)}
        rows = await fetch(
            "SELECT id, state, lines FROM withdrawal WHERE \"order\" = $1 AND state <> 'refused' ORDER BY id",
            order,
        )
        for row in rows:
            await _follow(merchant, order, row, pools)


async def _follow(merchant: int, order: int, row: dict[str, Any], pools: dict[int, dict[str, Any]]) -> None:
    lines = json.loads(row["lines"])
    pending = [_draw(item, pools[item["order_line"]]) for item in lines]
    if row["state"] not in (Withdrawal.DECLARED, Withdrawal.AWAITING_GOODS):
        return  # its share of the pools is drawn; it is settled
    denied = [item for item, was in zip(lines, json.loads(row["lines"]), strict=True) if item != was]
    if denied:
        await execute("UPDATE withdrawal SET lines = $2::jsonb WHERE id = $1", row["id"], json.dumps(lines))
        await emit("withdrawal.goods_left", merchant=merchant, order=order, withdrawal=row["id"])
    if any(pending) or row["state"] != Withdrawal.DECLARED:
        return
    if any(item["quantity"] > item["unshipped"] for item in lines):
        await move(WITHDRAWAL, "withdrawal", row["id"], Withdrawal.AWAITING_GOODS)
        return
    await move(WITHDRAWAL, "withdrawal", row["id"], Withdrawal.REFUND_DUE)
    await move(WITHDRAWAL, "withdrawal", row["id"], Withdrawal.REFUNDED, decided_by="system")
    await emit("withdrawal.settled", merchant=merchant, withdrawal=row["id"])


def _draw(item: dict[str, Any], pool: dict[str, Any]) -> int:
    """Take the item's units out of the pools; what neither pool holds has left. Answers the units still asked for."""
    off = min(item["unshipped"], pool["cancelled"])
    asked = min(item["unshipped"] - off, pool["wanted"])
    pool["cancelled"] -= off
    pool["wanted"] -= asked
    item["unshipped"] = off + asked
    return int(asked)
