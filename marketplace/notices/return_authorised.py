"""To the shopper: how to send goods back, under which number, where to and by when."""

from marketplace.kernel.database import fetch, fetch_one
from marketplace.kernel.errors import NotFound
from marketplace.notices.order_facts import Item, options_of
from marketplace.notices.sender import merchant_as_sender, return_address_of
from marketplace.notices.tell_shopper import tell_shopper
from tenants.scope import acting_as

_ITEMS = """
SELECT ol.title, ol.options, (rl.quantity / l.pack_quantity)::bigint AS units
  FROM goods_return_line rl JOIN supplier_order_line l ON l.id = rl.supplier_order_line
  JOIN order_line ol ON ol.id = l.order_line WHERE rl.goods_return = $1 ORDER BY ol.position, ol.id
"""


async def return_authorised(merchant: int, goods_return: int) -> None:
    """Written once a return. Raises NotFound."""
    async with acting_as(merchant):
        row = await fetch_one(
            "SELECT r.*, so.order_id FROM goods_return r JOIN supplier_order so ON so.id = r.supplier_order WHERE r.id = $1",
            goods_return,
        )
        if row is None:
            raise NotFound(f"return {goods_return}")
        await tell_shopper(
            merchant,
            row["order_id"],
            "return_authorised",
            once=goods_return,
            about=f"claim:{row['claim_id']}" if row["claim_id"] else None,
            goods_return=row,
            items=[
                Item(r["title"], options_of(r["options"]), r["units"])
                for r in await fetch(_ITEMS, goods_return)
            ],
            send_to=return_address_of(await merchant_as_sender(merchant)),
        )
