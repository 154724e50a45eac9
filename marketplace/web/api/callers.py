"""Who asks: a key in the Authorization header, nothing else. No cookie is read or set here, so nothing can be forged across sites."""

from __future__ import annotations

from typing import Any

from litestar import Request
from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler

from marketplace.web.api.problems import Problem
from tenants.use_api_key import AskedTooOften, BadKey, Caller, use_api_key

LARGEST_ID = 2**63 - 1
CHALLENGE = 'Bearer realm="comptoir"'


async def key_guard(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """Guard of every route that names somebody's things; it runs before anything of the body is read. Raises Problem."""
    scheme, _, key = connection.headers.get("authorization", "").strip().partition(" ")
    if scheme.lower() != "bearer" or not key.strip():
        raise Problem("no-key", headers={"WWW-Authenticate": CHALLENGE})
    try:
        caller = await use_api_key(key.strip(), sends=bool(handler.opt.get("sends")))
    except BadKey:
        raise Problem(
            "bad-key", headers={"WWW-Authenticate": f'{CHALLENGE}, error="invalid_token"'}
        ) from None
    except AskedTooOften as error:
        raise Problem(
            "too-often",
            f"More than {error.limit} in this minute. Wait {error.seconds} seconds.",
            headers={"Retry-After": str(error.seconds)},
        ) from None
    if any(isinstance(n, int) and n > LARGEST_ID for n in connection.path_params.values()):
        raise Problem("not-found")
    connection.state.caller = caller


async def provide_caller(request: Request[Any, Any, Any]) -> Caller:
    """Litestar dependency `caller`."""
    caller: Caller = request.state.caller
    return caller
