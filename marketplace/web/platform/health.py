"""GET /health, for balancers and for the supervisor."""

from typing import Any

from litestar import Response, get

from marketplace.health import health


@get("/health", opt={"public": True})
async def health_check() -> Response[dict[str, Any]]:
    well, answer = await health()
    return Response(answer, status_code=200 if well else 503, headers={"Cache-Control": "no-store"})
