"""A file at a web address: conditional, unpacked, with basic, bearer or query credentials."""

from __future__ import annotations

from pathlib import Path

from marketplace.kernel.fetching import N_, Fetched
from marketplace.kernel.outside import Outside
from marketplace.kernel.reach import Reach
from marketplace.sourcing.transports.shape import Limits, Source

NAME = "http"
ORDER = 10
LABEL = N_("Web address (HTTP, HTTPS)")
HINT = N_("https://supplier.example/feed.csv")
SCHEMES = ("http", "https")
AUTH_KINDS = ("basic", "bearer", "query")
FETCHES = True


async def fetch(
    source: Source, *, into: Path, limits: Limits = Limits(), reach: Reach | None = None
) -> Fetched:
    """See `shape.Transport`."""
    async with Outside(reach=reach) as outside:
        return await outside.fetch(
            source.url,
            into=into,
            headers=source.headers,
            auth=source.auth,
            etag=source.etag,
            last_modified=source.last_modified,
            sha256=source.sha256,
            max_bytes=limits.max_bytes,
            max_seconds=limits.max_seconds,
        )
