"""What is known of an offer at a minute of the past: its fields, how fresh its quantity was, and the agreement as it stood.

A run's changes are in force from its end, not from its beginning: nobody saw them before its one COMMIT.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from msgspec import Struct

from marketplace.kernel import json
from marketplace.kernel.database import fetch, fetch_one, fetch_value
from marketplace.sourcing.states import CONFIRMS
from marketplace.sourcing.sync import statements

_MOMENT = timedelta(microseconds=1)
_STOCK = frozenset({"quantity", "sells_up_to", "availability"})

_TRAIL = """
SELECT CASE WHEN c.kind = 'undone' THEN c.at ELSE greatest(c.at, r.finished_at) END AS at, c.kind, c.run, c.by, c.before, c.after, r.source_time
  FROM offer_change c LEFT JOIN feed_run r ON r.id = c.run WHERE c.offer = $1 ORDER BY c.id DESC"""

_CONFIRMED = f"SELECT max(source_time) FROM feed_run WHERE feed = $1 AND finished_at <= $2 AND {CONFIRMS}"

_WAITING = """
SELECT id, held_at FROM feed_run WHERE feed = $1 AND held_at <= $2 AND (finished_at IS NULL OR finished_at > $2 OR state = 'held')
 ORDER BY id DESC LIMIT 1"""

_AGREEMENT = """
SELECT a.id, h.state, h.safety_stock FROM agreement a
  JOIN LATERAL (SELECT state, safety_stock FROM agreement_history WHERE agreement = a.id AND at <= $3 ORDER BY id DESC LIMIT 1) h ON true
 WHERE a.merchant = $1 AND a.supplier = $2"""

#: what the first later change found, else what is there now
_HIDDEN = """
SELECT coalesce((coalesce(
    (SELECT coalesce(c.before, '{}') FROM agreement_offer_change c LEFT JOIN feed_run r ON r.id = c.run
      WHERE c.agreement = $1 AND c.offer = $2 AND greatest(c.at, r.finished_at) > $3 ORDER BY c.id LIMIT 1),
    (SELECT jsonb_build_object('hidden', hidden) FROM agreement_offer WHERE agreement = $1 AND offer = $2)) ->> 'hidden')::boolean, false)"""


class Step(Struct, frozen=True):
    """One change of the trail, in force from `at` on. `by` is a person, or None for a run, whose file was true of `source_time`."""

    at: datetime
    kind: str
    run: int | None
    by: str | None
    before: dict[str, Any]
    after: dict[str, Any]
    source_time: datetime | None = None


class Waiting(Struct, frozen=True):
    """A run that was held."""

    run: int
    since: datetime


class Terms(Struct, frozen=True):
    """An agreement at a minute."""

    state: str
    safety_stock: int
    hidden: bool


async def trail_of(offer: int) -> list[Step]:
    """Newest first, in the open scope."""
    return [
        Step(**{**row, "before": json.loads(row["before"]), "after": json.loads(row["after"])})
        for row in await fetch(_TRAIL, offer)
    ]


def state_at(offer: dict[str, Any], steps: list[Step], at: datetime) -> dict[str, Any]:
    """The offer's row with the later changes taken back, newest first. A field that is only in `after` was empty before."""
    state = dict(offer)
    for step in steps:
        if step.at > at:
            for name in step.before.keys() | step.after.keys():
                state[name] = step.before.get(name)
    return {
        name: state.get(name) for name in ("id", "supplier", "sku", "feed", "stock_feed", *statements.TRAIL)
    }


async def confirmed_at(
    state: dict[str, Any], current: datetime | None, first: datetime | None, steps: list[Step], at: datetime
) -> datetime | None:
    """How fresh the quantity was at `at`, in the open scope; None when nobody had ever said it.

    `current` is its time now, `first` the source time of the run that brought the offer when that had ended by then.
    """
    if state["stock_feed"] is None and current is not None and current <= at:
        return current
    before = [step for step in steps if step.at <= at]
    said = [
        step.at if step.run is None else step.source_time
        for step in before
        if step.kind not in ("undone", "vanished", "retired")
        and _STOCK & (step.before.keys() | step.after.keys())
    ]
    confirmed = await fetch_value(
        _CONFIRMED, state["stock_feed"] or state["feed"], _present_until(state, before, at)
    )
    return max((each for each in (*said, first, confirmed) if each is not None), default=None)


def _present_until(state: dict[str, Any], before: list[Step], at: datetime) -> datetime:
    """Runs that did not find it confirm nothing of it: only those before the one that missed it first."""
    if not state["missing_runs"]:
        return at
    until = at
    for step in before:  # newest first, back to when it was last there
        if step.kind not in ("vanished", "retired"):
            break
        until = step.at - _MOMENT
    return until


async def waiting_at(feed: int | None, at: datetime) -> Waiting | None:
    """The run that was waiting for a person, in the open scope."""
    row = await fetch_one(_WAITING, feed, at)
    return None if row is None else Waiting(row["id"], row["held_at"])


async def terms_at(merchant: int, supplier: int, offer: int, at: datetime) -> Terms | None:
    """The agreement between them, in the open scope; None when there was none yet."""
    row = await fetch_one(_AGREEMENT, merchant, supplier, at)
    if row is None:
        return None
    return Terms(row["state"], row["safety_stock"], await fetch_value(_HIDDEN, row["id"], offer, at))
