"""The merchant's shelves: made, named, moved."""

from collections.abc import Mapping
from typing import Any

from marketplace.catalogue.bulk import lock_catalogue
from marketplace.catalogue.categories import MOST
from marketplace.catalogue.index_products import index_products
from marketplace.catalogue.words import free_slug, slug
from marketplace.kernel.database import execute, fetch, fetch_value
from marketplace.kernel.errors import Invalid, NotFound
from tenants.scope import acting_as

MOST_INTRO = 2_000
DEEPEST = 4


async def add_category(
    merchant: int, title: str, *, parent: int | None = None, intro: str | None = None
) -> int:
    """Answers the new category's id; it comes last among its siblings. Raises Invalid."""
    async with acting_as(merchant):
        await lock_catalogue(merchant)
        values = await _checked(merchant, None, {"title": title, "parent": parent, "intro": intro})
        taken = {
            row["slug"] for row in await fetch("SELECT slug FROM category WHERE merchant = $1", merchant)
        }
        return int(
            await fetch_value(
                "INSERT INTO category (merchant, parent, slug, title, intro, position) VALUES ($1, $2, $3, $4, $5,"
                " (SELECT coalesce(max(position), 0) + 1 FROM category WHERE merchant = $1)) RETURNING id",
                merchant,
                values["parent"],
                free_slug(slug(values["title"], "category"), taken),
                values["title"],
                values["intro"],
            )
        )


async def edit_category(merchant: int, category: int, changes: Mapping[str, Any]) -> None:
    """title, parent (id or None), intro, picture_sha; only what is in `changes`. The address stays. Raises NotFound, Invalid."""
    async with acting_as(merchant):
        await lock_catalogue(merchant)
        if not await fetch_value(
            "SELECT 1 FROM category WHERE id = $1 AND merchant = $2", category, merchant
        ):
            raise NotFound
        values = await _checked(merchant, category, changes)
        sets = ", ".join(f"{name} = ${n}" for n, name in enumerate(values, start=2))
        if sets:
            await execute(f"UPDATE category SET {sets} WHERE id = $1", category, *values.values())
        if "title" in values:
            rows = await fetch("SELECT id FROM product WHERE category = $1", category)
            await index_products(merchant, [int(row["id"]) for row in rows])


async def _checked(merchant: int, category: int | None, changes: Mapping[str, Any]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    problems: dict[str, str] = {}
    for name, said in changes.items():
        if name in ("title", "intro", "picture_sha"):
            values[name] = " ".join(str(said or "").split()) or None
        elif name == "parent":
            values[name] = int(said) if said is not None else None
            if why := await _why_not_under(merchant, category, values[name]):
                problems[name] = why
        else:
            problems[name] = "There is no such field."
    if "title" in values and not values["title"]:
        problems["title"] = "A category needs a title."
    if len(values.get("title") or "") > MOST or len(values.get("intro") or "") > MOST_INTRO:
        problems["title" if len(values.get("title") or "") > MOST else "intro"] = "This is too long."
    if problems:
        raise Invalid(problems)
    return values


async def _why_not_under(merchant: int, category: int | None, parent: int | None) -> str | None:
    """Never under itself or its own children, and not too deep to be found."""
    if parent is None:
        return None
    above = await fetch(
        "WITH RECURSIVE up AS (SELECT id, parent FROM category WHERE id = $1 AND merchant = $2 UNION"
        " SELECT c.id, c.parent FROM up JOIN category c ON c.id = up.parent) SELECT id FROM up",
        parent,
        merchant,
    )
    if not above:
        return "There is no such category."
    if category is not None and category in {row["id"] for row in above}:
        return "A category cannot lie within itself."
    return "That is too deep: nobody would find it." if len(above) >= DEEPEST else None
