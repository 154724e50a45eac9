"""A line lost its supplier: the next offer that can serve it takes over, under the margin and date guard; or the line ends.

The commitment moves in one transaction with the decision: sold once, whoever serves it. Where there is nobody, the units are
cancelled, the money for them is never taken, and the shopper is told.
"""

from datetime import timedelta
from typing import Any

import msgspec

from marketplace.catalogue.vat import split_gross
from marketplace.fulfilment.draft import draft
from marketplace.fulfilment.policy import FulfilmentPolicy, read_policy
from marketplace.fulfilment.take_over import loose_holds, uncovered_units
from marketplace.kernel.database import fetch, fetch_value
from marketplace.kernel.errors import NotFound
from marketplace.ordering.cancel_units import cancel_units
from marketplace.ordering.commit_order import sales_of
from marketplace.ordering.decisions import keep_decision
from marketplace.ordering.market import Market, Wanted, read_market
from marketplace.ordering.progress import lock_order, progress
from marketplace.ordering.routing import Decision, route
from marketplace.ordering.timeline import note
from marketplace.stock.commit import Sale
from marketplace.stock.end import end
from marketplace.stock.move import move
from tenants.scope import acting_as

TRIES = 3


class Resourced(msgspec.Struct, frozen=True):
    """`supplier_orders` drafted; `cancelled` is order line -> units nobody can serve."""

    supplier_orders: list[int]
    cancelled: dict[int, int]


async def resource_lines(merchant: int, order: int, *, why: str = "refused") -> Resourced:
    """Find another source for every unit that has none. May run twice: then there is nothing left to do. Raises NotFound."""
    async with acting_as(merchant):
        await lock_order(order)
        country = await fetch_value("SELECT country FROM orders WHERE id = $1", order)
        if country is None:
            raise NotFound(f"order {order}")
        uncovered, loose = await uncovered_units(order), await loose_holds(order)
        loose_sales = [Sale(line, offer, units) for (line, offer), units in loose.items()]
        if not uncovered:
            await end(merchant, loose_sales, why="cancelled")
            return Resourced([], {})
        found = await _move(merchant, order, country, uncovered, loose_sales)
        drafted: list[int] = []
        if found is not None:
            market, decision = found
            await keep_decision(merchant, order, market.problem, decision, why)
            drafted = await draft(merchant, order, market.problem, decision)
            await note(merchant, order, "resourced", why=why, supplier_orders=drafted)
        else:
            await end(merchant, loose_sales, why="refused")
        left = await uncovered_units(order)
        if left:
            await cancel_units(merchant, order, left, who="system", why="no_source")
        await progress(merchant, order, why=why)
        return Resourced(drafted, left)


async def preview_resource(merchant: int, order: int, units: dict[int, int], agreement: int) -> Decision:
    """Who would serve `units` (order line -> units) if this agreement's supplier did not. The same code that performs."""
    async with acting_as(merchant):
        country = await fetch_value("SELECT country FROM orders WHERE id = $1", order)
        policy = await read_policy(merchant)
        market = await _market(merchant, order, country, units, policy, also_not={agreement})
    return route(market.problem, _guarded(market, policy))


async def _move(
    merchant: int, order: int, country: str, uncovered: dict[int, int], loose: list[Sale]
) -> tuple[Market, Decision] | None:
    """Route and move the commitments; None when nobody can serve any of it. A quicker buyer makes us look again."""
    policy = await read_policy(merchant)
    at_most: dict[int, int] = {}
    for _ in range(TRIES):
        market = await _market(merchant, order, country, uncovered, policy, at_most=at_most)
        decision = route(market.problem, _guarded(market, policy))
        if not decision.assignments:
            return None
        short = await move(merchant, loose, sales_of(decision.assignments, market.buffers))
        if not short:
            return market, decision
        at_most |= short
    return None


async def _market(
    merchant: int,
    order: int,
    country: str,
    units: dict[int, int],
    policy: FulfilmentPolicy,
    also_not: set[int] | None = None,
    at_most: dict[int, int] | None = None,
) -> Market:
    rows = {r["id"]: r for r in await _lines(order)}
    wanted = [
        Wanted(
            line=line,
            variant=rows[line]["variant"],
            quantity=count,
            net_price=split_gross(rows[line]["unit_price"], rows[line]["vat_bp"]).net,
            promise_date=rows[line]["promise_date"],
            promise_latest=rows[line]["promise_date"]
            and rows[line]["promise_date"] + timedelta(days=policy.late_days),
        )
        for line, count in sorted(units.items())
    ]
    offers, agreements = await _ruled_out(order)
    return await read_market(
        merchant,
        country,
        wanted,
        excluded_offers=offers,
        excluded_agreements=agreements | (also_not or set()),
        at_most=at_most,
    )


def _guarded(market: Market, policy: FulfilmentPolicy) -> Any:
    floor = policy.resource_margin_floor_bp
    return market.policy if floor is None else msgspec.structs.replace(market.policy, margin_floor_bp=floor)


async def _lines(order: int) -> list[dict[str, Any]]:
    return await fetch(
        'SELECT id, variant, unit_price, vat_bp, promise_date FROM order_line WHERE "order" = $1', order
    )


async def _ruled_out(order: int) -> tuple[set[int], set[int]]:
    """Offers that were declined for this order, and agreements whose supplier did not answer for it."""
    rows = await fetch(
        "SELECT sol.offer, so.agreement, sol.refused > 0 AS declined, sol.cancelled > sol.given_up AS taken_back"
        " FROM supplier_order_line sol JOIN supplier_order so ON so.id = sol.supplier_order WHERE so.order_id = $1",
        order,
    )
    return {r["offer"] for r in rows if r["declined"]}, {r["agreement"] for r in rows if r["taken_back"]}
