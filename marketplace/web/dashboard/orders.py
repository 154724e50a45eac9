"""A merchant's orders: what needs a hand first; one order with its split per supplier and why it was split so."""

from litestar import Controller, Response, get, post
from litestar.response import Redirect
from litestar_htmx import HTMXRequest

from marketplace.fulfilment.cancel_order import cancel_order
from marketplace.fulfilment.carriers import carrier_name
from marketplace.fulfilment.move_shipment import move_shipment
from marketplace.fulfilment.order_desk import TABS, count_orders, read_order_page, read_orders
from marketplace.fulfilment.states import Shipment
from marketplace.kernel.errors import NotFound, Refused
from marketplace.ordering.refund_order import retry_refund
from marketplace.web.access import Desk, seat_guard
from marketplace.web.dashboard.order_words import decision_in_words, steps
from marketplace.web.forms import Form
from marketplace.web.rendering import page


class Orders(Controller):
    path = "/dashboard/{merchant:str}/orders"
    guards = [seat_guard]

    @get(opt={"may": "read"})
    async def index(
        self, request: HTMXRequest, desk: Desk, tab: str = "all", q: str = "", after: str = ""
    ) -> Response[str]:
        if tab not in TABS:
            raise NotFound
        try:
            rows, onwards = await read_orders(desk.tenant, tab=tab, text=q or None, after=after or None)
        except ValueError as error:
            raise NotFound from error
        return page(
            request,
            "dashboard/orders/index.html",
            "dashboard/orders/_list.html",
            desk=desk,
            current="orders",
            rows=rows,
            after=onwards,
            tab=tab,
            q=q,
            counts=await count_orders(desk.tenant),
        )

    @get("/{order:int}", opt={"may": "read"})
    async def show(self, request: HTMXRequest, desk: Desk, order: int) -> Response[str]:
        return await _show(request, desk, order, Form.empty())

    @post("/{order:int}/cancellation", opt={"may": "orders"})
    async def cancel(self, request: HTMXRequest, desk: Desk, order: int) -> Response[str] | Redirect:
        form = await Form.read(request)
        try:
            units = {
                int(name.removeprefix("line_")): form.integer(name, most=10**6) or 0
                for name in form.values
                if name.startswith("line_") and name.removeprefix("line_").isdecimal()
            }
            form.check()
            await cancel_order(desk.tenant, order, units, who=desk.person_name, why="merchant")
        except Refused as refusal:
            form.take(refusal)
            return await _show(request, desk, order, form, status=422)
        return Redirect(f"{desk.home}/orders/{order}", status_code=303)

    @post("/{order:int}/refunds/{refund:int}/retry", opt={"may": "money"})
    async def retry(self, desk: Desk, order: int, refund: int) -> Redirect:
        await retry_refund(desk.tenant, refund, who=desk.person_name)
        return Redirect(f"{desk.home}/orders/{order}", status_code=303)

    @post("/{order:int}/parcels/{shipment:int}/state", opt={"may": "orders"})
    async def parcel(self, request: HTMXRequest, desk: Desk, order: int, shipment: int) -> Redirect:
        found = await read_order_page(desk.tenant, order)
        if shipment not in {p["id"] for so in found["supplier_orders"] for p in so["parcels"]}:
            raise NotFound
        form = await Form.read(request)
        to = form.one_of("to", [Shipment.DELIVERED, Shipment.LOST, Shipment.RETURNED_TO_SENDER])
        form.check()
        await move_shipment(
            desk.tenant, shipment, Shipment(to or ""), source="merchant", who=desk.person_name
        )
        return Redirect(f"{desk.home}/orders/{order}", status_code=303)


async def _show(
    request: HTMXRequest, desk: Desk, order: int, form: Form, *, status: int = 200
) -> Response[str]:
    found = await read_order_page(desk.tenant, order)
    locale = request.state.locale
    return page(
        request,
        "dashboard/orders/show.html",
        status=status,
        desk=desk,
        current="orders",
        form=form,
        **found,
        explained=[decision_in_words(d, found["lines"], locale) for d in found["decisions"]],
        steps=steps(found["timeline"], locale),
        carrier_name=carrier_name,
        may_see_costs=desk.may_see_costs,
    )
