"""What a shopper can still withdraw from, and until when. Read by the storefront's pages and by the declaration itself."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from marketplace.claims.withdrawal_period import is_open, last_day
from marketplace.kernel import json
from marketplace.kernel.clock import now
from marketplace.kernel.database import fetch, fetch_one
from marketplace.kernel.errors import NotFound


@dataclass(frozen=True)
class WithdrawableLine:
    """`quantity` units can be withdrawn from, `unshipped` of them have not left. `excluded` is the legal reason (an
    English msgid of the merchant's choice) why none can."""

    order_line: int
    title: str
    options: dict[str, Any]
    photo_sha: str | None
    unit_price: int
    quantity: int
    unshipped: int
    excluded: str | None
    kept: int  # live units that cannot be withdrawn from


@dataclass(frozen=True)
class Withdrawable:
    """`until` is the last day, None while the last parcel has not arrived. `open` is False once it has passed, or when
    the order was never paid for or is cancelled."""

    order: dict[str, Any]
    lines: list[WithdrawableLine]
    until: date | None
    open: bool
    received_at: datetime | None

    @property
    def possible(self) -> bool:
        return self.open and any(line.quantity for line in self.lines)


_LINES = """
SELECT l.id, l.title, l.options, l.photo_sha, l.unit_price, l.ordered, l.cancelled, l.shipped, l.returned,
       l.withdrawal_excluded, coalesce(w.units, 0)::bigint AS withdrawn, coalesce(w.unshipped, 0)::bigint AS withdrawn_unshipped
  FROM order_line l
  LEFT JOIN (SELECT (item->>'order_line')::bigint AS line, sum((item->>'quantity')::bigint) AS units,
                    sum((item->>'unshipped')::bigint) AS unshipped
               FROM withdrawal w, jsonb_array_elements(w.lines) item
              WHERE w."order" = $1 AND w.state <> 'refused' GROUP BY 1) w ON w.line = l.id
 WHERE l."order" = $1 ORDER BY l.position, l.id
"""


async def read_withdrawable(order: int) -> Withdrawable:
    """In the merchant's open scope, or its shop's. Raises NotFound."""
    row = await fetch_one(
        "SELECT o.id, o.merchant, o.number, o.state, o.name, o.email, o.country, o.currency, o.locale, o.placed_at,"
        " o.delivered_at, t.zone FROM orders o JOIN tenant t ON t.id = o.merchant WHERE o.id = $1",
        order,
    )
    if row is None:
        raise NotFound(f"order {order}")
    received = row["delivered_at"]
    local = ZoneInfo(row["zone"])
    return Withdrawable(
        order=row,
        lines=[_line(r) for r in await fetch(_LINES, order)],
        until=last_day(received.astimezone(local).date(), row["country"]) if received else None,
        open=row["state"] not in ("awaiting_payment", "abandoned", "cancelled")
        and is_open(received, row["country"], row["zone"], now()),
        received_at=received,
    )


def _line(r: dict[str, Any]) -> WithdrawableLine:
    """A unit that was withdrawn from is later cancelled or returned: it is gone once, not twice."""
    otherwise = max(0, r["cancelled"] - r["withdrawn_unshipped"]) + max(
        0, r["returned"] - (r["withdrawn"] - r["withdrawn_unshipped"])
    )
    left = max(0, r["ordered"] - r["withdrawn"] - otherwise)
    waiting = max(0, r["ordered"] - r["shipped"] - max(r["cancelled"], r["withdrawn_unshipped"]))
    return WithdrawableLine(
        order_line=r["id"],
        title=r["title"],
        options=json.loads(r["options"]) or {},
        photo_sha=r["photo_sha"],
        unit_price=r["unit_price"],
        quantity=0 if r["withdrawal_excluded"] else left,
        unshipped=min(left, waiting),
        excluded=r["withdrawal_excluded"],
        kept=left if r["withdrawal_excluded"] else 0,
    )
