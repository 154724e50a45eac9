"""A picture for `/media/{sha}-{width}.{format}`: public, and never another under the same address."""

from dataclasses import dataclass, field

from marketplace.kernel import json
from marketplace.kernel.database import fetch_one
from marketplace.kernel.errors import NotFound
from marketplace.kernel.media import MediaMissing, media_store
from tenants.scope import platform_scope

CONTENT_TYPES = {"avif": "image/avif", "webp": "image/webp"}


@dataclass(frozen=True)
class MediaFile:
    """One width of a picture. What lies under its address never changes: cache it for a year, `immutable`."""

    content_type: str
    sha: str  # of these very bytes: an ETag
    data: bytes = field(repr=False)


async def read_media(sha: str, width: int) -> MediaFile:
    """The rendition nearest above the width asked for (pictures that are narrower than that have fewer), else the widest.

    Call with no scope open. Raises NotFound for a picture nobody has, MediaUnavailable when the store is down.
    """
    async with platform_scope("pictures are everybody's, by content"):
        row = await fetch_one("SELECT widths, format FROM media WHERE sha = $1", sha)
    if row is None:
        raise NotFound
    widths = sorted(json.loads(row["widths"]), key=lambda made: made["width"])
    chosen = next((made for made in widths if made["width"] >= width), widths[-1])
    try:
        data = await media_store().get(chosen["sha"])
    except MediaMissing:
        raise NotFound from None
    return MediaFile(CONTENT_TYPES[row["format"]], chosen["sha"], data)
