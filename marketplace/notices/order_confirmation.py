"""To the shopper: the order is placed, with what the law wants on a durable medium (contract, withdrawal, model form)."""

from marketplace.kernel.database import fetch_value
from marketplace.kernel.i18n import format_money, translator
from marketplace.notices.addresses import shop_url
from marketplace.notices.order_facts import address_of, item, read_lines, read_order
from marketplace.notices.tell_shopper import tell_shopper
from tenants.scope import acting_as


async def order_confirmation(merchant: int, order: int) -> None:
    """Written once an order. Raises NotFound."""
    async with acting_as(merchant):
        row = await read_order(order)
        lines = await read_lines(order)
        currency, locale = row["currency"], row["locale"]
        _ = translator(locale)
        totals = (
            (_("Goods"), format_money(row["goods"], currency, locale), False),
            (
                _("Delivery"),
                format_money(row["shipping"], currency, locale) if row["shipping"] else _("free of charge"),
                False,
            ),
            (_("Total, VAT included"), format_money(row["total"], currency, locale), True),
            (_("of which VAT"), format_money(row["vat"], currency, locale), False),
        )
        await tell_shopper(
            merchant,
            order,
            "order_confirmation",
            once=order,
            items=[item(line, line["ordered"], currency=currency, locale=locale) for line in lines],
            totals=totals,
            address=address_of(row),
            card=await fetch_value("SELECT card_hint FROM charge WHERE id = $1", row["charge"]),
            excluded=[line for line in lines if line["withdrawal_excluded"]],
            all_excluded=all(line["withdrawal_excluded"] for line in lines),
            terms_url=await shop_url(merchant, "/legal/terms"),
        )
