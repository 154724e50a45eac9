"""An order by the signed link of its mail: a supplier accepts and ships without signing in. It shows on GET, acts on POST."""

from litestar import Response, get, post
from litestar.response import Redirect
from litestar_htmx import HTMXRequest

from marketplace.fulfilment.supplier_desk import read_order_page
from marketplace.kernel.errors import Refused
from marketplace.kernel.signing import Link, unsign
from marketplace.web.forms import Form
from marketplace.web.rendering import page
from marketplace.web.staff.supplier_orders import show_order, take_answer, take_shipment

WHO = "by the mail's link"


@get("/supplier-orders/{token:str}", opt={"public": True})
async def linked_order(request: HTMXRequest, token: str) -> Response[str]:
    return await _show(request, token, unsign("supplier_order", token))


@post("/supplier-orders/{token:str}/answers", opt={"public": True})
async def linked_answer(request: HTMXRequest, token: str) -> Response[str] | Redirect:
    link, form = unsign("supplier_order", token), await Form.read(request)
    try:
        await take_answer(form, link.tenant, link.subject, who=WHO)
    except Refused as refusal:
        form.take(refusal)
        return await _show(request, token, link, form=form, status=422)
    return Redirect(f"/supplier-orders/{token}", status_code=303)


@post("/supplier-orders/{token:str}/shipments", opt={"public": True})
async def linked_shipment(request: HTMXRequest, token: str) -> Response[str] | Redirect:
    link, form = unsign("supplier_order", token), await Form.read(request)
    try:
        await take_shipment(form, link.tenant, link.subject, who=WHO)
    except Refused as refusal:
        form.take(refusal)
        return await _show(request, token, link, form=form, status=422)
    return Redirect(f"/supplier-orders/{token}", status_code=303)


@get("/supplier-orders/{token:str}/packing-slip", opt={"public": True})
async def linked_packing_slip(request: HTMXRequest, token: str) -> Response[str]:
    link = unsign("supplier_order", token)
    return page(
        request, "portal/orders/packing_slip.html", **await read_order_page(link.tenant, link.subject)
    )


async def _show(
    request: HTMXRequest, token: str, link: Link, *, form: Form | None = None, status: int = 200
) -> Response[str]:
    base = f"/supplier-orders/{token}"
    return await show_order(
        request, "platform/supplier_order.html", link.tenant, link.subject, base, form=form, status=status
    )
