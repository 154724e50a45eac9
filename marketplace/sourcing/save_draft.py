"""A mapping that was worked on becomes the feed's next version, and the feed is read with it."""

from __future__ import annotations

from marketplace.kernel.database import execute, fetch_value
from marketplace.kernel.errors import Invalid, Refused, Stale
from marketplace.kernel.fetching import N_
from marketplace.sourcing.change_mapping import change_mapping
from marketplace.sourcing.drafts.draft import Draft, need_draft
from marketplace.sourcing.kept_files import forget_unused
from marketplace.sourcing.mapping import Mapping
from marketplace.sourcing.start_run import start_run
from tenants.scope import acting_as

NO_KEY = N_(
    "Say which column is the article number, or under “What it means” what a key is made of: without it nothing can be told apart."
)
NO_TITLE = N_("Say which column is the title: without it no offer can be made.")
NO_NUMBERS = N_("Say which column is the stock or the price.")


async def save_draft(supplier: int, feed: int, *, sync: bool, by: str) -> int | None:
    """Store the draft's mapping with its feed. Answers the run it started when `sync` is asked for, None otherwise.

    Raises NotFound, Stale when somebody saved another mapping since the draft was begun, Invalid when it could make no offers.
    """
    draft = await need_draft(supplier, feed)
    if draft.mapping is None:
        raise Invalid({"": NO_KEY})
    async with acting_as(supplier):
        agreement = await fetch_value("SELECT agreement FROM feed WHERE id = $1", feed)
        require_enough(draft.mapping, makes_offers=draft.feed_speed == "full" and agreement is None)
        taken = await execute(
            "DELETE FROM mapping_draft d USING feed f WHERE d.feed = $1 AND f.id = d.feed AND f.mapping_version = d.base_version"
            " AND d.id = $2",
            feed,
            draft.id,
        )
        if not taken:
            raise Stale(f"the mapping of feed {feed} was changed meanwhile")
        await change_mapping(supplier, feed, draft.mapping, by=by)
    run = await _sync(supplier, feed, draft, by) if sync else None
    await forget_unused([draft.file_key])  # unless a run reads it now
    return run


def require_enough(mapping: Mapping, *, makes_offers: bool) -> None:
    """Raises Invalid unless rows can be told apart and say something."""
    told = mapping.columns.keys() | mapping.fixed.keys()
    if "sku" not in told and not mapping.key_from:
        raise Invalid({"": NO_KEY})
    if makes_offers and "title" not in told:
        raise Invalid({"": NO_TITLE})
    if not makes_offers and told.isdisjoint({"quantity", "availability", "price", "cost"}):
        raise Invalid({"": NO_NUMBERS})


async def _sync(supplier: int, feed: int, draft: Draft, by: str) -> int | None:
    """The file at the address now; else the very one the mapping was tried on. None while another run is at work."""
    try:
        if draft.feed_url is not None:
            return await start_run(supplier, feed, by=by)
        return await start_run(
            supplier, feed, trigger="upload", by=by, file_key=draft.file_key, file_name=draft.file_name
        )
    except Refused:
        return None
