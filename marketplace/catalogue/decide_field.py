"""The decision queue: the feed changed under a merchant's edit, and somebody says whose value stays."""

from collections.abc import Sequence

from marketplace.catalogue.bulk import lock_catalogue
from marketplace.catalogue.fields import FEED_FIELDS
from marketplace.catalogue.follow_feed import as_field
from marketplace.catalogue.merge import Choice, decided
from marketplace.catalogue.show_fields import own_text, show_fields
from marketplace.catalogue.write_field import field_rows, write_field
from marketplace.kernel import json
from marketplace.kernel.database import fetch, fetch_one
from marketplace.kernel.errors import NotFound
from tenants.scope import acting_as


async def decide_field(merchant: int, product: int, field: str, choice: Choice, *, who: str = "") -> None:
    """Answer for one field, waiting or not: locks are set and lifted here too. Raises NotFound.

    theirs: take the feed's value and follow it; mine: keep mine until the feed changes again; always_mine and always_theirs
    lock; unlock lifts either lock and changes no value.
    """
    async with acting_as(merchant):
        await lock_catalogue(merchant)
        row = (await field_rows(product)).get(field)
        if row is None or field not in FEED_FIELDS:
            raise NotFound
        shown = await _shown(product, field)
        await write_field(merchant, product, field, decided(as_field(row), choice, shown=shown), who)
        await show_fields(merchant, [(product, field)])


async def decide_fields(merchant: int, decisions: Sequence[int], choice: Choice, *, who: str = "") -> int:
    """The same answer to many waiting fields (ids of `pending_decisions`). Answers how many were still waiting."""
    async with acting_as(merchant):
        rows = await fetch(
            "SELECT product, field FROM field_state WHERE id = ANY($1) AND pending AND variant IS NULL ORDER BY id",
            list(decisions),
        )
        for row in rows:
            await decide_field(merchant, row["product"], row["field"], choice, who=who)
        return len(rows)


async def _shown(product: int, field: str) -> str | None:
    """What the storefront shows now, as an own value."""
    if field not in ("title", "description", "brand", "category", "manufacturer", "responsible", "warnings"):
        return "arranged" if field == "photos" else None
    row = await fetch_one(f"SELECT {field} AS value FROM product WHERE id = $1", product)
    value = row["value"] if row else None
    if field in ("manufacturer", "responsible"):
        value = json.loads(value)
    return own_text(value)
