"""The inbox of complaints, and one complaint: shopper thread and supplier threads side by side, never mixed."""

from typing import Any

from litestar import Controller, Response, get, post
from litestar.response import Redirect
from litestar_htmx import HTMXRequest

from marketplace.claims.answer_claim import answer_claim
from marketplace.claims.claim_page import ClaimPage, read_claim_page, read_photo
from marketplace.claims.decision import Decision
from marketplace.claims.file_claim import CAUSES
from marketplace.claims.forward_to_supplier import forward_to_supplier
from marketplace.claims.inbox import TABS, count_inbox, read_inbox
from marketplace.claims.note_on_claim import note_on_claim
from marketplace.claims.words import cause_word, wish_word
from marketplace.kernel.errors import NotFound, Refused
from marketplace.web.access import Desk, seat_guard
from marketplace.web.dashboard.claim_words import steps
from marketplace.web.forms import Form
from marketplace.web.rendering import page


class Claims(Controller):
    path = "/dashboard/{merchant:str}/claims"
    guards = [seat_guard]

    @get(opt={"may": "claims"})
    async def index(
        self,
        request: HTMXRequest,
        desk: Desk,
        tab: str = "todo",
        cause: str = "",
        q: str = "",
        after: str = "",
    ) -> Response[str]:
        if tab not in TABS:
            raise NotFound
        try:
            found = await read_inbox(
                desk.tenant, tab=tab, cause=cause or None, text=q or None, after=after or None
            )
        except ValueError as error:
            raise NotFound from error
        return page(
            request,
            "dashboard/claims/index.html",
            "dashboard/claims/_list.html",
            desk=desk,
            current="claims",
            found=found,
            counts=await count_inbox(desk.tenant),
            tab=tab,
            cause=cause,
            causes=CAUSES,
            q=q,
            cause_word=lambda c: cause_word(c, request.state.locale),
        )

    @get("/{claim:int}", opt={"may": "claims"})
    async def show(self, request: HTMXRequest, desk: Desk, claim: int) -> Response[str]:
        return await claim_response(request, desk, claim)

    @post("/{claim:int}/messages", opt={"may": "claims"})
    async def write(self, request: HTMXRequest, desk: Desk, claim: int) -> Response[str] | Redirect:
        form = await Form.read(request)
        try:
            if form.raw("audience") == "staff":
                await note_on_claim(desk.tenant, claim, text=form.raw("text"), by=desk.person_name)
            else:
                asks = form.flag("asks")
                await answer_claim(desk.tenant, claim, text=form.raw("text"), by=desk.person_name, asks=asks)
        except Refused as refusal:
            form.take(refusal)
            return await claim_response(request, desk, claim, form=form, status=422)
        return Redirect(f"{desk.home}/claims/{claim}", status_code=303)

    @post("/{claim:int}/forwards", opt={"may": "claims"})
    async def forward(self, request: HTMXRequest, desk: Desk, claim: int) -> Response[str] | Redirect:
        form = await Form.read(request)
        order = form.integer("supplier_order", least=1) or 0
        try:
            await forward_to_supplier(
                desk.tenant,
                claim,
                order,
                text=form.raw("forward_text"),
                by=desk.person_name,
                attachments=form.ids("attachment"),
            )
        except Refused as refusal:
            form.problem("forward_text", refusal.message)
            return await claim_response(request, desk, claim, form=form, status=422)
        return Redirect(f"{desk.home}/claims/{claim}", status_code=303)

    @get("/{claim:int}/photos/{attachment:int}", opt={"may": "claims"})
    async def photo(self, desk: Desk, claim: int, attachment: int) -> Response[bytes]:
        kind, body = await read_photo(desk.tenant, claim, attachment)
        return Response(body, media_type=kind, headers={"Cache-Control": "private, max-age=3600"})


async def claim_response(
    request: HTMXRequest, desk: Desk, claim: int, *, form: Form | None = None, status: int = 200, **more: Any
) -> Response[str]:
    """The page of one complaint, with whatever form was being filled in."""
    shown: ClaimPage = await read_claim_page(desk.tenant, claim)
    locale = request.state.locale
    return page(
        request,
        "dashboard/claims/show.html",
        status=status,
        desk=desk,
        current="claims",
        page=shown,
        form=form or Form.empty(kind=_suggested(shown)),
        cause_text=cause_word(shown.claim["cause"], locale),
        wish_text=wish_word(shown.claim["wish"], locale),
        timeline=steps(shown.timeline, locale),
        **({"plan": None, "why": {}} | more),
    )


def _suggested(shown: ClaimPage) -> str:
    return "replacement" if shown.claim["wish"] == "replacement" else "refund"


def decision_of(form: Form, currency: str) -> Decision:
    """What the resolution form says. Raises Invalid."""
    kind = form.one_of("kind", ("refund", "part_refund", "replacement", "rejected")) or "refund"
    amount = form.money("amount", currency) if kind == "part_refund" else None
    shipping = form.money("shipping", currency) if kind in ("refund", "part_refund") else None
    if kind == "part_refund" and not amount:
        form.problem("amount", "Please fill this in.")
    form.check()
    return Decision(
        kind=kind,
        amount=amount,
        shipping=shipping,
        recover=form.flag("recover"),
        note=form.raw("note"),
    )
