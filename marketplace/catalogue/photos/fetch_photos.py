"""Fetch what is wanted of a supplier's pictures: politely, checked, rendered, kept once by content."""

import asyncio
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from marketplace.catalogue.photos.keep_picture import is_kept, keep_picture
from marketplace.catalogue.photos.tell_ready import tell_ready
from marketplace.kernel.database import execute, fetch, fetch_value
from marketplace.kernel.fetching import FetchFailed
from marketplace.kernel.images import MAX_BYTES, BadImage, render
from marketplace.kernel.outbox import emit
from marketplace.kernel.outside import Outside
from tenants.scope import acting_as

BATCH = 12  # a shop shows its pictures as they come, batch by batch
AT_ONCE = 6  # over all hosts; each host sees at most what `politeness` allows
MOST_ATTEMPTS = 5
SECONDS = 60.0

#: new ones at once, failed ones after a pause that doubles, broken ones daily, and every week a look whether a picture is another now
DUE = (
    "((state = 'wanted' AND (attempts = 0 OR checked_at < now() - make_interval(mins => 5 * power(2, attempts)::int)))"
    " OR (state = 'broken' AND checked_at < now() - interval '1 day')"
    " OR (state = 'ready' AND checked_at < now() - interval '7 days'))"
)


@dataclass(frozen=True)
class Outcome:
    """What became of one picture: `sha` when there is one now, else `error`; `passing` when it may work later."""

    photo: int
    sha: str | None = None
    etag: str | None = None
    error: str | None = None
    passing: bool = False


async def fetch_photos(supplier: int) -> int:
    """Fetch one batch of what is due, and ask for the next when there is one. Answers how many were tried.

    Three steps: rows are claimed in one transaction, pictures fetched with none open, results written in another. A worker
    killed in between leaves rows that are tried again.
    """
    async with acting_as(supplier):
        claimed = await fetch(
            "UPDATE offer_photo SET checked_at = now(), attempts = attempts + 1 WHERE id IN (SELECT id FROM offer_photo"
            f" WHERE supplier = $1 AND {DUE} ORDER BY position, id LIMIT {BATCH} FOR UPDATE SKIP LOCKED)"
            " RETURNING id, offer, url, etag, media_sha, attempts",
            supplier,
        )
    if not claimed:
        return 0
    outcomes = await _fetch_all(claimed)
    async with acting_as(supplier):
        for outcome in outcomes:
            await _write(outcome)
        await tell_ready(supplier, sorted({row["offer"] for row in claimed}))
        if await fetch_value(f"SELECT 1 FROM offer_photo WHERE supplier = $1 AND {DUE} LIMIT 1", supplier):
            await emit("photos.due", supplier=supplier)
    return len(claimed)


async def _fetch_all(claimed: list[dict[str, Any]]) -> list[Outcome]:
    gate = asyncio.Semaphore(AT_ONCE)
    with TemporaryDirectory(prefix="photos-") as folder:
        async with Outside() as outside:

            async def one(row: dict[str, Any]) -> Outcome:
                async with gate:
                    return await _fetch_one(outside, row, Path(folder) / str(row["id"]))

            return list(await asyncio.gather(*(one(row) for row in claimed)))


async def _fetch_one(outside: Outside, row: dict[str, Any], into: Path) -> Outcome:
    try:
        got = await outside.fetch(
            row["url"],
            into=into,
            headers={"Accept": "image/avif,image/webp,image/*;q=0.9,*/*;q=0.1"},
            etag=row["etag"] if row["media_sha"] else None,
            sha256=row["media_sha"],
            max_bytes=MAX_BYTES,
            max_seconds=SECONDS,
        )
        if got.path is None:
            return Outcome(row["id"], row["media_sha"], got.etag)
        if got.sha256 is not None and await is_kept(got.sha256):
            return Outcome(row["id"], got.sha256, got.etag)
        return Outcome(row["id"], await keep_picture(await render(got.path)), got.etag)
    except FetchFailed as failed:
        return Outcome(row["id"], error=f"{failed.code}: {failed}", passing=failed.passing)
    except BadImage as bad:
        return Outcome(row["id"], error=f"{bad.code}: {bad}")
    finally:
        await asyncio.to_thread(into.unlink, missing_ok=True)


async def _write(outcome: Outcome) -> None:
    """A picture we have stays on the page when its source fails later."""
    if outcome.sha is not None:
        await execute(
            "UPDATE offer_photo SET state = 'ready', media_sha = $2, etag = $3, error = NULL, attempts = 0, checked_at = now()"
            " WHERE id = $1",
            outcome.photo,
            outcome.sha,
            outcome.etag,
        )
        return
    await execute(
        "UPDATE offer_photo SET error = $2, state = CASE WHEN $3 AND media_sha IS NOT NULL THEN 'ready'"
        f" WHEN $3 AND attempts < {MOST_ATTEMPTS} THEN 'wanted' ELSE 'broken' END,"
        f" attempts = CASE WHEN $3 AND media_sha IS NULL AND attempts < {MOST_ATTEMPTS} THEN attempts ELSE 0 END WHERE id = $1",
        outcome.photo,
        outcome.error,
        outcome.passing,
    )
