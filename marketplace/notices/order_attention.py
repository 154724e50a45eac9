"""To the merchant's people: something about an order went wrong outside, and a person has to look."""

from typing import Any

from marketplace.fulfilment.carriers import carrier_name
from marketplace.kernel.database import fetch_one
from marketplace.kernel.errors import NotFound
from marketplace.kernel.i18n import format_money, translator
from marketplace.notices.addresses import dashboard_url
from marketplace.notices.order_facts import read_order
from marketplace.notices.sender import tenant_as_reader
from marketplace.notices.tell_people import tell_people
from tenants.scope import acting_as


def N_(message: str) -> str:  # noqa: N802, gettext's own name for "translated later"
    return message


_SAYINGS = {
    "capture_failed": (
        N_("the payment could not be taken"),
        N_("The amount was authorised, and the gateway would not take it. Ask the shopper for another payment before anything else leaves."),
    ),
    "refund_failed": (
        N_("the refund was not accepted"),
        N_("The gateway would not pay it back; the card may be closed. Try again, or agree with the shopper on another way."),
    ),
    "parcel_lost": (
        N_("a parcel was lost"),
        N_("The carrier says that it is lost, or on its way back. The shopper has not been told yet."),
    ),
    "parcel_overdue": (
        N_("a parcel should have arrived"),
        N_("Nobody has confirmed its delivery. Ask the carrier; the shopper may ask for the money back."),
    ),
}  # fmt: skip


async def payment_attention(merchant: int, order: int, code: str | None) -> None:
    """A capture failed. Written once an order and code. Raises NotFound."""
    async with acting_as(merchant):
        row = await read_order(order)
        await _tell(merchant, row, "capture_failed", once=f"{order}.{code}", code=code, amount=row["total"])


async def refund_attention(merchant: int, refund: int, code: str | None) -> None:
    """A refund failed. Written once an attempt. Raises NotFound."""
    async with acting_as(merchant):
        row = await fetch_one(
            'SELECT o.id AS "order", r.amount, r.attempts FROM refund r JOIN orders o ON o.charge = r.charge WHERE r.id = $1',
            refund,
        )
        if row is None:
            raise NotFound(f"refund {refund}")
        order = await read_order(row["order"])
        await _tell(
            merchant,
            order,
            "refund_failed",
            once=f"{refund}.{row['attempts']}",
            code=code,
            amount=row["amount"],
        )


async def parcel_attention(merchant: int, shipment: int, *, lost: bool) -> None:
    """A parcel is lost, or should be there. Written once each. Raises NotFound."""
    async with acting_as(merchant):
        row = await fetch_one(
            "SELECT s.carrier, s.tracking_number, so.order_id FROM shipment s JOIN supplier_order so"
            " ON so.id = s.supplier_order WHERE s.id = $1",
            shipment,
        )
        if row is None:
            raise NotFound(f"shipment {shipment}")
        await _tell(
            merchant,
            await read_order(row["order_id"]),
            "parcel_lost" if lost else "parcel_overdue",
            once=str(shipment),
            carrier=carrier_name(row["carrier"]),
            tracking=row["tracking_number"],
        )


async def _tell(
    merchant: int,
    order: dict[str, Any],
    what: str,
    *,
    once: str,
    amount: int | None = None,
    code: str | None = None,
    carrier: str | None = None,
    tracking: str | None = None,
) -> None:
    reader = await tenant_as_reader(merchant)
    _ = translator(reader.locale)
    title, advice = _SAYINGS[what]
    await tell_people(
        merchant,
        "order_attention",
        permission="orders",
        once=f"{what}.{once}",
        about=f"order:{order['id']}",
        order=order,
        what=_(title),
        advice=_(advice),
        amount=format_money(amount, order["currency"], reader.locale) if amount else None,
        code=code,
        carrier=carrier,
        tracking=tracking,
        url=dashboard_url(reader.slug, f"/orders/{order['id']}"),
    )
