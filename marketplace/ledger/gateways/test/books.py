"""The test gateway's own books: what "outside" knows. Never joined with ours."""

from datetime import datetime
from typing import Any

from marketplace.kernel import json
from marketplace.kernel.database import execute, fetch_one, fetch_value


async def known_answer(key: str) -> dict[str, Any] | None:
    """The answer given before to this key; calls of one key wait for each other."""
    await execute("SELECT pg_advisory_xact_lock(hashtextextended($1, 77))", key)
    answer = await fetch_value("SELECT answer FROM test_call WHERE key = $1", key)
    return json.loads(answer) if answer is not None else None


async def keep_answer(merchant: int, key: str, answer: dict[str, Any]) -> None:
    await execute(
        "INSERT INTO test_call (merchant, key, answer, at) VALUES ($1, $2, $3::jsonb, now())",
        merchant,
        key,
        json.dumps(answer),
    )


async def open_payment(
    merchant: int, reference: str, source: str, currency: str, amount: int, ends: datetime
) -> None:
    await execute(
        "INSERT INTO test_payment (merchant, reference, currency, authorised, card_hint, created_at, authorisation_ends_at)"
        " VALUES ($1, $2, $3, $4, $5, now(), $6)",
        merchant,
        reference,
        currency,
        amount,
        source,
        ends,
    )


async def payment(reference: str | None) -> dict[str, Any] | None:
    return await fetch_one("SELECT * FROM test_payment WHERE reference = $1 FOR UPDATE", reference)


async def add(reference: str, **amounts: int) -> None:
    """Add to `captured`, `voided` or `refunded`."""
    for column, amount in amounts.items():
        if column not in ("captured", "voided", "refunded"):
            raise ValueError(column)
        await execute(
            f"UPDATE test_payment SET {column} = {column} + $2 WHERE reference = $1", reference, amount
        )
