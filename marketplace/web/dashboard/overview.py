"""The first page of a merchant's day: what needs a hand, how the shop does, and what to do first when it is new."""

from typing import Any

from litestar import Controller, Response, get
from litestar_htmx import HTMXRequest

from marketplace.claims.inbox import count_inbox
from marketplace.fulfilment.order_desk import count_orders, read_orders
from marketplace.kernel.database import fetch_one
from marketplace.web.access import Desk, seat_guard
from marketplace.web.rendering import page
from tenants.scope import acting_as


class Overview(Controller):
    path = "/dashboard/{merchant:str}"
    guards = [seat_guard]

    @get(opt={"may": "read"})
    async def show(self, request: HTMXRequest, desk: Desk) -> Response[str]:
        recent, _ = await read_orders(desk.tenant, limit=8)
        return page(
            request,
            "dashboard/overview.html",
            desk=desk,
            current="overview",
            recent=recent,
            orders=await count_orders(desk.tenant),
            claims=await count_inbox(desk.tenant),
            state=await _state(desk.tenant),
        )


async def _state(merchant: int) -> dict[str, Any]:
    """One query: sales of 30 days, the catalogue, and how far a new merchant has come."""
    async with acting_as(merchant):
        row = await fetch_one(
            "SELECT (SELECT coalesce(sum(total), 0)::bigint FROM orders WHERE placed_at > now() - interval '30 days'"
            "    AND state <> 'cancelled') AS sold,"
            " (SELECT count(*) FROM orders WHERE placed_at > now() - interval '30 days' AND state <> 'cancelled') AS sales,"
            " (SELECT count(*) FROM listing WHERE will = 'live') AS live,"
            " (SELECT count(*) FROM listing WHERE will = 'live' AND sellable) AS sellable,"
            " (SELECT count(*) FROM listing) AS listings,"
            " (SELECT count(*) FROM field_state WHERE pending) AS decisions,"
            " (SELECT count(DISTINCT v.product) FROM variant v JOIN listing l ON l.product = v.product"
            "    WHERE v.paused_why IS NOT NULL AND l.will = 'live') AS below_floor,"
            " (SELECT count(DISTINCT v.product) FROM variant v JOIN listing l ON l.product = v.product"
            "    WHERE v.reasons @> '[\"stock_too_old\"]' AND NOT v.sellable AND l.will = 'live') AS too_old,"
            " (SELECT count(*) FROM match WHERE state = 'proposed' AND why = 'gtin_changed') AS doubted,"
            " (SELECT count(*) FROM agreement WHERE state = 'active') AS suppliers,"
            " (SELECT open FROM storefront WHERE merchant = $1) AS open",
            merchant,
        )
    assert row is not None
    return row
