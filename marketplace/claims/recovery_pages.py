"""What a supplier sees of complaints: its debit notes, and what merchants forwarded. Read as the supplier."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from marketplace.claims.claim_page import FORWARDED, read_photos
from marketplace.claims.find_recovery import find_recovery
from marketplace.kernel import json
from marketplace.kernel.database import fetch, fetch_one
from marketplace.kernel.errors import NotFound
from tenants.scope import acting_as

PAGE = 50
TABS = {
    "todo": "r.state = 'issued'",
    "accepted": "r.state = 'accepted'",
    "disputed": "r.state = 'disputed'",
    "closed": "r.state IN ('settled', 'waived')",
    "all": "true",
}


@dataclass(frozen=True)
class RecoveryRow:
    """Amounts in minor units of `currency`."""

    id: int
    number: str
    state: str
    reason: str
    amount: int
    currency: str
    issued_at: datetime
    supplier_order: int
    supplier_order_number: str
    other: int
    other_name: str
    title: str | None


_ROWS = """
SELECT r.id, r.number, r.state, r.reason, r.amount, r.currency, r.issued_at, r.supplier_order,
       so.number AS supplier_order_number, card.tenant AS other, card.name AS other_name, r.lines->0->>'title' AS title
  FROM recovery r JOIN supplier_order so ON so.id = r.supplier_order
  JOIN tenant_card card ON card.tenant = r.{other}
 WHERE r.{side} = $1 AND {tab} AND ($2::bigint IS NULL OR r.id < $2)
 ORDER BY r.id DESC LIMIT $3
"""


async def read_recoveries(
    tenant: int, *, side: str, tab: str = "all", before: int | None = None, limit: int = PAGE
) -> tuple[list[RecoveryRow], int | None]:
    """(rows, newest first; `before` of the next page). `side` is the tenant's own: "supplier" or "merchant". Raises
    KeyError for an unknown tab or side."""
    other = {"supplier": "merchant", "merchant": "supplier"}[side]
    async with acting_as(tenant):
        found = await fetch(_ROWS.format(side=side, other=other, tab=TABS[tab]), tenant, before, limit + 1)
    rows = [RecoveryRow(**row) for row in found[:limit]]
    return rows, rows[-1].id if len(found) > limit else None


async def count_recoveries(tenant: int, *, side: str) -> dict[str, int]:
    """How many each tab holds."""
    column = {"supplier": "supplier", "merchant": "merchant"}[side]
    counts = ", ".join(f"count(*) FILTER (WHERE {rule}) AS {tab}" for tab, rule in TABS.items())
    async with acting_as(tenant):
        return dict(await fetch_one(f"SELECT {counts} FROM recovery r WHERE r.{column} = $1", tenant) or {})


async def read_recovery_page(tenant: int, recovery: int, *, side: str) -> dict[str, Any]:
    """{recovery (lines, why read), supplier_order, other (card), messages with photos}. Raises NotFound."""
    async with acting_as(tenant):
        row = await find_recovery(recovery, **{side: tenant})
        other = row["merchant"] if side == "supplier" else row["supplier"]
        return {
            "recovery": {**row, "lines": json.loads(row["lines"]), "why": json.loads(row["why"])},
            "supplier_order": await fetch_one(
                "SELECT * FROM supplier_order WHERE id = $1", row["supplier_order"]
            ),
            "other": await fetch_one("SELECT * FROM tenant_card WHERE tenant = $1", other),
            "messages": [
                read_photos(m)
                for m in await fetch(
                    FORWARDED.format(which="m.supplier_order = $1 AND m.claim_id IS NOT DISTINCT FROM $2"),
                    row["supplier_order"],
                    row["claim_id"],
                )
            ],
        }


async def read_supplier_thread(tenant: int, supplier_order: int) -> list[dict[str, Any]]:
    """Everything that was forwarded and answered about one supplier order, for either party's page of it."""
    async with acting_as(tenant):
        rows = await fetch(FORWARDED.format(which="m.supplier_order = $1"), supplier_order)
    return [read_photos(m) for m in rows]


async def read_open_questions(supplier: int, limit: int = PAGE) -> list[dict[str, Any]]:
    """Supplier orders whose last forwarded word is a merchant's: the supplier's turn, longest waiting first."""
    async with acting_as(supplier):
        return await fetch(
            "SELECT m.id AS message, m.supplier_order, so.number AS supplier_order_number, m.body, m.at, m.recovery,"
            " card.name AS merchant_name FROM forwarded_message m JOIN supplier_order so ON so.id = m.supplier_order"
            " JOIN tenant_card card ON card.tenant = m.merchant"
            " WHERE m.supplier = $1 AND m.author = 'merchant' AND NOT EXISTS (SELECT 1 FROM forwarded_message later"
            "   WHERE later.supplier_order = m.supplier_order AND later.claim_id IS NOT DISTINCT FROM m.claim_id AND later.id > m.id)"
            " ORDER BY m.id LIMIT $2",
            supplier,
            limit,
        )


async def read_forwarded_photo(tenant: int, photo: int) -> tuple[str, bytes]:
    """(content type, bytes), for either party. Raises NotFound."""
    async with acting_as(tenant):
        row = await fetch_one("SELECT content_type, body FROM forwarded_photo WHERE id = $1", photo)
    if row is None:
        raise NotFound(f"photo {photo}")
    return row["content_type"], row["body"]
