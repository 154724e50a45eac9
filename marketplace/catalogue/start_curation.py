"""Take up a whole selection ("all 12,340 that match"): in slices, in the background, with its progress on a row."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from marketplace.catalogue.bulk import lock_catalogue
from marketplace.catalogue.curate import curate
from marketplace.catalogue.find_offers import count_offers, offers_matching
from marketplace.catalogue.offer_query import OfferQuery, from_json, to_json
from marketplace.catalogue.publish import publish
from marketplace.kernel import json
from marketplace.kernel.clock import now
from marketplace.kernel.database import execute, fetch_one, fetch_value
from marketplace.kernel.errors import NotFound, Refused
from marketplace.kernel.outbox import emit
from tenants.scope import acting_as

SLICE = 300


@dataclass(frozen=True)
class CurationProgress:
    """`report`: products, variants, matched, proposed, published, refused, and skipped {reason: count}."""

    id: int
    state: str
    total: int
    done: int
    report: dict[str, Any]
    started_by: str | None
    created_at: datetime
    finished_at: datetime | None


async def start_curation(
    merchant: int, selection: OfferQuery | Sequence[int], *, publish: bool = False, who: str = ""
) -> int:
    """Answers the curation's id. Its end is fixed now: offers that arrive later are not taken up. Raises Refused when nothing
    is selected."""
    if isinstance(selection, OfferQuery):
        total, newest = await count_offers(merchant, selection)
        kept: dict[str, Any] = {"query": to_json(selection), "up_to": newest}
    else:
        kept, total = {"offers": sorted(set(selection))}, len(set(selection))
    if not total:
        raise Refused("No offer is selected.")
    async with acting_as(merchant):
        made = await fetch_value(
            "INSERT INTO curation (merchant, selection, total, publish, started_by) VALUES ($1, $2::jsonb, $3, $4, $5)"
            " RETURNING id",
            merchant,
            json.dumps(kept),
            total,
            publish,
            who or None,
        )
        await emit("curation.started", merchant=merchant, curation=made)
        return int(made)


async def carry_on(merchant: int, curation: int) -> bool:
    """One slice, in one transaction with its progress: done twice, it is done once. Answers whether there is more."""
    async with acting_as(merchant):
        await lock_catalogue(merchant)
        row = await fetch_one(
            "SELECT * FROM curation WHERE id = $1 AND state = 'running' FOR UPDATE", curation
        )
        if row is None:
            return False
        offers = await _slice(merchant, json.loads(row["selection"]), row["last_offer"])
        done = await curate(merchant, offers)
        report = _added(json.loads(row["report"]), done.report())
        if row["publish"] and done.products:
            live = await publish(merchant, done.products)
            report = _added(report, {"published": len(live.products), "refused": len(live.refused)})
        finished = len(offers) < SLICE
        await execute(
            "UPDATE curation SET done = least(total, done + $2), last_offer = $3, report = $4::jsonb,"
            " state = CASE WHEN $5 THEN 'done' ELSE 'running' END, finished_at = $6 WHERE id = $1",
            curation,
            len(offers),
            offers[-1] if offers else row["last_offer"],
            json.dumps(report),
            finished,
            now() if finished else None,
        )
        if not finished:
            await emit("curation.continues", merchant=merchant, curation=curation)
        return not finished


async def _slice(merchant: int, selection: dict[str, Any], after: int) -> list[int]:
    if "offers" in selection:
        return [offer for offer in selection["offers"] if offer > after][:SLICE]
    query = from_json(selection["query"])
    return await offers_matching(merchant, query, after=after, up_to=selection["up_to"], limit=SLICE)


def _added(report: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    """Counts summed, reasons by reason."""
    summed = dict(report)
    for key, value in more.items():
        if isinstance(value, dict):
            summed[key] = _added(summed.get(key, {}), value)
        else:
            summed[key] = summed.get(key, 0) + value
    return summed


async def read_curation(merchant: int, curation: int) -> CurationProgress:
    """Raises NotFound."""
    async with acting_as(merchant):
        row = await fetch_one(
            "SELECT id, state, total, done, report, started_by, created_at, finished_at FROM curation WHERE id = $1 AND merchant = $2",
            curation,
            merchant,
        )
    if row is None:
        raise NotFound
    return CurationProgress(**{**row, "report": json.loads(row["report"])})
