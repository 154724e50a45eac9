"""“A problem?”: the complaint on chosen lines with photos, its thread, and taking it back. All behind the order's link."""

import secrets

from litestar import Response, get, post
from litestar.response import Redirect
from litestar_htmx import HTMXRequest

from marketplace.claims.file_claim import CAUSES, WISHES, file_claim
from marketplace.claims.photos import MOST, SentPhoto
from marketplace.claims.reply_to_claim import reply_to_claim
from marketplace.claims.shopper_pages import read_own_claim, read_own_photo
from marketplace.claims.withdraw_claim import withdraw_claim
from marketplace.claims.words import CAUSE_WORDS, WISH_WORDS
from marketplace.kernel.errors import NotFound, Refused
from marketplace.web.forms import Form
from marketplace.web.storefront.front import Front, shop_page
from marketplace.web.storefront.links import OrderLink, order_link
from marketplace.web.storefront.order_page import read_order_page
from marketplace.web.storefront.saying import take
from marketplace.web.storefront.words import CLAIM_STATES

CLOSED = ("resolved", "withdrawn")


@get("/orders/{token:str}/claims/new", opt={"public": True, "link": "order"})
async def new_claim(
    request: HTMXRequest, front: Front, token: str, line: int | None = None, cause: str = ""
) -> Response[str]:
    """`line` and `cause` come from the link that was clicked, beside the article it is about."""
    known = {"key": secrets.token_urlsafe(18), "wish": "refund"}
    if line is not None:
        known[f"take_{line}"] = "1"
    if cause in CAUSES:
        known["cause"] = cause
    return await _form_page(request, front, order_link(front.shop.merchant, token), Form.empty(**known))


@post("/orders/{token:str}/claims", opt={"public": True, "link": "order"})
async def create_claim(request: HTMXRequest, front: Front, token: str) -> Response[str] | Redirect:
    link = order_link(front.shop.merchant, token)
    form = await Form.read(request)
    try:
        filed = await file_claim(
            front.shop.merchant,
            link.order,
            units=chosen_units(form),
            cause=form.raw("cause"),
            wish=form.raw("wish"),
            text=form.values.get("text", ""),
            key=form.raw("key") or secrets.token_urlsafe(18),
            photos=await sent_photos(form),
        )
    except Refused as refusal:
        take(request, form, refusal)
        if form.files("photos"):
            form.problem("photos", "Please choose your photos once more: a browser does not keep them.")
        return await _form_page(request, front, link, form, status=422)
    return Redirect(f"{link.path}/claims/{filed.id}?new=1", status_code=303)


@get("/orders/{token:str}/claims/{claim:int}", opt={"public": True, "link": "order"})
async def show_claim(
    request: HTMXRequest, front: Front, token: str, claim: int, new: bool = False
) -> Response[str]:
    return await _claim_page(
        request, front, order_link(front.shop.merchant, token), claim, Form.empty(), new=new
    )


@post("/orders/{token:str}/claims/{claim:int}/messages", opt={"public": True, "link": "order"})
async def reply(request: HTMXRequest, front: Front, token: str, claim: int) -> Response[str] | Redirect:
    link = order_link(front.shop.merchant, token)
    form = await Form.read(request)
    order = await read_order_page(front.shop.merchant, link.order)
    try:
        await reply_to_claim(
            front.shop.merchant,
            link.order,
            claim,
            text=form.values.get("text", ""),
            author=order.name,
            photos=await sent_photos(form),
        )
    except Refused as refusal:
        take(request, form, refusal)
        return await _claim_page(request, front, link, claim, form, status=422)
    return Redirect(f"{link.path}/claims/{claim}#thread", status_code=303)


@post("/orders/{token:str}/claims/{claim:int}/withdrawal", opt={"public": True, "link": "order"})
async def take_back(front: Front, token: str, claim: int) -> Redirect:
    link = order_link(front.shop.merchant, token)
    await withdraw_claim(front.shop.merchant, link.order, claim)
    return Redirect(f"{link.path}/claims/{claim}", status_code=303)


@get("/orders/{token:str}/claims/{claim:int}/photos/{photo:int}", opt={"public": True, "link": "order"})
async def show_photo(front: Front, token: str, claim: int, photo: int) -> Response[bytes]:
    link = order_link(front.shop.merchant, token)
    kind, body = await read_own_photo(front.shop.merchant, link.order, claim, photo)
    return Response(body, media_type=kind, headers={"Cache-Control": "private, max-age=3600"})


def chosen_units(form: Form) -> dict[int, int]:
    """Ticked lines and how many of each: `take_<line>` and `units_<line>`."""
    return {
        int(line): form.integer(f"units_{line}", least=1, most=999) or 1
        for line in (name.removeprefix("take_") for name in form.values if name.startswith("take_"))
        if line.isdecimal() and len(line) < 19
    }


async def sent_photos(form: Form) -> list[SentPhoto]:
    return [SentPhoto(file.filename, await file.read()) for file in form.files("photos")]


async def _form_page(
    request: HTMXRequest, front: Front, link: OrderLink, form: Form, *, status: int = 200
) -> Response[str]:
    order = await read_order_page(front.shop.merchant, link.order)
    if not order.placed_at:
        raise NotFound("an order that was never placed")
    return shop_page(
        request,
        front,
        "claims/new.html",
        status=status,
        link=link,
        order=order,
        form=form,
        causes=[(cause, CAUSE_WORDS[cause]) for cause in CAUSES],
        wishes=[(wish, WISH_WORDS[wish]) for wish in WISHES],
        most_photos=MOST,
    )


async def _claim_page(
    request: HTMXRequest,
    front: Front,
    link: OrderLink,
    claim: int,
    form: Form,
    *,
    new: bool = False,
    status: int = 200,
) -> Response[str]:
    found = await read_own_claim(front.shop.merchant, link.order, claim)
    state = found["claim"]["state"]
    return shop_page(
        request,
        front,
        "claims/show.html",
        status=status,
        link=link,
        **found,
        form=form,
        new=new,
        state=CLAIM_STATES[state],
        closed=state in CLOSED,
        cause=CAUSE_WORDS[found["claim"]["cause"]],
        wish=WISH_WORDS[found["claim"]["wish"]],
        most_photos=MOST,
    )
