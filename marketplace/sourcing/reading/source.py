"""From a file on disk to a plain stream of bytes: gunzipped, unzipped, and never more than we agreed to read.

A feed is one file. An archive holds exactly one that could be a feed; archives in archives are refused, and so is what
inflates beyond reason. Reading raises FeedRefused with what is wrong.
"""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from marketplace.kernel.fetching import N_
from marketplace.sourcing.reading.errors import FeedRefused
from marketplace.sourcing.reading.zip_limits import DAMAGED, feed_of, judge_methods

MAX_BYTES = 4 * 1024**3
"""Of one feed, inflated. A million rows of 13 columns with long texts are half a gigabyte."""
MAX_RATIO = 250
"""How far a file of any size may inflate; catalogues come to 5–60."""
FREE_BYTES = 64 * 1024**2
"""Below this size the ratio is not judged."""
MAX_ENTRIES = 1_000
CHUNK = 256 * 1024

_GZIP, _ZIP, _OLE = b"\x1f\x8b", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TAR, _TAR_AT = b"ustar", 257
_OTHER = {
    b"BZh": "bzip2",
    b"\xfd7zXZ\x00": "xz",
    b"7z\xbc\xaf": "7-Zip",
    b"Rar!": "RAR",
    b"\x28\xb5\x2f\xfd": "zstd",
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"SQLite format 3": "SQLite",
    b"PAR1": "Parquet",
    b"\x7fELF": "ELF",
    b"MZ\x90": "Windows executable",
    b"\x1f\x9d": "compress",
    b"\x04\x22\x4d\x18": "LZ4",
    b"]\x00\x00": "LZMA",
}


@dataclass(frozen=True, slots=True)
class Packing:
    """How the bytes on disk are packed: "" | gzip | zip | workbook; the name of the file inside, if it has one; and for a
    workbook, what it is packed in itself."""

    kind: str
    member: str = ""
    around: str = ""
    old: bool = False  # a workbook of the older kind, a compound file


def packing_of(path: Path) -> Packing:
    """Judged by the first bytes, never by the name. Raises FeedRefused for other containers, and archives in archives."""
    packing = _outer(path)
    if packing.kind not in ("gzip", "zip"):
        return packing
    with open_bytes(path, packing) as inside:
        first = inside.read(16)
        if first.startswith(_OLE) or (first.startswith(_ZIP) and _is_workbook(first, inside)):
            return Packing("workbook", packing.member, packing.kind, first.startswith(_OLE))
        first += b"" if len(first) < 16 else inside.read(_TAR_AT + len(_TAR) - 16)
    if first.startswith((_GZIP, _ZIP)) or any(first.startswith(magic) for magic in _OTHER) or _is_tar(first):
        raise FeedRefused("archive", N_("The archive holds another archive: send the file itself"))
    return packing


def _is_tar(start: bytes) -> bool:
    return start[_TAR_AT:].startswith(_TAR)


def _is_workbook(first: bytes, inside: Capped) -> bool:
    """A zip within that has a workbook's parts near its beginning."""
    start = first
    while len(start) < 65_536 and (data := inside.read(65_536)):
        start += data
    return b"[Content_Types].xml" in start or b"xl/" in start


def _outer(path: Path) -> Packing:
    with path.open("rb") as file:
        first = file.read(_TAR_AT + len(_TAR))
    if not first:
        raise FeedRefused("empty", N_("The file is empty"))
    if first.startswith(_GZIP):
        return Packing("gzip")
    if first.startswith(_OLE):
        return Packing("workbook", old=True)
    if first.startswith((_ZIP, b"PK\x05\x06")):
        return _zipped(path)
    for magic, name in _OTHER.items():
        if first.startswith(magic):
            raise FeedRefused(
                "container", N_("This is a {kind} file, which is not read as a feed"), kind=name
            )
    if _is_tar(first):
        raise FeedRefused("container", N_("This is a {kind} file, which is not read as a feed"), kind="tar")
    return Packing("")


