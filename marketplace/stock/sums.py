"""Are `stock` and `part` still the sums of the open holds? For `comptoir doctor` and the tests."""

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


class PartDifference(msgspec.Struct, frozen=True):
    """One part of sets whose counter is not what open holds took of it, in units of the part."""

    part: int
    sku: str
    taken: int
    taken_by_holds: int


async def check_parts() -> list[PartDifference]:
    """Every part whose counter and holds disagree; empty when all is well."""
    async with platform_scope("check the sums of parts"):
        rows = await fetch("""
            SELECT p.id AS part, p.sku, p.taken, coalesce(h.units, 0)::bigint AS taken_by_holds
              FROM part p
              LEFT JOIN (SELECT m.part, sum(m.units * h.quantity) AS units
                           FROM hold h CROSS JOIN LATERAL unnest(h.parts, h.part_units) AS m (part, units)
                          WHERE h.ended_at IS NULL GROUP BY m.part) h ON h.part = p.id
             WHERE p.taken <> coalesce(h.units, 0)
             ORDER BY p.id""")
    return [PartDifference(**row) for row in rows]


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
