"""Signing in and out."""

from litestar import Response, get, post
from litestar.response import Redirect
from litestar_htmx import HTMXRequest

from marketplace.kernel.errors import Refused
from marketplace.kernel.settings import settings
from marketplace.web.forms import Form
from marketplace.web.rendering import page
from marketplace.web.security import SESSION_COOKIE, set_cookie
from tenants.sign_in import SESSION_DAYS, sign_in, sign_out


@get("/sign-in", opt={"public": True})
async def sign_in_page(request: HTMXRequest, then: str = "") -> Response[str]:
    return page(request, "platform/sign_in.html", form=Form.empty(then=then), demo=settings().demo)


@post("/sign-in", opt={"public": True})
async def sign_in_submit(request: HTMXRequest) -> Response[str] | Redirect:
    form = await Form.read(request)
    email, password = form.email("email"), form.need("password", most=200)
    if not form.problems:
        try:
            token = await sign_in(
                email or "",
                password,
                address=address_of(request),
                user_agent=request.headers.get("user-agent"),
            )
        except Refused as refusal:
            form.take(refusal)
        else:
            return signed_in_redirect(request, token, local_path(form.raw("then")))
    return page(request, "platform/sign_in.html", status=422, form=form, demo=settings().demo)


@post("/sign-out", opt={"public": True})
async def sign_out_submit(request: HTMXRequest) -> Redirect:
    if request.state.signed_in:
        await sign_out(request.state.signed_in.session)
    request.scope["state"].setdefault("new_cookies", []).append(set_cookie(SESSION_COOKIE, "", days=0))
    return Redirect("/sign-in", status_code=303)


def signed_in_redirect(request: HTMXRequest, token: str, path: str) -> Redirect:
    request.scope["state"].setdefault("new_cookies", []).append(
        set_cookie(SESSION_COOKIE, token, days=SESSION_DAYS)
    )
    return Redirect(path, status_code=303)


def local_path(said: str) -> str:
    """Where to go after signing in: a path of ours, never another site's."""
    return said if said.startswith("/") and not said.startswith("//") and "\\" not in said else "/desks"


def address_of(request: HTMXRequest) -> str:
    """The client's address as the nearest proxy we were told to trust saw it."""
    return request.client.host if request.client else "unknown"
