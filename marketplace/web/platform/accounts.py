"""Opening an account, as a merchant or a supplier."""

from litestar import Response, get, post
from litestar.response import Redirect
from litestar_htmx import HTMXRequest

from marketplace.kernel.errors import Refused
from marketplace.web.forms import Form
from marketplace.web.platform.sessions import address_of, signed_in_redirect
from marketplace.web.rendering import page
from tenants.open_account import NewPerson, Opening, open_account, open_further_account
from tenants.scope import platform_scope
from tenants.sign_in import open_session
from tenants.tables import TenantKind

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


@get("/accounts/new", opt={"public": True})
async def open_account_page(request: HTMXRequest, kind: str = "merchant") -> Response[str]:
    chosen = kind if kind in ("merchant", "supplier") else "merchant"
    form = Form.empty(kind=chosen, country="FR" if request.state.locale == "fr" else "GB")
    return page(request, "platform/open_account.html", form=form, countries=COUNTRIES)


@post("/accounts", opt={"public": True})
async def open_account_submit(request: HTMXRequest) -> Response[str] | Redirect:
    form = await Form.read(request)
    kind = form.one_of("kind", [k.value for k in TenantKind])
    business = form.need("business", most=80)
    country = form.one_of("country", COUNTRIES)
    signed_in = request.state.signed_in
    name, email, password = "", "", ""
    if signed_in is None:
        name, email, password = (
            form.need("name", most=80),
            form.email("email") or "",
            form.need("password", most=200),
        )
    if not form.problems:
        opening = Opening(TenantKind(kind or ""), business, country or "FR", request.state.locale)
        try:
            if signed_in is not None:
                await open_further_account(opening, signed_in.person)
                return Redirect("/desks", status_code=303)
            _, person = await open_account(opening, NewPerson(name, email, password))
        except Refused as refusal:
            form.take(refusal)
        else:
            return await _first_session(request, person)
    return page(request, "platform/open_account.html", status=422, form=form, countries=COUNTRIES)


async def _first_session(request: HTMXRequest, person: int) -> Redirect:
    async with platform_scope("first session of a new account"):
        token = await open_session(
            person, address=address_of(request), user_agent=request.headers.get("user-agent")
        )
    return signed_in_redirect(request, token, "/desks")
