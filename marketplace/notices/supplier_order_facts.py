"""What a supplier's mail says of an order to it: read in the supplier's scope, so it cannot say more than that may."""

from dataclasses import dataclass
from typing import Any

from marketplace.kernel.database import fetch, fetch_one
from marketplace.kernel.errors import NotFound
from marketplace.kernel.i18n import format_e4, format_money, translator
from marketplace.kernel.money import minor_from_e4
from marketplace.notices.order_facts import Item, options_of


@dataclass(frozen=True)
class Counterparty:
    """What a tenant may know of another one."""

    id: int
    name: str
    slug: str
    email: str | None


async def counterparty(tenant: int) -> Counterparty:
    """Raises NotFound for a stranger."""
    row = await fetch_one("SELECT tenant AS id, name, slug, email FROM tenant_card WHERE tenant = $1", tenant)
    if row is None:
        raise NotFound(f"tenant {tenant}")
    return Counterparty(**row)


async def read_supplier_order(supplier_order: int) -> dict[str, Any]:
    """Raises NotFound."""
    row = await fetch_one(
        "SELECT so.*, d.country FROM supplier_order so LEFT JOIN delivery_address d ON d.supplier_order = so.id WHERE so.id = $1",
        supplier_order,
    )
    if row is None:
        raise NotFound(f"supplier order {supplier_order}")
    return row


async def items_of(order: dict[str, Any], locale: str, *, priced: bool = True) -> list[Item]:
    """The lines as the supplier knows them: its sku, its units, its cost."""
    lines = await fetch(
        "SELECT * FROM supplier_order_line WHERE supplier_order = $1 ORDER BY position, id", order["id"]
    )
    return [
        _item(line, line["ordered"] - line["cancelled"], order["currency"] if priced else None, locale)
        for line in lines
        if line["ordered"] > line["cancelled"]
    ]


def _item(line: dict[str, Any], units: int, currency: str | None, locale: str) -> Item:
    named = (line["sku"], options_of(line["options"]))
    if currency is None:
        return Item(line["title"], " · ".join(filter(None, named)), units)
    each = translator(locale)("{price} each", price=format_e4(line["unit_cost_e4"], currency, locale))
    amount = format_money(minor_from_e4(line["unit_cost_e4"] * units, currency), currency, locale)
    return Item(line["title"], " · ".join(filter(None, (*named, each if units > 1 else ""))), units, amount)


def totals_of(order: dict[str, Any], locale: str) -> tuple[tuple[str, str, bool], ...]:
    """Without VAT, as the agreement is."""
    _ = translator(locale)

    def written(amount: int) -> str:
        return format_money(amount, order["currency"], locale)

    rows = [(_("Goods, without VAT"), written(order["goods"]), False)]
    if order["freight"]:
        rows.append((_("Freight"), written(order["freight"]), False))
    if order["fee"]:
        rows.append((_("Small-order fee"), written(order["fee"]), False))
    return (*rows, (_("Total, without VAT"), written(order["total"]), True))
