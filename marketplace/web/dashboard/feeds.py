"""How the feeds of a merchant's suppliers are."""

from __future__ import annotations

from litestar import Controller, Response, get
from litestar_htmx import HTMXRequest

from marketplace.sourcing.screens.feed_health import merchant_feeds
from marketplace.sourcing.screens.silent_feeds import stopped_offers
from marketplace.web.access import Desk, seat_guard
from marketplace.web.staff.sourcing.pages import show


class FeedHealth(Controller):
    path = "/dashboard/{merchant:str}/feeds"
    guards = [seat_guard]

    @get(opt={"may": "read"})
    async def index(self, request: HTMXRequest, desk: Desk) -> Response[str]:
        feeds = await merchant_feeds(desk.tenant)
        return show(
            request,
            desk,
            "dashboard/feeds/index.html",
            "staff/feeds/_table.html",
            current="feeds",
            feeds=feeds,
            whose=True,
            stopped=await stopped_offers(desk.tenant),
            formats={},
        )
