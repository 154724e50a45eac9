"""The keys of a supplier's own systems: made and shown once, listed, revoked."""

from __future__ import annotations

from litestar import Controller, Response, get, post
from litestar.response import Redirect
from litestar_htmx import HTMXRequest

from marketplace.kernel.errors import Refused
from marketplace.sourcing.screens.feed_health import supplier_feeds
from marketplace.web.access import Desk, seat_guard
from marketplace.web.forms import Form
from marketplace.web.portal.feeds import drop_address
from marketplace.web.rendering import page
from tenants.api_keys import api_keys_of, make_api_key, revoke_api_key


class Keys(Controller):
    path = "/portal/{supplier:str}/settings/keys"
    guards = [seat_guard]

    @get(opt={"may": "keys"})
    async def index(self, request: HTMXRequest, desk: Desk) -> Response[str]:
        return await _page(request, desk, Form.empty())

    @post(opt={"may": "keys"})
    async def make(self, request: HTMXRequest, desk: Desk) -> Response[str]:
        """The answer itself shows the key: it is kept nowhere from where it could be shown later."""
        form = await Form.read(request)
        name = form.need("name", most=60)
        try:
            form.check()
            made = await make_api_key(desk.tenant, name, by=desk.person_name)
        except Refused as refusal:
            form.take(refusal)
            return await _page(request, desk, form, status=422)
        return await _page(request, desk, Form.empty(), made=made)

    @post("/{key:int}/revocation", opt={"may": "keys"})
    async def revoke(self, desk: Desk, key: int) -> Redirect:
        await revoke_api_key(desk.tenant, key, by=desk.person_name)
        return Redirect(f"{desk.home}/settings/keys", status_code=303)


async def _page(
    request: HTMXRequest, desk: Desk, form: Form, *, made: str | None = None, status: int = 200
) -> Response[str]:
    feeds = await supplier_feeds(desk.tenant, brief=True)
    sent = next((feed.id for feed in feeds if feed.transport == "api"), feeds[0].id if feeds else None)
    return page(
        request,
        "portal/keys/index.html",
        status=status,
        headers={"Cache-Control": "no-store"},
        desk=desk,
        current="settings",
        form=form,
        made=made,
        keys=await api_keys_of(desk.tenant),
        address=drop_address(request, sent or "{feed}"),
    )
