"""To the supplier: an order that was not answered, or did not leave, in time."""

from marketplace.notices.addresses import supplier_order_url
from marketplace.notices.sender import tenant_as_reader
from marketplace.notices.supplier_order_facts import counterparty, items_of, read_supplier_order
from marketplace.notices.tell_people import tell_people
from tenants.scope import acting_as

_UNANSWERED = ("sent", "acknowledged")
_TO_SHIP = ("answered", "partly_shipped")


async def supplier_order_reminder(supplier: int, supplier_order: int, *, unanswered: bool) -> None:
    """`unanswered`: the answer is missing, else the shipment. Written once each. Raises NotFound."""
    async with acting_as(supplier):
        order = await read_supplier_order(supplier_order)
        if order["state"] not in (_UNANSWERED if unanswered else _TO_SHIP):
            return  # answered, shipped or taken back meanwhile
        reader = await tenant_as_reader(supplier)
        merchant = await counterparty(order["merchant"])
        await tell_people(
            supplier,
            "supplier_order_reminder",
            permission="ship",
            once=f"{supplier_order}.{'answer' if unanswered else 'ship'}",
            about=f"supplier_order:{supplier_order}",
            sender_name=merchant.name,
            reply_to=merchant.email,
            also=(reader.address,) if reader.address else (),
            supplier_order=order,
            merchant=merchant,
            unanswered=unanswered,
            items=await items_of(order, reader.locale, priced=False),
            url=supplier_order_url(supplier, supplier_order),
        )
