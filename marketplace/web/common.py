"""Routes that both the platform and every storefront answer: assets and pictures."""

from litestar import Response, get
from litestar.exceptions import NotFoundException
from litestar_htmx import HTMXRequest

from marketplace.web.assets import BUNDLES, bundle

YEAR = "public, max-age=31536000, immutable"


@get("/assets/{digest:str}/{name:str}", opt={"public": True}, include_in_schema=False)
async def serve_asset(request: HTMXRequest, digest: str, name: str) -> Response[bytes]:
    """A joined style sheet or script. An old digest still gets the present file, but is not cached."""
    if name not in BUNDLES:
        raise NotFoundException
    found = bundle(name)
    zipped = "gzip" in request.headers.get("accept-encoding", "")
    headers = {"Cache-Control": YEAR if digest == found.digest else "no-cache", "Vary": "Accept-Encoding"}
    if zipped:
        headers["Content-Encoding"] = "gzip"
    return Response(found.zipped if zipped else found.body, media_type=found.content_type, headers=headers)
