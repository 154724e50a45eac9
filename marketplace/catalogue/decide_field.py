"""The feed changed under a merchant's edit, or may: somebody says whose value stays."""

from marketplace.catalogue.bulk import lock_catalogue
from marketplace.catalogue.facts import fact_rows, write_fact
from marketplace.catalogue.fields import FEED_FIELDS
from marketplace.catalogue.follow_feed import as_field
from marketplace.catalogue.merge import Choice, decided
from marketplace.catalogue.recode import recoded
from marketplace.catalogue.show_fields import own_text, show_fields
from marketplace.catalogue.write_field import field_rows, write_field
from marketplace.kernel import json
from marketplace.kernel.database import fetch_one, fetch_value
from marketplace.kernel.errors import NotFound
from tenants.scope import acting_as


async def decide_field(
    merchant: int, product: int, field: str, choice: Choice, *, variant: int | None = None, who: str = ""
) -> None:
    """Answer for one field, waiting or not: locks are set and lifted here too. `variant` for its weight or GTIN. Raises NotFound.

    theirs: take the feed's value and follow it; mine: keep mine until the feed changes again; always_mine and always_theirs
    lock; unlock lifts either lock and changes no value.
    """
    async with acting_as(merchant):
        await lock_catalogue(merchant)
        if variant is not None:
            await _decide_fact(merchant, product, variant, field, choice, who)
            return
        row = (await field_rows(product)).get(field)
        if row is None or field not in FEED_FIELDS:
            raise NotFound
        shown = await _shown(product, field)
        await write_field(merchant, product, field, decided(as_field(row), choice, shown=shown), who)
        await show_fields(merchant, [(product, field)])


async def _decide_fact(
    merchant: int, product: int, variant: int, name: str, choice: Choice, who: str
) -> None:
    row = (await fact_rows(product)).get((variant, name))
    if row is None:
        raise NotFound
    shown = await fetch_value(f"SELECT {name} FROM variant WHERE id = $1", variant)
    answer = decided(as_field(row), choice, shown=own_text(shown))
    await write_fact(merchant, product, variant, name, answer, row["offer"], who)
    if name == "gtin":
        await recoded(merchant, [(product, variant)])


async def _shown(product: int, field: str) -> str | None:
    """What the storefront shows now, as an own value."""
    if field not in ("title", "description", "brand", "category", "manufacturer", "responsible", "warnings"):
        return "arranged" if field == "photos" else None
    row = await fetch_one(f"SELECT {field} AS value FROM product WHERE id = $1", product)
    value = row["value"] if row else None
    if field in ("manufacturer", "responsible"):
        value = json.loads(value)
    return own_text(value)
