"""Everything the merchant's page of one complaint shows; the shopper's thread and the suppliers' apart."""

from dataclasses import dataclass
from typing import Any

from marketplace.claims.find import find_claim
from marketplace.claims.serving import Served, served_by
from marketplace.kernel import json
from marketplace.kernel.database import fetch, fetch_one
from marketplace.kernel.errors import NotFound
from tenants.scope import acting_as


@dataclass(frozen=True)
class SupplierThread:
    """What was said with one supplier about one supplier order. `messages` hold `photos`: [{id, width, height}]."""

    supplier_order: int
    supplier_order_number: str
    supplier: int
    supplier_name: str
    messages: list[dict[str, Any]]


@dataclass(frozen=True)
class ClaimPage:
    """Rows as dicts, each list in its order of time. `lines`: order line columns plus `claimed` units. `shopper` and `staff`
    messages hold `photos`: [{id, name, width, height}]."""

    claim: dict[str, Any]
    order: dict[str, Any]
    lines: list[dict[str, Any]]
    shopper: list[dict[str, Any]]
    staff: list[dict[str, Any]]
    suppliers: list[SupplierThread]
    timeline: list[dict[str, Any]]
    resolution: dict[str, Any] | None
    recoveries: list[dict[str, Any]]
    returns: list[dict[str, Any]]


_LINES = """
SELECT l.*, cl.quantity AS claimed FROM claim_line cl JOIN order_line l ON l.id = cl.order_line
 WHERE cl.claim = $1 ORDER BY l.position, l.id
"""
MESSAGES = """
SELECT m.id, m.audience, m.author, m.author_name, m.body, m.at,
       coalesce((SELECT jsonb_agg(jsonb_build_object('id', a.id, 'name', a.name, 'width', a.width, 'height', a.height) ORDER BY a.id)
                   FROM attachment a WHERE a.message = m.id), '[]') AS photos
  FROM claim_message m WHERE m.claim = $1 AND m.audience = $2 ORDER BY m.id
"""
FORWARDED = """
SELECT m.id, m.supplier_order, m.author, m.author_name, m.body, m.at,
       coalesce((SELECT jsonb_agg(jsonb_build_object('id', p.id, 'width', p.width, 'height', p.height) ORDER BY p.id)
                   FROM forwarded_photo p WHERE p.message = m.id), '[]') AS photos
  FROM forwarded_message m WHERE {which} ORDER BY m.id
"""


async def read_claim_page(merchant: int, claim: int) -> ClaimPage:
    """Raises NotFound."""
    async with acting_as(merchant):
        row = await find_claim(claim)
        lines = [_line(line) for line in await fetch(_LINES, claim)]
        return ClaimPage(
            claim=row,
            order=await fetch_one("SELECT * FROM orders WHERE id = $1", row["order"]) or {},
            lines=lines,
            shopper=[read_photos(m) for m in await fetch(MESSAGES, claim, "shopper")],
            staff=[read_photos(m) for m in await fetch(MESSAGES, claim, "staff")],
            suppliers=await _supplier_threads(
                claim, await served_by({line["id"]: line["claimed"] for line in lines})
            ),
            timeline=[
                {**step, "detail": json.loads(step["detail"])}
                for step in await fetch("SELECT * FROM claim_transition WHERE claim = $1 ORDER BY id", claim)
            ],
            resolution=await fetch_one(
                "SELECT s.*, r.state AS refund_state, r.currency FROM resolution s LEFT JOIN refund r ON r.id = s.refund"
                " WHERE s.claim = $1",
                claim,
            ),
            recoveries=await fetch("SELECT * FROM recovery WHERE claim_id = $1 ORDER BY id", claim),
            returns=await fetch("SELECT * FROM goods_return WHERE claim_id = $1 ORDER BY id", claim),
        )


async def read_photo(merchant: int, claim: int, attachment: int) -> tuple[str, bytes]:
    """(content type, bytes) of a photo of this complaint. Raises NotFound."""
    async with acting_as(merchant):
        return await photo_of(claim, attachment)


async def photo_of(claim: int, attachment: int) -> tuple[str, bytes]:
    """In the open scope. Raises NotFound."""
    row = await fetch_one(
        "SELECT content_type, body FROM attachment WHERE id = $1 AND claim = $2", attachment, claim
    )
    if row is None:
        raise NotFound(f"photo {attachment}")
    return row["content_type"], row["body"]


def read_photos(message: dict[str, Any]) -> dict[str, Any]:
    return {**message, "photos": json.loads(message["photos"])}


def _line(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "options": json.loads(row["options"]) or {}}


async def _supplier_threads(claim: int, served: list[Served]) -> list[SupplierThread]:
    """A thread for each supplier order concerned, written in or not yet."""
    messages = [read_photos(m) for m in await fetch(FORWARDED.format(which="m.claim_id = $1"), claim)]
    concerned = {s.row["supplier_order"]: s.row for s in served}
    return [
        SupplierThread(
            supplier_order=order,
            supplier_order_number=row["number"],
            supplier=row["supplier"],
            supplier_name=row["supplier_name"] or "",
            messages=[m for m in messages if m["supplier_order"] == order],
        )
        for order, row in concerned.items()
    ]
