"""One outside call about money, as a row: requested -> sent -> done | failed.

1. `intend` writes the row, with its idempotency key, in the transaction of whoever decided it.
2. `ask` calls the gateway with no transaction open. Whoever comes after a crash asks again by the same key.
3. `close` writes the answer, once, in the transaction that draws the conclusions (authorise, capture, void, refund).
"""

from typing import Any

import msgspec

from marketplace.kernel import json
from marketplace.kernel.clock import now
from marketplace.kernel.database import execute, fetch_one, fetch_value
from marketplace.kernel.errors import NotFound
from marketplace.ledger.gateways import Answer, Call, Gateway, gateway
from tenants.scope import NoTenant, acting_as, current


class Attempt(msgspec.Struct, frozen=True, kw_only=True):
    """`detail` is what the amount is made of: {"lines": {order line: amount}, "shipping": amount}, or {"refund": id}."""

    id: int
    merchant: int
    charge: int
    kind: str
    key: str
    amount: int
    currency: str
    state: str
    error: str | None
    source: str | None
    detail: dict[str, Any]
    gateway: str
    reference: str | None  # the gateway's id of the charge

    @property
    def open(self) -> bool:
        return self.state in ("requested", "sent")


class InsideTransaction(RuntimeError):
    """A gateway was about to be called while a transaction was open: its locks would wait for the outside world."""


async def intend(
    charge: int,
    kind: str,
    *,
    key: str,
    amount: int,
    source: str | None = None,
    detail: dict[str, Any] | None = None,
) -> int:
    """Write the intent in the open scope; the same key is the same intent. Answers the attempt's id."""
    await execute(
        "INSERT INTO payment_attempt (merchant, charge, kind, key, amount, source, detail, created_at)"
        " SELECT merchant, id, $2, $3, $4, $5, $6::jsonb, $7 FROM charge WHERE id = $1 ON CONFLICT (key) DO NOTHING",
        charge,
        kind,
        key,
        amount,
        source,
        json.dumps(detail or {}),
        now(),
    )
    return int(await fetch_value("SELECT id FROM payment_attempt WHERE key = $1", key))


async def read_attempt(attempt: int) -> Attempt:
    """In the open scope. Raises NotFound."""
    row = await fetch_one(
        "SELECT a.id, a.merchant, a.charge, a.kind, a.key, a.amount, c.currency, a.state, a.error, a.source, a.detail,"
        " c.gateway, c.reference FROM payment_attempt a JOIN charge c ON c.id = a.charge WHERE a.id = $1",
        attempt,
    )
    if row is None:
        raise NotFound(f"payment attempt {attempt}")
    return Attempt(**{**row, "detail": json.loads(row["detail"])})


async def ask(merchant: int, attempt: int) -> Answer:
    """Call the gateway about an open attempt. Raises GatewayUnavailable: it stays `sent`, and is asked again later.

    An attempt that is closed already is answered from its row. Raises InsideTransaction inside a scope.
    """
    _refuse_inside_a_scope()
    async with acting_as(merchant):
        row = await read_attempt(attempt)
        await execute(
            "UPDATE payment_attempt SET state = 'sent', sent_at = coalesce(sent_at, $2)"
            " WHERE id = $1 AND state IN ('requested', 'sent')",
            attempt,
            now(),
        )
        if row.kind == "refund":
            sql = "UPDATE refund SET state = 'sent' WHERE id = $1 AND state = 'requested'"
            await execute(sql, int(row.detail["refund"]))
    if not row.open:
        return Answer(ok=row.state == "done", reference=row.reference, code=row.error)
    return await _call(gateway(row.gateway), row)


async def close(attempt: int, answer: Answer) -> Attempt | None:
    """Write the answer in the open scope. None when somebody did before: draw no conclusion twice."""
    closed = await fetch_value(
        "UPDATE payment_attempt SET state = $2, reference = $3, error = $4, ended_at = $5"
        " WHERE id = $1 AND state IN ('requested', 'sent') RETURNING id",
        attempt,
        "done" if answer.ok else "failed",
        answer.reference,
        None if answer.ok else answer.code,
        now(),
    )
    return await read_attempt(attempt) if closed is not None else None


async def _call(at: Gateway, row: Attempt) -> Answer:
    call = Call(
        merchant=row.merchant,
        key=row.key,
        amount=row.amount,
        currency=row.currency,
        source=row.source,
        reference=row.reference,
        final=bool(row.detail.get("final", True)),
    )
    return await {"authorise": at.authorise, "capture": at.capture, "void": at.void, "refund": at.refund}[
        row.kind
    ](call)


def _refuse_inside_a_scope() -> None:
    try:
        current()
    except NoTenant:
        return
    raise InsideTransaction("close the scope before a gateway is called")
