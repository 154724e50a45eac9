"""To the supplier: an order, with a signed link that accepts, declines and ships without signing in."""

from marketplace.fulfilment.states import SupplierOrder
from marketplace.kernel.i18n import babel_locale
from marketplace.notices.addresses import portal_url, supplier_order_url
from marketplace.notices.sender import tenant_as_reader
from marketplace.notices.supplier_order_facts import counterparty, items_of, read_supplier_order, totals_of
from marketplace.notices.tell_people import tell_people
from tenants.scope import acting_as


async def supplier_order_sent(supplier: int, supplier_order: int) -> None:
    """Written once a supplier order, when it is sent: before, it has no clock to tell. Raises NotFound."""
    async with acting_as(supplier):
        order = await read_supplier_order(supplier_order)
        if order["state"] in (SupplierOrder.DRAFTED, SupplierOrder.HELD):
            return  # the event of its sending is on its way
        reader = await tenant_as_reader(supplier)
        merchant = await counterparty(order["merchant"])
        await tell_people(
            supplier,
            "supplier_order_sent",
            permission="ship",
            once=supplier_order,
            about=f"supplier_order:{supplier_order}",
            sender_name=merchant.name,
            reply_to=merchant.email,
            also=_letterbox(reader.address),
            supplier_order=order,
            merchant=merchant,
            items=await items_of(order, reader.locale),
            totals=totals_of(order, reader.locale),
            country=country_name(order["country"], reader.locale),
            url=supplier_order_url(supplier, supplier_order),
            portal_url=portal_url(reader.slug, f"/orders/{supplier_order}"),
        )


def _letterbox(address: str | None) -> tuple[str, ...]:
    """A supplier's public address gets its orders too: a managed one has no people of its own."""
    return (address,) if address else ()


def country_name(code: str | None, locale: str) -> str:
    """ "FR" -> "France". Empty for none."""
    from babel import Locale

    return Locale.parse(babel_locale(locale)).territories.get(code, code) if code else ""
