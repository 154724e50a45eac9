"""“Send my link again”, and the withdrawal function for guests: both begin with an order's number and an address."""

from litestar import Response, get, post
from litestar.response import Redirect
from litestar_htmx import HTMXRequest

from marketplace.claims.shopper_pages import find_own_order
from marketplace.kernel.errors import NotFound
from marketplace.ordering.send_link_again import send_link_again
from marketplace.web.forms import Form
from marketplace.web.storefront.front import Front, shop_page
from marketplace.web.storefront.links import withdrawal_path
from marketplace.web.storefront.patience import Patience

#: guesses with the same number, or the same address, of one shop
GUESSES = Patience(most=12, seconds=600)


@get("/order-link", opt={"public": True})
async def ask_link(request: HTMXRequest, front: Front) -> Response[str]:
    return shop_page(request, front, "order_link/ask.html", form=Form.empty(), sent=False)


@post("/order-link", opt={"public": True})
async def send_link(request: HTMXRequest, front: Front) -> Response[str]:
    """The answer is the same whether there is such an order or not."""
    form = await Form.read(request)
    email, number = form.email("email"), form.text("number", most=40)
    if form.problems:
        return shop_page(request, front, "order_link/ask.html", status=422, form=form, sent=False)
    await send_link_again(front.shop.merchant, email or "", number)
    return shop_page(request, front, "order_link/ask.html", form=form, sent=True)


@get("/withdrawal", opt={"public": True})
async def ask_withdrawal(request: HTMXRequest, front: Front) -> Response[str]:
    return shop_page(request, front, "withdrawal/ask.html", form=Form.empty())


@post("/withdrawal", opt={"public": True})
async def find_withdrawal(request: HTMXRequest, front: Front) -> Response[str] | Redirect:
    """Number and address together open the declaration, and nothing else of the order."""
    form = await Form.read(request)
    number, email = form.need("number", most=40), form.email("email")
    if not form.problems and not _patient(front.shop.merchant, number, email or ""):
        form.problem(
            "",
            "That was a lot of attempts. Please wait ten minutes, or use the link in your confirmation e-mail.",
        )
    if not form.problems:
        try:
            order = await find_own_order(front.shop.merchant, number, email or "")
        except NotFound:
            form.problem(
                "number",
                "We find no order with this number and this e-mail address together. Both are in your confirmation e-mail.",
            )
        else:
            return Redirect(withdrawal_path(front.shop.merchant, order), status_code=303)
    return shop_page(request, front, "withdrawal/ask.html", status=422, form=form)


def _patient(merchant: int, number: str, email: str) -> bool:
    """Whoever knows one of the two may not try out the other, from however many addresses."""
    tries = [GUESSES.allow(f"{merchant} {typed.strip().lower()}") for typed in (number, email)]
    return all(tries)
