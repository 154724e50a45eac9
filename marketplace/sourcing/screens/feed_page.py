"""What the page of one feed shows."""

from __future__ import annotations

from typing import Any

from marketplace.kernel import json
from marketplace.kernel.database import fetch_one
from marketplace.kernel.errors import NotFound
from tenants.scope import acting_as


async def feed_facts(supplier: int, feed: int) -> dict[str, Any]:
    """The feed's columns without its secret, and what hangs on it. Raises NotFound."""
    async with acting_as(supplier):
        row = await fetch_one(
            """
            SELECT f.*, p.confirmed_at, m.slug AS merchant_slug, m.name AS merchant_name, d.state AS draft_state,
                   d.changed_at AS draft_changed_at, d.changed_by AS draft_changed_by,
                   (SELECT count(*) FROM offer o WHERE o.supplier = f.supplier AND o.feed = f.id AND o.retired_at IS NULL) AS offers,
                   (SELECT count(*) FROM offer o WHERE o.supplier = f.supplier AND o.feed = f.id AND o.retired_at IS NULL
                       AND o.not_sellable IS NULL) AS on_sale
              FROM feed f
              LEFT JOIN feed_pulse p ON p.feed = f.id
              LEFT JOIN agreement a ON a.id = f.agreement
              LEFT JOIN tenant_card m ON m.tenant = a.merchant
              LEFT JOIN mapping_draft d ON d.feed = f.id
             WHERE f.id = $1""",
            feed,
        )
    if row is None:
        raise NotFound
    row["has_credentials"] = row.pop("credentials") is not None
    row["mapping"] = json.loads(row["mapping"]) if row["mapping"] else None
    row["limits"] = json.loads(row["limits"]) or {}
    return row
