"""A rendered picture into the media store, once by its content."""

from marketplace.kernel import json
from marketplace.kernel.database import execute, fetch_value
from marketplace.kernel.images import Picture
from marketplace.kernel.media import media_store
from tenants.scope import platform_scope

FORMATS = {"image/avif": "avif", "image/webp": "webp"}


async def keep_picture(picture: Picture) -> str:
    """Store the renditions, then the row that finds them; call with no scope open. Answers the source's SHA-256, which is the
    picture's name everywhere. Raises MediaUnavailable."""
    store = media_store()
    widths = []
    for made in picture.renditions:
        await store.put(made.data, made.content_type)
        widths.append(
            {"width": made.width, "height": made.height, "sha": made.sha256, "bytes": len(made.data)}
        )
    async with platform_scope("pictures are everybody's: one row a content"):
        await execute(
            "INSERT INTO media (sha, width, height, widths, format, colour, bytes) VALUES ($1, $2, $3, $4::jsonb, $5, $6, $7)"
            " ON CONFLICT (sha) DO NOTHING",
            picture.sha256,
            picture.width,
            picture.height,
            json.dumps(widths),
            FORMATS[picture.renditions[0].content_type],
            picture.colour,
            sum(len(made.data) for made in picture.renditions),
        )
    return picture.sha256


async def is_kept(sha: str) -> bool:
    """Whether a source of this SHA-256 was rendered before."""
    async with platform_scope("pictures are everybody's: one row a content"):
        return await fetch_value("SELECT 1 FROM media WHERE sha = $1", sha) is not None
