"""The cart: what is in it, what of it can be had, and when it would come."""

from litestar import Response, get, post
from litestar.response import Redirect
from litestar_htmx import HTMXRequest

from marketplace.kernel.errors import Refused
from marketplace.ordering.cart import MOST_UNITS, add_to_cart, change_quantity, open_cart, ship_to
from marketplace.ordering.quote import quote_cart
from marketplace.web.forms import Form
from marketplace.web.rendering import wants_fragment
from marketplace.web.storefront.front import Front, read_front, shop_page
from marketplace.web.storefront.products import show_product
from marketplace.web.storefront.saying import take


@get("/cart", opt={"public": True})
async def show_cart(request: HTMXRequest, front: Front) -> Response[str]:
    return await cart_page(request, front, Form.empty())


@post("/cart/lines", opt={"public": True})
async def add_line(request: HTMXRequest, front: Front) -> Response[str] | Redirect:
    """From a product's page. A script gets a confirmation to show beside it, everybody else the cart."""
    form = await Form.read(request)
    variant = form.integer("variant", least=1, most=2**62, required=True)
    quantity = form.integer("quantity", least=1, most=MOST_UNITS) or 1
    try:
        form.check()
        cart = await add_to_cart(front.shop.merchant, request.state.visitor, variant or 0, quantity)
    except Refused as refusal:
        take(request, form, refusal)
        return await show_product(request, front, form.raw("slug"), form=form, status=422)
    if not wants_fragment(request):
        return Redirect("/cart", status_code=303)
    fresh = await read_front(front.shop, request.state.visitor)
    added = next(line for line in cart.lines if line.variant == variant)
    return shop_page(request, fresh, "_added.html", "_added.html", cart=cart, added=added)


@post("/cart/lines/{variant:int}", opt={"public": True})
async def change_line(request: HTMXRequest, front: Front, variant: int) -> Response[str] | Redirect:
    """Another quantity; none takes it out."""
    form = await Form.read(request)
    quantity = form.integer("quantity", most=MOST_UNITS, required=True)
    try:
        form.check()
        await change_quantity(front.shop.merchant, request.state.visitor, variant, quantity or 0)
    except Refused as refusal:
        take(request, form, refusal)
        told = Form.empty(**{f"quantity_{variant}": form.raw("quantity")})
        told.problem(f"quantity_{variant}", form.problems.get("quantity") or form.problems[""])
        return await cart_page(request, front, told, status=422)
    return Redirect("/cart", status_code=303)


@post("/cart/country", opt={"public": True})
async def change_country(request: HTMXRequest, front: Front) -> Response[str] | Redirect:
    form = await Form.read(request)
    try:
        await ship_to(front.shop.merchant, request.state.visitor, form.raw("country"))
    except Refused as refusal:
        take(request, form, refusal)
        return await cart_page(request, front, form, status=422)
    return Redirect("/cart", status_code=303)


async def cart_page(request: HTMXRequest, front: Front, form: Form, *, status: int = 200) -> Response[str]:
    cart = await open_cart(front.shop.merchant, request.state.visitor)
    quote = await quote_cart(front.shop.merchant, request.state.visitor) if cart and cart.lines else None
    return shop_page(
        request,
        front,
        "cart/show.html",
        "cart/_cart.html",
        status=status,
        cart=cart,
        quote=quote,
        quoted={line.variant: line for line in quote.lines} if quote else {},
        form=form,
    )
