"""One place decides whether a page or a fragment goes out, and what every template may call.

A page includes a list includes a row; the live update renders the same partial. Undefined names are errors.
"""

import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from litestar import Response
from litestar_htmx import HTMXRequest
from markupsafe import Markup

from marketplace.kernel import i18n
from marketplace.kernel.clock import now
from marketplace.web.assets import asset
from marketplace.web.security import csrf_token, nonce_of

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"


def _money(context: Context, amount: int | None, currency: str) -> str:
    return i18n.format_money(amount, currency, context["locale"])


def _e4(context: Context, amount: int | None, currency: str) -> str:
    return i18n.format_e4(amount, currency, context["locale"])


def _moment(context: Context, value: Any, style: str = "short") -> str:
    return i18n.format_moment(value, context["locale"], context["zone"], style)


def _day(context: Context, value: Any, style: str = "medium") -> str:
    return i18n.format_day(value, context["locale"], style)


def _count(context: Context, n: int | None) -> str:
    return i18n.format_count(n, context["locale"])


def _percent(context: Context, basis_points: int | None) -> str:
    return i18n.format_percent_bp(basis_points, context["locale"])


def _age(context: Context, value: Any) -> str:
    return i18n.format_age(value, now(), context["locale"])


def _country_name(context: Context, code: str) -> str:
    return i18n.country_name(code, context["locale"])


def _role_name(context: Context, role: str) -> str:
    return str(context["_"](ROLE_NAMES[role]))


ROLE_NAMES = {
    "owner": "owner",
    "catalogue": "catalogue manager",
    "orders": "order manager",
    "support": "customer support",
    "read_only": "reader",
    "warehouse": "warehouse",
}


def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    for name, fn in {
        "money": _money,
        "e4": _e4,
        "moment": _moment,
        "day": _day,
        "count": _count,
        "percent": _percent,
        "age": _age,
    }.items():
        made.filters[name] = pass_context(fn)  # type: ignore[type-var]
    made.globals["country_name"] = pass_context(_country_name)
    made.globals["role_name"] = pass_context(_role_name)
    made.globals["asset"] = asset
    made.globals["now"] = now
    made.globals["fresh_id"] = lambda: f"i{secrets.token_hex(4)}"
    return made


environment = _environment()


def wants_fragment(request: HTMXRequest) -> bool:
    """True for an HTMX request that swaps a part; a boosted one and a history restore want the page."""
    headers = request.headers
    if headers.get("hx-request") != "true" or headers.get("hx-history-restore-request") == "true":
        return False
    return headers.get("hx-request-type", "partial") == "partial" and headers.get("hx-boosted") != "true"


def page(
    request: HTMXRequest,
    template: str,
    part: str | None = None,
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    **context: Any,
) -> Response[str]:
    """Render `template`, or its `part` when HTMX asked for a fragment."""
    name = part if part and wants_fragment(request) else template
    body = render(request, name, **context)
    return Response(
        body,
        status_code=status,
        media_type="text/html",
        headers={"Vary": "HX-Request", **(headers or {})},
    )


def render(request: HTMXRequest, template: str, **context: Any) -> str:
    return environment.get_template(template).render({**shared(request), **context})


def shared(request: HTMXRequest) -> dict[str, Any]:
    """What every template knows."""
    locale = request.state.locale
    translate = i18n.translator(locale)

    def _(message: str, **values: object) -> str:
        """Translated text; {named} values are escaped, the msgid may hold markup only when marked |safe."""
        return translate(message, **values)

    return {
        "request": request,
        "locale": locale,
        "zone": request.state.zone,
        "_": _,
        "gettext": _,
        "ngettext": i18n.plural_translator(locale),
        "csp_nonce": nonce_of(request),
        "csrf": Markup('<input type="hidden" name="_csrf" value="{}">').format(csrf_token(request)),
        "csrf_token": csrf_token(request),
        "fragment": wants_fragment(request),
        "signed_in": request.state.signed_in,
        "path": request.url.path,
    }
