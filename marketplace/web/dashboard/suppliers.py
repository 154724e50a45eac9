"""The suppliers a merchant buys from: found, invited, or run by the merchant itself."""

from __future__ import annotations

from litestar import Controller, Response, get, post
from litestar.response import Redirect
from litestar_htmx import HTMXRequest

from marketplace.kernel.errors import NotFound, Refused
from marketplace.kernel.fetching import N_
from marketplace.sourcing.agreement_terms import Terms
from marketplace.sourcing.invite_supplier import add_managed_supplier, find_supplier, invite_supplier
from marketplace.sourcing.propose_agreement import propose_agreement
from marketplace.sourcing.screens.agreements import agreement_page, partners_of
from marketplace.web.access import Desk, seat_guard
from marketplace.web.forms import Form
from marketplace.web.staff.sourcing.agreement_desk import agreement_controller, agreement_show, terms_context
from marketplace.web.staff.sourcing.pages import show
from marketplace.web.staff.sourcing.terms_form import COUNTRIES, filled, read_terms
from tenants.invite import invite
from tenants.tables import Role

SupplierAgreements = agreement_controller("/dashboard/{merchant:str}", "sourcing")
WAYS = ("invite", "known", "managed")
NOBODY = N_("No supplier has an account of this name. Invite it by e-mail instead.")
NOT_MANAGED = N_("This supplier runs its own account.")


class Suppliers(Controller):
    path = "/dashboard/{merchant:str}/suppliers"
    guards = [seat_guard]

    @get(opt={"may": "sourcing"})
    async def index(self, request: HTMXRequest, desk: Desk) -> Response[str]:
        return show(
            request,
            desk,
            "dashboard/suppliers/index.html",
            current="suppliers",
            partners=await partners_of(desk.tenant),
        )

    @get("/new", opt={"may": "sourcing"})
    async def ask(self, request: HTMXRequest, desk: Desk, way: str = "invite") -> Response[str]:
        form = filled(Terms(currency=desk.currency))
        form.values["way"] = way if way in WAYS else "invite"
        return await _page(request, desk, form, [])

    @post("/new", opt={"may": "sourcing"})
    async def create(self, request: HTMXRequest, desk: Desk) -> Response[str] | Redirect:
        form = await Form.read(request)
        try:
            agreement = await _create(desk, form)
        except Refused as refusal:
            form.take(refusal)
            return await _page(request, desk, form, form.all("ships_to"), status=422)
        return Redirect(f"{desk.home}/agreements/{agreement}", status_code=303)

    @get("/{partner:str}", opt={"may": "sourcing"})
    async def show(self, request: HTMXRequest, desk: Desk, partner: str) -> Response[str]:
        return await agreement_show(request, desk, await agreement_page(desk.tenant, partner=partner))

    @post("/{partner:str}/handover", opt={"may": "sourcing"})
    async def hand_over(self, request: HTMXRequest, desk: Desk, partner: str) -> Response[str] | Redirect:
        """Ask a managed supplier to take its own account."""
        found = await agreement_page(desk.tenant, partner=partner)
        form = await Form.read(request)
        email = form.email("email")
        try:
            form.check()
            if not found.partner.managed:
                raise Refused(NOT_MANAGED)
            await invite(
                found.partner.partner, email or "", Role.OWNER, by=desk.person_name, purpose="claim_managed"
            )
        except Refused as refusal:
            form.take(refusal)
            return await agreement_show(request, desk, found, form=form, status=422)
        return Redirect(f"{desk.home}/suppliers/{partner}", status_code=303)


async def _create(desk: Desk, form: Form) -> int:
    """Answers the agreement. Raises Refused with a message beside each field."""
    way = form.one_of("way", WAYS) or "invite"
    terms = read_terms(form)
    if way == "known":
        slug = form.need("slug", most=60)
        form.check()
        try:
            supplier = await find_supplier(slug.strip().lower().rstrip("/").rsplit("/", 1)[-1])
        except NotFound:
            raise Refused(NOBODY, field="slug") from None
        return await propose_agreement(desk.tenant, supplier, terms, by=desk.person_name)
    name, country = form.need("name", most=80), form.one_of("country", COUNTRIES) or "FR"
    email = form.email("email", required=way == "invite")
    form.check()
    if way == "invite":
        made = await invite_supplier(desk.tenant, name, country, email or "", terms, by=desk.person_name)
    else:
        made = await add_managed_supplier(desk.tenant, name, country, terms, email=email, by=desk.person_name)
    return made.agreement


async def _page(
    request: HTMXRequest, desk: Desk, form: Form, ships_to: list[str], *, status: int = 200
) -> Response[str]:
    return show(
        request,
        desk,
        "dashboard/suppliers/new.html",
        current="suppliers",
        status=status,
        form=form,
        ships_to=ships_to,
        **terms_context(),
    )
