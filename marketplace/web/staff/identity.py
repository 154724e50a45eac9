"""Who the business is: what legal pages print, and what opens suppliers' costs to a merchant."""

from typing import Any

from litestar import Controller, Response, get, post
from litestar.response import Redirect
from litestar_htmx import HTMXRequest

from marketplace.kernel.database import fetch_one
from marketplace.kernel.errors import Refused
from marketplace.web.access import Desk, seat_guard
from marketplace.web.forms import Form
from marketplace.web.rendering import page
from tenants.scope import acting_as
from tenants.verify_identity import Identity, verify_identity

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
FIELDS = (
    "legal_name", "legal_form", "registration_number", "vat_number", "street", "postcode", "city", "country", "email",
    "phone", "director", "mediator", "host_provider",
)  # fmt: skip


class Settings(Controller):
    """Subclassed by each surface, which gives the path."""

    guards = [seat_guard]

    @get("/settings", opt={"may": "settings"})
    async def show(self, request: HTMXRequest, desk: Desk, saved: bool = False) -> Response[str]:
        known = await _known(desk)
        return _page(request, desk, Form.empty(**{f: known[f] for f in FIELDS}), known, saved=saved)

    @post("/settings/identity", opt={"may": "settings"})
    async def save(self, request: HTMXRequest, desk: Desk) -> Response[str] | Redirect:
        form = await Form.read(request)
        identity = _read(form)
        try:
            form.check()
            await verify_identity(desk.tenant, identity, by=desk.person_name)
        except Refused as refusal:
            form.take(refusal)
            return _page(request, desk, form, await _known(desk), status=422)
        return Redirect(f"{desk.home}/settings?saved=true", status_code=303)


def _read(form: Form) -> Identity:
    return Identity(
        legal_name=form.need("legal_name", most=120),
        legal_form=form.text("legal_form", most=60),
        registration_number=form.text("registration_number", most=30),
        vat_number=form.text("vat_number", most=20),
        street=form.need("street", most=120),
        postcode=form.need("postcode", most=12),
        city=form.need("city", most=80),
        country=form.one_of("country", COUNTRIES) or "FR",
        email=form.email("email") or "",
        phone=form.text("phone", most=30),
        director=form.text("director", most=80),
        mediator=form.text("mediator", most=300),
        host_provider=form.text("host_provider", most=300),
    )


async def _known(desk: Desk) -> dict[str, Any]:
    async with acting_as(desk.tenant):
        row = await fetch_one("SELECT * FROM tenant WHERE id = $1", desk.tenant)
    assert row is not None
    return row


def _page(
    request: HTMXRequest,
    desk: Desk,
    form: Form,
    known: dict[str, Any],
    *,
    status: int = 200,
    saved: bool = False,
) -> Response[str]:
    surface = "dashboard" if desk.kind == "merchant" else "portal"
    return page(
        request,
        f"{surface}/settings.html",
        status=status,
        desk=desk,
        current="settings",
        form=form,
        known=known,
        saved=saved,
        countries=COUNTRIES,
    )
