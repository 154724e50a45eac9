"""Pictures by their content's hash, on every host: what lies under an address never changes, so it is kept for a year."""

import re

from litestar import Response, get
from litestar_htmx import HTMXRequest

from marketplace.catalogue.photos.read_media import read_media
from marketplace.kernel.errors import NotFound
from marketplace.kernel.images import AVIF
from marketplace.web.common import YEAR

EXTENSION = "avif" if AVIF else "webp"  # what we make; either is answered
_NAME = re.compile(r"([0-9a-f]{64})-(\d{2,4})(?:\.(?:webp|avif))?")


def media_path(sha: str, width: int) -> str:
    """Where a picture is served, in the width nearest to the one asked for."""
    return f"/media/{sha}-{width}.{EXTENSION}"


@get("/media/{name:str}", opt={"public": True})
async def picture(request: HTMXRequest, name: str) -> Response[bytes]:
    found = _NAME.fullmatch(name)
    if not found:
        raise NotFound("a picture")
    file = await read_media(found[1], int(found[2]))
    headers = {"Cache-Control": YEAR, "ETag": f'"{file.sha}"'}
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(b"", status_code=304, headers=headers)
    return Response(file.data, media_type=file.content_type, headers=headers)
