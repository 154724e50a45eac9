"""When a supplier ships: days it is closed, and the cut-offs it agreed to."""

from __future__ import annotations

from datetime import date

from litestar import Controller, Response, get, post
from litestar.response import Redirect
from litestar_htmx import HTMXRequest

from marketplace.kernel.clock import now
from marketplace.kernel.errors import Refused
from marketplace.sourcing.close_days import close_days, open_days
from marketplace.sourcing.screens.closures import closures
from marketplace.web.access import Desk, seat_guard
from marketplace.web.forms import Form
from marketplace.web.staff.sourcing.pages import show


class ShippingCalendar(Controller):
    path = "/portal/{supplier:str}/calendar"
    guards = [seat_guard]

    @get(opt={"may": "read"})
    async def index(self, request: HTMXRequest, desk: Desk) -> Response[str]:
        return await _page(request, desk, Form.empty())

    @post("/closures", opt={"may": "ship"})
    async def close(self, request: HTMXRequest, desk: Desk) -> Response[str] | Redirect:
        form = await Form.read(request)
        first = form.day("first_day", required=True)
        last = form.day("last_day") or first
        name = form.text("name", most=80)
        try:
            form.check()
            await close_days(desk.tenant, first or date.min, last or date.min, name, by=desk.person_name)
        except Refused as refusal:
            form.take(refusal)
            return await _page(request, desk, form, status=422)
        return Redirect(f"{desk.home}/calendar", status_code=303)

    @post("/closures/{holiday:int}/removal", opt={"may": "ship"})
    async def open(self, desk: Desk, holiday: int) -> Redirect:
        await open_days(desk.tenant, holiday, by=desk.person_name)
        return Redirect(f"{desk.home}/calendar", status_code=303)


async def _page(request: HTMXRequest, desk: Desk, form: Form, *, status: int = 200) -> Response[str]:
    found = await closures(desk.tenant)
    return show(
        request,
        desk,
        "portal/calendar/index.html",
        current="merchants",
        status=status,
        found=found,
        today=now().date(),
        form=form,
    )
