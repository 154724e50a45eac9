"""A feed is added: where it comes from, how often; then straight on to how it is read."""

from __future__ import annotations

from typing import Any

from litestar import Controller, Response, get, post
from litestar.response import Redirect
from litestar_htmx import HTMXRequest

from marketplace.kernel.errors import Refused
from marketplace.sourcing.archive_feed import archive_feed
from marketplace.sourcing.begin_mapping import begin_mapping
from marketplace.sourcing.create_feed import create_feed
from marketplace.sourcing.formats import formats
from marketplace.sourcing.screens.agreements import partners_of
from marketplace.sourcing.transports import transports
from marketplace.web.access import Desk, seat_guard
from marketplace.web.forms import Form
from marketplace.web.staff.sourcing.pages import show
from marketplace.web.staff.sourcing.source_form import (
    SCHEDULES,
    auth_kinds,
    fetching,
    read_address,
    read_auth,
    read_schedule,
)
from marketplace.web.staff.sourcing.uploads import name_of, on_disk


class NewFeed(Controller):
    path = "/portal/{supplier:str}/feeds/new"
    guards = [seat_guard]

    @get(opt={"may": "feeds"})
    async def ask(self, request: HTMXRequest, desk: Desk) -> Response[str]:
        return await _page(request, desk, Form.empty(way="upload", speed="full", every_minutes=60))

    @post(opt={"may": "feeds"})
    async def create(self, request: HTMXRequest, desk: Desk) -> Response[str] | Redirect:
        form = await Form.read(request)
        try:
            feed = await _create(desk, form)
        except Refused as refusal:
            form.take(refusal)
            return await _page(request, desk, form, status=422)
        is_sent = form.raw("way") == "api"  # there is no file to look at yet
        return Redirect(f"{desk.home}/feeds/{feed}" + ("" if is_sent else "/mapping"), status_code=303)


async def _create(desk: Desk, form: Form) -> int:
    """Raises Refused with a message beside each field."""
    name = form.need("name", most=80)
    way = form.one_of("way", transports()) or "upload"
    speed = form.one_of("speed", ("full", "stock")) or "full"
    agreement = form.integer("agreement")
    files = form.files("file")
    values: dict[str, Any] = {"speed": speed, "agreement": agreement, "start": False, "by": desk.person_name}
    if way in fetching():
        values |= {"url": read_address(form)[0], "auth": read_auth(form)}
        values["settings"] = {"every_minutes": read_schedule(form)}
    elif way == "upload" and not files:
        form.problem("file", "Choose the file to send first.")
    form.check()
    if way == "api":
        return await create_feed(desk.tenant, name, transport="api", **values)
    if way in fetching():
        feed = await create_feed(desk.tenant, name, **values)
        await begin_mapping(desk.tenant, feed, by=desk.person_name)
        return feed
    async with on_disk(files[0]) as path:
        feed = await create_feed(desk.tenant, name, transport="upload", **values)
        try:
            await begin_mapping(desk.tenant, feed, path=path, name=name_of(files[0]), by=desk.person_name)
        except Refused:
            await archive_feed(
                desk.tenant, feed, by=desk.person_name
            )  # the person corrects the form and sends it again
            raise
    return feed


async def _page(request: HTMXRequest, desk: Desk, form: Form, *, status: int = 200) -> Response[str]:
    return show(
        request,
        desk,
        "portal/feeds/new.html",
        current="feeds",
        status=status,
        form=form,
        transports=list(transports().values()),
        fetching=fetching(),
        auth_kinds=auth_kinds(),
        schedules=SCHEDULES,
        partners=[p for p in await partners_of(desk.tenant) if p.state in ("active", "paused")],
        formats=sorted({each.label for each in formats().values()}, key=str.casefold),
        stored=False,
    )
