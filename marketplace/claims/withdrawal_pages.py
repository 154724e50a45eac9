"""The merchant's list of withdrawals, and one of them with what would be paid back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from marketplace.claims.withdrawable import read_withdrawable
from marketplace.kernel import json
from marketplace.kernel.database import fetch, fetch_one
from marketplace.kernel.errors import NotFound
from tenants.scope import acting_as

PAGE = 50
OPEN = "w.state IN ('declared', 'awaiting_goods', 'refund_due') AND w.refund IS NULL"
TABS = {
    "todo": f"w.state = 'refund_due' AND {OPEN}",
    "waiting": f"w.state <> 'refund_due' AND {OPEN}",
    "closed": f"NOT ({OPEN})",
    "all": "true",
}


@dataclass(frozen=True)
class WithdrawalRow:
    """`late`: the money should be back already. `title` is the first article's, `units` of all."""

    id: int
    number: str
    state: str
    name: str
    declared_at: datetime
    refund_by: datetime
    late: bool
    order: int
    order_number: str
    title: str
    articles: int
    units: int
    entire: bool
    amount: int
    currency: str
    refund_state: str | None


_ROWS = """
SELECT w.id, w.number, w.state, w.name, w.declared_at, w.refund_by, w."order", o.number AS order_number, w.entire,
       w.amount, o.currency, r.state AS refund_state, ({open} AND w.refund_by < now()) AS late,
       w.lines->0->>'title' AS title, jsonb_array_length(w.lines) AS articles,
       (SELECT sum((item->>'quantity')::bigint) FROM jsonb_array_elements(w.lines) item)::bigint AS units
  FROM withdrawal w JOIN orders o ON o.id = w."order" LEFT JOIN refund r ON r.id = w.refund
 WHERE w.merchant = $1 AND {tab}
   AND ($2::text IS NULL OR strpos(lower(w.name || ' ' || o.number || ' ' || w.number || ' ' || w.email), lower($2)) > 0)
   AND ($3::bigint IS NULL OR w.id {compare} $3)
 ORDER BY w.id {direction} LIMIT $4
"""


async def read_withdrawals(
    merchant: int, *, tab: str = "todo", text: str | None = None, after: int | None = None, limit: int = PAGE
) -> tuple[list[WithdrawalRow], int | None]:
    """(rows, `after` of the next page). What is to be done comes oldest first, the rest newest first. Declarations are
    numbered in order of time, so the id sorts both. Raises KeyError for an unknown tab."""
    oldest_first = tab in ("todo", "waiting")
    sql = _ROWS.format(
        tab=TABS[tab],
        open=OPEN,
        compare=">" if oldest_first else "<",
        direction="ASC" if oldest_first else "DESC",
    )
    async with acting_as(merchant):
        found = await fetch(sql, merchant, text or None, after, limit + 1)
    rows = [WithdrawalRow(**row) for row in found[:limit]]
    return rows, rows[-1].id if len(found) > limit else None


async def count_withdrawals(merchant: int) -> dict[str, int]:
    """How many each tab holds, and `late`: how many refunds are overdue."""
    counts = ", ".join(f"count(*) FILTER (WHERE {rule}) AS {tab}" for tab, rule in TABS.items())
    async with acting_as(merchant):
        return dict(
            await fetch_one(
                f"SELECT {counts}, count(*) FILTER (WHERE {OPEN} AND w.refund_by < now()) AS late"
                " FROM withdrawal w WHERE w.merchant = $1",
                merchant,
            )
            or {}
        )


async def read_withdrawal_page(merchant: int, withdrawal: int) -> dict[str, Any]:
    """{withdrawal (lines read), order, until, returns, recoveries, refund}. Raises NotFound."""
    async with acting_as(merchant):
        row = await fetch_one("SELECT * FROM withdrawal WHERE id = $1", withdrawal)
        if row is None:
            raise NotFound(f"withdrawal {withdrawal}")
        may = await read_withdrawable(row["order"])
        return {
            "withdrawal": {**row, "lines": json.loads(row["lines"])},
            "order": await fetch_one("SELECT * FROM orders WHERE id = $1", row["order"]),
            "until": may.until,
            "returns": await fetch(
                "SELECT * FROM goods_return WHERE withdrawal_id = $1 ORDER BY id", withdrawal
            ),
            "recoveries": await fetch(
                "SELECT * FROM recovery WHERE withdrawal_id = $1 ORDER BY id", withdrawal
            ),
            "refund": await fetch_one("SELECT * FROM refund WHERE id = $1", row["refund"]),
        }
