"""A claim is settled with the same thing again: another supplier order for units of a line, which the shopper does not pay."""

from collections.abc import Mapping
from typing import Any

import msgspec

from marketplace.fulfilment.draft import draft
from marketplace.kernel.database import fetch, fetch_value
from marketplace.kernel.errors import NotFound, Refused
from marketplace.ordering.commit_order import sales_of
from marketplace.ordering.decisions import keep_decision
from marketplace.ordering.market import Market, Wanted, read_market
from marketplace.ordering.progress import lock_order
from marketplace.ordering.routing import Decision, route
from marketplace.ordering.timeline import note
from marketplace.stock.commit import commit
from tenants.scope import acting_as

TRIES = 3


async def preview_replacement(merchant: int, order: int, units: Mapping[int, int]) -> Decision:
    """Who would send `units` (order line -> units), at what cost, and what cannot be had. The same code that performs."""
    async with acting_as(merchant):
        market = await _market(merchant, order, units)
    return route(market.problem, _any_loss(market))


async def send_replacement(
    merchant: int, order: int, units: Mapping[int, int], *, who: str, why: str = "replacement"
) -> list[int]:
    """Route, commit and draft it; answers the supplier orders. Raises NotFound, Refused when not all of it can be had."""
    async with acting_as(merchant):
        await lock_order(order)
        for _ in range(TRIES):
            market = await _market(merchant, order, units)
            decision = route(market.problem, _any_loss(market))
            if not decision.complete or not decision.assignments:
                raise Refused("No supplier can send all of this again.")
            if not await commit(merchant, None, sales_of(decision.assignments, market.buffers)):
                await keep_decision(merchant, order, market.problem, decision, "replacement")
                made = await draft(merchant, order, market.problem, decision, purpose="replacement")
                lines = {str(line): count for line, count in units.items()}
                await note(merchant, order, "replacement", who=who, why=why, shopper_sees=True, lines=lines)
                return made
        raise Refused("No supplier can send all of this again.")


async def _market(merchant: int, order: int, units: Mapping[int, int]) -> Market:
    country = await fetch_value("SELECT country FROM orders WHERE id = $1", order)
    rows: list[dict[str, Any]] = await fetch(
        'SELECT id, variant FROM order_line WHERE "order" = $1 AND id = ANY($2)', order, list(units)
    )
    if country is None or {r["id"] for r in rows} != set(units):
        raise NotFound(f"lines {sorted(units)} of order {order}")
    wanted = [Wanted(line=r["id"], variant=r["variant"], quantity=units[r["id"]], net_price=0) for r in rows]
    return await read_market(merchant, country, wanted)


def _any_loss(market: Market) -> Any:
    return msgspec.structs.replace(market.policy, margin_floor_bp=None)
