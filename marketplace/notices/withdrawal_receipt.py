"""A withdrawal was declared: its acknowledgement on a durable medium, with content, date and time (L221-21 code de la
consommation), and the alarm to the merchant's people."""

from marketplace.claims.clocks import SEND_BACK
from marketplace.kernel.clock import now
from marketplace.kernel.database import execute, fetch
from marketplace.notices.claim_facts import items_of_withdrawal, read_withdrawal
from marketplace.notices.sender import merchant_as_sender, return_address_of
from marketplace.notices.tell_shopper import tell_shopper
from marketplace.notices.withdrawal_to_settle import withdrawal_to_settle
from tenants.scope import acting_as


async def _numbers(withdrawal: int) -> str:
    rows = await fetch("SELECT rma_number FROM goods_return WHERE withdrawal_id = $1 ORDER BY id", withdrawal)
    return ", ".join(row["rma_number"] for row in rows)


async def withdrawal_receipt(merchant: int, withdrawal: int) -> None:
    """To the address that the shopper gave in the declaration. Written once a declaration. Raises NotFound."""
    async with acting_as(merchant):
        row = await read_withdrawal(withdrawal)
        await tell_shopper(
            merchant,
            row["order"],
            "withdrawal_receipt",
            once=withdrawal,
            about=f"withdrawal:{withdrawal}",
            path="/withdrawal",
            to=row["email"],
            withdrawal=row,
            unshipped=await items_of_withdrawal(row, "unshipped"),
            to_send_back=await items_of_withdrawal(row, "left_us"),
            send_back_by=row["declared_at"] + SEND_BACK,
            rma=await _numbers(withdrawal),
            send_to=return_address_of(await merchant_as_sender(merchant)),
        )
        await execute(
            "UPDATE withdrawal SET receipt_sent_at = coalesce(receipt_sent_at, $2) WHERE id = $1",
            withdrawal,
            now(),
        )
        await withdrawal_to_settle(merchant, withdrawal, new=True)
