"""A supplier's feeds: how they are, and one feed with its runs."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from litestar import Controller, Response, get
from litestar.response import Redirect
from litestar_htmx import HTMXRequest

from marketplace.kernel.settings import settings
from marketplace.sourcing.breaker import limits_of
from marketplace.sourcing.formats import formats
from marketplace.sourcing.screens.feed_health import RunBrief, count_archived, supplier_feed, supplier_feeds
from marketplace.sourcing.screens.feed_page import feed_facts
from marketplace.sourcing.screens.run_page import runs_page
from marketplace.sourcing.transports import transports
from marketplace.web.access import Desk, seat_guard
from marketplace.web.forms import Form
from marketplace.web.rendering import wants_fragment
from marketplace.web.staff.sourcing.pages import show


class Feeds(Controller):
    path = "/portal/{supplier:str}/feeds"
    guards = [seat_guard]

    @get(opt={"may": "read"})
    async def index(self, request: HTMXRequest, desk: Desk, archived: bool = False) -> Response[str]:
        return show(
            request,
            desk,
            "portal/feeds/index.html",
            "staff/feeds/_table.html",
            current="feeds",
            feeds=await supplier_feeds(desk.tenant, archived=archived),
            whose=False,
            archived=archived,
            put_away=await count_archived(desk.tenant),
            formats=format_names(),
        )

    @get("/{feed:int}", opt={"may": "read"})
    async def show(
        self, request: HTMXRequest, desk: Desk, feed: int, before: int | None = None
    ) -> Response[str] | Redirect:
        return await feed_page(request, desk, feed, before=before)


async def feed_page(
    request: HTMXRequest,
    desk: Desk,
    feed: int,
    *,
    before: int | None = None,
    form: Form | None = None,
    status: int = 200,
) -> Response[str] | Redirect:
    """One feed with its runs; of a page that asks again every two seconds the runs only. Raises NotFound."""
    alone = wants_fragment(request)
    facts: dict[str, Any] = {"id": feed} if alone else await feed_facts(desk.tenant, feed)
    if facts.get("transport") == "grid":  # what is kept by hand has no runs: its page is the offers'
        return Redirect(f"{desk.home}/offers")
    runs, more = await runs_page(desk.tenant, feed, before=before)
    shown: dict[str, Any] = {
        "feed": facts,
        "row": await supplier_feed(desk.tenant, feed, brief=alone),
        "runs": [RunBrief(**{name: run[name] for name in RunBrief.__dataclass_fields__}) for run in runs],
        "more": more,
        "before": before,
    }
    if not alone:
        shown |= {"where": where(facts["url"]), "limits": limits_of(facts["limits"])}
    return show(
        request,
        desk,
        "portal/feeds/show.html",
        "portal/feeds/_runs.html",
        current="feeds",
        status=status,
        form=form or Form.empty(),
        formats=format_names(),
        transports=transports(),
        address=drop_address(request, feed),
        **shown,
    )


def drop_address(request: HTMXRequest, feed: int | str) -> str:
    """Where a machine sends this feed's file."""
    return f"{settings().public_scheme}://{request.headers.get('host', '')}/api/v1/feeds/{feed}/files"


def format_names() -> dict[str, str]:
    """Name → label of every format there is."""
    return {name: each.label for name, each in formats().items()}


def where(url: str | None) -> str | None:
    """An address without what may be secret in it: no user, no query."""
    if not url:
        return None
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.hostname or ''}{f':{parts.port}' if parts.port else ''}{parts.path}"
