"""Somebody sends a feed's file: through the pages, or a machine by the API."""

from __future__ import annotations

import asyncio
from datetime import datetime
from pathlib import Path

from marketplace.kernel.errors import Refused
from marketplace.kernel.fetching import N_
from marketplace.kernel.media import MediaUnavailable
from marketplace.sourcing.start_run import same_delivery, start_run
from marketplace.sourcing.transports import upload
from tenants.scope import acting_as

MOST_BYTES = 2_000_000_000
EMPTY = N_("The file is empty.")
TOO_LARGE = N_("The file is larger than we accept.")
NOT_KEPT = N_("The file could not be kept just now. Send it again in a minute.")


async def upload_feed_file(
    supplier: int,
    feed: int,
    path: Path,
    name: str,
    *,
    by: str,
    trigger: str = "upload",
    source_time: datetime | None = None,
    request_key: str | None = None,
) -> int:
    """Keep the file at `path` and start a run that reads it. Answers the run; `trigger` is upload or api.

    `source_time` and `request_key` are as `start_run` takes them: sent twice, a file has one run. Raises NotFound, and Refused
    when the file is empty or too large, the feed is being synced, or the key was another file's.
    """
    size = (await asyncio.to_thread(path.stat)).st_size
    if size == 0:
        raise Refused(EMPTY, field="file")
    if size > MOST_BYTES:
        raise Refused(TOO_LARGE, field="file")
    key = await asyncio.to_thread(upload.key_of, path)
    async with acting_as(supplier):  # what is refused is not kept
        if (known := await same_delivery(feed, key, request_key, source_time)) is not None:
            return known
    try:
        await upload.keep(path)
    except MediaUnavailable as error:
        raise Refused(NOT_KEPT, field="file") from error
    return await start_run(
        supplier,
        feed,
        trigger=trigger,
        by=by,
        file_key=key,
        file_name=Path(name).name[:200],
        source_time=source_time,
        request_key=request_key,
    )
