"""The pictures, drawn when first asked for and kept on disk for every later start."""

import asyncio
import contextlib
import hashlib
import os
import tempfile
from pathlib import Path

from marketplace.demo.illustrations import picture_svg, render_png

WIDTH = 960  # twice what a card shows; drawing costs by the area


class Gallery:
    """PNGs in a folder that all demo suppliers may share.

    A file's name holds the digest of its drawing: a drawing that changes is drawn anew. One picture is drawn at a time.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._digests: dict[tuple[str, str], str] = {}
        self._turn = asyncio.Lock()

    async def picture(self, slug: str, view: str) -> tuple[bytes, str]:
        """The PNG and its ETag. NoSuchPicture when no product has it."""
        kept = self._kept(slug, view)
        if kept is not None:
            return kept
        async with self._turn:
            kept = self._kept(slug, view)
            return kept if kept is not None else await asyncio.to_thread(self._draw, slug, view)

    def _kept(self, slug: str, view: str) -> tuple[bytes, str] | None:
        digest = self._digests.get((slug, view))
        if digest is None:
            return None
        with contextlib.suppress(FileNotFoundError):
            return self._path(slug, view, digest).read_bytes(), f'"{digest}"'
        return None

    def _draw(self, slug: str, view: str) -> tuple[bytes, str]:
        svg = picture_svg(slug, view)
        digest = hashlib.sha256(svg.encode()).hexdigest()[:16]
        path = self._path(slug, view, digest)
        if not path.exists():
            self._keep(path, render_png(svg, WIDTH))
        self._digests[slug, view] = digest
        return path.read_bytes(), f'"{digest}"'

    def _keep(self, path: Path, png: bytes) -> None:
        """Written beside its place and moved there, so that another supplier's server never sees half a picture."""
        self._folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self._folder, suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(png)
            os.replace(name, path)
        except BaseException:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(name)
            raise

    def _path(self, slug: str, view: str, digest: str) -> Path:
        return self._folder / f"{slug}-{view}.{digest}.png"
