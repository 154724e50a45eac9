"""What mails say of a complaint: read in the merchant's scope."""

from typing import Any

from marketplace.kernel import json
from marketplace.kernel.database import fetch, fetch_one
from marketplace.kernel.errors import NotFound
from marketplace.notices.order_facts import Item, options_of


async def read_claim(claim: int) -> dict[str, Any]:
    """The `claim` row with `photos`, how many there are. Raises NotFound."""
    row = await fetch_one(
        "SELECT c.*, (SELECT count(*) FROM attachment a WHERE a.claim = c.id) AS photos FROM claim c WHERE c.id = $1",
        claim,
    )
    if row is None:
        raise NotFound(f"claim {claim}")
    return row


async def read_message(message: int) -> dict[str, Any]:
    """A `claim_message` row. Raises NotFound."""
    row = await fetch_one("SELECT * FROM claim_message WHERE id = $1", message)
    if row is None:
        raise NotFound(f"message {message}")
    return row


async def items_of(claim: int) -> list[Item]:
    rows = await fetch(
        "SELECT l.title, l.options, cl.quantity FROM claim_line cl JOIN order_line l ON l.id = cl.order_line"
        " WHERE cl.claim = $1 ORDER BY l.position, l.id",
        claim,
    )
    return [Item(r["title"], options_of(r["options"]), r["quantity"]) for r in rows]


async def items_of_withdrawal(row: dict[str, Any], part: str = "quantity") -> list[Item]:
    """`part` is quantity (all of it), unshipped, or left_us."""
    said = []
    for line in json.loads(row["lines"]):
        units = line["quantity"] - line["unshipped"] if part == "left_us" else line[part]
        if units:
            said.append(Item(line["title"], "", units))
    return said


async def read_withdrawal(withdrawal: int) -> dict[str, Any]:
    """Raises NotFound."""
    row = await fetch_one("SELECT * FROM withdrawal WHERE id = $1", withdrawal)
    if row is None:
        raise NotFound(f"withdrawal {withdrawal}")
    return row
