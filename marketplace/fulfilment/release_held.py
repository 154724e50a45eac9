"""Orders held to gather others of the same supplier go out together: when they reach what they lacked, or at its cut-off."""

from typing import Any

from marketplace.fulfilment.states import SUPPLIER_ORDER, SupplierOrder
from marketplace.fulfilment.timeline import note_supplier_order
from marketplace.kernel.clock import now
from marketplace.kernel.database import fetch
from marketplace.kernel.moves import move
from marketplace.kernel.outbox import emit
from tenants.scope import acting_as, platform_scope


async def release_held() -> int:
    """Send every gathering that is ready. Answers how many supplier orders went out."""
    async with platform_scope("orders that gather others"):
        waiting = await fetch(
            "SELECT DISTINCT merchant, agreement FROM supplier_order WHERE state = 'held' ORDER BY merchant, agreement"
        )
    released = 0
    for row in waiting:
        released += await release_gathering(row["merchant"], row["agreement"])
    return released


async def release_gathering(merchant: int, agreement: int, *, now_: bool = False) -> int:
    """One agreement's held orders, if they are due (or by hand: `now_`). Their fees are reckoned together: the small-order fee
    falls away from the minimum on, the freight from the franco on."""
    async with acting_as(merchant):
        held = await fetch(
            "SELECT * FROM supplier_order WHERE agreement = $1 AND state = 'held' ORDER BY id FOR NO KEY UPDATE",
            agreement,
        )
        if not held:
            return 0
        [terms] = await fetch(
            "SELECT minimum_order, order_fee, franco_threshold FROM agreement WHERE id = $1", agreement
        )
        goods = sum(order["goods"] for order in held)
        due = now_ or any(order["hold_until"] <= now() for order in held)
        if not due and not _gathered(goods, terms):
            return 0
        for nth, order in enumerate(held):
            await _release(merchant, order, goods, terms, first=nth == 0, together=len(held))
        return len(held)


def _gathered(goods: int, terms: dict[str, Any]) -> bool:
    """They reached all there is to reach: the minimum, and the franco where there is one."""
    franco = terms["franco_threshold"]
    return bool(goods >= terms["minimum_order"] and (franco is None or goods >= franco))


async def _release(
    merchant: int, order: dict[str, Any], goods: int, terms: dict[str, Any], *, first: bool, together: int
) -> None:
    franco = terms["franco_threshold"]
    freight = 0 if franco is not None and goods >= franco else order["freight"]
    fee = terms["order_fee"] if first and goods < terms["minimum_order"] else 0
    await move(
        SUPPLIER_ORDER,
        "supplier_order",
        order["id"],
        SupplierOrder.DRAFTED,
        was=SupplierOrder.HELD,
        freight=freight,
        fee=fee,
        total=order["goods"] + freight + fee,
        hold_until=None,
    )
    await note_supplier_order(order["id"], "released", was="held", now_="drafted", together=together)
    await emit(
        "supplier_order.drafted", merchant=merchant, supplier=order["supplier"], supplier_order=order["id"]
    )
