"""The merchants a supplier deals with."""

from __future__ import annotations

from urllib.parse import urlsplit

from litestar import Controller, Response, get, post
from litestar.response import Redirect
from litestar_htmx import HTMXRequest

from marketplace.kernel.errors import Refused
from marketplace.kernel.fetching import N_
from marketplace.kernel.settings import settings
from marketplace.sourcing.agreement_terms import Terms
from marketplace.sourcing.propose_agreement import propose_agreement
from marketplace.sourcing.screens.agreements import partners_of
from marketplace.web.access import Desk, seat_guard
from marketplace.web.forms import Form
from marketplace.web.staff.sourcing.agreement_desk import agreement_controller, terms_context
from marketplace.web.staff.sourcing.pages import show
from marketplace.web.staff.sourcing.terms_form import filled, read_terms
from tenants.resolve import shop_at

MerchantAgreements = agreement_controller("/portal/{supplier:str}", "terms")
NO_SHOP = N_("There is no shop at this address here. Ask the merchant for the address of its shop.")


class Merchants(Controller):
    path = "/portal/{supplier:str}/merchants"
    guards = [seat_guard]

    @get(opt={"may": "terms"})
    async def index(self, request: HTMXRequest, desk: Desk) -> Response[str]:
        return show(
            request,
            desk,
            "portal/merchants/index.html",
            current="merchants",
            partners=await partners_of(desk.tenant),
        )

    @get("/new", opt={"may": "terms"})
    async def ask(self, request: HTMXRequest, desk: Desk) -> Response[str]:
        return _page(request, desk, filled(Terms(currency=desk.currency, shipping_fee=0)), [])

    @post("/new", opt={"may": "terms"})
    async def propose(self, request: HTMXRequest, desk: Desk) -> Response[str] | Redirect:
        form = await Form.read(request)
        address, terms = form.need("address", most=200), read_terms(form)
        try:
            form.check()
            made = await propose_agreement(
                desk.tenant, await _merchant_at(address), terms, by=desk.person_name
            )
        except Refused as refusal:
            form.take(refusal)
            return _page(request, desk, form, form.all("ships_to"), status=422)
        return Redirect(f"{desk.home}/agreements/{made}", status_code=303)


async def _merchant_at(address: str) -> int:
    """The merchant whose shop is at this address, or has this short name. Raises Refused."""
    text = address.strip().lower()
    host = urlsplit(text if "://" in text else f"//{text}").hostname or ""
    for candidate in (host, f"{host}.{settings().platform_hosts[0]}" if "." not in host else ""):
        if candidate and (shop := await shop_at(candidate)):
            return shop.merchant
    raise Refused(NO_SHOP, field="address")


def _page(
    request: HTMXRequest, desk: Desk, form: Form, ships_to: list[str], *, status: int = 200
) -> Response[str]:
    return show(
        request,
        desk,
        "portal/merchants/new.html",
        current="merchants",
        status=status,
        form=form,
        ships_to=ships_to,
        **terms_context(),
    )
