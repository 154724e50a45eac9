"""Debit notes, from either side: the merchant settles, waives or maintains; the supplier accepts or disputes."""

import msgspec
from litestar import Controller, Response, get, post
from litestar.response import Redirect
from litestar_htmx import HTMXRequest

from marketplace.claims.answer_recovery import answer_recovery
from marketplace.claims.maintain_recovery import maintain_recovery
from marketplace.claims.recovery_pages import (
    TABS,
    count_recoveries,
    read_forwarded_photo,
    read_recoveries,
    read_recovery_page,
)
from marketplace.claims.reply_to_merchant import reply_to_merchant
from marketplace.claims.settle_recovery import settle_recovery
from marketplace.claims.waive_recovery import waive_recovery
from marketplace.kernel.errors import NotFound, Refused
from marketplace.web.access import Desk, seat_guard
from marketplace.web.forms import Form
from marketplace.web.rendering import page


class Recoveries(Controller):
    """Reading, for both; subclassed by each surface, which gives the path."""

    guards = [seat_guard]

    @get("/recoveries", opt={"may": "money"})
    async def index(
        self, request: HTMXRequest, desk: Desk, tab: str = "all", before: int | None = None
    ) -> Response[str]:
        if tab not in TABS:
            raise NotFound
        rows, after = await read_recoveries(desk.tenant, side=desk.kind, tab=tab, before=before)
        counts = await count_recoveries(desk.tenant, side=desk.kind)
        return page(
            request,
            f"{_surface(desk)}/recoveries/index.html",
            desk=desk,
            current="recoveries",
            rows=rows,
            after=after,
            tab=tab,
            counts=counts,
        )

    @get("/recoveries/{recovery:int}", opt={"may": "money"})
    async def show(self, request: HTMXRequest, desk: Desk, recovery: int) -> Response[str]:
        return await _show(request, desk, recovery, Form.empty())

    @get("/forwarded-photos/{photo:int}", opt={"may": "read"})
    async def photo(self, desk: Desk, photo: int) -> Response[bytes]:
        kind, body = await read_forwarded_photo(desk.tenant, photo)
        return Response(body, media_type=kind, headers={"Cache-Control": "private, max-age=3600"})


class MerchantRecoveries(Recoveries):
    path = "/dashboard/{merchant:str}"

    @post("/recoveries/{recovery:int}/settlement", opt={"may": "money"})
    async def settle(self, desk: Desk, recovery: int) -> Redirect:
        await settle_recovery(desk.tenant, recovery, by=desk.person_name)
        return _back(desk, recovery)

    @post("/recoveries/{recovery:int}/waiver", opt={"may": "money"})
    async def waive(self, request: HTMXRequest, desk: Desk, recovery: int) -> Response[str] | Redirect:
        form = await Form.read(request)
        try:
            await waive_recovery(desk.tenant, recovery, text=form.raw("text"), by=desk.person_name)
        except Refused as refusal:
            form.take(refusal)
            return await _show(request, desk, recovery, form, status=422)
        return _back(desk, recovery)

    @post("/recoveries/{recovery:int}/maintenance", opt={"may": "money"})
    async def maintain(self, request: HTMXRequest, desk: Desk, recovery: int) -> Response[str] | Redirect:
        form = await Form.read(request)
        try:
            await maintain_recovery(desk.tenant, recovery, text=form.raw("text"), by=desk.person_name)
        except Refused as refusal:
            form.take(refusal)
            return await _show(request, desk, recovery, form, status=422)
        return _back(desk, recovery)


class SupplierRecoveries(Recoveries):
    path = "/portal/{supplier:str}"

    @post("/recoveries/{recovery:int}/answer", opt={"may": "money"})
    async def answer(self, request: HTMXRequest, desk: Desk, recovery: int) -> Response[str] | Redirect:
        form = await Form.read(request)
        try:
            accept = form.one_of("answer", ("accept", "dispute")) == "accept"
            form.check()
            await answer_recovery(
                desk.tenant, recovery, accept=accept, text=form.raw("text"), by=desk.person_name
            )
        except Refused as refusal:
            form.take(refusal)
            return await _show(request, desk, recovery, form, status=422)
        return _back(desk, recovery)

    @post("/forwarded-messages/{message:int}/replies", opt={"may": "ship"})
    async def reply(self, request: HTMXRequest, desk: Desk, message: int) -> Redirect:
        form = await Form.read(request)
        await reply_to_merchant(desk.tenant, message, text=form.raw("text"), by=desk.person_name)
        return Redirect(_local(form.raw("back"), desk), status_code=303)


def _local(said: str, desk: Desk) -> str:
    """Back to the page the reply was written on, when it is one of this desk."""
    return said if said.startswith(f"{desk.home}/") else desk.home


def _surface(desk: Desk) -> str:
    return "dashboard" if desk.kind == "merchant" else "portal"


def _back(desk: Desk, recovery: int) -> Redirect:
    return Redirect(f"{desk.home}/recoveries/{recovery}", status_code=303)


async def _show(
    request: HTMXRequest, desk: Desk, recovery: int, form: Form, *, status: int = 200
) -> Response[str]:
    from marketplace.claims.cause import Reason
    from marketplace.claims.sentences import sentences
    from marketplace.claims.words import cause_word

    found = await read_recovery_page(desk.tenant, recovery, side=desk.kind)
    locale = request.state.locale
    return page(
        request,
        f"{_surface(desk)}/recoveries/show.html",
        status=status,
        desk=desk,
        current="recoveries",
        form=form,
        **found,
        reason=cause_word(found["recovery"]["reason"], locale),
        why=sentences(msgspec.convert(found["recovery"]["why"] or [], list[Reason]), locale),
    )
