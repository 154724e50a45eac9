"""Entries: one row moves an amount from the credited to the debited account, so the ledger sums to zero by construction.

Accounts: `gateway` (what it owes the merchant), `sales` (goods, VAT included), `shipping` (what shoppers paid for delivery,
VAT included). Written before the charge's own sums change: a trigger compares them.
"""

import msgspec

from marketplace.kernel.clock import now
from marketplace.kernel.database import execute, fetch
from tenants.scope import platform_scope

GATEWAY, SALES, SHIPPING = "gateway", "sales", "shipping"


async def post(charge: int, *, key: str, debit: str, credit: str, amount: int, what: str) -> None:
    """One movement, in the open scope; the same key is the same movement. An amount of 0 moves nothing."""
    if amount:
        await execute(
            "INSERT INTO entry (merchant, charge, key, debit, credit, amount, currency, what, at)"
            " SELECT merchant, id, $2, $3, $4, $5, currency, $6, $7 FROM charge WHERE id = $1 ON CONFLICT (key) DO NOTHING",
            charge,
            key,
            debit,
            credit,
            amount,
            what,
            now(),
        )


async def post_captured(charge: int, *, key: str, goods: int, shipping: int) -> None:
    for account, amount in ((SALES, goods), (SHIPPING, shipping)):
        await post(
            charge, key=f"{key}:{account}", debit=GATEWAY, credit=account, amount=amount, what="captured"
        )


async def post_refunded(charge: int, *, key: str, goods: int, shipping: int) -> None:
    for account, amount in ((SALES, goods), (SHIPPING, shipping)):
        await post(
            charge, key=f"{key}:{account}", debit=account, credit=GATEWAY, amount=amount, what="refunded"
        )


class Imbalance(msgspec.Struct, frozen=True):
    """A charge whose sums are not what its entries say, in minor units."""

    charge: int
    captured: int
    booked: int
    refunded: int
    booked_back: int


async def check_books() -> list[Imbalance]:
    """Every charge whose entries are missing or too many; empty when the books are right. For `doctor` and the tests."""
    async with platform_scope("check the books"):
        rows = await fetch("""
            SELECT c.id AS charge, c.captured, c.refunded,
                   coalesce(sum(e.amount) FILTER (WHERE e.debit = 'gateway'), 0)::bigint AS booked,
                   coalesce(sum(e.amount) FILTER (WHERE e.credit = 'gateway'), 0)::bigint AS booked_back
              FROM charge c LEFT JOIN entry e ON e.charge = c.id GROUP BY c.id
            HAVING c.captured <> coalesce(sum(e.amount) FILTER (WHERE e.debit = 'gateway'), 0)
                OR c.refunded <> coalesce(sum(e.amount) FILTER (WHERE e.credit = 'gateway'), 0)
             ORDER BY c.id""")
    return [Imbalance(**row) for row in rows]
