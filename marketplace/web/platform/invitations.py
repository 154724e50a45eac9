"""Taking up an invitation. The link shows on GET and acts only on POST: mail scanners follow links."""

from litestar import Response, get, post
from litestar.response import Redirect
from litestar_htmx import HTMXRequest

from marketplace.kernel.errors import Refused
from marketplace.web.forms import Form
from marketplace.web.platform.sessions import address_of, signed_in_redirect
from marketplace.web.rendering import page
from tenants.accept_invitation import Pending, accept_as, accept_as_new, look_at_invitation
from tenants.scope import platform_scope
from tenants.sign_in import open_session


@get("/invitations/{token:str}", opt={"public": True})
async def show_invitation(request: HTMXRequest, token: str) -> Response[str]:
    pending = await look_at_invitation(token)
    return page(request, "platform/invitation.html", form=Form.empty(), invitation=pending, token=token)


@post("/invitations/{token:str}/acceptance", opt={"public": True})
async def accept_invitation(request: HTMXRequest, token: str) -> Response[str] | Redirect:
    pending = await look_at_invitation(token)
    form = await Form.read(request)
    try:
        if request.state.signed_in is not None:
            await accept_as(token, request.state.signed_in.person)
            return Redirect(_home(pending), status_code=303)
        name, password = form.need("name", most=80), form.need("password", most=200)
        form.check()
        person, _ = await accept_as_new(token, name, password, request.state.locale)
    except Refused as refusal:
        form.take(refusal)
        return page(
            request, "platform/invitation.html", status=422, form=form, invitation=pending, token=token
        )
    async with platform_scope("first session of an invited person"):
        session = await open_session(
            person, address=address_of(request), user_agent=request.headers.get("user-agent")
        )
    return signed_in_redirect(request, session, _home(pending))


def _home(pending: Pending) -> str:
    return f"/{'dashboard' if pending.tenant_kind == 'merchant' else 'portal'}/{pending.tenant_slug}"
