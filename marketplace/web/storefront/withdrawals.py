"""The online withdrawal function (D221-5 code de la consommation): a declaration, its confirmation, and the receipt."""

import secrets

from litestar import Response, get, post
from litestar.response import Redirect
from litestar_htmx import HTMXRequest

from marketplace.claims.declare_withdrawal import declaration_text, declare_withdrawal
from marketplace.claims.shopper_pages import read_own_withdrawals
from marketplace.claims.withdrawable import Withdrawable
from marketplace.kernel.errors import NotFound, Refused
from marketplace.web.forms import Form
from marketplace.web.storefront.claims import chosen_units
from marketplace.web.storefront.front import Front, shop_page
from marketplace.web.storefront.links import OrderLink, withdrawal_link
from marketplace.web.storefront.saying import take
from marketplace.web.storefront.words import WITHDRAWAL_STATES


@get("/orders/{token:str}/withdrawal", opt={"public": True, "link": "order"})
async def withdrawal_form(request: HTMXRequest, front: Front, token: str) -> Response[str]:
    """Step one. A full link fills in the name and the address; one made from number and address does not show them."""
    link = withdrawal_link(front.shop.merchant, token)
    may, _ = await read_own_withdrawals(front.shop.merchant, link.order)
    known = {"name": may.order["name"], "email": may.order["email"]} if link.full else {}
    everything = {f"take_{line.order_line}": "1" for line in may.lines if line.quantity}
    amounts = {f"units_{line.order_line}": line.quantity for line in may.lines if line.quantity}
    form = Form.empty(**known, **everything, **amounts, key=secrets.token_urlsafe(18))
    return await _form_page(request, front, link, form)


@post("/orders/{token:str}/withdrawal", opt={"public": True, "link": "order"})
async def withdrawal_statement(request: HTMXRequest, front: Front, token: str) -> Response[str]:
    """Step two shows the declaration as it will be kept; nothing is declared yet."""
    link = withdrawal_link(front.shop.merchant, token)
    form = await Form.read(request)
    form.need("name", most=100)
    form.email("email")
    may, _ = await read_own_withdrawals(front.shop.merchant, link.order)
    units = {line: n for line, n in chosen_units(form).items() if n}
    by_id = {line.order_line: line for line in may.lines}
    if not units:
        form.problem("lines", "Please choose at least one article.")
    for line, n in units.items():
        if line not in by_id:
            raise NotFound("a line of another order")
        if n > by_id[line].quantity:
            form.problem(f"line_{line}", "You can no longer withdraw from that many.")
    if form.problems or not may.possible or form.raw("change"):
        status = 422 if form.problems and not form.raw("change") else 200
        if form.raw("change"):
            form.problems.clear()
        return await _form_page(request, front, link, form, status=status)
    text = declaration_text(may, [(by_id[line], n) for line, n in units.items()], form.raw("name"))
    return shop_page(
        request,
        front,
        "withdrawal/confirm.html",
        link=link,
        form=form,
        units=units,
        declaration=text,
        may=may,
    )


@post("/orders/{token:str}/withdrawals", opt={"public": True, "link": "order"})
async def declare(request: HTMXRequest, front: Front, token: str) -> Response[str] | Redirect:
    link = withdrawal_link(front.shop.merchant, token)
    form = await Form.read(request)
    try:
        declared = await declare_withdrawal(
            front.shop.merchant,
            link.order,
            lines=chosen_units(form),
            name=form.raw("name"),
            email=form.raw("email"),
            key=form.raw("key") or secrets.token_urlsafe(18),
        )
    except Refused as refusal:
        take(request, form, refusal)
        return await _form_page(request, front, link, form, status=422)
    return Redirect(f"{link.path}/withdrawals/{declared.id}", status_code=303)


@get("/orders/{token:str}/withdrawals/{withdrawal:int}", opt={"public": True, "link": "order"})
async def withdrawal_receipt(
    request: HTMXRequest, front: Front, token: str, withdrawal: int
) -> Response[str]:
    link = withdrawal_link(front.shop.merchant, token)
    may, declared = await read_own_withdrawals(front.shop.merchant, link.order)
    found = next((row for row in declared if row["id"] == withdrawal), None)
    if found is None:
        raise NotFound("this withdrawal")
    return shop_page(
        request,
        front,
        "withdrawal/receipt.html",
        link=link,
        may=may,
        withdrawal=found,
        state=WITHDRAWAL_STATES[found["state"]],
        goods_left=any(line["quantity"] > line["unshipped"] for line in found["lines"]),
    )


async def _form_page(
    request: HTMXRequest, front: Front, link: OrderLink, form: Form, *, status: int = 200
) -> Response[str]:
    may, declared = await read_own_withdrawals(front.shop.merchant, link.order)
    _must_be_an_order(may)
    return shop_page(
        request,
        front,
        "withdrawal/form.html",
        status=status,
        link=link,
        may=may,
        declared=[{**row, "said": WITHDRAWAL_STATES[row["state"]]} for row in declared],
        form=form,
    )


def _must_be_an_order(may: Withdrawable) -> None:
    if may.order["placed_at"] is None:
        raise NotFound("an order that was never placed")
