"""A file that a person sends with a form: onto disk piece by piece, then into the store where workers find it."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from litestar.datastructures import UploadFile

PIECE = 1024 * 1024
LONGEST_NAME = 200


@asynccontextmanager
async def on_disk(file: UploadFile) -> AsyncIterator[Path]:
    """The upload as a file that lasts as long as the block."""
    with tempfile.TemporaryDirectory(prefix="upload-") as folder:
        path = Path(folder) / "file"
        with path.open("wb") as out:
            while piece := await file.read(PIECE):
                await asyncio.to_thread(out.write, piece)
        yield path


def name_of(file: UploadFile) -> str:
    """Its name without folders, as old browsers send them."""
    return file.filename.replace("\\", "/").rsplit("/", 1)[-1][-LONGEST_NAME:]
