"""A feed's settings: address, schedule, what missing articles mean, the brake, how long stock is trusted; pause and archive."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from litestar import Controller, Response, get, post
from litestar.response import Redirect
from litestar_htmx import HTMXRequest

from marketplace.kernel.errors import NotFound, Refused
from marketplace.kernel.fetching import BadUrl
from marketplace.sourcing.archive_feed import archive_feed
from marketplace.sourcing.breaker import limits_of
from marketplace.sourcing.change_feed import ANOTHER_SERVER, change_feed
from marketplace.sourcing.feed_settings import BOUNDS, same_server
from marketplace.sourcing.screens.feed_health import supplier_feed
from marketplace.sourcing.screens.feed_page import feed_facts
from marketplace.sourcing.transports.sftp import fingerprint
from marketplace.web.access import Desk, seat_guard
from marketplace.web.forms import Form
from marketplace.web.staff.sourcing.pages import show
from marketplace.web.staff.sourcing.source_form import SCHEDULES, auth_kinds, read_address, read_auth

SHARES = ("vanished_bp", "zeroed_bp", "unpriced_bp", "moved_bp", "surged_bp")
LIMITS = (*SHARES, "move_size_bp")
HOURS = ("stale_after_hours", "stop_after_hours", "lag_hours")


class FeedSettings(Controller):
    path = "/portal/{supplier:str}/feeds/{feed:int}"
    guards = [seat_guard]

    @get("/settings", opt={"may": "feeds"})
    async def show(self, request: HTMXRequest, desk: Desk, feed: int, saved: bool = False) -> Response[str]:
        facts = await feed_facts(desk.tenant, feed)
        return _page(request, desk, facts, _filled(facts), saved=saved)

    @post("/settings", opt={"may": "feeds"})
    async def save(self, request: HTMXRequest, desk: Desk, feed: int) -> Response[str] | Redirect:
        facts = await feed_facts(desk.tenant, feed)
        form = await Form.read(request)
        values = _read(form, facts)
        try:
            form.check()
            await change_feed(desk.tenant, feed, by=desk.person_name, **values)
        except Refused as refusal:
            form.take(refusal)
            return _page(request, desk, facts, form, status=422)
        return Redirect(f"{desk.home}/feeds/{feed}/settings?saved=true", status_code=303)

    @post("/pause", opt={"may": "feeds"})
    async def pause(self, desk: Desk, feed: int) -> Redirect:
        await change_feed(desk.tenant, feed, enabled=False, by=desk.person_name)
        return Redirect(f"{desk.home}/feeds/{feed}/settings", status_code=303)

    @post("/resumption", opt={"may": "feeds"})
    async def resume(self, desk: Desk, feed: int) -> Redirect:
        await change_feed(desk.tenant, feed, enabled=True, by=desk.person_name)
        return Redirect(f"{desk.home}/feeds/{feed}/settings", status_code=303)

    @get("/archive", opt={"may": "feeds"})
    async def ask_archive(self, request: HTMXRequest, desk: Desk, feed: int) -> Response[str]:
        """What follows, before it is done."""
        facts = await feed_facts(desk.tenant, feed)
        if facts["archived_at"] is not None:
            raise NotFound
        since = facts["confirmed_at"]
        return show(
            request,
            desk,
            "portal/feeds/archive.html",
            current="feeds",
            feed=facts,
            row=await supplier_feed(desk.tenant, feed, brief=True),
            stops=since and since + timedelta(hours=facts["stop_after_hours"]),
        )

    @post("/archive", opt={"may": "feeds"})
    async def archive(self, desk: Desk, feed: int) -> Redirect:
        await archive_feed(desk.tenant, feed, by=desk.person_name)
        return Redirect(f"{desk.home}/feeds", status_code=303)


def _filled(facts: dict[str, Any]) -> Form:
    limits = limits_of(facts["limits"])
    return Form.empty(
        **{
            name: facts[name] for name in ("name", "url", "vanished", "retire_after", "every_minutes", *HOURS)
        },
        **{name: _percent(getattr(limits, name)) for name in LIMITS},
        min_rows=limits.min_rows,
        surge_times=limits.surge_times,
        auth="keep" if facts["has_credentials"] else "",
    )


def _percent(basis_points: int | None) -> str | None:
    if basis_points is None:
        return None
    whole, rest = divmod(basis_points, 100)
    return f"{whole}.{rest:02d}".rstrip("0").rstrip(".") if rest else str(whole)


def _read(form: Form, facts: dict[str, Any]) -> dict[str, Any]:
    values: dict[str, Any] = {"name": form.need("name", most=80)}
    if facts["speed"] == "full":
        values["vanished"] = form.one_of("vanished", ("keep", "zero", "retire"))
        values["retire_after"] = form.integer("retire_after", least=1, most=100) or facts["retire_after"]
    for name in HOURS:
        least, most = BOUNDS[name]
        values[name] = form.integer(name, least=least, most=most, required=True)
    stale, stop = values["stale_after_hours"], values["stop_after_hours"]
    if stale is not None and stop is not None and stop < stale:
        form.problem("stop_after_hours", "This cannot be sooner than the hours before.")
    limits: dict[str, Any] = {name: form.decimal(name, places=2) for name in LIMITS}
    for name in SHARES:
        if (limits[name] or 0) > 10_000:
            form.problem(name, "A share is at most 100 %.")
    limits["move_size_bp"] = limits["move_size_bp"] or 5_000
    limits["surge_times"] = form.integer("surge_times", least=2, most=10_000) or limits_of({}).surge_times
    values["limits"] = {**limits, "min_rows": form.integer("min_rows", most=10_000) or 0}
    if facts["url"]:
        _read_source(form, values, facts)
    return values


def _read_source(form: Form, values: dict[str, Any], facts: dict[str, Any]) -> None:
    keeps = form.raw("auth") == "keep"
    values["url"], inside = read_address(form)
    values["every_minutes"] = form.integer("every_minutes", least=5, most=7 * 1440, required=True)
    if not keeps:
        values["auth"] = read_auth(form)
        values["forget_auth"] = values["auth"] is None
    elif facts["has_credentials"] and not inside and not same_server(facts["url"], values["url"]):
        form.problem("auth", ANOTHER_SERVER)
    values["forget_host_key"] = form.flag("forget_host_key")


def _page(
    request: HTMXRequest,
    desk: Desk,
    facts: dict[str, Any],
    form: Form,
    *,
    status: int = 200,
    saved: bool = False,
) -> Response[str]:
    known = [minutes for minutes, _ in SCHEDULES]
    return show(
        request,
        desk,
        "portal/feeds/settings.html",
        current="feeds",
        status=status,
        feed=facts,
        form=form,
        saved=saved,
        auth_kinds=auth_kinds(),
        schedules=SCHEDULES,
        odd_schedule=facts["every_minutes"] if facts["every_minutes"] not in known else None,
        stored=facts["has_credentials"],
        host_key=_fingerprint(facts["host_key"]),
    )


def _fingerprint(host_key: str | None) -> str | None:
    """Of the key an SFTP server is known by; "?" when it cannot be read any more, so that it can still be forgotten."""
    if host_key is None:
        return None
    try:
        return fingerprint(host_key)
    except BadUrl:
        return "?"
