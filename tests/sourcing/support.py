"""Small feeds of invented products, written to a file and read as the product reads them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from marketplace.sourcing.check_feed import check_feed
from marketplace.sourcing.mapping.model import Mapping
from marketplace.sourcing.propose_mapping import propose
from marketplace.sourcing.read_feed import read
from marketplace.sourcing.reading.offer_row import OfferRow, Rejected
from marketplace.sourcing.reading.reader import Reader

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
Write = Callable[..., Path]


def written(folder: Path, content: str | bytes, name: str = "feed.csv", encoding: str = "utf-8") -> Path:
    """The content as a file."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


def checked(path: Path, **more: Any) -> dict[str, Any]:
    """`feed check` of the file, its counts made sure of."""
    found = check_feed(path, now=NOW, **more)
    assert found["accepted"] + found["merged"] + found["attached"] + len(found["rejected"]) == found["rows"]
    return found


def read_all(
    path: Path, mapping: Mapping | None = None, **more: Any
) -> tuple[Reader, list[OfferRow], list[Rejected]]:
    """The reader after the whole file, its offers and its rejected records."""
    reader = read(path, mapping or propose(path).mapping, now=NOW, **more)
    items = list(reader)
    assert reader.accepted + reader.merged + reader.attached + reader.rejected == reader.rows
    offers = [item for item in items if isinstance(item, OfferRow)]
    return reader, offers, [item for item in items if isinstance(item, Rejected)]
