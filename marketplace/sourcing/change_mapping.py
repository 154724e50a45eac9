"""A person corrects how a feed is read: the new mapping holds from the next run on, which reads the same file anew."""

from __future__ import annotations

from typing import Any

import msgspec

from marketplace.kernel import json
from marketplace.kernel.clock import now
from marketplace.kernel.database import execute, fetch_one, fetch_value
from marketplace.kernel.errors import Invalid, NotFound
from marketplace.kernel.fetching import N_
from marketplace.sourcing.formats import formats
from marketplace.sourcing.mapping import Mapping, from_json, to_json
from tenants.audit import record
from tenants.scope import acting_as


def read_mapping(given: Mapping | dict[str, Any] | str) -> Mapping:
    """A mapping that can be used. Raises Invalid, naming the setting that is wrong."""
    try:
        mapping = given if isinstance(given, Mapping) else from_json(given)
    except msgspec.ValidationError as error:
        raise Invalid({"mapping": str(error)}) from error
    except msgspec.DecodeError as error:
        raise Invalid({"mapping": N_("This is not JSON.")}) from error
    if mapping.format not in formats():
        raise Invalid({"format": N_("Choose a format of the list.")})
    return mapping


async def change_mapping(
    supplier: int, feed: int, mapping: Mapping | dict[str, Any] | str, *, by: str
) -> int:
    """Store it. Answers the mapping's version; an equal one changes nothing. A feed with an address is due at once.

    Raises NotFound, and Invalid, naming the setting that is wrong.
    """
    wanted = read_mapping(mapping)
    async with acting_as(supplier):
        row = await fetch_one(
            "SELECT mapping, mapping_version, url, enabled FROM feed WHERE id = $1 AND archived_at IS NULL FOR NO KEY UPDATE",
            feed,
        )
        if row is None:
            raise NotFound
        if row["mapping"] is not None and from_json(row["mapping"]) == wanted:
            return int(row["mapping_version"])
        version = await fetch_value(
            "UPDATE feed SET mapping = $2, mapping_version = mapping_version + 1, due_at = $3 WHERE id = $1 RETURNING mapping_version",
            feed,
            json.dumps(to_json(wanted)),
            now() if row["url"] is not None and row["enabled"] else None,
        )
        await record("feed.mapped", who=by, subject=str(feed), version=version)
        return int(version)


async def save_mapping_template(
    tenant: int, name: str, mapping: Mapping | dict[str, Any] | str, *, by: str
) -> int:
    """Keep a mapping under a name, for other feeds of the same kind. The same name replaces it. Raises Invalid."""
    wanted = read_mapping(mapping)
    if not name.strip():
        raise Invalid({"name": N_("Give it a name.")})
    async with acting_as(tenant):
        made = await fetch_value(
            "INSERT INTO mapping_template (tenant, name, mapping) VALUES ($1, $2, $3)"
            " ON CONFLICT (tenant, name) DO UPDATE SET mapping = EXCLUDED.mapping RETURNING id",
            tenant,
            name.strip(),
            json.dumps(to_json(wanted)),
        )
        await record("mapping.saved", who=by, subject=name.strip())
        return int(made)


async def forget_mapping_template(tenant: int, template: int, *, by: str) -> None:
    """Raises NotFound."""
    async with acting_as(tenant):
        if not await execute("DELETE FROM mapping_template WHERE id = $1", template):
            raise NotFound
        await record("mapping.forgotten", who=by, subject=str(template))
