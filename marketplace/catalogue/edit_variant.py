"""The merchant's own price and facts of one variant."""

import re
from collections.abc import Mapping
from typing import Any

from marketplace.catalogue.bulk import lock_catalogue
from marketplace.catalogue.edit_product import LOCKED
from marketplace.catalogue.facts import fact_rows, write_fact
from marketplace.catalogue.fields import FACTS, SHOWN
from marketplace.catalogue.follow_feed import as_field
from marketplace.catalogue.index_products import index_products
from marketplace.catalogue.merge import Field, Locked, merchant_wrote
from marketplace.catalogue.price_listings import price_listings
from marketplace.catalogue.reckoning import OF_VARIANTS
from marketplace.catalogue.recode import recoded
from marketplace.catalogue.show_fields import own_text
from marketplace.catalogue.vat_rates import TaxCategory
from marketplace.kernel.database import execute, fetch_one, fetch_value
from marketplace.kernel.errors import Invalid, NotFound
from marketplace.sourcing.values.gtin import valid_gtin
from tenants.scope import acting_as

MOST_PRICE = 10**10


async def edit_variant(merchant: int, variant: int, changes: Mapping[str, Any], *, who: str = "") -> None:
    """Take over what the merchant typed; only what is in `changes`.

    own_price: gross, minor units; None lets the rules set it again. sku, tax_category (`TaxCategory`), position. gtin and weight_g
    are the merchant's own from then on, None or "" too, unless they are what the feed says. Raises NotFound, and Invalid naming every field that is wrong. A price below the floor is kept and pauses the sale.
    """
    async with acting_as(merchant):
        await lock_catalogue(merchant)
        row = await fetch_one(
            "SELECT product FROM variant WHERE id = $1 AND merchant = $2", variant, merchant
        )
        if row is None:
            raise NotFound
        values: dict[str, Any] = {}
        problems: dict[str, str] = {}
        for name, said in changes.items():
            try:
                values[name] = await _value(merchant, variant, name, said)
            except ValueError as wrong:
                problems[name] = str(wrong)
        facts = await _facts(row["product"], variant, values, problems)
        if problems:
            raise Invalid(problems)
        for name, (field, offer) in facts.items():
            del values[name]
            await write_fact(merchant, row["product"], variant, name, field, offer, who)
        sets = ", ".join(f"{name} = ${n}" for n, name in enumerate(values, start=2))
        if sets:
            await execute(
                f"UPDATE variant SET {sets}, updated_at = now() WHERE id = $1", variant, *values.values()
            )
        await price_listings(merchant, OF_VARIANTS, [variant])
        await index_products(merchant, [row["product"]])
        if "gtin" in facts:
            await recoded(merchant, [(row["product"], variant)])


async def _facts(
    product: int, variant: int, values: Mapping[str, Any], problems: dict[str, str]
) -> dict[str, tuple[Field, int | None]]:
    """What becomes of the facts in `values`, each with the offer it follows."""
    edited = {}
    rows = await fact_rows(product) if values.keys() & set(FACTS) else {}
    for name in values.keys() & set(FACTS):
        row, own = rows[variant, name], own_text(values[name])
        same = own == own_text(SHOWN[name](row["feed_value"]))
        try:
            edited[name] = (merchant_wrote(as_field(row), own, equals_feed=same), row["offer"])
        except Locked:
            problems[name] = LOCKED
    return edited


async def _value(merchant: int, variant: int, name: str, said: Any) -> Any:
    if name == "own_price":
        return _price(said)
    if name == "sku":
        return await _sku(merchant, variant, str(said or "").strip())
    if name == "gtin":
        return _gtin(str(said or "").strip())
    if name == "tax_category":
        return _one_of_taxes(str(said))
    if name in ("weight_g", "position"):
        if said is None and name == "weight_g":
            return None
        if not 0 <= int(said) <= 10**9:
            raise ValueError("This is not a sensible number.")
        return int(said)
    raise ValueError("There is no such field.")


def _price(said: Any) -> int | None:
    if said is None:
        return None
    if isinstance(said, bool) or not isinstance(said, int) or not 0 < said <= MOST_PRICE:
        raise ValueError("A price is more than nothing.")
    return said


async def _sku(merchant: int, variant: int, said: str) -> str:
    if not said or len(said) > 80:
        raise ValueError("An article number has 1 to 80 characters.")
    if await fetch_value(
        "SELECT 1 FROM variant WHERE merchant = $1 AND sku = $2 AND id <> $3", merchant, said, variant
    ):
        raise ValueError("Another variant has this article number.")
    return said


def _gtin(said: str) -> str | None:
    if not said:
        return None
    valid = valid_gtin(re.sub(r"[\s-]", "", said))
    if valid is None:
        raise ValueError("This is not a valid GTIN: its check digit or its prefix is wrong.")
    return valid


def _one_of_taxes(said: str) -> str:
    if said not in {category.value for category in TaxCategory}:
        raise ValueError("There is no such VAT category.")
    return said
