"""What the quantities mean for the money: capture, wait, release, or give back. Run after every change; it may run twice.

One capture, when every line is accepted or finally given up, of what is accepted and the shipping; the rest is released
with it. When nothing can be served the promise is released: nobody was charged. What is cancelled after a capture is refunded.
"""

import logging
from typing import Any

from marketplace.kernel import json
from marketplace.kernel.clock import now
from marketplace.kernel.database import execute, fetch, fetch_one, fetch_value
from marketplace.kernel.moves import move
from marketplace.kernel.outbox import emit
from marketplace.ledger.capture import intend_capture
from marketplace.ledger.capture_policy import (
    BEFORE_THE_END,
    Action,
    Authorisation,
    CapturePolicy,
    Decision,
    Line,
    OpenLines,
    decide,
)
from marketplace.ledger.gateways import gateway
from marketplace.ledger.states import CHARGE, Charge
from marketplace.ledger.void import intend_void
from marketplace.ordering.finish_payment import finish_payment
from marketplace.ordering.progress import lock_order
from marketplace.ordering.refund_order import refund_order
from marketplace.ordering.timeline import note
from tenants.scope import acting_as, platform_scope

logger = logging.getLogger(__name__)


async def settle_order(merchant: int, order: int) -> Action:
    """Decide, write the intent, and carry it out. Answers what was decided. Raises GatewayUnavailable: run it again."""
    async with acting_as(merchant):
        await lock_order(order)
        action, attempt = await _decide(merchant, order)
    if attempt is not None:
        await finish_payment(merchant, attempt)
    return action


async def settle_due() -> int:
    """Orders whose authorisation ends within a day, whatever their lines wait for. Answers how many were settled."""
    async with platform_scope("authorisations about to end"):
        due = await fetch(
            "SELECT o.id, o.merchant FROM charge c JOIN orders o ON o.charge = c.id"
            " WHERE c.state IN ('authorised', 'partially_captured') AND c.authorisation_ends_at <= $1"
            " ORDER BY c.authorisation_ends_at LIMIT 200",
            now() + BEFORE_THE_END,
        )
    for row in due:
        try:
            await settle_order(row["merchant"], row["id"])
        except Exception:  # one order's trouble must not let the others' authorisations run out
            logger.exception("order %s could not be settled before its authorisation ends", row["id"])
    return len(due)


async def _decide(merchant: int, order: int) -> tuple[Action, int | None]:
    row = await fetch_one(
        """
        SELECT o.shipping, o.shipping_captured, o.state AS order_state, c.id AS charge, c.key, c.state, c.gateway, c.amount,
               c.authorised, c.captured, c.authorisation_ends_at, s.capture_policy, t.settings
          FROM orders o JOIN charge c ON c.id = o.charge JOIN tenant t ON t.id = o.merchant
          JOIN storefront s ON s.merchant = o.merchant WHERE o.id = $1""",
        order,
    )
    if row is None or row["order_state"] in ("awaiting_payment", "abandoned"):
        return Action.NOTHING, None
    if under_way := await fetch_value(
        "SELECT id FROM payment_attempt WHERE charge = $1 AND kind IN ('capture', 'void') AND state IN ('requested', 'sent')",
        row["charge"],
    ):
        return Action.WAIT, under_way  # decided before, and not answered yet: ask by the same key
    if row["state"] == Charge.CAPTURED:
        await _give_back(merchant, order)
        return Action.NOTHING, None
    if row["state"] not in (Charge.AUTHORISED, Charge.PARTIALLY_CAPTURED):
        return Action.NOTHING, None
    decision = decide(
        CapturePolicy(row["capture_policy"]),
        Authorisation(
            left=row["authorised"] - row["captured"],
            ends_at=row["authorisation_ends_at"],
            several_captures=not gateway(row["gateway"]).abilities.captures_once,
        ),
        await _lines(order),
        shipping=row["shipping"],
        shipping_captured=row["shipping_captured"],
        now=now(),
        open_lines=OpenLines(json.loads(row["settings"]).get("open_lines", OpenLines.CAPTURE)),
    )
    return decision.action, await _intend(merchant, order, row, decision)


async def _intend(merchant: int, order: int, row: dict[str, Any], decision: Decision) -> int | None:
    if decision.cancel:
        await emit("order.open_units_released", merchant=merchant, order=order, lines=decision.cancel)
    if decision.action is Action.CAPTURE:
        nth = await fetch_value(
            "SELECT count(*) + 1 FROM payment_attempt WHERE charge = $1 AND kind = 'capture'", row["charge"]
        )
        return await intend_capture(
            row["charge"],
            key=f"{row['key']}.capture.{nth}",
            lines=decision.lines,
            shipping=decision.shipping,
            final=decision.final,
        )
    if decision.action is Action.VOID:
        return await intend_void(
            row["charge"], key=f"{row['key']}.void", amount=row["authorised"] - row["captured"]
        )
    if decision.action is Action.EXPIRED:
        await move(CHARGE, "charge", row["charge"], Charge.VOIDED, was=Charge.AUTHORISED)
        await execute("UPDATE orders SET flagged = 'authorisation_ended' WHERE id = $1", order)
        await note(merchant, order, "authorisation_ended")
        await emit("order.capture_failed", merchant=merchant, order=order, code="authorisation_ended")
    return None


async def _lines(order: int) -> list[Line]:
    rows = await fetch(
        "SELECT id AS line_id, unit_price, ordered, cancelled, accepted, shipped, captured FROM order_line"
        ' WHERE "order" = $1 ORDER BY id',
        order,
    )
    return [Line(**row) for row in rows]


async def _give_back(merchant: int, order: int) -> None:
    """What was captured for units that were cancelled since, less what is promised back already."""
    rows = await fetch(
        "SELECT id, ordered - cancelled AS live, cancelled, captured - refund_reserved - (ordered - cancelled) * unit_price"
        ' AS over FROM order_line WHERE "order" = $1 ORDER BY id',
        order,
    )
    lines = {r["id"]: r["over"] for r in rows if r["cancelled"] and r["over"] > 0}
    entire = not any(r["live"] for r in rows)
    await refund_order(
        merchant,
        order,
        lines=lines,
        shipping=None if entire else 0,
        reason="cancelled",
        key=f"order.{order}.cancelled.{sum(r['cancelled'] for r in rows)}",
    )
