"""Why an offer was, or was not, sellable at a given minute: from what it says now, back along its trail."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from msgspec import Struct

from marketplace.kernel import json
from marketplace.kernel.clock import now
from marketplace.kernel.database import fetch, fetch_one
from marketplace.kernel.errors import NotFound
from marketplace.kernel.fetching import N_
from marketplace.sourcing.lease import Lease, age_seconds, available
from marketplace.sourcing.reading.offer_row import NOT_SELLABLE
from marketplace.sourcing.sync import statements
from tenants.scope import acting_as

SENTENCES: dict[str, str] = {
    **NOT_SELLABLE,
    "not_yet": N_("It was not known yet"),
    "vanished": N_("Its feed no longer mentioned it"),
    "retired": N_("It was retired"),
    "agreement_not_active": N_("The agreement with this supplier was not active"),
    "hidden": N_("The supplier did not offer it to this merchant"),
    "stock_too_old": N_("Its quantity was too old to be sold"),
    "sold_out": N_("All that could be sold was held or sold already"),
}


class Step(Struct, frozen=True):
    """One change of the trail. `by` is a person, or None for a run."""

    at: datetime
    kind: str
    run: int | None
    by: str | None
    before: dict[str, Any]
    after: dict[str, Any]


class Why(Struct, frozen=True):
    """`code` is None when it was sellable; `state` are the offer's fields at that minute; `available` in units of the offer."""

    at: datetime
    code: str | None
    available: int
    taken: int
    stock_time: datetime | None
    state: dict[str, Any]
    trail: list[Step]

    @property
    def sellable(self) -> bool:
        return self.code is None

    @property
    def sentence(self) -> str | None:
        """English, a msgid."""
        return None if self.code is None else SENTENCES.get(self.code, self.code)


async def why_sellable(tenant: int, offer: int, at: datetime | None = None, *, trail: int = 200) -> Why:
    """For its supplier: could the feed's word be sold. For a merchant: could this merchant sell it, with its agreement and all holds.

    The agreement is judged as it is now: its pauses are in its own history. Raises NotFound.
    """
    at = min(at, now()) if at is not None else now()
    async with acting_as(tenant):
        row = await fetch_one(
            "SELECT to_jsonb(o) AS row, o.created_at, o.first_run, l.stale_after_hours, l.stop_after_hours, l.stock_time AS as_of"
            " FROM offer o JOIN offer_lease l ON l.offer = o.id WHERE o.id = $1",
            offer,
        )
        if row is None:
            raise NotFound
        steps = [_step(r) for r in await fetch(_TRAIL, offer)]
        state = _back(json.loads(row["row"]), [s for s in steps if s.at > at])
        agreement = await fetch_one(_AGREEMENT, tenant, state["supplier"], offer)
        taken = await _taken(offer, at)
        as_of = await _as_of(state, row["as_of"], steps, at)
    lease = Lease(stale_after_hours=row["stale_after_hours"], stop_after_hours=row["stop_after_hours"])
    safety = agreement["safety_stock"] if agreement is not None else 0
    units = available(
        state["sells_up_to"], age_seconds(as_of, at), lease, committed=taken, safety_stock=safety
    )
    code = _code(state, row["created_at"], at, agreement, state["supplier"] == tenant, as_of, lease, units)
    return Why(at, code, units if code is None else 0, taken, as_of, state, steps[:trail])


_TRAIL = "SELECT at, kind, run, by, before, after FROM offer_change WHERE offer = $1 ORDER BY id DESC"
_AGREEMENT = """
SELECT a.state, a.safety_stock, coalesce(p.hidden, false) AS hidden FROM agreement a
  LEFT JOIN agreement_offer p ON p.agreement = a.id AND p.offer = $3 WHERE a.merchant = $1 AND a.supplier = $2"""


def _step(row: dict[str, Any]) -> Step:
    return Step(
        row["at"], row["kind"], row["run"], row["by"], json.loads(row["before"]), json.loads(row["after"])
    )


def _back(state: dict[str, Any], later: list[Step]) -> dict[str, Any]:
    """The offer before these changes, newest first. A field that is only in `after` was empty before."""
    for step in later:
        for name in step.before.keys() | step.after.keys():
            state[name] = step.before.get(name)
    return {
        name: state.get(name) for name in ("id", "supplier", "sku", "feed", "stock_feed", *statements.TRAIL)
    }


async def _taken(offer: int, at: datetime) -> int:
    """Units held or sold then, across all merchants whose holds the tenant may see."""
    row = await fetch_one(
        "SELECT coalesce(sum(quantity), 0)::bigint AS units FROM hold WHERE offer = $1 AND created_at <= $2"
        " AND (ended_at IS NULL OR ended_at > $2)",
        offer,
        at,
    )
    assert row is not None
    return int(row["units"])


async def _as_of(
    state: dict[str, Any], current: datetime | None, steps: list[Step], at: datetime
) -> datetime | None:
    """How fresh the quantity was: what it is now when nothing came since, else the last run before that moment that confirmed it."""
    row = await fetch_one(
        "SELECT max(source_time) AS confirmed FROM feed_run WHERE feed = $1 AND state IN ('applied', 'unchanged', 'undone')"
        " AND finished_at <= $2",
        state["stock_feed"] or state["feed"],
        at,
    )
    confirmed = row["confirmed"] if row is not None else None
    if confirmed is None or state["stock_feed"] is None:
        return current if current is not None and current <= at else confirmed
    return confirmed


def _code(
    state: dict[str, Any],
    known_since: datetime,
    at: datetime,
    agreement: dict[str, Any] | None,
    own: bool,
    as_of: datetime | None,
    lease: Lease,
    units: int,
) -> str | None:
    """The first thing that stood in the way."""
    if known_since > at:
        return "not_yet"
    if not own and (agreement is None or agreement["state"] != "active"):
        return "agreement_not_active"
    if state["retired_at"] is not None:
        return "retired"
    if agreement is not None and agreement["hidden"]:
        return "hidden"
    if state["not_sellable"] is not None:
        return str(state["not_sellable"])
    age = age_seconds(as_of, at)
    if age is None or age >= lease.stop_after_hours * 3600:
        return "stock_too_old"
    return "sold_out" if units <= 0 else None