def _zipped(path: Path) -> Packing:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            if len(entries) > MAX_ENTRIES:
                raise FeedRefused("archive", N_("The archive holds {count} files"), count=len(entries))
            names = {entry.filename for entry in entries}
            if "[Content_Types].xml" in names:
                _judge_sizes(entries, path)
                return _workbook(names)
            feed = feed_of(entries)
            _judge_entry(feed)
            return Packing("zip", feed.filename)
    except DAMAGED as fault:
        raise FeedRefused(
            "archive", N_("The zip archive is damaged: {fault}"), fault=str(fault)[:120]
        ) from None


def _workbook(names: set[str]) -> Packing:
    # what is no workbook of Excel would be tried as one of LibreOffice, which nobody has judged
    if ("xl/workbook.xml" in names or "xl/workbook.bin" in names) and "content.xml" not in names:
        return Packing("workbook")
    raise FeedRefused("container", N_("This is an Office document, but no workbook"))


def _judge_entry(entry: zipfile.ZipInfo) -> None:
    if entry.flag_bits & 1:
        raise FeedRefused("archive", N_("The archive asks for a password"))
    judge_methods([entry])
    if entry.file_size > MAX_BYTES or entry.file_size > max(FREE_BYTES, entry.compress_size * MAX_RATIO):
        raise FeedRefused("too_big", N_("The archive inflates to more than can be a feed"))


def _judge_sizes(entries: list[zipfile.ZipInfo], path: Path) -> None:
    """Overlapping entries (the zip bomb that reuses one block) claim more packed bytes than the file has."""
    judge_methods(entries)
    if sum(entry.compress_size for entry in entries) > path.stat().st_size:
        raise FeedRefused("archive", N_("The zip archive is damaged: its entries overlap"))
    if sum(entry.file_size for entry in entries) > max(FREE_BYTES, path.stat().st_size * MAX_RATIO):
        raise FeedRefused("too_big", N_("The archive inflates to more than can be a feed"))


class Capped(io.RawIOBase):
    """A stream that stops with FeedRefused when it gives more than it may, or turns out to be cut or damaged."""

    def __init__(self, inner: Any, packed_size: int | None = None, limit: int = MAX_BYTES) -> None:
        self._inner = inner
        self._limit = limit if packed_size is None else min(limit, max(FREE_BYTES, packed_size * MAX_RATIO))
        self.count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def read(self, size: int = -1) -> bytes:
        """At most `size` bytes, at most 256 KB at a time. Raises FeedRefused."""
        try:
            data: bytes = self._inner.read(CHUNK if size < 0 else min(size, CHUNK))
        except (EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile, struct.error) as fault:
            raise FeedRefused(
                "cut", N_("The compressed file is cut or damaged: {fault}"), fault=str(fault)[:120]
            ) from None
        self.count += len(data)
        if self.count > self._limit:
            raise FeedRefused("too_big", N_("The file inflates to more than can be a feed"))
        return data


#: files that are being read, as they are on disk
_OPEN: dict[Path, BinaryIO] = {}


def share_read(path: Path) -> float | None:
    """How much of a file that is being read was read so far, from 0 to 1; None when nobody reads it."""
    file = _OPEN.get(path)
    return None if file is None else file.tell() / max(path.stat().st_size, 1)


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    around = _OPEN.get(path)
    with path.open("rb") as file:
        _OPEN[path] = file
        try:
            yield file
        finally:
            if around is None:
                del _OPEN[path]
            else:
                _OPEN[path] = around


@contextmanager
def open_bytes(path: Path, packing: Packing | None = None) -> Iterator[Capped]:
    """The feed's own bytes, whatever it is packed in. Raises FeedRefused."""
    packing = packing or packing_of(path)
    size = path.stat().st_size
    with _opened(path) as file:
        if packing.kind == "gzip":
            with gzip.GzipFile(fileobj=file) as inflated:
                yield Capped(inflated, size)
        elif packing.kind == "zip":
            with zipfile.ZipFile(file) as archive, _member(archive, packing.member) as inflated_member:
                yield Capped(inflated_member, size)
        else:
            yield Capped(file)


def _member(archive: zipfile.ZipFile, name: str) -> BinaryIO:
    try:
        return archive.open(name)  # type: ignore[return-value]
    except DAMAGED as fault:
        raise FeedRefused(
            "archive", N_("The zip archive is damaged: {fault}"), fault=str(fault)[:120]
        ) from None
