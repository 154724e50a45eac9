"""Errors as pages a person can act on, on every surface the same."""

import logging
from typing import Any

from litestar import Response
from litestar.exceptions import HTTPException
from litestar.response import Redirect
from litestar_htmx import ClientRedirect, HTMXRequest

from marketplace.kernel.errors import NotFound, Refused, Stale
from marketplace.kernel.signing import BadLink, ExpiredLink
from marketplace.web.access import NotYourJob, SignInFirst
from marketplace.web.rendering import page, wants_fragment
from marketplace.web.security import CrossSite

logger = logging.getLogger(__name__)


def _answer(request: HTMXRequest, status: int, title: str, text: str) -> Response[str]:
    surface = "storefront" if getattr(request.state, "shop", None) else "platform"
    return page(
        request,
        f"{surface}/error.html",
        "kit/_error.html",
        status=status,
        title=title,
        text=text,
        headers={"HX-Retarget": "#toasts", "HX-Reswap": "beforeend"} if wants_fragment(request) else None,
    )


def not_found(request: HTMXRequest, _: Exception) -> Response[str]:
    return _answer(
        request,
        404,
        "There is nothing here",
        "The address may be mistyped, or what it pointed at is gone. Nothing was lost.",
    )


def stale(request: HTMXRequest, _: Exception) -> Response[str]:
    return _answer(
        request,
        409,
        "Somebody was faster",
        "This was changed since you opened the page. Reload it to see what it is now; nothing was done twice.",
    )


def refused(request: HTMXRequest, error: Exception) -> Response[str]:
    assert isinstance(error, Refused)
    from marketplace.kernel.i18n import translator

    text = translator(request.state.locale)(error.message, **error.values)
    return _answer(request, 422, "That cannot be done", text)


def cross_site(request: HTMXRequest, _: Exception) -> Response[str]:
    return _answer(
        request,
        403,
        "Please send that again from the page",
        "The form was not sent from a page of this site, or the page had been open for too long. Reload it and try again.",
    )


def bad_link(request: HTMXRequest, error: Exception) -> Response[str]:
    if isinstance(error, ExpiredLink):
        return _answer(
            request,
            410,
            "This link has expired",
            "Links work for a limited time. Ask for a new one.",
        )
    return not_found(request, error)


def sign_in_first(request: HTMXRequest, error: Exception) -> Response[Any]:
    assert isinstance(error, SignInFirst)
    target = f"/sign-in?then={error.then}"
    if request.headers.get("hx-request") == "true":
        return ClientRedirect(target)
    return Redirect(target, status_code=303)


def not_your_job(request: HTMXRequest, _: Exception) -> Response[str]:
    return _answer(
        request,
        403,
        "Your role does not include this",
        "Ask an owner of the account to give you the right, or to do it for you.",
    )


def http_error(request: HTMXRequest, error: Exception) -> Response[Any]:
    assert isinstance(error, HTTPException)
    if error.status_code in (404, 405):
        return not_found(request, error)
    if error.status_code == 413:
        return _answer(request, 413, "That file is too large", "Send a smaller one.")
    if error.status_code >= 500:
        return crashed(request, error)
    return _answer(
        request, error.status_code, "That did not work", "Something in the request was not as expected."
    )


def crashed(request: HTMXRequest, error: Exception) -> Response[str]:
    logger.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return _answer(
        request,
        500,
        "Something broke on our side",
        "It was written down. What you had saved is safe; please try again in a moment.",
    )


HANDLERS: dict[Any, Any] = {
    NotFound: not_found,
    Stale: stale,
    Refused: refused,
    CrossSite: cross_site,
    BadLink: bad_link,
    SignInFirst: sign_in_first,
    NotYourJob: not_your_job,
    HTTPException: http_error,
    Exception: crashed,
}
