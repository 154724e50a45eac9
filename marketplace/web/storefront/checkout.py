"""One page from cart to order. A guest buys; nothing typed is lost; one submission is one order."""

from litestar import Response, get, post
from litestar.response import Redirect
from litestar_htmx import HTMXRequest

from marketplace.kernel.errors import NotFound, Refused
from marketplace.kernel.settings import settings
from marketplace.ordering.cart import open_cart, ship_to
from marketplace.ordering.place_order import PaymentPending, SoldOut, place_order
from marketplace.ordering.start_checkout import Checkout, start_checkout
from marketplace.web.forms import Form
from marketplace.web.storefront.front import Front, shop_page
from marketplace.web.storefront.links import order_path
from marketplace.web.storefront.saying import take
from marketplace.web.storefront.words import ORDER_BUTTON

CARD = ("number", "expiry", "cvc")
TYPED = ("email", "name", "street", "street2", "postcode", "city", "country", "phone", "note")


@get("/checkout", opt={"public": True})
async def show_checkout(request: HTMXRequest, front: Front) -> Response[str] | Redirect:
    cart = await open_cart(front.shop.merchant, request.state.visitor)
    if cart is None or not cart.lines:
        return Redirect("/cart", status_code=303)
    form = Form.empty(**{**cart.checkout, "country": cart.country})
    return await _page(request, front, form)


@post("/checkout/delivery", opt={"public": True})
async def change_delivery(request: HTMXRequest, front: Front) -> Response[str] | Redirect:
    """Another country: other costs and dates. What was typed comes back."""
    form = await Form.read(request)
    try:
        await ship_to(front.shop.merchant, request.state.visitor, form.raw("country"))
    except Refused as refusal:
        take(request, form, refusal)
    return await _page(request, front, _without_card(form), status=422 if form.problems else 200)


@post("/checkout", opt={"public": True})
async def submit_checkout(request: HTMXRequest, front: Front) -> Response[str] | Redirect:
    form = await Form.read(request)
    merchant, visitor = front.shop.merchant, request.state.visitor
    try:
        placed = await place_order(
            merchant,
            visitor,
            key=form.raw("key"),
            typed={name: form.values.get(name, "") for name in TYPED},
            card={name: form.values.get(name, "") for name in CARD},
            expected_total=form.integer("total"),
            locale=front.shop.locale,
        )
    except NotFound:  # paid for in another window, or emptied: the cart says which
        return Redirect("/cart", status_code=303)
    except PaymentPending as silence:
        return Redirect(order_path(merchant, silence.order), status_code=303)
    except SoldOut as gone:
        take(request, form, gone)
        return await _page(request, front, _without_card(form), status=409)
    except Refused as refusal:
        take(request, form, refusal)
        return await _page(request, front, _without_card(form), status=422)
    return Redirect(f"{order_path(merchant, placed.order)}?thanks=1", status_code=303)


def _without_card(form: Form) -> Form:
    """A card number is never sent back to a page."""
    for name in CARD:
        form.values.pop(name, None)
    return form


async def _page(
    request: HTMXRequest, front: Front, form: Form, *, status: int = 200
) -> Response[str] | Redirect:
    try:
        checkout: Checkout = await start_checkout(front.shop.merchant, request.state.visitor)
    except (NotFound, Refused):
        return Redirect("/cart", status_code=303)
    form.values.setdefault("country", checkout.quote.country)
    return shop_page(
        request,
        front,
        "checkout/show.html",
        "checkout/_checkout.html",
        status=status,
        checkout=checkout,
        quote=checkout.quote,
        form=form,
        button=ORDER_BUTTON[front.shop.locale],
        demo=settings().demo,
        test_cards=TEST_CARDS,
    )


#: what the built-in test gateway's numbers do, in the order a visitor of the demo would try them
TEST_CARDS = (
    ("4242 4242 4242 4242", "is accepted"),
    ("4000 0000 0000 0002", "is declined"),
    ("4000 0000 0000 9995", "is declined: the balance is too low"),
    ("4000 0000 0000 0119", "the bank's first answer is lost on the way"),
    ("4000 0000 0000 0044", "is authorised for one day only"),
    ("4000 0000 0000 5126", "is accepted, refunds to it fail"),
)
