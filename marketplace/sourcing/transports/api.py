"""A file that the supplier's own system sends by the API (see `web/api`): it waits where an uploaded one waits."""

from __future__ import annotations

from pathlib import Path

from marketplace.kernel.fetching import N_, Fetched
from marketplace.kernel.reach import Reach
from marketplace.sourcing.transports import upload
from marketplace.sourcing.transports.shape import Limits, Source

NAME = "api"
ORDER = 50
LABEL = N_("Sent by your system (API)")
HINT = N_("Your shop or stock system posts the file to us when something has changed.")
SCHEMES: tuple[str, ...] = ()  # no address leads here: the run names the file it was sent
AUTH_KINDS: tuple[str, ...] = ()
FETCHES = False


async def fetch(
    source: Source, *, into: Path, limits: Limits = Limits(), reach: Reach | None = None
) -> Fetched:
    """See `shape.Transport`: as an upload."""
    return await upload.fetch(source, into=into, limits=limits, reach=reach)
