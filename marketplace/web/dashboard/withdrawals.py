"""Withdrawals: who declared what and when, by when the money is due, and paying it back."""

from litestar import Controller, Response, get, post
from litestar.response import Redirect
from litestar_htmx import HTMXRequest

from marketplace.claims.accept_proof_of_sending import accept_proof_of_sending
from marketplace.claims.refuse_withdrawal import refuse_withdrawal
from marketplace.claims.settle_withdrawal import preview_withdrawal_refund, settle_withdrawal
from marketplace.claims.withdrawal_pages import (
    TABS,
    count_withdrawals,
    read_withdrawal_page,
    read_withdrawals,
)
from marketplace.kernel.errors import NotFound, Refused
from marketplace.web.access import Desk, seat_guard
from marketplace.web.forms import Form
from marketplace.web.rendering import page


class Withdrawals(Controller):
    path = "/dashboard/{merchant:str}/withdrawals"
    guards = [seat_guard]

    @get(opt={"may": "claims"})
    async def index(
        self, request: HTMXRequest, desk: Desk, tab: str = "todo", q: str = "", after: int | None = None
    ) -> Response[str]:
        if tab not in TABS:
            raise NotFound
        rows, onwards = await read_withdrawals(desk.tenant, tab=tab, text=q or None, after=after)
        return page(
            request,
            "dashboard/withdrawals/index.html",
            desk=desk,
            current="withdrawals",
            rows=rows,
            after=onwards,
            tab=tab,
            q=q,
            counts=await count_withdrawals(desk.tenant),
        )

    @get("/{withdrawal:int}", opt={"may": "claims"})
    async def show(self, request: HTMXRequest, desk: Desk, withdrawal: int) -> Response[str]:
        return await _show(request, desk, withdrawal, Form.empty())

    @post("/{withdrawal:int}/proof", opt={"may": "claims"})
    async def proof(self, desk: Desk, withdrawal: int) -> Redirect:
        await accept_proof_of_sending(desk.tenant, withdrawal, by=desk.person_name)
        return _back(desk, withdrawal)

    @post("/{withdrawal:int}/settlement", opt={"may": "money"})
    async def settle(self, request: HTMXRequest, desk: Desk, withdrawal: int) -> Response[str] | Redirect:
        form = await Form.read(request)
        try:
            currency = (await read_withdrawal_page(desk.tenant, withdrawal))["order"]["currency"]
            less = {
                int(name.removeprefix("less_")): amount
                for name in form.values
                if name.removeprefix("less_").isdecimal() and (amount := form.money(name, currency))
            }
            form.check()
            await settle_withdrawal(
                desk.tenant, withdrawal, by=desk.person_name, less=less, why_less=form.raw("why_less")
            )
        except Refused as refusal:
            form.take(refusal)
            return await _show(request, desk, withdrawal, form, status=422)
        return _back(desk, withdrawal)

    @post("/{withdrawal:int}/refusal", opt={"may": "claims"})
    async def refuse(self, request: HTMXRequest, desk: Desk, withdrawal: int) -> Response[str] | Redirect:
        form = await Form.read(request)
        try:
            await refuse_withdrawal(desk.tenant, withdrawal, text=form.raw("text"), by=desk.person_name)
        except Refused as refusal:
            form.take(refusal)
            return await _show(request, desk, withdrawal, form, status=422)
        return _back(desk, withdrawal)


def _back(desk: Desk, withdrawal: int) -> Redirect:
    return Redirect(f"{desk.home}/withdrawals/{withdrawal}", status_code=303)


async def _show(
    request: HTMXRequest, desk: Desk, withdrawal: int, form: Form, *, status: int = 200
) -> Response[str]:
    found = await read_withdrawal_page(desk.tenant, withdrawal)
    due = None
    if found["withdrawal"]["state"] == "refund_due" and found["withdrawal"]["refund"] is None:
        due = await preview_withdrawal_refund(desk.tenant, withdrawal)
    return page(
        request,
        "dashboard/withdrawals/show.html",
        status=status,
        desk=desk,
        current="withdrawals",
        form=form,
        due=due,
        **found,
    )
