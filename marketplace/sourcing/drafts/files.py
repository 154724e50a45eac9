"""The file a draft is tried on, brought to this machine from where uploads are kept: its head for a look, or all of it."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager
from pathlib import Path

from marketplace.kernel.errors import Refused
from marketplace.kernel.fetching import N_
from marketplace.kernel.media import MediaDamaged, MediaMissing, MediaUnavailable, media_store
from marketplace.sourcing.transports.upload import AREA

HEAD_BYTES = 2 * 1024 * 1024
PACKED_BYTES = 30 * 1024 * 1024
_PACKED = (b"\x1f\x8b", b"PK", b"\xd0\xcf\x11\xe0")
GONE = N_("The file is no longer kept: fetch or send it again.")
AWAY = N_("The file cannot be had just now: try again in a minute.")


@asynccontextmanager
async def head_of(file_key: str) -> AsyncIterator[Path]:
    """The first two megabytes; all of a packed file up to thirty, for it cannot be read in part. Raises Refused."""
    async with _fetched(file_key, HEAD_BYTES) as path:
        yield path


@asynccontextmanager
async def whole(file_key: str) -> AsyncIterator[Path]:
    """All of it. Raises Refused."""
    async with _fetched(file_key, None) as path:
        yield path


@asynccontextmanager
async def _fetched(file_key: str, most: int | None) -> AsyncIterator[Path]:
    with tempfile.TemporaryDirectory(prefix="mapping-") as folder:
        path = Path(folder) / "file"
        try:
            await _fetch(file_key.partition(":")[2], path, most)
        except MediaMissing as error:
            raise Refused(GONE) from error
        except (MediaDamaged, MediaUnavailable) as error:
            raise Refused(AWAY) from error
        yield path


async def _fetch(sha: str, path: Path, most: int | None) -> None:
    size = 0
    with path.open("wb") as out:
        async with aclosing(media_store(AREA).stream(sha)) as pieces:
            async for piece in pieces:
                if most is not None and not size and piece.startswith(_PACKED):
                    most = PACKED_BYTES
                await asyncio.to_thread(out.write, piece)
                size += len(piece)
                if most is not None and size >= most:
                    return
