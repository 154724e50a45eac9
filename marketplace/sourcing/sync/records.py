"""What the reader gives, as records to copy: told apart, with their digests, in batches. Works in the reading thread."""

from __future__ import annotations

from collections.abc import Iterator
from operator import itemgetter
from typing import Any

import msgspec

from marketplace.kernel import json
from marketplace.sourcing.mapping import Mapping
from marketplace.sourcing.reading.offer_row import OfferRow, Rejected, Unchanged
from marketplace.sourcing.reading.sent import fields_of
from marketplace.sourcing.sync.columns import sent
from marketplace.sourcing.sync.findings import Findings
from marketplace.sourcing.sync.reading import Reading

BATCH = 6_000
_FIELDS = OfferRow.__struct_fields__
_NOT_STAGED = frozenset(("stated_e4", "vat_rate_bp", "issues"))
#: what the stage can hold; `hash` is the digest
COLUMNS = tuple("digest" if name == "hash" else name for name in _FIELDS if name not in _NOT_STAGED)
_ALWAYS = frozenset(("sku", "line", "keep_quantity", "not_sellable", "digest"))
_DEFAULTS = dict(zip(reversed(_FIELDS), reversed(OfferRow.__struct_defaults__), strict=False))
_SPECIAL = {"excluded": "boolean", "keep_quantity": "boolean", "source_time": "timestamptz"}
_WHOLE = frozenset(
    ("price_e4", "sale_price_e4", "msrp_e4", "map_e4", "quantity", "sells_up_to", "lead_days", "weight_g", "min_quantity", "pack_quantity",
     "line", "digest")
)  # fmt: skip
_astuple = msgspec.structs.astuple


def table() -> str:
    """The temporary table's definition. Documents and lists of pictures are text here: most rows are never written, and text is copied
    three times as fast as an array. A column that a feed has nothing for is not copied, and keeps the row's default."""
    columns = ", ".join(
        f"{c} {_SPECIAL.get(c, 'bigint' if c in _WHOLE else 'text')}{_default(c)}" for c in COLUMNS
    )
    return f"CREATE TEMP TABLE stage ({columns}) ON COMMIT DROP"


def _default(column: str) -> str:
    value = _DEFAULTS.get(column)
    if value is None:
        return ""
    return " DEFAULT ''" if value == () else f" DEFAULT '{value}'"


def columns_for(mapping: Mapping) -> tuple[str, ...]:
    """The columns that rows of this mapping can fill."""
    if mapping.inherit or mapping.parents or mapping.expand or mapping.attach_images:
        return COLUMNS  # rows of a family fill each other
    told = (
        {c.name for c in sent(fields_of(mapping)).columns}
        | _ALWAYS
        | (mapping.columns.keys() & {"source_time"})
    )
    return tuple(c for c in COLUMNS if c in told)


class Records:
    """`take()` gives the next batch, None after the last.

    A row's digest counts only when the next row begins where the next block of the file does: so a row waits for the one after it.
    """

    def __init__(self, reading: Reading, findings: Findings) -> None:
        self._reading = reading
        self._items: Iterator[Any] = iter(reading)
        self._known, self._findings, self._sieved = reading.known, findings, reading.sieved
        self.columns = columns_for(reading.mapping)
        self._pick = itemgetter(*(_FIELDS.index("hash" if c == "digest" else c) for c in self.columns))
        self._waiting: OfferRow | None = None
        self._digest: int | None = None
        self._blocks = len(self._sieved.starts) if self._sieved else 0
        self._block = self._expected = -1
        self._ended = False
        self.read = self._sieved.skipped if self._sieved else 0
        self.expected = 0
        self.take_sets = reading.take_sets

    @property
    def merged(self) -> int:
        """Keys that came again so far, when the reader tells them apart."""
        return self._reading.merged

    def take(self) -> list[tuple[Any, ...]] | None:
        """Up to `BATCH` records. Raises what the reader raises."""
        if self._ended:
            return None
        batch: list[tuple[Any, ...]] = []
        plain = self._sieved is None
        for item in self._items:
            kind = item.__class__
            if kind is OfferRow:
                if plain:
                    if item.issues:
                        item.hash = None
                    batch.append(self._values(item))
                else:
                    self._put(batch, item)
            elif kind is Unchanged:
                self._known.meet(item.hash, item.line)
            elif kind is Rejected:
                self._reject(batch, item)
            self.read += 1
            if len(batch) >= BATCH:
                self.expected = self._reading.expected
                return batch
        self._ended = True
        if self._sieved is not None:
            self._settle(batch, len(self._sieved.starts))
        return batch

    def _values(self, row: OfferRow) -> tuple[Any, ...]:
        """The row's values in the order of `columns`. The row is used up by it."""
        if row.issues:
            self._findings.warn(row)
        staged: Any = row
        staged.images = "\n".join(row.images)
        if row.options is not None or row.manufacturer is not None or row.responsible is not None:
            for name in ("options", "manufacturer", "responsible"):
                value = getattr(staged, name)
                setattr(staged, name, json.dumps(value) if value else None)
        return self._pick(_astuple(row))

    def _put(self, batch: list[tuple[Any, ...]], row: OfferRow) -> None:
        """A row of a sieved file: the one before it is settled, this one waits."""
        sieved = self._sieved
        assert sieved is not None
        block = self._block + 1
        if block < self._blocks and sieved.starts[block] == row.line:  # nearly always
            self._block = block
        else:
            block = self._block_of(row.line)
        self._settle(batch, block)
        certain = block >= 0 and not row.issues and row.hash != -1
        if sieved.skipped:
            row.line = sieved.line(row.line)
        self._waiting = row
        self._digest = sieved.digests[block] if certain else None
        self._expected = block + 1

    def _reject(self, batch: list[tuple[Any, ...]], row: Rejected) -> None:
        if self._sieved is not None:
            self._settle(batch, self._block_of(row.line))
            row.line = self._sieved.line(row.line)
        self._findings.reject(row)

    def _settle(self, batch: list[tuple[Any, ...]], block: int) -> None:
        """The waiting row keeps its digest when the next one begins at the next block."""
        row = self._waiting
        if row is not None:
            row.hash = self._digest if block == self._expected else None
            batch.append(self._values(row))
            self._waiting = None

    def _block_of(self, line: int) -> int:
        """The block that begins at this line, -1 when none does. Lines only grow."""
        assert self._sieved is not None
        starts, place = self._sieved.starts, self._block
        end = len(starts) - 1
        while place < end and starts[place + 1] <= line:
            place += 1
        self._block = place
        return place if place >= 0 and starts[place] == line else -1
