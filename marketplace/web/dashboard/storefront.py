"""The shop's look, delivery and payment rules."""

from typing import Any

from litestar import Controller, Response, get, post
from litestar.response import Redirect
from litestar_htmx import HTMXRequest

from marketplace.catalogue.change_storefront import CAPTURE_POLICIES, THEMES, ShopRules, change_storefront
from marketplace.kernel.database import fetch_one
from marketplace.kernel.errors import Refused
from marketplace.kernel.money import exponent
from marketplace.kernel.settings import settings
from marketplace.web.access import Desk, seat_guard
from marketplace.web.forms import Form
from marketplace.web.rendering import page
from tenants.scope import acting_as

COUNTRIES = (
    "FR",
    "BE",
    "LU",
    "CH",
    "DE",
    "AT",
    "NL",
    "ES",
    "IT",
    "PT",
    "IE",
    "GB",
    "DK",
    "SE",
    "FI",
    "NO",
    "PL",
    "CZ",
)


class StorefrontSettings(Controller):
    path = "/dashboard/{merchant:str}/storefront"
    guards = [seat_guard]

    @get(opt={"may": "settings"})
    async def show(self, request: HTMXRequest, desk: Desk, saved: bool = False) -> Response[str]:
        known = await _known(desk)
        return _page(
            request, desk, _filled(known, desk), known["host"], list(known["ships_to"] or ()), saved=saved
        )

    @post(opt={"may": "settings"})
    async def save(self, request: HTMXRequest, desk: Desk) -> Response[str] | Redirect:
        form = await Form.read(request)
        rules = _read(form, desk)
        try:
            form.check()
            await change_storefront(desk.tenant, rules, by=desk.person_name)
        except Refused as refusal:
            form.take(refusal)
            return _page(request, desk, form, (await _known(desk))["host"], form.all("ships_to"), status=422)
        return Redirect(f"{desk.home}/storefront?saved=true", status_code=303)


def _read(form: Form, desk: Desk) -> ShopRules:
    return ShopRules(
        theme=form.one_of("theme", THEMES) or THEMES[0],
        tagline=form.text("tagline", most=120),
        intro=form.text("intro", most=600),
        ships_to=tuple(c for c in form.all("ships_to") if c in COUNTRIES),
        shipping_fee=form.money("shipping_fee", desk.currency) or 0,
        free_shipping_from=form.money("free_shipping_from", desk.currency),
        capture_policy=form.one_of("capture_policy", CAPTURE_POLICIES) or CAPTURE_POLICIES[0],
        margin_floor_bp=form.decimal("margin_floor", places=2) or 0,
        gpsr_required=form.flag("gpsr_required"),
        return_address=form.text("return_address", most=400),
        terms=form.text("terms", most=40_000),
        open=form.flag("open"),
    )


async def _known(desk: Desk) -> dict[str, Any]:
    async with acting_as(desk.tenant):
        row = await fetch_one(
            "SELECT s.*, d.host FROM tenant t LEFT JOIN storefront s ON s.merchant = t.id"
            " LEFT JOIN domain d ON d.tenant = t.id AND d.is_primary WHERE t.id = $1",
            desk.tenant,
        )
    assert row is not None
    return row


def _filled(known: dict[str, Any], desk: Desk) -> Form:
    return Form.empty(
        theme=known["theme"] or THEMES[0],
        tagline=known["tagline"],
        intro=known["intro"],
        shipping_fee=_amount(known["shipping_fee"], desk),
        free_shipping_from=_amount(known["free_shipping_from"], desk),
        capture_policy=known["capture_policy"] or CAPTURE_POLICIES[0],
        margin_floor=f"{(known['margin_floor_bp'] or 0) // 100}.{(known['margin_floor_bp'] or 0) % 100:02d}",
        gpsr_required="1" if known["gpsr_required"] in (True, None) else "",
        return_address=known["return_address"],
        terms=known["terms"],
        open="1" if known["open"] else "",
    )


def _amount(minor: int | None, desk: Desk) -> str | None:
    """Minor units as a person types them: 490 -> "4.90"."""
    places = exponent(desk.currency)
    if minor is None:
        return None
    return f"{minor // 10**places}.{minor % 10**places:0{places}d}" if places else str(minor)


def _page(
    request: HTMXRequest,
    desk: Desk,
    form: Form,
    host: str | None,
    ships_to: list[str],
    *,
    status: int = 200,
    saved: bool = False,
) -> Response[str]:
    url = (
        f"{settings().public_scheme}://{host}" + (f":{settings().port}" if settings().demo else "") + "/"
        if host
        else None
    )
    return page(
        request,
        "dashboard/storefront/show.html",
        status=status,
        desk=desk,
        current="storefront",
        form=form,
        url=url,
        saved=saved,
        countries=COUNTRIES,
        ships_to=ships_to,
    )
