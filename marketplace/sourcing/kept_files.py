"""Files of feeds in the media store: those that no run and no draft needs any more are let go.

They are kept by content: two suppliers who sent the same bytes share one file, so that only the platform can say that nobody needs it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from marketplace.kernel.clock import now
from marketplace.kernel.database import fetch
from marketplace.kernel.media import MediaUnavailable, media_store
from marketplace.sourcing.transports.upload import AREA, NAME
from tenants.scope import platform_scope

#: a file is kept before the run or the draft that needs it is written: younger ones are left alone
ORPHAN_AFTER = timedelta(days=1)


async def forget_unused(keys: Iterable[str | None]) -> int:
    """Delete those of `keys` (of `upload.keep`) that nothing needs. Answers how many; when the store is away they stay for the sweep.

    Call it after the transaction that stopped needing them.
    """
    wanted = {key for key in keys if key}
    if not wanted:
        return 0
    store, forgotten = media_store(AREA), 0
    for key in sorted(wanted - await _used(wanted)):
        try:
            await store.delete(key.partition(":")[2])
        except MediaUnavailable:
            return forgotten
        forgotten += 1
    return forgotten


async def sweep_files() -> int:
    """Delete files that nothing needs: of uploads that were refused, probes nobody waited for. Answers how many."""
    forgotten = 0
    try:
        async for shas in media_store(AREA).kept_before(now() - ORPHAN_AFTER):
            forgotten += await forget_unused(f"{NAME}:{sha}" for sha in shas)
    except MediaUnavailable:
        return forgotten  # the next sweep finds them
    return forgotten


async def _used(keys: set[str]) -> set[str]:
    async with platform_scope("is a feed's file needed"):
        rows = await fetch(
            "SELECT file_key FROM feed_run WHERE file_key = ANY($1) UNION SELECT file_key FROM mapping_draft WHERE file_key = ANY($1)",
            sorted(keys),
        )
    return {row["file_key"] for row in rows}
