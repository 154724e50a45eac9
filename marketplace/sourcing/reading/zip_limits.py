"""What a zip archive may be: how its files are packed, which of them is the feed, and what Python's `zipfile` says of a damaged one."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Sequence

from marketplace.kernel.fetching import N_
from marketplace.sourcing.reading.errors import FeedRefused

DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    ValueError,
    LookupError,
    ArithmeticError,
    OSError,
    EOFError,
    RuntimeError,
)
"""`zipfile` takes numbers and names as the archive has them; a wrong one fails wherever it is first used."""  # fmt: skip
STREAMED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""The ways of packing that are undone piece by piece. Of the others `zipfile` undoes four kilobytes at once, which may be gigabytes."""
_METHODS = {zipfile.ZIP_BZIP2: "bzip2", zipfile.ZIP_LZMA: "LZMA", 9: "Deflate64", 93: "Zstandard", 95: "xz", 98: "PPMd", 99: "AES"}  # fmt: skip
_ASIDE = ("__macosx/", ".ds_store", "thumbs.db", "desktop.ini")
_FEEDS = (
    "csv", "tsv", "tab", "xml", "rss", "atom", "yml", "json", "jsonl", "ndjson", "xlsx", "xlsm", "xlsb", "xls", "edi", "edifact", "x12",
)  # fmt: skip


def judge_methods(entries: Sequence[zipfile.ZipInfo]) -> None:
    """Raises FeedRefused for what is packed in a way that is not read piece by piece."""
    for entry in entries:
        if entry.compress_type not in STREAMED:
            method = _METHODS.get(entry.compress_type, str(entry.compress_type))
            raise FeedRefused(
                "archive",
                N_("The archive is packed with {method}: pack it the usual way of zip"),
                method=method,
            )


def feed_of(entries: Sequence[zipfile.ZipInfo]) -> zipfile.ZipInfo:
    """The one file that is the feed, beside notes and pictures. Raises FeedRefused when there is none, or several."""
    files = [entry for entry in entries if _may_be_feed(entry)]
    if not files:
        raise FeedRefused("archive", N_("The archive holds no file"))
    named = [entry for entry in files if entry.filename.lower().rpartition(".")[2] in _FEEDS]
    if len(files) > 1 and len(named) != 1:
        listed = ", ".join(sorted(entry.filename for entry in files)[:5])
        raise FeedRefused("archive", N_("The archive holds several files ({names}): send one"), names=listed)
    return files[0] if len(files) == 1 else named[0]


def _may_be_feed(entry: zipfile.ZipInfo) -> bool:
    name = entry.filename.lower()
    return (
        not entry.is_dir()
        and not any(part in name for part in _ASIDE)
        and not name.rsplit("/", 1)[-1].startswith(".")
    )
