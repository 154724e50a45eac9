"""The merchant's own words for a product: they stay whatever the feed says next."""

import re
from collections.abc import Mapping
from typing import Any

from marketplace.catalogue.bulk import lock_catalogue
from marketplace.catalogue.descriptions import MAX_BYTES, sanitised
from marketplace.catalogue.fields import FEED_FIELDS, SHOWN
from marketplace.catalogue.follow_feed import as_field
from marketplace.catalogue.merge import Locked, merchant_wrote
from marketplace.catalogue.show_fields import own_text, show_fields
from marketplace.catalogue.words import MAX_SLUG, slug
from marketplace.catalogue.write_field import field_rows, write_field
from marketplace.kernel.database import execute, fetch_one, fetch_value
from marketplace.kernel.errors import Invalid, NotFound
from tenants.scope import acting_as

MOST = {
    "title": 200,
    "brand": 100,
    "warnings": 5_000,
    "seo_title": 120,
    "seo_description": 320,
    "withdrawal_excluded": 300,
}
_LISTING = ("slug", "seo_title", "seo_description", "featured", "position")
LOCKED = "This field always follows the supplier. Unlock it first."
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+|https?://\S+")


async def edit_product(merchant: int, product: int, changes: Mapping[str, Any], *, who: str = "") -> None:
    """Take over what the merchant typed; only the fields in `changes`. None gives a field back to the feed.

    Fields that follow a feed: title, description (HTML), brand, category (id), warnings, manufacturer and responsible ({name,
    address, email, country}). Others: withdrawal_excluded (the legal reason), slug (the old address redirects), seo_title,
    seo_description, featured, position. Raises NotFound, and Invalid naming every field that is wrong.
    """
    async with acting_as(merchant):
        await lock_catalogue(merchant)
        if not await fetch_value("SELECT id FROM product WHERE id = $1", product):
            raise NotFound
        values, problems = await _checked(merchant, product, changes)
        rows = await field_rows(product)
        for name in values.keys() & FEED_FIELDS.keys():
            row = rows.get(name) or {
                "feed_value": None,
                "taken_value": None,
                "own_value": None,
                "lock": "none",
                "pending": False,
            }
            own = None if changes[name] is None else own_text(values[name])
            same = own is not None and _as_fed(name, row) == own
            try:
                await write_field(
                    merchant, product, name, merchant_wrote(as_field(row), own, equals_feed=same), who
                )
            except Locked:
                problems[name] = LOCKED
        if problems:
            raise Invalid(problems)
        await _write_listing(merchant, product, {n: v for n, v in values.items() if n in _LISTING})
        if "withdrawal_excluded" in values:
            await execute(
                "UPDATE product SET withdrawal_excluded = $2 WHERE id = $1",
                product,
                values["withdrawal_excluded"],
            )
        await show_fields(merchant, [(product, name) for name in values if name in FEED_FIELDS])


def _as_fed(name: str, row: Mapping[str, Any]) -> str | None:
    """What the feed's value would be as an own one; a category is compared where it is chosen."""
    return own_text(SHOWN[name](row["feed_value"])) if name in SHOWN and row["feed_value"] else None


async def _checked(
    merchant: int, product: int, changes: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, str]]:
    values: dict[str, Any] = {}
    problems: dict[str, str] = {}
    for name, said in changes.items():
        try:
            values[name] = await _value(merchant, product, name, said)
        except ValueError as wrong:
            problems[name] = str(wrong)
    return values, problems


async def _value(merchant: int, product: int, name: str, said: Any) -> Any:
    """The value as it will be kept. Raises ValueError with the sentence to show beside the field."""
    if name in ("manufacturer", "responsible"):
        return _party(said)
    if name == "category":
        return await _category(merchant, said)
    if name == "slug":
        return await _slug(merchant, product, str(said or ""))
    if name == "featured":
        return bool(said)
    if name == "position":
        return int(said)
    if name == "description":
        if len(str(said or "").encode()) > MAX_BYTES:
            raise ValueError("This text is too long: 64 KB is the most.")
        return sanitised(said)
    if name not in MOST:
        raise ValueError("There is no such field.")
    text = str(said or "").strip() if name == "warnings" else " ".join(str(said or "").split())
    if len(text) > MOST[name]:
        raise ValueError(f"This is too long: {MOST[name]} characters are the most.")
    if name == "title" and said is not None and not text:
        raise ValueError("A product needs a title.")
    return text or None


def _party(said: Any) -> dict[str, str] | None:
    if not said:
        return None
    party = {k: " ".join(str(v).split()) for k, v in dict(said).items() if v and str(v).strip()}
    if party.keys() - {"name", "address", "email", "country"}:
        raise ValueError("Only name, address, electronic address and country are kept.")
    if party.get("email") and not _EMAIL.fullmatch(party["email"]):
        raise ValueError("This is not an electronic address: an e-mail or a web address.")
    return party or None


async def _category(merchant: int, said: Any) -> int | None:
    if said in (None, ""):
        return None
    if not await fetch_value("SELECT id FROM category WHERE merchant = $1 AND id = $2", merchant, int(said)):
        raise ValueError("There is no such category.")
    return int(said)


async def _slug(merchant: int, product: int, said: str) -> str:
    wanted = slug(said, "")
    if not wanted or len(wanted) > MAX_SLUG:
        raise ValueError("An address needs letters or digits.")
    if await fetch_value(
        "SELECT 1 FROM listing WHERE merchant = $1 AND slug = $2 AND product <> $3", merchant, wanted, product
    ):
        raise ValueError("Another listing has this address.")
    return wanted


async def _write_listing(merchant: int, product: int, values: dict[str, Any]) -> None:
    if not values:
        return
    listing = await fetch_one("SELECT id, slug FROM listing WHERE product = $1", product)
    assert listing is not None
    if values.get("slug", listing["slug"]) != listing["slug"]:
        await _redirect(merchant, listing["slug"], values["slug"])
    sets = ", ".join(f"{name} = ${n}" for n, name in enumerate(values, start=2))
    await execute(
        f"UPDATE listing SET {sets}, updated_at = now() WHERE id = $1", listing["id"], *values.values()
    )


async def _redirect(merchant: int, old: str, new: str) -> None:
    """The old address leads to the new one, without a chain; an address in use leads nowhere else."""
    await execute("DELETE FROM redirect WHERE merchant = $1 AND from_slug = $2", merchant, new)
    await execute("UPDATE redirect SET to_slug = $3 WHERE merchant = $1 AND to_slug = $2", merchant, old, new)
    await execute(
        "INSERT INTO redirect (merchant, from_slug, to_slug) VALUES ($1, $2, $3)"
        " ON CONFLICT (merchant, from_slug) DO UPDATE SET to_slug = EXCLUDED.to_slug, at = now()",
        merchant,
        old,
        new,
    )
