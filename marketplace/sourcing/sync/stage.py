"""The rows of a file into a temporary table, while the reader goes on reading in a thread.

COPY and row security exclude each other, so rows are copied aside and inserted from there.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple

import asyncpg
import msgspec

from marketplace.kernel import json
from marketplace.kernel.database import connection, execute
from marketplace.sourcing.reading.offer_row import OfferRow, Rejected, Unchanged
from marketplace.sourcing.sync.findings import Findings
from marketplace.sourcing.sync.known import Known
from marketplace.sourcing.sync.progress import Progress

BATCH = 2_000
_FIELDS = OfferRow.__struct_fields__
_SPECIAL = {
    "images": "text[]",
    "excluded": "boolean",
    "keep_quantity": "boolean",
    "source_time": "timestamptz",
}
_WHOLE = frozenset(
    [
        "price_e4",
        "sale_price_e4",
        "msrp_e4",
        "map_e4",
        "stated_e4",
        "vat_rate_bp",
        "quantity",
        "sells_up_to",
        "lead_days",
        "weight_g",
        "min_quantity",
        "pack_quantity",
        "line",
        "digest",
    ]
)
_COPIED = _FIELDS[: _FIELDS.index("issues")]  # `issues` and `hash` come last
_KEPT = len(_COPIED)
_astuple = msgspec.structs.astuple
_OPTIONS, _MAKER, _RESPONSIBLE = (_FIELDS.index(f) for f in ("options", "manufacturer", "responsible"))
_INT64 = 2**63


class Batch(NamedTuple):
    """What a thread read while the last batch was copied."""

    records: list[tuple[Any, ...]]
    read: int


def table() -> str:
    """The temporary table's definition. Documents are text here: most rows are never written."""
    columns = ", ".join(f"{f} {_SPECIAL.get(f, 'bigint' if f in _WHOLE else 'text')}" for f in _COPIED)
    return f"CREATE TEMP TABLE stage ({columns}, digest bigint) ON COMMIT DROP"


async def stage(rows: Iterator[Any], known: Known, findings: Findings, progress: Progress) -> int:
    """Copy every OfferRow of `rows` into `stage`; note what was rejected. Answers how many rows were copied.

    Raises what the reader raises (FeedRefused), and RunLost when the run was taken away meanwhile.
    """
    await execute(table())
    staged = 0
    reading = asyncio.ensure_future(asyncio.to_thread(_take, rows, known, findings))
    try:
        while (batch := await reading).read:
            reading = asyncio.ensure_future(asyncio.to_thread(_take, rows, known, findings))
            staged += await _copy(batch.records, findings)
            progress.done += batch.read
    finally:
        await asyncio.wait([reading])  # the reader's files are not closed under its feet
    await execute("ANALYZE stage")
    return staged


def _take(rows: Iterator[Any], known: Known, findings: Findings) -> Batch:
    """The next records, told apart. Runs in a thread."""
    records: list[tuple[Any, ...]] = []
    read = 0
    for item in islice(rows, BATCH):
        read += 1
        kind = item.__class__
        if kind is OfferRow:
            records.append(_record(item, findings))
        elif kind is Unchanged:
            known.see(item.hash, item.line)
        elif kind is Rejected:
            findings.reject(item)
    return Batch(records, read)


def _record(row: OfferRow, findings: Findings) -> tuple[Any, ...]:
    values: Any = _astuple(row)
    digest: int | None = row.hash
    if row.issues:
        findings.warn(row)
        digest = None  # read again next time, so that it is reported again
    if row.options is not None or row.manufacturer is not None or row.responsible is not None:
        values = list(values)
        for place in (_OPTIONS, _MAKER, _RESPONSIBLE):
            values[place] = json.dumps(values[place]) if values[place] else None
    return (*values[:_KEPT], digest)


_COLUMNS = (*_COPIED, "digest")


async def _copy(records: list[tuple[Any, ...]], findings: Findings) -> int:
    if not records:
        return 0
    try:
        async with (
            connection().transaction()
        ):  # a savepoint: one value that cannot be kept does not cost the run
            await connection().copy_records_to_table("stage", records=records, columns=_COLUMNS)
        return len(records)
    except (asyncpg.DataError, ValueError, OverflowError):
        kept = [r for r in records if _fits(r, findings)]
        if len(kept) == len(records):
            raise
        return await _copy(kept, findings)


def _fits(record: tuple[Any, ...], findings: Findings) -> bool:
    """Whether every value can be kept; else the row is rejected with the name of the one that cannot."""
    for name, value in zip(_COLUMNS, record, strict=True):
        if isinstance(value, bool) or value is None:
            continue
        if isinstance(value, int) and not -_INT64 <= value < _INT64:
            return _unfit(record, name, findings)
        texts = (value,) if isinstance(value, str) else value if isinstance(value, tuple) else ()
        if any("\0" in t or not _encodes(t) for t in texts):
            return _unfit(record, name, findings)
    return True


def _encodes(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _unfit(record: tuple[Any, ...], name: str, findings: Findings) -> bool:
    line = record[_COLUMNS.index("line")]
    findings.reject(Rejected(line, f"The value of “{name}” cannot be stored", "unstorable"))
    return False
