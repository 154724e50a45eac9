"""A plan of what can be had together. The router plans offer by offer; where two of them share parts, it plans again with what the parts
suffice for."""

from collections.abc import Mapping, Sequence

import msgspec

from marketplace.ordering.market import Market, Wanted, read_market
from marketplace.ordering.routing import Decision, route
from marketplace.stock.guard import Want
from marketplace.stock.together import short_together
from tenants.scope import acting_as

TRIES = 4


class Plan(msgspec.Struct, frozen=True):
    """`shared` are the lines that something else in the plan takes the parts of."""

    decision: Decision
    market: Market
    shared: frozenset[int] = frozenset()


async def plan(
    merchant: int,
    country: str,
    wanted: Sequence[Wanted],
    *,
    cart: int | None = None,
    at_most: Mapping[int, int] | None = None,
) -> Plan:
    """Route `wanted` to `country`; `cart` and `at_most` as in `read_market`. A plan of one offer costs nothing more: what is left of it
    counts its parts."""
    together: dict[int, int] = {}
    for _ in range(TRIES):
        async with acting_as(merchant):
            market = await read_market(
                merchant, country, wanted, cart=cart, at_most={**(at_most or {}), **together}
            )
        decision = route(market.problem, market.policy)
        wants = wants_of(decision, market)
        if len(wants) < 2:
            break
        async with acting_as(merchant):
            short = await short_together(wants, cart)
        if not short:
            break
        together |= short
    shared = {c.line_id for c in market.problem.candidates if c.offer_id in together}
    return Plan(decision, market, frozenset(shared))


def wants_of(decision: Decision, market: Market) -> list[Want]:
    """The plan's units by offer, in the order in which they are locked."""
    units: dict[int, int] = {}
    for a in decision.assignments:
        units[a.offer_id] = units.get(a.offer_id, 0) + a.offer_units
    return [Want(offer, units[offer], market.buffers[offer]) for offer in sorted(units)]
