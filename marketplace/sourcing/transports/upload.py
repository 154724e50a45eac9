"""A file that somebody sent us: through the dashboard, or by the API. It waits in the media store, where every worker finds it."""

from __future__ import annotations

import hashlib
from contextlib import aclosing
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from marketplace.kernel.fetching import N_, BadUrl, Fetched, NotStored
from marketplace.kernel.landing import Landing
from marketplace.kernel.media import MediaDamaged, MediaMissing, MediaUnavailable, media_store
from marketplace.kernel.reach import Reach
from marketplace.sourcing.transports.shape import Limits, Source

NAME = "upload"
ORDER = 40
LABEL = N_("Upload")
HINT = N_("Send the file yourself; it is read once.")
SCHEMES = ("upload",)
AUTH_KINDS: tuple[str, ...] = ()
FETCHES = False

AREA = "feeds"


def key_of(path: Path) -> str:
    """The URL under which this file is kept, or would be."""
    with path.open("rb") as file:
        return f"upload:{hashlib.file_digest(file, 'sha256').hexdigest()}"


async def keep(path: Path) -> str:
    """Keep a file that was sent, and return the URL under which `fetch` finds it. Raises MediaUnavailable."""
    return f"upload:{await media_store(AREA).put_file(path)}"


async def fetch(
    source: Source, *, into: Path, limits: Limits = Limits(), reach: Reach | None = None
) -> Fetched:
    """See `shape.Transport`. Nothing is called outside, so `reach` and the deadline do not matter."""
    started = datetime.now(UTC)
    sha256 = source.url.strip().partition(":")[2]
    if sha256 == source.sha256:
        return _fetched("unchanged", sha256, started)
    with Landing(into, limits.max_bytes) as landing:
        try:
            async with aclosing(media_store(AREA).stream(sha256)) as pieces:
                async for piece in pieces:
                    landing.write(piece)
        except ValueError as error:
            raise BadUrl(why=N_("it names no uploaded file")) from error
        except MediaMissing as error:
            raise NotStored(why=N_("the uploaded file is no longer kept")) from error
        except (MediaDamaged, MediaUnavailable) as error:
            raise NotStored(why=str(error)) from error
        return _fetched("ok", sha256, started, landing.keep(), landing.bytes)


def _fetched(
    status: Literal["ok", "unchanged"],
    sha256: str,
    started: datetime,
    path: Path | None = None,
    size: int = 0,
) -> Fetched:
    return Fetched(
        status=status,
        path=path,
        sha256=sha256,
        bytes=size,
        etag=None,
        last_modified=None,
        modified=None,
        content_type=None,
        final_url=f"upload:{sha256}",
        fetch_started=started,
    )
