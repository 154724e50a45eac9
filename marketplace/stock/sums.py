"""Is `stock` still the sum of the open holds? For `comptoir doctor` and the tests."""

import msgspec

from marketplace.kernel.database import fetch
from tenants.scope import platform_scope


class Difference(msgspec.Struct, frozen=True):
    """One offer whose counters are not what its open holds add up to, in units."""

    offer: int
    held: int
    reserved_by_holds: int
    committed: int
    committed_by_holds: int


async def check_sums() -> list[Difference]:
    """Every offer whose counters and holds disagree; empty when all is well."""
    async with platform_scope("check the sums of stock"):
        rows = await fetch("""
            SELECT s.offer, s.held, s.committed, coalesce(h.reserved, 0)::bigint AS reserved_by_holds,
                   coalesce(h.committed, 0)::bigint AS committed_by_holds
              FROM stock s
              LEFT JOIN (SELECT offer, sum(quantity) FILTER (WHERE kind = 'reservation') AS reserved,
                                sum(quantity) FILTER (WHERE kind = 'commitment') AS committed
                           FROM hold WHERE ended_at IS NULL GROUP BY offer) h ON h.offer = s.offer
             WHERE s.held <> coalesce(h.reserved, 0) OR s.committed <> coalesce(h.committed, 0)
             ORDER BY s.offer""")
    return [Difference(**row) for row in rows]
