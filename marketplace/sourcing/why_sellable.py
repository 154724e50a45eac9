"""Why an offer was, or was not, sellable at a given minute: from what it says now, back along its trail."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from msgspec import Struct

from marketplace.kernel import json
from marketplace.kernel.clock import now
from marketplace.kernel.database import fetch_one
from marketplace.kernel.errors import NotFound
from marketplace.kernel.fetching import N_
from marketplace.sourcing.clean_runs import TRAIL_DAYS
from marketplace.sourcing.lease import Lease, age_seconds, available, extra_buffer
from marketplace.sourcing.offer_history import (
    Step,
    Terms,
    Waiting,
    confirmed_at,
    state_at,
    terms_at,
    trail_of,
    waiting_at,
)
from marketplace.sourcing.parts_history import sufficed
from marketplace.sourcing.reading.offer_row import NOT_SELLABLE
from marketplace.stock.parts import suffice
from tenants.scope import acting_as

SENTENCES: dict[str, str] = {
    **NOT_SELLABLE,
    "not_yet": N_("It was not known yet"),
    "too_long_ago": N_("That is longer ago than its trail is kept"),
    "vanished": N_("Its feed no longer mentioned it"),
    "retired": N_("It was retired"),
    "agreement_not_active": N_("The agreement with this supplier was not active"),
    "agreement_paused": N_("The agreement with this supplier was paused"),
    "hidden": N_("The supplier did not offer it to this merchant"),
    "stock_too_old": N_("Its quantity was too old to be sold"),
    "sold_out": N_("All that could be sold was held or sold already"),
}


class Why(Struct, frozen=True):
    """`code` is None when it was sellable; `state` are the offer's fields at that minute; `available` in units of the offer; `stock_time`
    how fresh the quantity was; `waiting` the run that was held then, whose news was not in force; `safety` the units that the agreement
    keeps back of every article."""

    at: datetime
    code: str | None
    available: int
    taken: int
    stock_time: datetime | None
    state: dict[str, Any]
    trail: list[Step]
    lease: Lease
    waiting: Waiting | None = None
    safety: int = 0

    @property
    def sellable(self) -> bool:
        return self.code is None

    @property
    def sentence(self) -> str | None:
        """English, a msgid."""
        return None if self.code is None else SENTENCES.get(self.code, self.code)

    @property
    def kept_back(self) -> int:
        """Units not for sale because the quantity had aged."""
        return extra_buffer(self.state["sells_up_to"] or 0, age_seconds(self.stock_time, self.at), self.lease)


async def why_sellable(tenant: int, offer: int, at: datetime | None = None, *, trail: int = 200) -> Why:
    """For its supplier: could the feed's word be sold. For a merchant: could this merchant sell it, with its agreement as it stood, its
    hidden offers, and all holds, also of what shares parts with it; what it is made of is read as it is now.

    How long the feed's quantities are trusted is read as it is set now. Raises NotFound.
    """
    live = at is None
    at = min(at, now()) if at is not None else now()
    async with acting_as(tenant):
        row = await fetch_one(_OFFER, offer)
        if row is None:
            raise NotFound
        steps = await trail_of(offer)
        state = state_at(json.loads(row["row"]), steps, at)
        terms = await terms_at(tenant, state["supplier"], offer, at)
        taken = max(
            await _taken(offer, at), await _parts_took(offer, state, at, row["parts_took"] if live else None)
        )
        first = row["first_time"] if row["known_since"] <= at else None
        as_of = await confirmed_at(state, row["as_of"], first, steps, at)
        waiting = await waiting_at(state["stock_feed"] or state["feed"], at)
    lease = Lease(stale_after_hours=row["stale_after_hours"], stop_after_hours=row["stop_after_hours"])
    safety = terms.safety_stock if terms is not None else 0
    units = available(
        state["sells_up_to"] or 0,
        age_seconds(as_of, at),
        lease,
        committed=taken,
        safety_stock=safety,
    )
    code = _code(state, row["known_since"], at, terms, state["supplier"] == tenant, as_of, lease, units)
    return Why(
        at, code, units if code is None else 0, taken, as_of, state, steps[:trail], lease, waiting, safety
    )


#: an offer is known from the end of the run that brought it
_OFFER = f"""
SELECT to_jsonb(o) AS row, greatest(o.created_at, r.finished_at) AS known_since, r.source_time AS first_time, l.stale_after_hours,
       l.stop_after_hours, l.stock_time AS as_of, coalesce(o.sells_up_to - {suffice()}, 0)::bigint AS parts_took
  FROM offer o JOIN offer_lease l ON l.offer = o.id LEFT JOIN feed_run r ON r.id = o.first_run WHERE o.id = $1"""


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


async def _parts_took(offer: int, state: dict[str, Any], at: datetime, live: int | None) -> int:
    """Units gone because its parts sufficed for less; `live` when it is asked of now, where the sums are kept."""
    if live is not None:
        return live
    enough = await sufficed(offer, at)
    return 0 if enough is None else (state["sells_up_to"] or 0) - enough


def _code(
    state: dict[str, Any],
    known_since: datetime,
    at: datetime,
    terms: Terms | None,
    own: bool,
    as_of: datetime | None,
    lease: Lease,
    units: int,
) -> str | None:
    """The first thing that stood in the way."""
    if known_since > at:
        return "not_yet"
    if at < now() - timedelta(days=TRAIL_DAYS):
        return "too_long_ago"
    if not own and (terms is None or terms.state != "active"):
        return "agreement_paused" if terms is not None and terms.state == "paused" else "agreement_not_active"
    if state["retired_at"] is not None:
        return "retired"
    if terms is not None and terms.hidden:
        return "hidden"
    if state["not_sellable"] is not None:
        return str(state["not_sellable"])
    age = age_seconds(as_of, at)
    if age is None or age >= lease.stop_after_hours * 3600:
        return "stock_too_old"
    return "sold_out" if units <= 0 else None
