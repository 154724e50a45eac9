"""To the shopper: what the merchant decided about a complaint."""

from marketplace.kernel import json
from marketplace.kernel.database import fetch_one
from marketplace.notices.claim_facts import items_of, read_claim
from marketplace.notices.order_facts import Item
from marketplace.notices.tell_shopper import tell_shopper
from tenants.scope import acting_as


async def claim_resolved(merchant: int, claim: int) -> None:
    """Written once a resolution; nothing when a contested one is open again. Raises NotFound."""
    async with acting_as(merchant):
        row = await read_claim(claim)
        resolution = await fetch_one("SELECT * FROM resolution WHERE claim = $1", claim)
        if resolution is None:
            return
        items = await items_of(claim)
        if resolution["kind"] == "replacement":
            items = [
                Item(line["title"], "", line["resend"])
                for line in json.loads(resolution["lines"])
                if line["resend"]
            ]
        await tell_shopper(
            merchant,
            row["order"],
            "claim_resolved",
            once=f"{claim}.{resolution['id']}",
            about=f"claim:{claim}",
            path=f"/claims/{claim}",
            claim=row,
            kind=resolution["kind"],
            amount=resolution["amount"],
            note=resolution["note"],
            items=items,
        )
