"""Deciding a complaint: a preview by the very code that performs, then the deed."""

from litestar import Controller, Response, post
from litestar.response import Redirect
from litestar_htmx import HTMXRequest

from marketplace.claims.claim_page import read_claim_page
from marketplace.claims.preview_resolution import preview_resolution
from marketplace.claims.resolution_plan import Plan
from marketplace.claims.resolve_claim import resolve_claim
from marketplace.claims.sentences import sentences
from marketplace.kernel.errors import Refused
from marketplace.web.access import Desk, seat_guard
from marketplace.web.dashboard.claims import claim_response, decision_of
from marketplace.web.forms import Form


class Resolutions(Controller):
    path = "/dashboard/{merchant:str}/claims/{claim:int}"
    guards = [seat_guard]

    @post("/resolution-previews", opt={"may": "claims"})
    async def preview(self, request: HTMXRequest, desk: Desk, claim: int) -> Response[str]:
        form = await Form.read(request)
        plan: Plan | None = None
        try:
            currency = (await read_claim_page(desk.tenant, claim)).order["currency"]
            plan = await preview_resolution(desk.tenant, claim, decision_of(form, currency))
            for field, message in plan.problems.items():
                form.problem(field, message)
        except Refused as refusal:
            form.take(refusal)
        status = 422 if form.problems else 200
        why = _why(plan, request.state.locale)
        return await claim_response(
            request, desk, claim, form=form, status=status, plan=None if form.problems else plan, why=why
        )

    @post("/resolution", opt={"may": "claims"})
    async def create(self, request: HTMXRequest, desk: Desk, claim: int) -> Response[str] | Redirect:
        form = await Form.read(request)
        try:
            currency = (await read_claim_page(desk.tenant, claim)).order["currency"]
            await resolve_claim(desk.tenant, claim, decision_of(form, currency), by=desk.person_name)
        except Refused as refusal:
            form.take(refusal)
            return await claim_response(request, desk, claim, form=form, status=422)
        return Redirect(f"{desk.home}/claims/{claim}", status_code=303)


def _why(plan: Plan | None, locale: str) -> dict[int, list[str]]:
    """supplier order -> why it owes, or does not, in words."""
    return {r.supplier_order: sentences(r.why, locale) for r in plan.recoveries} if plan else {}
