"""A run of a feed: started, watched, looked at, decided about, undone."""

from __future__ import annotations

import asyncio
import csv
import io
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from typing import Any

from litestar import Controller, Response, get, post
from litestar.response import Redirect, Stream
from litestar_htmx import HTMXRequest

from marketplace.kernel.clock import now
from marketplace.kernel.errors import Refused
from marketplace.kernel.fetching import N_
from marketplace.sourcing.apply_held_run import apply_held_run
from marketplace.sourcing.drop_run import drop_run
from marketplace.sourcing.repeat_run import repeat_run
from marketplace.sourcing.screens.feed_health import AT_WORK
from marketplace.sourcing.screens.run_findings import diff_page, issue_page, issue_reasons
from marketplace.sourcing.screens.run_page import (
    ISSUES,
    KINDS,
    Mark,
    RunPage,
    pace,
    run_page,
)
from marketplace.sourcing.start_run import start_run
from marketplace.sourcing.undo_soon import undo_soon
from marketplace.sourcing.upload_feed_file import upload_feed_file
from marketplace.web.access import Desk, seat_guard
from marketplace.web.forms import Form
from marketplace.web.portal.feeds import feed_page, format_names
from marketplace.web.staff.sourcing.labels import asks_for_words
from marketplace.web.staff.sourcing.pages import fragment, show
from marketplace.web.staff.sourcing.resay import resay
from marketplace.web.staff.sourcing.uploads import name_of, on_disk

LOOK_SECONDS = 0.7
LONGEST_STREAM = 600  # seconds; the browser connects again


class Runs(Controller):
    path = "/portal/{supplier:str}/feeds/{feed:int}/runs"
    guards = [seat_guard]

    @post(opt={"may": "feeds"})
    async def create(self, request: HTMXRequest, desk: Desk, feed: int) -> Response[str] | Redirect:
        """Run now, from the address or with the file that was sent."""
        form = await Form.read(request)
        try:
            run = await _start(desk, feed, form)
        except Refused as refusal:
            form.take(refusal)
            return await feed_page(request, desk, feed, form=form, status=422)
        return Redirect(f"{desk.home}/feeds/{feed}/runs/{run}", status_code=303)

    @get("/{run:int}", opt={"may": "read"})
    async def show(
        self,
        request: HTMXRequest,
        desk: Desk,
        feed: int,
        run: int,
        tab: str = "",
        after: int = 0,
        why: str = "",
    ) -> Response[str]:
        found = await run_page(desk.tenant, feed, run)
        context = await _context(desk, found, tab, after, why)
        return show(
            request, desk, "portal/runs/show.html", "portal/runs/_run.html", current="feeds", **context
        )

    @get("/{run:int}/events", opt={"may": "read"})
    async def events(self, request: HTMXRequest, desk: Desk, feed: int, run: int) -> Stream:
        """How far it is, as server-sent events; `ended` is the last one."""
        await pace(desk.tenant, feed, run)  # NotFound before the stream begins
        return Stream(
            _events(request, desk, feed, run),
            media_type="text/event-stream",
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )

    @get("/{run:int}/issues.csv", opt={"may": "read"})
    async def issues(self, request: HTMXRequest, desk: Desk, feed: int, run: int) -> Response[bytes]:
        found = await run_page(desk.tenant, feed, run)
        rows, _ = await issue_page(desk.tenant, run, "rejected", most=5_000)
        more, _ = await issue_page(desk.tenant, run, "warning", most=5_000)
        return Response(
            _as_csv([*rows, *more], found.columns, request.state.locale),
            media_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="run-{run}-rows.csv"'},
        )

    @post("/{run:int}/application", opt={"may": "feeds"})
    async def apply(self, desk: Desk, feed: int, run: int) -> Redirect:
        await pace(desk.tenant, feed, run)
        await apply_held_run(desk.tenant, run, by=desk.person_name)
        return _to(desk, feed, run)

    @post("/{run:int}/drop", opt={"may": "feeds"})
    async def drop(self, desk: Desk, feed: int, run: int) -> Redirect:
        await pace(desk.tenant, feed, run)
        await drop_run(desk.tenant, run, by=desk.person_name)
        return _to(desk, feed, run)

    @post("/{run:int}/repetition", opt={"may": "feeds"})
    async def repeat(self, request: HTMXRequest, desk: Desk, feed: int, run: int) -> Response[str] | Redirect:
        """Read a file after all that was dropped or undone."""
        await pace(desk.tenant, feed, run)
        try:
            again = await repeat_run(desk.tenant, run, by=desk.person_name)
        except Refused as refusal:
            form = await Form.read(request)
            form.take(refusal)
            return await feed_page(request, desk, feed, form=form, status=422)
        return _to(desk, feed, again)

    @get("/{run:int}/undo", opt={"may": "feeds"})
    async def ask_undo(
        self, request: HTMXRequest, desk: Desk, feed: int, run: int
    ) -> Response[str] | Redirect:
        found = await run_page(desk.tenant, feed, run)
        if not found.may_undo:
            return _to(desk, feed, run)
        return show(request, desk, "portal/runs/undo.html", current="feeds", page=found, form=Form.empty())

    @post("/{run:int}/undo", opt={"may": "feeds"})
    async def undo(self, desk: Desk, feed: int, run: int) -> Redirect:
        await pace(desk.tenant, feed, run)
        await undo_soon(desk.tenant, run, by=desk.person_name)
        return _to(desk, feed, run)


