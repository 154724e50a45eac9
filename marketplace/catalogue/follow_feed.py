"""Texts and pictures follow the feed where the merchant left them alone; where it did not, they queue for a decision."""

from collections.abc import Sequence
from typing import Any

from marketplace.catalogue.bulk import lock_catalogue
from marketplace.catalogue.facts import follow_facts
from marketplace.catalogue.fields import FEED_FIELDS, SHOWN, says_sql
from marketplace.catalogue.merge import Field, feed_said
from marketplace.catalogue.photos.note_photos import note_photos
from marketplace.catalogue.propagate import RUN_TOUCHED
from marketplace.catalogue.recode import recoded
from marketplace.catalogue.show_fields import own_text, show_fields
from marketplace.catalogue.tables import Lock
from marketplace.kernel import json
from marketplace.kernel.clock import now
from marketplace.kernel.database import execute, fetch
from marketplace.kernel.outbox import emit
from tenants.scope import acting_as

BATCH = 500  # offers


async def follow_feed(merchant: int, supplier: int, run: int | None = None) -> int:
    """Merge what the feed now says (of `run`, or of all the supplier's offers) into the merchant's fields.

    In batches, a transaction each: stopped half way, the rest is still seen as different. Answers how many fields changed.
    """
    async with acting_as(merchant):
        if run is None:
            rows = await fetch(_ALL, supplier)
        else:
            rows = await fetch(f"SELECT DISTINCT offer FROM ({RUN_TOUCHED}) t ORDER BY offer", supplier, run)
    offers = [int(row["offer"]) for row in rows]
    merged = 0
    for begin in range(0, len(offers), BATCH):
        async with acting_as(merchant):
            await lock_catalogue(merchant)
            changed = await _changed(offers[begin : begin + BATCH])
            await _merge(merchant, changed)
            await recoded(merchant, await follow_facts(offers[begin : begin + BATCH]))
            merged += len(changed)
    return merged


_ALL = (
    "SELECT DISTINCT m.offer FROM match m WHERE m.merchant = current_setting('app.tenant_id')::bigint AND m.supplier = $1"
    " AND m.state = 'confirmed' ORDER BY m.offer"
)


async def _changed(offers: Sequence[int]) -> list[dict[str, Any]]:
    keeps = ", ".join(f"'{name}'" for name, field in FEED_FIELDS.items() if field.keeps)
    return await fetch(
        "SELECT * FROM (SELECT f.id, f.product, f.variant, f.field, f.feed_value, f.taken_value, f.own_value, f.lock, f.pending,"
        f" f.offer, o.supplier, {says_sql()} AS said FROM field_state f JOIN offer o ON o.id = f.offer"
        " WHERE f.merchant = current_setting('app.tenant_id')::bigint AND f.offer = ANY($1) AND o.id = ANY($1)) c"
        " WHERE c.said IS DISTINCT FROM c.feed_value"
        f" AND NOT (c.field IN ({keeps}) AND coalesce(c.said, '') IN ('', '[]', '{{}}', 'null')) ORDER BY c.id",
        list(offers),
    )


async def _merge(merchant: int, rows: Sequence[dict[str, Any]]) -> None:
    shown: list[tuple[int, str]] = []
    written = []
    for row in rows:
        before = as_field(row)
        after = feed_said(before, row["said"], equals_own=_says_mine(row))
        written.append({"id": row["id"], **as_row(after), "since": now() if after.pending else None})
        if after.follows:
            shown.append((row["product"], row["field"]))
    await execute(
        "UPDATE field_state f SET feed_value = r.feed_value, taken_value = r.taken_value, own_value = r.own_value,"
        " pending = r.pending, pending_since = CASE WHEN r.pending THEN coalesce(f.pending_since, r.since) END, updated_at = now()"
        " FROM jsonb_to_recordset($1::jsonb) r (id bigint, feed_value text, taken_value text, own_value text, pending boolean,"
        " since timestamptz) WHERE f.id = r.id",
        json.dumps(written),
    )
    await show_fields(merchant, shown)
    await _pictures(merchant, rows)


async def _pictures(merchant: int, rows: Sequence[dict[str, Any]]) -> None:
    """New pictures are fetched; a product whose photos the merchant arranged itself asks what to do with them."""
    changed = [row for row in rows if row["field"] == "photos"]
    if not changed:
        return
    await note_photos(sorted({row["product"] for row in changed}))
    await emit(
        "photos.wanted",
        merchant=merchant,
        supplier=changed[0]["supplier"],
        offers=sorted({row["offer"] for row in changed}),
    )


def as_field(row: dict[str, Any]) -> Field:
    return Field(row["feed_value"], row["taken_value"], row["own_value"], Lock(row["lock"]), row["pending"])


def as_row(field: Field) -> dict[str, Any]:
    return {
        "feed_value": field.feed,
        "taken_value": field.taken,
        "own_value": field.own,
        "lock": field.lock.value,
        "pending": field.pending,
    }


def _says_mine(row: dict[str, Any]) -> bool:
    if row["own_value"] is None or row["field"] not in SHOWN:
        return False
    return own_text(SHOWN[row["field"]](row["said"])) == row["own_value"]
