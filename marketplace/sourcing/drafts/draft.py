"""The draft of a feed's mapping as pages and use cases see it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from msgspec import Struct

from marketplace.kernel import json
from marketplace.kernel.database import execute, fetch_one
from marketplace.kernel.errors import NotFound
from marketplace.sourcing.mapping import Mapping, fingerprint, from_json, to_json
from tenants.scope import acting_as


class Draft(Struct, frozen=True):
    """`proposal` and `trial` are plain data as `proposals.plain` and `trial.run` made them."""

    id: int
    feed: int
    feed_name: str
    feed_url: str | None
    feed_speed: str
    price_list: bool  # the feed says what one merchant pays, and nothing of stock
    state: str  # reading | ready | failed
    asked: int
    file_key: str | None
    file_name: str | None
    bytes: int
    error: str | None
    message: str | None
    error_line: int | None
    error_column: int | None
    proposal: dict[str, Any] | None
    mapping: Mapping | None
    trial_state: str  # none | running | done | failed
    trial: dict[str, Any] | None
    base_version: int
    mapping_version: int
    changed_by: str | None
    changed_at: datetime

    @property
    def trial_is_current(self) -> bool:
        """Whether the last trial was of this very mapping."""
        return (
            self.trial is not None and self.mapping is not None and self.trial.get("of") == mark(self.mapping)
        )


def mark(mapping: Mapping) -> str:
    """Differs when the mapping does."""
    return fingerprint(mapping).hex()


async def read_draft(supplier: int, feed: int) -> Draft | None:
    """None when nobody works on it. Raises NotFound for a feed that is not there or is archived."""
    async with acting_as(supplier):
        row = await fetch_one(
            "SELECT d.id, f.id AS feed, f.name AS feed_name, f.url AS feed_url, f.speed AS feed_speed,"
            " f.agreement IS NOT NULL AS price_list, d.state, d.asked, d.file_key,"
            " d.file_name, d.bytes, d.error, d.message, d.error_line, d.error_column, d.proposal, d.mapping, d.trial_state, d.trial,"
            " d.base_version, f.mapping_version, d.changed_by, d.changed_at"
            " FROM feed f LEFT JOIN mapping_draft d ON d.feed = f.id WHERE f.id = $1 AND f.archived_at IS NULL",
            feed,
        )
    if row is None:
        raise NotFound
    if row["id"] is None:
        return None
    for name in ("proposal", "trial"):
        row[name] = json.loads(row[name]) if row[name] else None
    row["mapping"] = from_json(row["mapping"]) if row["mapping"] else None
    return Draft(**row)


async def need_draft(supplier: int, feed: int) -> Draft:
    """Raises NotFound when nobody works on it."""
    draft = await read_draft(supplier, feed)
    if draft is None:
        raise NotFound
    return draft


async def write_draft(feed: int, **values: Any) -> None:
    """In the open scope: these columns of the feed's draft. Mappings and plain data go in as they are."""
    plain = {name: _column(value) for name, value in values.items()}
    sets = ", ".join(f'"{name}" = ${place}' for place, name in enumerate(plain, start=2))
    await execute(
        f"UPDATE mapping_draft SET {sets}, changed_at = now() WHERE feed = $1", feed, *plain.values()
    )


def _column(value: Any) -> Any:
    if isinstance(value, Mapping):
        return json.dumps(to_json(value))
    return json.dumps(value) if isinstance(value, dict) else value
