"""A new password by mail."""

from litestar import Response, get, post
from litestar.response import Redirect
from litestar_htmx import HTMXRequest

from marketplace.kernel.errors import Refused
from marketplace.web.forms import Form
from marketplace.web.rendering import page
from tenants.reset_password import ask_for_reset, check_link, set_password


@get("/password-resets/new", opt={"public": True})
async def reset_page(request: HTMXRequest) -> Response[str]:
    return page(request, "platform/ask_reset.html", form=Form.empty(), sent=False)


@post("/password-resets", opt={"public": True})
async def ask_reset(request: HTMXRequest) -> Response[str]:
    form = await Form.read(request)
    email = form.email("email")
    if form.problems:
        return page(request, "platform/ask_reset.html", status=422, form=form, sent=False)
    await ask_for_reset(email or "")
    return page(request, "platform/ask_reset.html", form=form, sent=True)


@get("/password-resets/{token:str}", opt={"public": True})
async def new_password(request: HTMXRequest, token: str) -> Response[str]:
    await check_link(token)
    return page(request, "platform/new_password.html", form=Form.empty(), token=token)


@post("/password-resets/{token:str}/password", opt={"public": True})
async def set_new_password(request: HTMXRequest, token: str) -> Response[str] | Redirect:
    await check_link(token)
    form = await Form.read(request)
    password = form.need("password", most=200)
    try:
        form.check()
        await set_password(token, password)
    except Refused as refusal:
        form.take(refusal)
        return page(request, "platform/new_password.html", status=422, form=form, token=token)
    return Redirect("/sign-in", status_code=303)
