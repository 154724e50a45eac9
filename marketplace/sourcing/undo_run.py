"""One click takes a run back: texts, prices, mapping and presence as they were before it, never a quantity or its age."""

from __future__ import annotations

from typing import Any

from marketplace.kernel import json
from marketplace.kernel.database import execute, fetch_one, fetch_value
from marketplace.kernel.errors import NotFound, Refused, Stale
from marketplace.kernel.fetching import N_
from marketplace.sourcing.sync.finish import tell_merchants
from marketplace.sourcing.sync.lock import lock_offers
from marketplace.sourcing.sync.undo import undo_offers, undo_prices
from tenants.scope import acting_as

LAST_RUNS = 10
LAST_DAYS = 30
TOO_OLD = N_("Only the last {runs} imports, or those of the last {days} days, can be undone.")


async def undo_run(supplier: int, run: int, *, by: str, wait_seconds: float | None = None) -> dict[str, Any]:
    """Undo an applied run. Answers {restored, retired, left, examples}: what a later run or a person changed since is left alone.

    Its file is remembered: seen again, it is not applied again. Raises NotFound, Stale when it is not applied (or undone already),
    Refused when it is too old, or when a feed is being applied for longer than `wait_seconds`.
    """
    async with acting_as(supplier):
        row = await undoable(run)
        await lock_offers(supplier, wait_seconds=wait_seconds)
        done = await _undo(supplier, run, row["agreement"], by)
        done["mapping"] = await _restore_mapping(row)
        await execute(
            "UPDATE feed SET content_stands = false WHERE id = $1 AND content_sha LIKE $2 || ':%'",
            row["feed"],
            row["sha"],
        )
        moved = await execute(
            "UPDATE feed_run SET state = 'undone', decided_by = $2, undo = $3, phase = NULL WHERE id = $1 AND state = 'applied'",
            run,
            by,
            json.dumps(done),
        )
        if not moved:
            raise Stale(f"run {run} is not applied")
        await tell_merchants(supplier, run, agreement=row["agreement"])
        return done


async def undoable(run: int) -> dict[str, Any]:
    """What undoing needs to know of the run, in the open scope; `size` in offers. Raises as `undo_run`."""
    row = await fetch_one(
        "SELECT r.feed, r.state, r.sha, r.mapping_version, r.previous_mapping, r.created_at > now() - make_interval(days => $2) AS young,"
        " (SELECT count(*) FROM feed_run l WHERE l.feed = r.feed AND l.id > r.id AND l.state IN ('applied', 'undone')) AS later,"
        " r.new + r.changed + r.vanished + r.retired AS size, f.agreement, f.mapping_version AS current FROM feed_run r JOIN feed f ON f.id = r.feed WHERE r.id = $1",
        run,
        LAST_DAYS,
    )
    if row is None:
        raise NotFound
    if row["state"] != "applied":
        raise Stale(f"run {run} is not applied")
    if not row["young"] and row["later"] >= LAST_RUNS:
        raise Refused(TOO_OLD, runs=LAST_RUNS, days=LAST_DAYS)
    return row


async def _undo(supplier: int, run: int, agreement: int | None, by: str) -> dict[str, Any]:
    if agreement is not None:
        return await undo_prices(agreement, run, by)
    return await undo_offers(supplier, run)


async def _restore_mapping(row: dict[str, Any]) -> bool:
    """The mapping before the run, or none when it took the proposal, unless it was changed again since."""
    if row["previous_mapping"] is None or row["current"] != row["mapping_version"]:
        return False
    return bool(
        await fetch_value(
            "UPDATE feed SET mapping = NULLIF($2::jsonb, 'null'), mapping_version = mapping_version + 1 WHERE id = $1 RETURNING true",
            row["feed"],
            row["previous_mapping"],
        )
    )
