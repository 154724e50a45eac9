"""Read a feed by its mapping: the one way both `comptoir feed check` and the sync take."""

from __future__ import annotations

from collections.abc import Container
from datetime import datetime
from pathlib import Path

from marketplace.sourcing.formats import sections
from marketplace.sourcing.mapping.model import Mapping
from marketplace.sourcing.reading.reader import Reader
from marketplace.sourcing.values.links import NOBODY


def read(
    path: Path,
    mapping: Mapping,
    *,
    now: datetime | None = None,
    dedup: bool = True,
    known: Container[int] | None = None,
    allowed: frozenset[str] = NOBODY,
    hashes: bool = True,
) -> Reader:
    """A Reader over the file: iterate it for OfferRow, Rejected and (with `known`) Unchanged; then ask it for its counts.

    `now` (UTC) is what dates in the file are compared with. `known` holds hashes of rows already stored: a record whose
    hash is among them is given as Unchanged, without the work of reading it (files of one row per offer only). `allowed`
    are `host:port` pairs whose pictures are taken though the host is private. Without `hashes` (the caller knows a record by
    its bytes) a row's hash is 0, or -1 where the same cells may mean something else tomorrow. FeedRefused may come at any point of the
    iteration: then nothing that was given before may be applied.
    """
    return Reader(path, mapping, sections, now=now, dedup=dedup, known=known, allowed=allowed, hashes=hashes)
