"""Choosing French or English: for the person when signed in, for the browser when not."""

from litestar import post
from litestar.response import Redirect
from litestar_htmx import HTMXRequest

from marketplace.kernel.database import execute
from marketplace.kernel.i18n import LOCALES
from marketplace.web.forms import Form
from marketplace.web.platform.sessions import local_path
from tenants.scope import platform_scope


@post("/language", opt={"public": True})
async def choose_language(request: HTMXRequest) -> Redirect:
    form = await Form.read(request)
    locale = form.one_of("locale", LOCALES)
    if locale:
        if request.state.signed_in is not None:
            async with platform_scope("a person chooses a language"):
                await execute(
                    "UPDATE person SET locale = $2 WHERE id = $1", request.state.signed_in.person, locale
                )
        request.scope["state"].setdefault("new_cookies", []).append(
            f"comptoir_locale={locale}; Path=/; SameSite=Lax; Max-Age=31536000"
        )
    return Redirect(local_path(form.raw("back")) if form.raw("back") else "/", status_code=303)
