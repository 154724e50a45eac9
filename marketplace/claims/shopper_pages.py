"""What a shopper sees behind the order's signed link: complaints with their answers, and withdrawals. Read as the shop."""

from typing import Any

from marketplace.claims.claim_page import MESSAGES, photo_of, read_photos
from marketplace.claims.find import find_claim
from marketplace.claims.withdrawable import Withdrawable, read_withdrawable
from marketplace.kernel import json
from marketplace.kernel.database import fetch, fetch_one
from marketplace.kernel.errors import NotFound
from tenants.scope import shop_scope

_RESOLUTION = """
SELECT s.kind, s.amount, s.decided_at, s.refund, r.state AS refund_state, r.currency, r.done_at
  FROM resolution s LEFT JOIN refund r ON r.id = s.refund WHERE s.claim = $1
"""


async def read_own_claims(merchant: int, order: int) -> list[dict[str, Any]]:
    """The order's complaints, newest first: id, number, state, cause, wish, opened_at, `titles` of the articles."""
    async with shop_scope(merchant):
        return await fetch(
            "SELECT c.id, c.number, c.state, c.cause, c.wish, c.opened_at, c.closed_at,"
            " ARRAY(SELECT l.title FROM claim_line cl JOIN order_line l ON l.id = cl.order_line WHERE cl.claim = c.id"
            " ORDER BY l.position, l.id) AS titles"
            ' FROM claim c WHERE c."order" = $1 ORDER BY c.id DESC',
            order,
        )


async def read_own_claim(merchant: int, order: int, claim: int) -> dict[str, Any]:
    """{claim, lines, messages, resolution, returns}; messages hold `photos`. Raises NotFound, also for another order's."""
    async with shop_scope(merchant):
        row = await find_claim(claim, order=order)
        return {
            "claim": row,
            "lines": await fetch(
                "SELECT l.id, l.title, l.options, l.photo_sha, l.unit_price, cl.quantity AS claimed"
                " FROM claim_line cl JOIN order_line l ON l.id = cl.order_line WHERE cl.claim = $1 ORDER BY l.position, l.id",
                claim,
            ),
            "messages": [read_photos(m) for m in await fetch(MESSAGES, claim, "shopper")],
            "resolution": await fetch_one(_RESOLUTION, claim),
            "returns": await fetch(
                "SELECT rma_number, state, return_by FROM goods_return WHERE claim_id = $1 ORDER BY id", claim
            ),
        }


async def read_own_photo(merchant: int, order: int, claim: int, attachment: int) -> tuple[str, bytes]:
    """(content type, bytes). Raises NotFound."""
    async with shop_scope(merchant):
        await find_claim(claim, order=order)
        return await photo_of(claim, attachment)


async def read_own_withdrawals(merchant: int, order: int) -> tuple[Withdrawable, list[dict[str, Any]]]:
    """(what can still be withdrawn from, the declarations so far, newest first with `lines` read). Raises NotFound."""
    async with shop_scope(merchant):
        may = await read_withdrawable(order)
        rows = await fetch(
            "SELECT w.*, r.state AS refund_state FROM withdrawal w LEFT JOIN refund r ON r.id = w.refund"
            ' WHERE w."order" = $1 ORDER BY w.id DESC',
            order,
        )
    return may, [{**row, "lines": json.loads(row["lines"])} for row in rows]


async def find_own_order(merchant: int, number: str, email: str) -> int:
    """The order of this number and address, for a guest who comes from the footer. Raises NotFound, whichever of the two
    is wrong."""
    async with shop_scope(merchant):
        row = await fetch_one(
            "SELECT id FROM orders WHERE upper(number) = upper($1) AND lower(email) = lower($2)",
            number.strip().lstrip("#"),
            email.strip(),
        )
    if row is None:
        raise NotFound("no such order")
    return int(row["id"])
