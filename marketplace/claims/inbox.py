"""The merchant's inbox of complaints: what, who, since when, and by when an answer is due."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from marketplace.kernel.database import fetch, fetch_one
from tenants.scope import acting_as

PAGE = 50
#: tab -> which complaints. "todo" waits for the merchant.
TABS = {
    "todo": "c.state = 'open'",
    "waiting": "c.state IN ('awaiting_shopper', 'awaiting_return')",
    "closed": "c.closed_at IS NOT NULL",
    "all": "true",
}


@dataclass(frozen=True)
class InboxRow:
    """`title` is the first article's, `articles` how many there are; `recoverable` says that a supplier owes for it."""

    id: int
    number: str
    state: str
    cause: str
    wish: str
    opened_at: datetime
    answer_by: datetime | None
    late: bool
    order: int
    order_number: str
    name: str
    title: str
    articles: int
    units: int
    photos: int
    last_author: str | None
    recovered: int
    cursor: str


@dataclass(frozen=True)
class InboxPage:
    rows: list[InboxRow]
    next: str | None


# one sort for every tab: what has a deadline first, soonest first; then the newest
_SORT = {
    "todo": ("coalesce(c.answer_by, c.opened_at + interval '100 years')", "ASC", ">"),
    "waiting": ("c.opened_at", "DESC", "<"),
    "closed": ("c.opened_at", "DESC", "<"),
    "all": ("c.opened_at", "DESC", "<"),
}
_ROWS = """
SELECT c.id, c.number, c.state, c.cause, c.wish, c.opened_at, c.answer_by, c."order",
       (c.closed_at IS NULL AND c.answer_by < now()) IS TRUE AS late, o.number AS order_number, o.name,
       (SELECT l.title FROM claim_line cl JOIN order_line l ON l.id = cl.order_line WHERE cl.claim = c.id
         ORDER BY l.position, l.id LIMIT 1) AS title,
       (SELECT count(*) FROM claim_line cl WHERE cl.claim = c.id) AS articles,
       (SELECT coalesce(sum(cl.quantity), 0)::bigint FROM claim_line cl WHERE cl.claim = c.id) AS units,
       (SELECT count(*) FROM attachment a WHERE a.claim = c.id) AS photos,
       (SELECT m.author FROM claim_message m WHERE m.claim = c.id AND m.audience = 'shopper' ORDER BY m.id DESC LIMIT 1) AS last_author,
       (SELECT coalesce(sum(r.amount), 0)::bigint FROM recovery r WHERE r.claim_id = c.id AND r.state <> 'waived') AS recovered,
       {sort}::text || '~' || c.id AS cursor
  FROM claim c JOIN orders o ON o.id = c."order"
 WHERE c.merchant = $1 AND {tab} AND ($2::text IS NULL OR c.cause = $2)
   AND ($3::text IS NULL OR strpos(lower(o.name || ' ' || o.number || ' ' || c.number || ' ' || o.email), lower($3)) > 0)
   AND ($4::text IS NULL OR ({sort}, c.id) {compare} ($4::timestamptz, $5::bigint))
 ORDER BY {sort} {direction}, c.id {direction} LIMIT $6
"""


async def read_inbox(
    merchant: int,
    *,
    tab: str = "todo",
    cause: str | None = None,
    text: str | None = None,
    after: str | None = None,
    limit: int = PAGE,
) -> InboxPage:
    """One page; `after` is the `next` of the page before. `text` is looked for in name, e-mail and both numbers. Raises
    KeyError for an unknown tab, ValueError for a cursor that is none."""
    sort, direction, compare = _SORT[tab]
    value, last = _cursor(after)
    sql = _ROWS.format(sort=sort, tab=TABS[tab], compare=compare, direction=direction)
    async with acting_as(merchant):
        found = await fetch(sql, merchant, cause or None, text or None, value, last, limit + 1)
    rows = [InboxRow(**row) for row in found[:limit]]
    return InboxPage(rows, rows[-1].cursor if len(found) > limit else None)


async def count_inbox(merchant: int) -> dict[str, int]:
    """How many complaints each tab holds, and `late`: how many answers are overdue."""
    counts = ", ".join(f"count(*) FILTER (WHERE {rule}) AS {tab}" for tab, rule in TABS.items())
    async with acting_as(merchant):
        row: dict[str, Any] | None = await fetch_one(
            f"SELECT {counts}, count(*) FILTER (WHERE c.closed_at IS NULL AND c.answer_by < now()) AS late"
            " FROM claim c WHERE c.merchant = $1",
            merchant,
        )
    return dict(row or {})


def _cursor(after: str | None) -> tuple[str | None, int | None]:
    if not after:
        return None, None
    value, _, last = after.rpartition("~")
    datetime.fromisoformat(value)
    return value, int(last)
