"""To the shopper: units are off the order, why, and what becomes of the money."""

from collections.abc import Mapping

from marketplace.kernel.database import fetch_value
from marketplace.notices.order_facts import item, read_lines, read_order
from marketplace.notices.tell_shopper import tell_shopper
from tenants.scope import acting_as

#: reasons of the shopper's own ("agreed": the supplier granted what the shopper asked)
_ASKED = ("shopper", "agreed")


async def lines_cancelled(merchant: int, order: int, lines: Mapping[str, int], why: str) -> None:
    """`lines` is order line -> units. Written once a line's count of cancelled units; not for a withdrawal, whose receipt
    has said it. Raises NotFound."""
    if why == "withdrawal":
        return
    async with acting_as(merchant):
        row = await read_order(order)
        all_lines = await read_lines(order)
        units = {int(line): count for line, count in lines.items()}
        gone = [(line, units[line["id"]]) for line in all_lines if units.get(line["id"])]
        left = any(line["ordered"] > line["cancelled"] for line in all_lines)
        goods = sum(count * line["unit_price"] for line, count in gone)
        await tell_shopper(
            merchant,
            order,
            "lines_cancelled",
            once=f"{order}." + ".".join(f"{line['id']}:{line['cancelled']}" for line, _ in gone),
            items=[item(line, count, currency=row["currency"], locale=row["locale"]) for line, count in gone],
            amount=goods + (0 if left else row["shipping"]),
            charged=bool(await fetch_value("SELECT captured FROM charge WHERE id = $1", row["charge"])),
            left=left,
            by_shopper=why in _ASKED,
        )
