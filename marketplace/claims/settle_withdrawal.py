"""The money of a withdrawal goes back: what was paid for the goods that had left, and the standard delivery when nothing
of the order is kept (L221-24 code de la consommation). What had not left was cancelled, released or refunded already."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from marketplace.claims.cause import Cause
from marketplace.claims.facts import read_facts
from marketplace.claims.recoveries import Loss, Occasion, PlannedRecovery, issue_planned, plan_recoveries
from marketplace.claims.refunds import Refundable, read_refundable
from marketplace.claims.states import WITHDRAWAL, Withdrawal
from marketplace.kernel import json
from marketplace.kernel.database import execute, fetch_one, fetch_value
from marketplace.kernel.errors import Invalid, NotFound, Stale
from marketplace.kernel.moves import move
from marketplace.kernel.outbox import emit
from marketplace.ordering.refund_order import refund_order
from tenants.scope import acting_as


@dataclass(frozen=True)
class WithdrawalRefund:
    """Minor units of the order's currency. `lines` is order line -> amount; `recoveries` what suppliers owe for goods that
    came back to them."""

    lines: dict[int, int]
    shipping: int
    currency: str
    recoveries: list[PlannedRecovery]

    @property
    def total(self) -> int:
        return sum(self.lines.values()) + self.shipping


async def preview_withdrawal_refund(
    merchant: int, withdrawal: int, *, less: Mapping[int, int] | None = None
) -> WithdrawalRefund:
    """What `settle_withdrawal` would pay back now, by the same code. Raises NotFound."""
    async with acting_as(merchant):
        return await _due(await _find(withdrawal), less or {}, lock=False)


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
        due = await _due(row, less or {}, lock=True)
        _check(less or {}, due, why_less)
        await issue_planned(merchant, due.recoveries, cause=Cause.CHANGED_MIND, withdrawal=withdrawal)
        refund = await refund_order(
            merchant,
            row["order"],
            lines=due.lines,
            shipping=due.shipping,
            reason=f"withdrawal {row['number']}",
            key=f"withdrawal.{withdrawal}",
            who=by,
        )
        await _note(row, refund, due.total, by, why_less)
        await emit("withdrawal.settled", merchant=merchant, withdrawal=withdrawal)
        return refund


async def _note(row: dict[str, Any], refund: int | None, amount: int, by: str, why_less: str) -> None:
    """REFUNDED comes with the money (`note_refund`), or at once where there is none to move."""
    await execute(
        "UPDATE withdrawal SET refund = $2, amount = $3, decided_by = $4, refused_why = $5 WHERE id = $1",
        row["id"],
        refund,
        amount,
        by,
        why_less.strip() or None,
    )
    if refund is None:
        await move(WITHDRAWAL, "withdrawal", row["id"], Withdrawal.REFUNDED)


async def _find(withdrawal: int, *, lock: bool = False) -> dict[str, Any]:
    row = await fetch_one(
        "SELECT * FROM withdrawal WHERE id = $1" + (" FOR UPDATE" if lock else ""), withdrawal
    )
    if row is None:
        raise NotFound(f"withdrawal {withdrawal}")
    return row


async def _due(row: dict[str, Any], less: Mapping[int, int], *, lock: bool) -> WithdrawalRefund:
    refundable = await read_refundable(row["order"], lock=lock)
    left_us = {item["order_line"]: item["quantity"] - item["unshipped"] for item in json.loads(row["lines"])}
    worth = {line: refundable.worth(line, units) for line, units in left_us.items() if units}
    lines = {line: amount - less.get(line, 0) for line, amount in worth.items() if amount > less.get(line, 0)}
    return WithdrawalRefund(
        lines=lines,
        shipping=refundable.shipping.left if row["entire"] else 0,
        currency=refundable.currency,
        recoveries=await _recoveries(row, left_us, lines, refundable),
    )


async def _recoveries(
    row: dict[str, Any], left_us: dict[int, int], lines: dict[int, int], refundable: Refundable
) -> list[PlannedRecovery]:
    """A supplier owes for goods that are back with it; not for those that were only shown to be on their way."""
    back = await fetch_value(
        "SELECT EXISTS (SELECT 1 FROM goods_return WHERE withdrawal_id = $1 AND state = 'accepted')",
        row["id"],
    )
    if not back:
        return []
    facts = await read_facts(row["order"])
    delivered = [line.delivered_on for line in facts.lines if line.order_line in lines and line.delivered_on]
    losses = {
        line: Loss(left_us[line], amount, refundable.prices[line] * left_us[line])
        for line, amount in lines.items()
    }
    return await plan_recoveries(
        losses,
        Occasion(
            cause=Cause.CHANGED_MIND,
            reported_on=row["declared_at"].astimezone(ZoneInfo(facts.order["zone"])).date(),
            delivered_on=max(delivered, default=None),
        ),
    )


def _check(less: Mapping[int, int], due: WithdrawalRefund, why: str) -> None:
    problems = {
        f"less_{line}": "That is more than there is to pay back."
        for line, amount in less.items()
        if amount < 0 or (amount and line not in due.lines)
    }
    if any(less.values()) and not why.strip():
        problems["why_less"] = "Please tell the shopper why."
    if problems:
        raise Invalid(problems)
