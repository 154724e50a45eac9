"""What the claim policy judges by: the lines of an order as facts. Read by the merchant's use cases and the shop's page."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from marketplace.claims.judges import ClaimPolicy, LineFacts
from marketplace.kernel import json
from marketplace.kernel.clock import now
from marketplace.kernel.database import fetch, fetch_one
from marketplace.kernel.errors import NotFound

_LINES = """
SELECT l.id AS order_line, l.title, l.options, l.photo_sha, l.unit_price, l.ordered, l.cancelled, l.shipped, l.delivered,
       l.lost, l.captured AS paid, l.captured - l.refund_reserved AS left, l.promise_date, v.available AS replaceable,
       (SELECT max(s.delivered_at) FROM supplier_order_line sol
          JOIN shipment_line sl ON sl.supplier_order_line = sol.id JOIN shipment s ON s.id = sl.shipment
         WHERE sol.order_line = l.id) AS delivered_at,
       coalesce((SELECT sum(cl.quantity) FROM claim_line cl JOIN claim c ON c.id = cl.claim
           LEFT JOIN resolution r ON r.claim = c.id
          WHERE cl.order_line = l.id AND c.id <> coalesce($2::bigint, 0)
            AND (c.state IN ('open', 'awaiting_shopper', 'awaiting_return') OR (c.state = 'resolved' AND r.kind = 'refund'))), 0)::bigint
       + coalesce((SELECT sum((item->>'quantity')::bigint) FROM withdrawal w, jsonb_array_elements(w.lines) item
          WHERE w."order" = l."order" AND w.state <> 'refused' AND (item->>'order_line')::bigint = l.id
            AND (item->>'unshipped')::bigint < (item->>'quantity')::bigint), 0)::bigint AS spoken_for
  FROM order_line l JOIN variant v ON v.id = l.variant
 WHERE l."order" = $1 ORDER BY l.position, l.id
"""


@dataclass(frozen=True)
class OrderFacts:
    """`lines` for the judges; `rows` the same lines with title, options, photo_sha and unit_price for a page."""

    order: dict[str, Any]
    lines: list[LineFacts]
    rows: list[dict[str, Any]]
    policy: ClaimPolicy
    today: date


async def read_facts(order: int, *, but_claim: int | None = None) -> OrderFacts:
    """In the merchant's open scope, or its shop's; `but_claim` is left out of what is spoken for. Raises NotFound."""
    head = await fetch_one(
        "SELECT o.id, o.number, o.name, o.email, o.state, o.currency, o.locale, o.placed_at, o.created_at, t.zone, t.settings"
        " FROM orders o JOIN tenant t ON t.id = o.merchant WHERE o.id = $1",
        order,
    )
    if head is None:
        raise NotFound(f"order {order}")
    zone = ZoneInfo(head["zone"])
    ordered_on = (head["placed_at"] or head["created_at"]).astimezone(zone).date()
    rows = [{**r, "options": json.loads(r["options"]) or {}} for r in await fetch(_LINES, order, but_claim)]
    return OrderFacts(
        order=head,
        lines=[_facts(r, ordered_on, zone) for r in rows],
        rows=rows,
        policy=msgspec.convert((json.loads(head["settings"]) or {}).get("claims", {}), ClaimPolicy),
        today=now().astimezone(zone).date(),
    )


def _facts(row: dict[str, Any], ordered_on: date, zone: ZoneInfo) -> LineFacts:
    fields = {name: row[name] for name in LineFacts.__struct_fields__ if name in row}
    delivered = row["delivered_at"]
    return LineFacts(
        **fields,
        ordered_on=ordered_on,
        delivered_on=delivered.astimezone(zone).date() if delivered else None,
    )
