"""Between a merchant and a supplier: what was forwarded, what was answered, and the answer to a debit note."""

from typing import Any

from marketplace.claims.find_recovery import find_recovery
from marketplace.kernel.database import fetch_one
from marketplace.kernel.errors import NotFound
from marketplace.notices.addresses import dashboard_url, portal_url
from marketplace.notices.sender import tenant_as_reader
from marketplace.notices.supplier_order_facts import counterparty, read_supplier_order
from marketplace.notices.tell_people import tell_people
from tenants.scope import acting_as


async def complaint_forwarded(supplier: int, message: int) -> None:
    """To the supplier. Written once a message. Raises NotFound."""
    async with acting_as(supplier):
        row = await _read(message)
        reader = await tenant_as_reader(supplier)
        merchant = await counterparty(row["merchant"])
        order = await read_supplier_order(row["supplier_order"])
        path = f"/recoveries/{row['recovery']}" if row["recovery"] else f"/orders/{order['id']}"
        await tell_people(
            supplier,
            "complaint_forwarded",
            permission="ship",
            once=message,
            about=f"supplier_order:{row['supplier_order']}",
            sender_name=merchant.name,
            reply_to=merchant.email,
            merchant=merchant,
            supplier_order=order,
            text=row["body"],
            who=row["author_name"],
            photos=row["photos"],
            url=portal_url(reader.slug, path),
        )


async def supplier_replied(merchant: int, message: int) -> None:
    """To the merchant's people. Written once a message. Raises NotFound."""
    async with acting_as(merchant):
        row = await _read(message)
        await _tell_merchant(
            merchant, row, once=f"message.{message}", text=row["body"], who=row["author_name"], recovery=None
        )


async def recovery_answered(merchant: int, recovery: int) -> None:
    """To the merchant's people: accepted or disputed. Written once an answer. Raises NotFound."""
    async with acting_as(merchant):
        row = await find_recovery(recovery, merchant=merchant)
        if row["state"] not in ("accepted", "disputed"):
            return  # stood by, settled or waived meanwhile
        supplier = await counterparty(row["supplier"])
        await _tell_merchant(
            merchant,
            row,
            once=f"recovery.{recovery}.{row['state']}.{row['answered_at']}",
            text=row["answer"] or "",
            who=supplier.name,
            recovery=row,
        )


async def _tell_merchant(merchant: int, row: dict[str, Any], *, once: str, **values: Any) -> None:
    reader = await tenant_as_reader(merchant)
    order = await read_supplier_order(row["supplier_order"])
    path = f"/claims/{row['claim_id']}" if row["claim_id"] else "/recoveries"
    await tell_people(
        merchant,
        "supplier_replied",
        permission="claims",
        once=once,
        about=f"supplier_order:{order['id']}",
        supplier=await counterparty(row["supplier"]),
        supplier_order=order,
        url=dashboard_url(reader.slug, path),
        **values,
    )


async def _read(message: int) -> dict[str, Any]:
    row = await fetch_one(
        "SELECT m.*, (SELECT count(*) FROM forwarded_photo p WHERE p.message = m.id) AS photos"
        " FROM forwarded_message m WHERE m.id = $1",
        message,
    )
    if row is None:
        raise NotFound(f"message {message}")
    return row
