"""Mappings kept under a name, for other feeds of the same kind."""

from __future__ import annotations

from typing import Any

from marketplace.kernel import json
from marketplace.kernel.database import fetch, fetch_one
from marketplace.kernel.errors import NotFound
from marketplace.sourcing.mapping import Mapping, from_json
from tenants.scope import acting_as


async def templates_of(tenant: int) -> list[dict[str, Any]]:
    """By name: id, name, format, created_at."""
    async with acting_as(tenant):
        rows = await fetch(
            "SELECT id, name, mapping, created_at FROM mapping_template WHERE tenant = $1 ORDER BY name, id",
            tenant,
        )
    return [{**row, "format": json.loads(row.pop("mapping")).get("format", "")} for row in rows]


async def template(tenant: int, template: int) -> Mapping:
    """Raises NotFound."""
    async with acting_as(tenant):
        row = await fetch_one("SELECT mapping FROM mapping_template WHERE id = $1", template)
    if row is None:
        raise NotFound
    return from_json(row["mapping"])
