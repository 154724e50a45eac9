"""Offers that are kept by hand: the grid, and the workbook that comes back."""

from __future__ import annotations

import asyncio

from litestar import Controller, Response, get, post
from litestar.response import Redirect
from litestar_htmx import HTMXRequest

from marketplace.kernel.errors import Invalid, Refused
from marketplace.kernel.fetching import N_
from marketplace.sourcing.edit_offers import Overtaken
from marketplace.sourcing.keep_by_hand import keep_by_hand
from marketplace.sourcing.offer_sheet import COLUMNS, SheetRow, read_sheet
from marketplace.sourcing.screens.offers import Asked, offers_page
from marketplace.web.access import Desk, seat_guard
from marketplace.web.forms import Form
from marketplace.web.staff.sourcing.grid import GridLine, blank_lines, catch_up, grid_lines, read_grid
from marketplace.web.staff.sourcing.pages import show
from marketplace.web.staff.sourcing.uploads import on_disk


class Grid(Controller):
    path = "/portal/{supplier:str}/offers"
    guards = [seat_guard]

    @get("/grid", opt={"may": "feeds"})
    async def grid(
        self, request: HTMXRequest, desk: Desk, q: str = "", after: str = "", saved: str = ""
    ) -> Response[str]:
        asked = Asked(tab="by_hand", q=q.strip())
        found = await offers_page(desk.tenant, asked, after=after)
        return _grid_page(
            request, desk, grid_lines(found.rows), q=asked.q, after=after, more=found.next, saved=saved
        )

    @post("/grid", opt={"may": "feeds"})
    async def save_grid(self, request: HTMXRequest, desk: Desk) -> Response[str] | Redirect:
        form = await Form.read(request)
        lines = read_grid(form)
        touched = [line for line in lines if line.touched]
        try:
            done = await keep_by_hand(
                desk.tenant,
                [line.row for line in touched],
                shown={line.values["sku"]: line.was for line in touched if line.known},
                by=desk.person_name,
            )
        except Refused as refusal:
            problem = _mark(touched, refusal)
            return _grid_page(request, desk, lines, problem=problem, status=422)
        return Redirect(f"{desk.home}/offers/grid?saved={done.changed + done.new}", status_code=303)

    @post("/sheet", opt={"may": "feeds"})
    async def take_sheet(self, request: HTMXRequest, desk: Desk) -> Response[str] | Redirect:
        """A workbook comes back: all of its rows or none."""
        form = await Form.read(request)
        files = form.files("file")
        wrong: list[tuple[int, str, str]] = []
        try:
            if not files:
                raise Refused(N_("Choose the file to send first."), field="file")
            async with on_disk(files[0]) as path:
                rows = await asyncio.to_thread(read_sheet, path)
            try:
                done = await keep_by_hand(desk.tenant, [row.values for row in rows], by=desk.person_name)
            except Invalid as refusal:
                wrong = _wrong_rows(rows, refusal)
                raise
        except Refused as refusal:
            form.take(
                Refused(N_("Nothing of the sheet was saved: correct these rows and send it again."))
                if wrong
                else refusal
            )
            lines = grid_lines((await offers_page(desk.tenant, Asked(tab="by_hand"))).rows)
            return _grid_page(request, desk, lines, form=form, wrong=wrong, status=422)
        return Redirect(f"{desk.home}/offers/grid?saved={done.changed + done.new}", status_code=303)


def _wrong_rows(rows: list[SheetRow], refusal: Invalid) -> list[tuple[int, str, str]]:
    """(row of the sheet, heading of the column, message)."""
    keys = [key.partition(".") for key in refusal.problems]
    places = [
        (int(place), field, refusal.problems[f"{place}.{field}"])
        for place, _, field in keys
        if place.isdecimal()
    ]
    return [(rows[place].number, COLUMNS.get(field, field), message) for place, field, message in places]


def _mark(lines: list[GridLine], refusal: Refused) -> str:
    """Put messages on the lines they belong to; answers what concerns the whole grid."""
    if not isinstance(refusal, Invalid):
        return refusal.message
    for key, message in refusal.problems.items():
        place, _, field = key.partition(".")
        if place.isdecimal():
            lines[int(place)].problems[field] = message
        else:
            return message
    if isinstance(refusal, Overtaken):
        for row, offer in refusal.present.items():
            catch_up(lines[row], offer)
    return N_("Some rows need another look. Nothing was saved yet.")


def _grid_page(
    request: HTMXRequest,
    desk: Desk,
    lines: list[GridLine],
    *,
    q: str = "",
    after: str = "",
    more: str | None = None,
    saved: str = "",
    problem: str = "",
    form: Form | None = None,
    wrong: list[tuple[int, str, str]] | None = None,
    status: int = 200,
) -> Response[str]:
    blank = [] if problem else blank_lines(8 if not lines else 3, desk.currency)
    return show(
        request,
        desk,
        "portal/offers/grid.html",
        current="offers",
        status=status,
        lines=[*lines, *blank],
        q=q,
        after=after,
        more=more,
        saved=int(saved) if saved.isdecimal() and len(saved) < 9 else None,
        problem=problem,
        form=form or Form.empty(),
        wrong=wrong or [],
    )
