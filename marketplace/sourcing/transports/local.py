"""A file on this machine, for the operator's command line only: it has no scheme, so no feed's URL ever leads here."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

from marketplace.kernel.fetching import Fetched, NotAFile
from marketplace.kernel.landing import Landing
from marketplace.kernel.reach import Reach
from marketplace.sourcing.transports.shape import Limits, Source

PIECE = 1024 * 1024


async def fetch(
    source: Source, *, into: Path, limits: Limits = Limits(), reach: Reach | None = None
) -> Fetched:
    """Copy the file at the path `source.url`. See `shape.Transport`. Raises NotAFile, TooLarge, NotStored."""
    return await asyncio.to_thread(_copy, Path(source.url), source.sha256, into, limits)


def _copy(path: Path, known: str | None, into: Path, limits: Limits) -> Fetched:
    started = datetime.now(UTC)
    try:
        file = path.open("rb")
    except OSError as error:
        raise NotAFile(host=str(path)) from error
    with file, Landing(into, limits.max_bytes) as landing:
        while piece := file.read(PIECE):
            landing.write(piece)
        unchanged = landing.sha256 == known
        return Fetched(
            status="unchanged" if unchanged else "ok",
            path=None if unchanged else landing.keep(),
            sha256=landing.sha256,
            bytes=landing.bytes,
            etag=None,
            last_modified=None,
            modified=datetime.fromtimestamp(path.stat().st_mtime, UTC),
            content_type=None,
            final_url=str(path),
            fetch_started=started,
        )
