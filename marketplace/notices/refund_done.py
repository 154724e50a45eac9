"""To the shopper: money was paid back."""

from marketplace.kernel import json
from marketplace.kernel.database import fetch_one, fetch_value
from marketplace.kernel.errors import NotFound
from marketplace.kernel.i18n import format_money
from marketplace.notices.order_facts import Item, options_of, read_lines, read_order
from marketplace.notices.tell_shopper import tell_shopper
from tenants.scope import acting_as


async def refund_done(merchant: int, refund: int) -> None:
    """Written once a refund. Raises NotFound."""
    async with acting_as(merchant):
        row = await fetch_one(
            "SELECT r.*, c.card_hint FROM refund r JOIN charge c ON c.id = r.charge WHERE r.id = $1", refund
        )
        if row is None:
            raise NotFound(f"refund {refund}")
        order: int = await fetch_value("SELECT id FROM orders WHERE charge = $1", row["charge"])
        made_of = json.loads(row["lines"]) or {}
        shares = {int(line): amount for line, amount in made_of.get("lines", {}).items()}
        locale = (await read_order(order))["locale"]
        await tell_shopper(
            merchant,
            order,
            "refund_done",
            once=refund,
            refund=row,
            card=row["card_hint"],
            shipping=made_of.get("shipping") or 0,
            items=[
                Item(
                    line["title"],
                    options_of(line["options"]),
                    None,
                    format_money(shares[line["id"]], row["currency"], locale),
                )
                for line in await read_lines(order)
                if shares.get(line["id"])
            ],
        )
