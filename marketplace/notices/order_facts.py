"""What a shopper's mail says of an order: read in the merchant's scope."""

from dataclasses import dataclass
from typing import Any

from marketplace.kernel import json
from marketplace.kernel.database import fetch, fetch_one
from marketplace.kernel.errors import NotFound
from marketplace.kernel.i18n import format_money


@dataclass(frozen=True)
class Item:
    """One row of a mail's list. `amount` is written out, or None where money is not the matter; `quantity` None where
    units are not."""

    title: str
    detail: str
    quantity: int | None
    amount: str | None = None


async def read_order(order: int) -> dict[str, Any]:
    """The `orders` row. Raises NotFound."""
    row = await fetch_one("SELECT * FROM orders WHERE id = $1", order)
    if row is None:
        raise NotFound(f"order {order}")
    return row


async def read_lines(order: int) -> list[dict[str, Any]]:
    """Its lines in their order, `options` read."""
    rows = await fetch('SELECT * FROM order_line WHERE "order" = $1 ORDER BY position, id', order)
    return [{**row, "options": json.loads(row["options"]) or {}} for row in rows]


def item(
    line: dict[str, Any], quantity: int, *, currency: str | None = None, locale: str | None = None
) -> Item:
    """`quantity` units of an order line; with its price when `currency` and `locale` are given."""
    amount = format_money(quantity * line["unit_price"], currency, locale) if currency and locale else None
    return Item(line["title"], options_of(line["options"]), quantity, amount)


def options_of(options: dict[str, Any] | str | None) -> str:
    """{"colour": "blue", "size": "M"} -> "blue · M"."""
    read = json.loads(options) if isinstance(options, str) else options
    return " · ".join(str(value) for value in (read or {}).values() if value not in (None, ""))


def address_of(order: dict[str, Any]) -> str:
    town = " ".join(filter(None, (order["postcode"], order["city"])))
    return ", ".join(filter(None, (order["name"], order["street"], order["street2"], town, order["country"])))
