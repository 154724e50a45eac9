"""The money of a withdrawal goes back: what was paid for the goods that had left, and the standard delivery when nothing
of the order is kept (L221-24 code de la consommation). What had not left was cancelled, released or refunded already."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from marketplace.claims.states import WITHDRAWAL, Withdrawal
from marketplace.claims.refunds import Refundable, ask_refund, read_refundable
from marketplace.kernel import json
from marketplace.kernel.database import execute, fetch_one
from marketplace.kernel.errors import Invalid, NotFound, Stale
from marketplace.kernel.moves import move
from marketplace.kernel.outbox import emit
from tenants.scope import acting_as


@dataclass(frozen=True)
class WithdrawalRefund:
    """Minor units of the order's currency. `lines` is order line -> amount."""

    lines: dict[int, int]
    shipping: int
    currency: str

    @property
    def total(self) -> int:
        return sum(self.lines.values()) + self.shipping


async def preview_withdrawal_refund(merchant: int, withdrawal: int) -> WithdrawalRefund:
    """What `settle_withdrawal` would pay back now, by the same code. Raises NotFound."""
    async with acting_as(merchant):
        row = await _find(withdrawal)
        return _due(row, await read_refundable(row["order"]))


async def settle_withdrawal(
    merchant: int, withdrawal: int, *, by: str, less: Mapping[int, int] | None = None, why_less: str = ""
) -> int | None:
    """Request the refund, once; answers its id, None when there is nothing to pay back.

    `less` is order line -> what is taken off for handling beyond trying the goods out (L221-23), with its reason for the
    shopper in `why_less`. Raises NotFound, Invalid, and Stale when it was settled, or is not due yet.
    """
    async with acting_as(merchant):
        row = await _find(withdrawal, lock=True)
        if row["state"] != Withdrawal.REFUND_DUE or row["refund"] is not None:
            raise Stale(f"withdrawal {withdrawal} is not due")
        refundable = await read_refundable(row["order"], lock=True)
        due = _less(_due(row, refundable), less or {}, why_less)
        if due.total == 0:
            await move(WITHDRAWAL, "withdrawal", withdrawal, Withdrawal.REFUNDED, decided_by=by)
            await emit("withdrawal.settled", merchant=merchant, withdrawal=withdrawal)
            return None
        refund = await ask_refund(
            merchant,
            refundable,
            lines=due.lines,
            shipping=due.shipping,
            reason=f"withdrawal {row['number']}",
            key=f"withdrawal.{withdrawal}",
        )
        await execute(
            "UPDATE withdrawal SET refund = $2, amount = $3, decided_by = $4, refused_why = $5 WHERE id = $1",
            withdrawal,
            refund,
            due.total,
            by,
            why_less or None,
        )
        await emit("withdrawal.settled", merchant=merchant, withdrawal=withdrawal)
        return refund


async def _find(withdrawal: int, *, lock: bool = False) -> dict[str, Any]:
    row = await fetch_one(
        "SELECT * FROM withdrawal WHERE id = $1" + (" FOR UPDATE" if lock else ""), withdrawal
    )
    if row is None:
        raise NotFound(f"withdrawal {withdrawal}")
    return row


def _due(row: dict[str, Any], refundable: Refundable) -> WithdrawalRefund:
    lines = {}
    for item in json.loads(row["lines"]):
        line = refundable.lines[item["order_line"]]
        left_us = item["quantity"] - item["unshipped"]
        if amount := min(left_us * line.unit_price, line.cap):
            lines[line.order_line] = amount
    return WithdrawalRefund(lines, refundable.shipping_cap if row["entire"] else 0, refundable.currency)


def _less(due: WithdrawalRefund, less: Mapping[int, int], why: str) -> WithdrawalRefund:
    problems = {
        f"less_{line}": "That is more than there is to pay back."
        for line, amount in less.items()
        if not 0 <= amount <= due.lines.get(line, 0)
    }
    if any(less.values()) and not why.strip():
        problems["why_less"] = "Please tell the shopper why."
    if problems:
        raise Invalid(problems)
    lines = {line: amount - less.get(line, 0) for line, amount in due.lines.items()}
    return WithdrawalRefund(
        {line: amount for line, amount in lines.items() if amount}, due.shipping, due.currency
    )
