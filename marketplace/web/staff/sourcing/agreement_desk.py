"""An agreement's page and what either side may do about it: the same on both surfaces, each with its own permission."""

from __future__ import annotations

from typing import Any

from litestar import Controller, Response, get, post
from litestar.response import Redirect
from litestar_htmx import HTMXRequest

from marketplace.kernel.errors import Refused
from marketplace.sourcing.agree import agree
from marketplace.sourcing.agreement_terms import Terms
from marketplace.sourcing.change_terms import change_terms
from marketplace.sourcing.decline_agreement import decline_agreement
from marketplace.sourcing.end_agreement import end_agreement
from marketplace.sourcing.pause_agreement import pause_agreement, resume_agreement
from marketplace.sourcing.screens.agreements import AgreementPage, agreement_page
from marketplace.sourcing.screens.feed_health import merchant_feeds
from marketplace.web.access import Desk, seat_guard
from marketplace.web.forms import Form
from marketplace.web.staff.sourcing import terms_words
from marketplace.web.staff.sourcing.pages import show
from marketplace.web.staff.sourcing.terms_form import COUNTRIES, CURRENCIES, filled, read_terms

#: surface -> (templates' folder, section of the rail)
SURFACES = {"merchant": ("dashboard/suppliers", "suppliers"), "supplier": ("portal/merchants", "merchants")}


def agreement_controller(surface: str, permission: str) -> type[Controller]:
    """The controller of a surface's `/agreements/{agreement}`, open to whoever has `permission` there."""

    class Agreements(Controller):
        path = f"{surface}/agreements/{{agreement:int}}"
        guards = [seat_guard]

        @get(opt={"may": permission})
        async def show(self, request: HTMXRequest, desk: Desk, agreement: int) -> Response[str]:
            return await agreement_show(request, desk, await agreement_page(desk.tenant, agreement=agreement))

        @post("/acceptance", opt={"may": permission})
        async def accept(self, request: HTMXRequest, desk: Desk, agreement: int) -> Response[str] | Redirect:
            return await _do(request, desk, agreement, agree)

        @post("/refusal", opt={"may": permission})
        async def refuse(self, request: HTMXRequest, desk: Desk, agreement: int) -> Response[str] | Redirect:
            return await _do(request, desk, agreement, decline_agreement)

        @post("/pause", opt={"may": permission})
        async def pause(self, request: HTMXRequest, desk: Desk, agreement: int) -> Response[str] | Redirect:
            return await _do(request, desk, agreement, pause_agreement)

        @post("/resumption", opt={"may": permission})
        async def resume(self, request: HTMXRequest, desk: Desk, agreement: int) -> Response[str] | Redirect:
            return await _do(request, desk, agreement, resume_agreement)

        @post("/end", opt={"may": permission})
        async def end(self, request: HTMXRequest, desk: Desk, agreement: int) -> Response[str] | Redirect:
            return await _do(request, desk, agreement, end_agreement)

        @get("/proposal", opt={"may": permission})
        async def propose(self, request: HTMXRequest, desk: Desk, agreement: int) -> Response[str]:
            found = await agreement_page(desk.tenant, agreement=agreement)
            terms = found.pending or found.partner.terms
            return _proposal(request, desk, found, filled(terms), list(terms.ships_to))

        @post("/proposal", opt={"may": permission})
        async def take_proposal(
            self, request: HTMXRequest, desk: Desk, agreement: int
        ) -> Response[str] | Redirect:
            found = await agreement_page(desk.tenant, agreement=agreement)
            form = await Form.read(request)
            terms = read_terms(form)
            try:
                form.check()
                await _propose(desk, found, terms)
            except Refused as refusal:
                form.take(refusal)
                return _proposal(request, desk, found, form, form.all("ships_to"), status=422)
            return Redirect(f"{desk.home}/agreements/{agreement}", status_code=303)

    return Agreements


async def _propose(desk: Desk, found: AgreementPage, terms: dict[str, Any]) -> None:
    """Changed terms; after a no or an end a new proposal. For a supplier the merchant runs itself, both sides at once."""
    from marketplace.sourcing.propose_agreement import propose_agreement

    partner = found.partner
    if partner.state in ("proposed", "active", "paused"):
        await change_terms(desk.tenant, partner.agreement, terms, by=desk.person_name)
    else:
        await propose_agreement(desk.tenant, partner.partner, terms, by=desk.person_name)
    if partner.managed and partner.mine == "merchant" and found.invitation is None:
        await agree(partner.partner, partner.agreement, by=desk.person_name)


async def _do(request: HTMXRequest, desk: Desk, agreement: int, use_case: Any) -> Response[str] | Redirect:
    """A use case of the agreement; its refusal is shown on the page."""
    try:
        await use_case(desk.tenant, agreement, by=desk.person_name)
    except Refused as refusal:
        form = Form.empty()
        form.take(refusal)
        found = await agreement_page(desk.tenant, agreement=agreement)
        return await agreement_show(request, desk, found, form=form, status=422)
    return Redirect(f"{desk.home}/agreements/{agreement}", status_code=303)


async def agreement_show(
    request: HTMXRequest, desk: Desk, found: AgreementPage, *, form: Form | None = None, status: int = 200
) -> Response[str]:
    """The page of one agreement."""
    folder, section = SURFACES[found.partner.mine]
    feeds = (
        await merchant_feeds(desk.tenant, supplier=found.partner.partner)
        if found.partner.mine == "merchant"
        else []
    )
    return show(
        request,
        desk,
        f"{folder}/show.html",
        current=section,
        status=status,
        page=found,
        partner=found.partner,
        feeds=feeds,
        form=form or Form.empty(),
        **told(request, found),
    )


def told(request: HTMXRequest, found: AgreementPage) -> dict[str, Any]:
    """The terms that hold, those that are proposed, and every version, in words."""
    locale = request.state.locale

    def say(terms: Terms, changed: list[str]) -> list[terms_words.Line]:
        return terms_words.lines(terms, locale, changed)

    return {
        "terms": say(found.partner.terms, []),
        "proposed": say(found.pending, found.changed) if found.pending else [],
        "versions": [(version, say(version.terms, version.changed)) for version in found.versions],
    }


def terms_context() -> dict[str, Any]:
    """What the form of terms chooses from."""
    return {"currencies": CURRENCIES, "countries": COUNTRIES}


def _proposal(
    request: HTMXRequest,
    desk: Desk,
    found: AgreementPage,
    form: Form,
    ships_to: list[str],
    *,
    status: int = 200,
) -> Response[str]:
    folder, section = SURFACES[found.partner.mine]
    return show(
        request,
        desk,
        f"{folder}/proposal.html",
        current=section,
        status=status,
        page=found,
        partner=found.partner,
        form=form,
        ships_to=ships_to,
        **terms_context(),
    )
