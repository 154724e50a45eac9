"""A debit note: the merchant tells a supplier what it owes for a complaint, and by which terms."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import msgspec

from marketplace.claims.cause import Reason
from marketplace.kernel import json
from marketplace.kernel.clock import now
from marketplace.kernel.database import fetch_one, fetch_value
from marketplace.kernel.errors import NotFound, Refused
from marketplace.kernel.outbox import emit
from tenants.numbers import next_number
from tenants.scope import acting_as


@dataclass(frozen=True)
class RecoveryLine:
    """`quantity` in the supplier's own units; `amount` in minor units of the supplier order's currency, without VAT."""

    supplier_order_line: int
    sku: str
    title: str
    quantity: int
    amount: int


_ISSUE = """
INSERT INTO recovery (merchant, supplier, supplier_order, claim_id, withdrawal_id, number, reason, lines, freight, why,
                      amount, currency)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, $9, $10::jsonb, $11, $12)
ON CONFLICT DO NOTHING RETURNING id
"""


async def issue_recovery(
    merchant: int,
    supplier_order: int,
    *,
    lines: Sequence[RecoveryLine],
    reason: str,
    why: Sequence[Reason],
    claim: int | None = None,
    withdrawal: int | None = None,
    freight: int = 0,
) -> int:
    """Answers the recovery's id; its number is the next of the merchant's debit notes (year-number, without gaps).

    One complaint (or withdrawal) makes at most one debit note a supplier order. `reason` is its cause, `why` the terms
    that explain the amount, `freight` what of the freight is owed on top of the lines. Raises NotFound, and Refused when
    nothing is owed or when there is one already.
    """
    amount = sum(line.amount for line in lines) + freight
    if amount <= 0:
        raise Refused("There is nothing to recover from this supplier.", field="recovery")
    async with acting_as(merchant):
        order = await fetch_one(
            "SELECT id, supplier, currency FROM supplier_order WHERE id = $1 AND merchant = $2",
            supplier_order,
            merchant,
        )
        if order is None:
            raise NotFound(f"supplier order {supplier_order}")
        made: int | None = await fetch_value(
            _ISSUE,
            merchant,
            order["supplier"],
            supplier_order,
            claim,
            withdrawal,
            await _number(merchant),
            reason,
            json.dumps([asdict(line) for line in lines]),
            freight,
            json.dumps(msgspec.to_builtins(list(why))),
            amount,
            order["currency"],
        )
        if made is None:
            raise Refused("This supplier has its debit note for this already.", field="recovery")
        await emit("recovery.issued", merchant=merchant, supplier=order["supplier"], recovery=made)
        return made


async def _number(merchant: int) -> str:
    year = now().year
    return f"DN-{year}-{await next_number(merchant, 'debit_note', year=year):04d}"
