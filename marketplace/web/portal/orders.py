"""A supplier's orders: what is to be done first, with its clock; answering; shipping; the packing slip."""

import csv
import io

from litestar import Controller, Response, get, post
from litestar.response import Redirect
from litestar_htmx import HTMXRequest

from marketplace.claims.recovery_pages import count_recoveries, read_open_questions
from marketplace.fulfilment.acknowledge import acknowledge
from marketplace.fulfilment.answer_cancellation import answer_cancellation
from marketplace.fulfilment.carriers import all_carriers
from marketplace.fulfilment.supplier_desk import (
    TABS,
    count_orders,
    read_order_page,
    read_orders,
)
from marketplace.kernel.errors import NotFound, Refused
from marketplace.sourcing.screens.feed_health import held_runs
from marketplace.sourcing.screens.silent_feeds import silent_feeds
from marketplace.web.access import Desk, seat_guard
from marketplace.web.forms import Form
from marketplace.web.portal.many_shipments import Outcome, ship_many
from marketplace.web.rendering import page
from marketplace.web.staff.supplier_orders import show_order, take_answer, take_shipment


class Orders(Controller):
    path = "/portal/{supplier:str}"
    guards = [seat_guard]

    @get(opt={"may": "read"})
    async def todo(self, request: HTMXRequest, desk: Desk) -> Response[str]:
        to_answer, _ = await read_orders(desk.tenant, tab="answer")
        to_ship, _ = await read_orders(desk.tenant, tab="ship")
        return page(
            request,
            "portal/todo.html",
            desk=desk,
            current="todo",
            to_answer=to_answer,
            to_ship=to_ship,
            held=await held_runs(desk.tenant),
            silent=await silent_feeds(desk.tenant),
            counts=await count_orders(desk.tenant),
            notes=await count_recoveries(desk.tenant, side="supplier"),
            questions=await read_open_questions(desk.tenant),
        )

    @get("/orders", opt={"may": "read"})
    async def index(
        self, request: HTMXRequest, desk: Desk, tab: str = "all", q: str = "", before: int | None = None
    ) -> Response[str]:
        if tab not in TABS:
            raise NotFound
        rows, after = await read_orders(desk.tenant, tab=tab, text=q or None, before=before)
        return page(
            request,
            "portal/orders/index.html",
            "portal/orders/_list.html",
            desk=desk,
            current="orders",
            rows=rows,
            after=after,
            tab=tab,
            q=q,
            counts=await count_orders(desk.tenant),
        )

    @get("/orders/{order:int}", opt={"may": "read"})
    async def show(self, request: HTMXRequest, desk: Desk, order: int) -> Response[str]:
        return await _show(request, desk, order)

    @post("/orders/{order:int}/acknowledgement", opt={"may": "ship"})
    async def acknowledgement(self, desk: Desk, order: int) -> Redirect:
        await acknowledge(desk.tenant, order, who=desk.person_name)
        return Redirect(f"{desk.home}/orders/{order}", status_code=303)

    @post("/orders/{order:int}/answers", opt={"may": "ship"})
    async def answer(self, request: HTMXRequest, desk: Desk, order: int) -> Response[str] | Redirect:
        form = await Form.read(request)
        try:
            await take_answer(form, desk.tenant, order, who=desk.person_name)
        except Refused as refusal:
            form.take(refusal)
            return await _show(request, desk, order, form=form, status=422)
        return Redirect(f"{desk.home}/orders/{order}", status_code=303)

    @post("/orders/{order:int}/shipments", opt={"may": "ship"})
    async def ship(self, request: HTMXRequest, desk: Desk, order: int) -> Response[str] | Redirect:
        form = await Form.read(request)
        try:
            await take_shipment(form, desk.tenant, order, who=desk.person_name)
        except Refused as refusal:
            form.take(refusal)
            return await _show(request, desk, order, form=form, status=422)
        return Redirect(f"{desk.home}/orders/{order}", status_code=303)

    @post("/orders/{order:int}/cancellation", opt={"may": "ship"})
    async def cancellation(self, request: HTMXRequest, desk: Desk, order: int) -> Redirect:
        form = await Form.read(request)
        await answer_cancellation(desk.tenant, order, grant=form.flag("grant"), who=desk.person_name)
        return Redirect(f"{desk.home}/orders/{order}", status_code=303)

    @get("/orders/{order:int}/packing-slip", opt={"may": "ship"})
    async def packing_slip(self, request: HTMXRequest, desk: Desk, order: int) -> Response[str]:
        return page(request, "portal/orders/packing_slip.html", **await read_order_page(desk.tenant, order))

    @get("/shipments/new", opt={"may": "ship"})
    async def many(self, request: HTMXRequest, desk: Desk) -> Response[str]:
        return _many(request, desk, Form.empty(), [])

    @post("/shipments", opt={"may": "ship"})
    async def create_many(self, request: HTMXRequest, desk: Desk) -> Response[str]:
        form = await Form.read(request)
        text = form.raw("rows")
        for upload in form.files("file"):
            text += "\n" + (await upload.read()).decode("utf-8-sig", errors="replace")
        if not text.strip():
            form.problem("rows", "Please fill this in.")
            return _many(request, desk, form, [], status=422)
        return _many(request, desk, form, await ship_many(desk.tenant, text, who=desk.person_name))

    @get("/shipments/template.csv", opt={"may": "ship"})
    async def template(self, desk: Desk) -> Response[str]:
        """What is to be shipped, ready to be filled in."""
        rows, _ = await read_orders(desk.tenant, tab="ship")
        out = io.StringIO()
        write = csv.writer(out, delimiter=";")
        write.writerow(["order", "carrier", "tracking_number"])
        write.writerows([r.number, "", ""] for r in rows)
        return Response(
            out.getvalue(),
            media_type="text/csv",
            headers={"Content-Disposition": 'attachment; filename="shipments.csv"'},
        )


async def _show(
    request: HTMXRequest, desk: Desk, order: int, *, form: Form | None = None, status: int = 200
) -> Response[str]:
    base = f"{desk.home}/orders/{order}"
    return await show_order(
        request,
        "portal/orders/show.html",
        desk.tenant,
        order,
        base,
        form=form,
        status=status,
        desk=desk,
        current="orders",
    )


def _many(
    request: HTMXRequest, desk: Desk, form: Form, outcomes: list[Outcome], *, status: int = 200
) -> Response[str]:
    return page(
        request,
        "portal/orders/many.html",
        status=status,
        desk=desk,
        current="orders",
        form=form,
        outcomes=outcomes,
        carriers=all_carriers(),
    )
