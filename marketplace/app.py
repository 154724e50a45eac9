"""The web, assembled: one application for the platform's host, one for every storefront, one for machines, and a door that
tells them apart by the Host header and by `/api/`. They share no route and no cookie; any other host is 404.
"""

import logging
from importlib import import_module
from typing import Any

from litestar import Litestar
from litestar.config.compression import CompressionConfig
from litestar.di import Provide
from litestar.types import ControllerRouterHandler, Receive, Scope, Send
from litestar_htmx import HTMXPlugin

from marketplace.kernel.database import start_pool, stop_pool
from marketplace.kernel.settings import settings
from marketplace.web.access import provide_desk
from marketplace.web.answers import HANDLERS
from marketplace.web.api.callers import provide_caller
from marketplace.web.api.openapi import openapi_config
from marketplace.web.api.problems import HANDLERS as PROBLEMS
from marketplace.web.common import serve_asset
from marketplace.web.media import picture
from marketplace.web.security import SecurityHeaders, check_csrf
from marketplace.web.visitors import Visitors
from tenants.resolve import Shop, shop_at
from tenants.use_api_key import MOST_ASKED, MOST_SENT

logger = logging.getLogger(__name__)
UPLOAD_LIMIT = 120 * 1024 * 1024


def _routes(surface: str) -> list[ControllerRouterHandler]:
    """The `ROUTES` of a surface's package."""
    found: list[ControllerRouterHandler] = import_module(f"marketplace.web.{surface}").ROUTES
    return found


def _litestar(routes: list[ControllerRouterHandler], **more: Any) -> Litestar:
    return Litestar(
        [serve_asset, *routes],
        plugins=[HTMXPlugin()],
        exception_handlers=HANDLERS,
        before_request=check_csrf,
        compression_config=CompressionConfig(
            backend="gzip", minimum_size=700, exclude=["^/assets/", "^/media/", "/events$"]
        ),
        request_max_body_size=UPLOAD_LIMIT,
        logging_config=None,
        **more,
    )


def make_platform() -> Litestar:
    return _litestar(
        [picture, *(r for surface in ("platform", "dashboard", "portal") for r in _routes(surface))],
        dependencies={"desk": Provide(provide_desk)},
        openapi_config=None,
    )


def make_api() -> Litestar:
    """Machines show a key: nobody is signed in here, no cookie is read or set, and every error is JSON."""
    return Litestar(
        _routes("api"),
        dependencies={"caller": Provide(provide_caller)},
        exception_handlers=PROBLEMS,
        openapi_config=openapi_config(MOST_ASKED, MOST_SENT),
        compression_config=CompressionConfig(backend="gzip", minimum_size=700),
        request_max_body_size=UPLOAD_LIMIT,
        logging_config=None,
    )


def make_storefront() -> Litestar:
    return _litestar(_routes("storefront"), openapi_config=None)


class Door:
    """Host header -> application. Knows the shop before any handler runs."""

    def __init__(self) -> None:
        self.platform, self.storefront, self.api = make_platform(), make_storefront(), make_api()
        # around the whole application: Litestar runs its own middleware only where a route matched, and a 404 is a page
        self._platform = SecurityHeaders(Visitors(self.platform, people=True))
        self._storefront = SecurityHeaders(Visitors(self.storefront, people=False))
        self._api = SecurityHeaders(self.api)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        if scope["type"] != "http":
            return
        host = _host(scope)
        scope["state"] = {"shop": None}
        if host in settings().platform_hosts and scope["path"].startswith("/api/"):
            await self._api(scope, receive, send)
        elif host in settings().platform_hosts:
            await self._platform(scope, receive, send)
        elif host and (shop := await shop_at(host)):
            _enter(scope, shop)
            await self._storefront(scope, receive, send)
        else:
            await _nobody(send)

    async def _live(self, receive: Any, send: Any) -> None:
        while True:
            message = await receive()
            try:
                if message["type"] == "lifespan.startup":
                    await start_pool()
                    await send({"type": "lifespan.startup.complete"})
                elif message["type"] == "lifespan.shutdown":
                    await stop_pool()
                    await send({"type": "lifespan.shutdown.complete"})
                    return
            except Exception as error:
                logger.exception("the web could not start")
                await send({"type": "lifespan.startup.failed", "message": str(error)})
                return


def _host(scope: Any) -> str:
    raw = next((v for k, v in scope["headers"] if k == b"host"), b"").decode("latin-1").lower()
    return raw.rsplit(":", 1)[0] if ":" in raw and not raw.endswith("]") else raw


def _enter(scope: Any, shop: Shop) -> None:
    scope["state"] |= {"shop": shop, "locale": shop.locale, "zone": shop.zone}


async def _nobody(send: Any) -> None:
    body = b"There is no shop at this address."
    await send({"type": "http.response.start", "status": 404, "headers": [(b"content-type", b"text/plain")]})
    await send({"type": "http.response.body", "body": body})


def application() -> Door:
    """What Granian runs (factory)."""
    return Door()
