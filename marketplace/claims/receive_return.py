"""Goods are back, at the supplier's or the merchant's: counted, and taken or refused with a reason."""

from collections.abc import Mapping

from marketplace.claims.states import RETURN, Return
from marketplace.kernel.clock import now
from marketplace.kernel.database import execute, fetch, fetch_one
from marketplace.kernel.errors import NotFound, Refused
from marketplace.kernel.moves import move
from marketplace.kernel.outbox import emit
from tenants.scope import acting_as


async def receive_return(
    tenant: int,
    goods_return: int,
    *,
    received: Mapping[int, int],
    accept: bool,
    by: str,
    note: str | None = None,
) -> None:
    """`tenant` is either party. `received` is return line -> units counted, of those announced; a line left out is 0.

    The merchant's order and complaint follow by the event. Raises NotFound, Refused, and Stale when it was received before.
    """
    async with acting_as(tenant):
        row = await fetch_one("SELECT * FROM goods_return WHERE id = $1", goods_return)
        if row is None:
            raise NotFound(f"return {goods_return}")
        if not accept and not (note or "").strip():
            raise Refused("Please say why it is not taken back.", field="note")
        await _count(goods_return, received)
        await move(
            RETURN, "goods_return", goods_return, Return.RECEIVED, received_at=now(), received_note=note
        )
        await move(RETURN, "goods_return", goods_return, Return.ACCEPTED if accept else Return.REFUSED)
        await emit(
            "return.received",
            merchant=row["merchant"],
            supplier=row["supplier"],
            goods_return=goods_return,
            by=by,
        )


async def _count(goods_return: int, received: Mapping[int, int]) -> None:
    lines = {
        r["id"]: r["quantity"]
        for r in await fetch(
            "SELECT id, quantity FROM goods_return_line WHERE goods_return = $1", goods_return
        )
    }
    if stranger := received.keys() - lines.keys():
        raise NotFound(f"return line {min(stranger)}")
    if any(not 0 <= units <= lines[line] for line, units in received.items()):
        raise Refused("Count between none and what was announced.", field="received")
    if not any(received.values()):
        raise Refused("Please count what came back.", field="received")
    for line, units in received.items():
        await execute("UPDATE goods_return_line SET received = $2 WHERE id = $1", line, units)