def _to(desk: Desk, feed: int, run: int) -> Redirect:
    return Redirect(f"{desk.home}/feeds/{feed}/runs/{run}", status_code=303)


async def _start(desk: Desk, feed: int, form: Form) -> int:
    files = form.files("file")
    if not files:
        if form.raw("sending"):
            raise Refused(N_("Choose the file to send first."), field="file")
        return await start_run(desk.tenant, feed, by=desk.person_name)
    async with on_disk(files[0]) as path:
        return await upload_feed_file(desk.tenant, feed, path, name_of(files[0]), by=desk.person_name)


async def _context(desk: Desk, found: RunPage, tab: str, after: int, why: str) -> dict[str, Any]:
    supplier, run = desk.tenant, found.run["id"]
    tab = tab if tab in (*KINDS, *ISSUES) else _first_tab(found)
    rows: Any = []
    reasons = await issue_reasons(supplier, run, tab) if tab in ISSUES else []
    why = why if any(reason.key == why for reason in reasons) else ""
    more = None
    if tab in KINDS:
        rows, more = await diff_page(supplier, run, tab, after=after)
    elif tab:
        rows, more = await issue_page(supplier, run, tab, after=after, why=why)
    at_work = found.at_work
    return {
        "page": found,
        "run": found.run,
        "feed": found.feed,
        "tab": tab,
        "rows": rows,
        "reasons": reasons,
        "why": why,
        "words_wanted": tab == "warning" and any(asks_for_words(row.reason) for row in rows),
        "more": more,
        "after": after,
        "pace": await pace(supplier, found.feed["id"], run) if at_work else None,
        "formats": format_names(),
    }


def _first_tab(found: RunPage) -> str:
    """What a person wants to see first: why a run is held, else what was rejected, else what changed."""
    alarms = {"moved": "repriced", "unpriced": "changed"}
    wanted = (
        [alarms.get(reason["alarm"], reason["alarm"]) for reason in found.reasons]
        if found.run["state"] == "held"
        else []
    )
    wanted += [
        "changed",
        "new",
        "vanished",
        "returned",
        "zeroed",
        "surged",
        "repriced",
        "rejected",
        "warning",
    ]
    return next((kind for kind in wanted if found.kept.get(kind)), "")


async def _events(request: HTMXRequest, desk: Desk, feed: int, run: int) -> AsyncIterator[str]:
    started, mark, said = now(), None, ""
    while (now() - started).total_seconds() < LONGEST_STREAM:
        seen = await pace(desk.tenant, feed, run, since=mark)
        if seen.state not in AT_WORK:
            yield "event: ended\ndata: 1\n\n"
            return
        if mark is None:  # the time of fetching would make the first rate a wild guess
            mark = Mark(now(), seen.done) if seen.done else None
            seen = replace(seen, rate=None)
        body = fragment(request, desk, "portal/runs/_pace.html", pace=seen)
        if body != said:
            yield "".join(f"data: {line}\n" for line in body.splitlines()) + "\n"
            said = body
        await asyncio.sleep(LOOK_SECONDS)


def _as_csv(rows: list[Any], columns: list[str], locale: str) -> bytes:
    """With a byte order mark, so that spreadsheets read the accents."""

    def lines() -> Iterator[list[Any]]:
        yield ["kind", "line", "sku", "reason", *map(_harmless, columns or ["cells"])]
        for row in rows:
            yield [row.kind, row.line, row.sku or "", resay(row.reason, locale), *map(_harmless, row.raw)]

    out = io.StringIO()
    csv.writer(out).writerows(lines())
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _harmless(cell: str) -> str:
    """A cell of theirs that a spreadsheet would run as a formula is text."""
    return f"'{cell}" if cell[:1] in "=+-@\t\r" and not cell[1:2].isdecimal() else cell
