"""The table of listings as a page, a fragment, or one row of it."""

from collections.abc import Mapping
from typing import Any

from litestar import Response
from litestar_htmx import HTMXRequest

from marketplace.catalogue.publish import what_is_missing
from marketplace.catalogue.read_catalogue import (
    CatalogueQuery,
    CatalogueRow,
    catalogue_counts,
    read_catalogue,
)
from marketplace.catalogue.reasons import UNPUBLISHABLE
from marketplace.kernel.database import fetch
from marketplace.kernel.errors import NotFound
from marketplace.web.access import Desk
from marketplace.web.dashboard.listings_asked import Asked
from marketplace.web.dashboard.listings_words import words_of
from marketplace.web.forms import Form
from marketplace.web.rendering import page, wants_fragment
from tenants.scope import acting_as

DONE = ("published", "paused", "retired", "back", "filed", "priced")


async def table(
    request: HTMXRequest,
    desk: Desk,
    asked: Asked,
    *,
    after: str = "",
    done: Mapping[str, Any] | None = None,
    form: Form | None = None,
    status: int = 200,
) -> Response[str]:
    base = f"{desk.home}/listings"
    found = await read_catalogue(desk.tenant, asked.query(), after=after or None)
    around = {} if wants_fragment(request) else await _filters(desk.tenant)
    return page(
        request,
        "dashboard/listings/index.html",
        "dashboard/listings/_list.html",
        status=status,
        asked=asked,
        found=found,
        after=after,
        counts=await catalogue_counts(desk.tenant),
        here=lambda **more: asked.address(base, **more),
        missing=await _missing(desk.tenant, found.rows),
        done=done,
        form=form or Form.empty(),
        categories=await category_choices(desk.tenant),
        **around,
        **row_context(request, desk),
    )


def row_context(request: HTMXRequest, desk: Desk) -> dict[str, Any]:
    """What a row of the table needs, alone or among others."""
    return {
        "desk": desk,
        "current": "listings",
        "base": f"{desk.home}/listings",
        "may_see_costs": desk.may_see_costs,
        "may_change": desk.may("catalogue"),
        **words_of(request.state.locale),
    }


async def one_row(merchant: int, product: int) -> tuple[CatalogueRow, dict[int, list[str]]]:
    """The row, and what its draft lacks. Raises NotFound."""
    found = await read_catalogue(merchant, CatalogueQuery(products=(product,)), limit=1)
    if not found.rows:
        raise NotFound
    return found.rows[0], await _missing(merchant, found.rows)


async def category_choices(merchant: int) -> list[tuple[int, str]]:
    """(id, "Home › Vases") in the order of the shop."""
    async with acting_as(merchant):
        rows = await fetch(
            "WITH RECURSIVE down AS (SELECT id, title, ARRAY[position, id] AS place FROM category"
            " WHERE merchant = $1 AND parent IS NULL UNION ALL"
            " SELECT c.id, down.title || ' › ' || c.title, down.place || ARRAY[c.position, c.id]"
            " FROM down JOIN category c ON c.parent = down.id) SELECT id, title FROM down ORDER BY place",
            merchant,
        )
    return [(row["id"], row["title"]) for row in rows]


async def _missing(merchant: int, rows: list[CatalogueRow]) -> dict[int, list[str]]:
    drafts = [row.product for row in rows if row.will == "draft"]
    if not drafts:
        return {}
    async with acting_as(merchant):
        return await what_is_missing(merchant, drafts)


async def _filters(merchant: int) -> dict[str, Any]:
    async with acting_as(merchant):
        suppliers = await fetch(
            "SELECT t.tenant, t.name FROM tenant_card t WHERE t.tenant IN (SELECT DISTINCT supplier FROM match WHERE merchant = $1)"
            " ORDER BY lower(t.name)",
            merchant,
        )
    return {"suppliers": suppliers}


def what_was_done(said: Mapping[str, str]) -> dict[str, Any] | None:
    """The outcome of a bulk action, as its redirect tells it in the address; made-up ones say nothing."""
    done, n = said.get("done", ""), said.get("n", "")
    if done not in DONE or not n.isdecimal() or len(n) > 9:
        return None
    lacks: dict[str, int] = {}
    for part in said.get("lacks", "").split(","):
        code, _, many = part.partition(".")
        if code in UNPUBLISHABLE and many.isdecimal() and len(many) < 9:
            lacks[code] = int(many)
    not_done = said.get("not", "")
    return {
        "what": done,
        "n": int(n),
        "not": int(not_done) if not_done.isdecimal() and len(not_done) < 9 else 0,
        "lacks": lacks,
    }
