"""The people of a tenant: inviting, changing roles, removing."""

from litestar import Controller, Response, get, post
from litestar.response import Redirect
from litestar_htmx import HTMXRequest

from marketplace.kernel.errors import Refused
from marketplace.web.access import Desk, seat_guard
from marketplace.web.forms import Form
from marketplace.web.rendering import page
from tenants.invite import invite, withdraw_invitation
from tenants.members import change_role, find_member, members_of, remove_member
from tenants.roles import ROLES_OF
from tenants.tables import Role, TenantKind


class Team(Controller):
    """Subclassed by each surface, which gives the path."""

    guards = [seat_guard]

    @get("/team", opt={"may": "team"})
    async def index(self, request: HTMXRequest, desk: Desk) -> Response[str]:
        return await _page(
            request, desk, Form.empty(role="read_only" if desk.kind == "merchant" else "warehouse")
        )

    @post("/team/invitations", opt={"may": "team"})
    async def create(self, request: HTMXRequest, desk: Desk) -> Response[str] | Redirect:
        form = await Form.read(request)
        email, role = form.email("email"), form.one_of("role", _roles(desk))
        try:
            form.check()
            await invite(desk.tenant, email or "", Role(role or ""), by=desk.person_name)
        except Refused as refusal:
            form.take(refusal)
            return await _page(request, desk, form, status=422)
        return Redirect(f"{desk.home}/team", status_code=303)

    @post("/team/invitations/{invitation:int}/withdrawal", opt={"may": "team"})
    async def withdraw(self, desk: Desk, invitation: int) -> Redirect:
        await withdraw_invitation(desk.tenant, invitation, by=desk.person_name)
        return Redirect(f"{desk.home}/team", status_code=303)

    @post("/team/{membership:int}/role", opt={"may": "team"})
    async def role(self, request: HTMXRequest, desk: Desk, membership: int) -> Response[str] | Redirect:
        await find_member(desk.tenant, membership)
        form = await Form.read(request)
        role = form.one_of("role", _roles(desk))
        try:
            form.check()
            await change_role(desk.tenant, membership, Role(role or ""), by=desk.person_name)
        except Refused as refusal:
            form.take(refusal)
            return await _page(request, desk, form, status=422)
        return Redirect(f"{desk.home}/team", status_code=303)

    @post("/team/{membership:int}/removal", opt={"may": "team"})
    async def remove(self, request: HTMXRequest, desk: Desk, membership: int) -> Response[str] | Redirect:
        form = Form.empty()
        try:
            await remove_member(desk.tenant, membership, by=desk.person_name)
        except Refused as refusal:
            form.take(refusal)
            return await _page(request, desk, form, status=422)
        return Redirect(f"{desk.home}/team", status_code=303)


def _roles(desk: Desk) -> list[str]:
    return [r.value for r in ROLES_OF[TenantKind(desk.kind)]]


async def _page(request: HTMXRequest, desk: Desk, form: Form, *, status: int = 200) -> Response[str]:
    members, invitations = await members_of(desk.tenant)
    return page(
        request,
        f"{_surface(desk)}/team.html",
        status=status,
        desk=desk,
        current="team",
        form=form,
        members=members,
        invitations=invitations,
        roles=_roles(desk),
    )


def _surface(desk: Desk) -> str:
    return "dashboard" if desk.kind == "merchant" else "portal"
