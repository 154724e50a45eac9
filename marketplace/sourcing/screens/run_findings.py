"""What a run found, page by page: what it changes on each offer, and the rows that were odd or rejected."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from marketplace.kernel import json
from marketplace.kernel.database import fetch
from marketplace.sourcing.screens.run_page import PAGE
from tenants.scope import acting_as

REASONS = 8  # shown of those that come more than once
_REASON_KEY = "left(md5(reason), 12)"


@dataclass(frozen=True)
class Change:
    """One field of one offer, before and after; None is empty."""

    name: str
    before: Any
    after: Any

    @property
    def moved_bp(self) -> int | None:
        """By how much an amount moved, in basis points of what it was."""
        if not self.name.endswith("_e4") or not self.before or self.after is None:
            return None
        return (self.after - self.before) * 10_000 // self.before

    @property
    def gone(self) -> list[str] | None:
        """Of a list, what is not in it any more. None where it is no list."""
        return self._missing(self.before, self.after)

    @property
    def came(self) -> list[str] | None:
        return self._missing(self.after, self.before)

    def _missing(self, here: Any, there: Any) -> list[str] | None:
        if not isinstance(here or [], list) or not isinstance(there or [], list) or not (here or there):
            return None
        return [str(each) for each in here or [] if each not in (there or [])]


@dataclass(frozen=True)
class DiffRow:
    """What a run changes on one offer."""

    id: int
    sku: str
    title: str | None
    before: dict[str, Any]
    after: dict[str, Any]
    offer: int | None = None
    currency: str | None = None
    changes: list[Change] = field(default_factory=list)


#: fields in the order in which a person looks at them
_ORDER = (
    "title",
    "price_e4",
    "sale_price_e4",
    "quantity",
    "sells_up_to",
    "availability",
    "not_sellable",
    "currency",
)
_ECHOES = {"gtin_valid", "quantity_raw", "missing_runs"}  # said by another field


async def diff_page(
    supplier: int, run: int, kind: str, *, after: int = 0
) -> tuple[list[DiffRow], int | None]:
    """(rows, id to go on after). A run keeps the first 500 of each kind."""
    async with acting_as(supplier):
        rows = await fetch(
            "SELECT d.id, d.sku, d.title, d.before, d.after, o.id AS offer, o.currency FROM run_diff d"
            " LEFT JOIN offer o ON o.supplier = d.supplier AND o.sku = d.sku"
            " WHERE d.run = $1 AND d.kind = $2 AND d.id > $3 ORDER BY d.id LIMIT $4",
            run,
            kind,
            after,
            PAGE + 1,
        )
    found = [_diff_row(row) for row in rows[:PAGE]]
    return found, found[-1].id if len(rows) > PAGE else None


def _diff_row(row: dict[str, Any]) -> DiffRow:
    before = json.loads(row.pop("before") or "{}") or {}
    after = json.loads(row.pop("after") or "{}") or {}
    return DiffRow(**row, before=before, after=after, changes=changes(before, after))


def changes(before: dict[str, Any], after: dict[str, Any]) -> list[Change]:
    """Fields that are in either, the telling ones first."""
    names = [name for name in {**before, **after} if name not in _ECHOES]
    if "quantity" in names and "sells_up_to" in names and before.get("quantity") == before.get("sells_up_to") and after.get("quantity") == after.get("sells_up_to"):  # fmt: skip
        names.remove("sells_up_to")
    if "quantity" in names:
        names = [name for name in names if not _follows(name, before, after)]
    names.sort(key=lambda name: (_ORDER.index(name) if name in _ORDER else len(_ORDER), name))
    return [Change(name, before.get(name), after.get(name)) for name in names]


def _follows(name: str, before: dict[str, Any], after: dict[str, Any]) -> bool:
    """Whether a field says no more than the quantity: none is out of stock, some is in stock."""
    said = {"availability": ("out_of_stock", "in_stock"), "not_sellable": ("out_of_stock", None)}.get(name)
    sides = (before, after)
    return said is not None and all(
        side.get("quantity") is not None and side.get(name) == said[side["quantity"] > 0] for side in sides
    )


@dataclass(frozen=True)
class Issue:
    id: int
    kind: str
    line: int | None
    sku: str | None
    reason: str
    raw: list[str]


@dataclass(frozen=True)
class Reason:
    """One reason with how many of a run's kept issues have it. `key` finds them."""

    key: str
    reason: str
    count: int


async def issue_reasons(supplier: int, run: int, kind: str) -> list[Reason]:
    """The reasons of a run's issues, the most frequent first; none when hardly any comes twice."""
    async with acting_as(supplier):
        rows = await fetch(
            f"SELECT {_REASON_KEY} AS key, reason, count(*) AS count FROM run_issue WHERE run = $1 AND kind = $2"
            " GROUP BY reason ORDER BY count DESC, min(id) LIMIT $3",
            run,
            kind,
            REASONS,
        )
    found = [Reason(**row) for row in rows if row["count"] > 1]
    return found if len(rows) > 1 else []


async def issue_page(
    supplier: int, run: int, kind: str, *, after: int = 0, most: int = PAGE, why: str = ""
) -> tuple[list[Issue], int | None]:
    """(rows, id to go on after). A run keeps the first 5,000. `why` is the key of a reason."""
    async with acting_as(supplier):
        rows = await fetch(
            "SELECT id, kind, line, sku, reason, raw FROM run_issue WHERE run = $1 AND kind = $2 AND id > $3"
            f" AND ($5 = '' OR {_REASON_KEY} = $5) ORDER BY id LIMIT $4",
            run,
            kind,
            after,
            most + 1,
            why,
        )
    found = [Issue(**{**row, "raw": json.loads(row["raw"] or "[]") or []}) for row in rows[:most]]
    return found, found[-1].id if len(rows) > most else None
