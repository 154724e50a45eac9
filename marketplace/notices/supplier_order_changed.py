"""To the supplier: an order was taken back, or units of it are asked back."""

from marketplace.kernel.database import fetch
from marketplace.notices.addresses import supplier_order_url
from marketplace.notices.order_facts import Item, options_of
from marketplace.notices.sender import tenant_as_reader
from marketplace.notices.supplier_order_facts import counterparty, read_supplier_order
from marketplace.notices.tell_people import tell_people
from tenants.scope import acting_as


async def supplier_order_changed(supplier: int, supplier_order: int, *, taken_back: bool) -> None:
    """`taken_back`: it goes elsewhere; else a cancellation is asked, once an amount of units. Raises NotFound."""
    async with acting_as(supplier):
        order = await read_supplier_order(supplier_order)
        reader = await tenant_as_reader(supplier)
        merchant = await counterparty(order["merchant"])
        column = "cancelled" if taken_back else "cancel_wanted"
        lines = await fetch(
            f"SELECT title, sku, options, {column} AS units FROM supplier_order_line"
            f" WHERE supplier_order = $1 AND {column} > 0 ORDER BY position, id",
            supplier_order,
        )
        if not lines:
            return  # answered meanwhile
        occasion = "taken_back" if taken_back else ".".join(str(line["units"]) for line in lines)
        await tell_people(
            supplier,
            "supplier_order_changed",
            permission="ship",
            once=f"{supplier_order}.{occasion}",
            about=f"supplier_order:{supplier_order}",
            sender_name=merchant.name,
            reply_to=merchant.email,
            also=(reader.address,) if reader.address else (),
            supplier_order=order,
            merchant=merchant,
            taken_back=taken_back,
            items=[
                Item(r["title"], " · ".join(filter(None, (r["sku"], options_of(r["options"])))), r["units"])
                for r in lines
            ],
            url=supplier_order_url(supplier, supplier_order),
        )
