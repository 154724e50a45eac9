"""Goods coming back, from either side: counted by whoever receives them, taken back or refused with a reason."""

from litestar import Controller, Response, get, post
from litestar.response import Redirect
from litestar_htmx import HTMXRequest

from marketplace.claims.receive_return import receive_return
from marketplace.claims.return_pages import read_return_page, read_returns
from marketplace.kernel.errors import Refused
from marketplace.web.access import Desk, seat_guard
from marketplace.web.forms import Form
from marketplace.web.rendering import page


class Returns(Controller):
    """Subclassed by each surface, which gives the path."""

    guards = [seat_guard]

    @get("/returns", opt={"may": "read"})
    async def index(self, request: HTMXRequest, desk: Desk) -> Response[str]:
        rows = await read_returns(desk.tenant, side=desk.kind)
        return page(request, f"{_surface(desk)}/returns/index.html", desk=desk, current="returns", rows=rows)

    @get("/returns/{goods_return:int}", opt={"may": "read"})
    async def show(self, request: HTMXRequest, desk: Desk, goods_return: int) -> Response[str]:
        return await _show(request, desk, goods_return, Form.empty())


class MerchantReturns(Returns):
    path = "/dashboard/{merchant:str}"

    @post("/returns/{goods_return:int}/receipt", opt={"may": "orders"})
    async def receive(self, request: HTMXRequest, desk: Desk, goods_return: int) -> Response[str] | Redirect:
        return await _receive(request, desk, goods_return)


class SupplierReturns(Returns):
    path = "/portal/{supplier:str}"

    @post("/returns/{goods_return:int}/receipt", opt={"may": "ship"})
    async def receive(self, request: HTMXRequest, desk: Desk, goods_return: int) -> Response[str] | Redirect:
        return await _receive(request, desk, goods_return)


async def _receive(request: HTMXRequest, desk: Desk, goods_return: int) -> Response[str] | Redirect:
    form = await Form.read(request)
    found = await read_return_page(desk.tenant, goods_return)
    received = {
        line["id"]: form.integer(f"received_{line['id']}", most=10**6) or 0 for line in found["lines"]
    }
    accept = form.one_of("verdict", ("accept", "refuse")) == "accept"
    try:
        form.check()
        await receive_return(
            desk.tenant,
            goods_return,
            received=received,
            accept=accept,
            by=desk.person_name,
            note=form.text("note", most=500),
        )
    except Refused as refusal:
        form.take(refusal)
        return await _show(request, desk, goods_return, form, status=422)
    return Redirect(f"{desk.home}/returns/{goods_return}", status_code=303)


async def _show(
    request: HTMXRequest, desk: Desk, goods_return: int, form: Form, *, status: int = 200
) -> Response[str]:
    found = await read_return_page(desk.tenant, goods_return)
    return page(
        request,
        f"{_surface(desk)}/returns/show.html",
        status=status,
        desk=desk,
        current="returns",
        form=form,
        receives=desk.may("orders" if desk.kind == "merchant" else "ship"),
        **found,
    )


def _surface(desk: Desk) -> str:
    return "dashboard" if desk.kind == "merchant" else "portal"
