"""Authorise, capture, void and refund as a real gateway does, with its refusals and its silences."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import msgspec

from marketplace.kernel.clock import now
from marketplace.ledger.gateways import Abilities, Answer, Call, GatewayUnavailable
from marketplace.ledger.gateways.test import books
from marketplace.ledger.gateways.test.cards import card_of, hint_of, source_of
from tenants.scope import acting_as

Work = Callable[[Call], Awaitable[Answer]]


class TestGateway:
    __test__ = False  # not a test class

    name = "test"
    abilities = Abilities(captures_once=True, authorisation_days=7)

    def source_of(self, fields: dict[str, str]) -> str:
        return source_of(fields)

    async def authorise(self, call: Call) -> Answer:
        return await _once(call, _authorise)

    async def capture(self, call: Call) -> Answer:
        return await _once(call, _capture)

    async def void(self, call: Call) -> Answer:
        return await _once(call, _void)

    async def refund(self, call: Call) -> Answer:
        return await _once(call, _refund)


GATEWAY = TestGateway()


async def _once(call: Call, work: Work) -> Answer:
    """The same key, the same answer. A silent card's first answer is lost on the way: it happened, and nobody heard."""
    async with acting_as(call.merchant):
        if (known := await books.known_answer(call.key)) is not None:
            return msgspec.convert(known, Answer)
        answer = await work(call)
        await books.keep_answer(call.merchant, call.key, msgspec.to_builtins(answer))
        lost = await _is_silent(call)
    if lost:
        raise GatewayUnavailable("the test gateway did not answer in time")
    return answer


async def _is_silent(call: Call) -> bool:
    if call.source:
        return card_of(call.source).silent_once
    row = await books.payment(call.reference)
    return row is not None and card_of(row["card_hint"]).silent_once


async def _authorise(call: Call) -> Answer:
    card = card_of(call.source)
    if card.declined:
        return Answer(ok=False, code=card.declined)
    source = call.source or ""
    ends = now() + timedelta(hours=card.authorisation_hours)
    reference = f"test_{call.key}"
    await books.open_payment(call.merchant, reference, source, call.currency, call.amount, ends)
    return Answer(ok=True, reference=reference, authorisation_ends_at=ends, card_hint=hint_of(source))


async def _capture(call: Call) -> Answer:
    row = await books.payment(call.reference)
    if row is None:
        return Answer(ok=False, code="no_such_payment")
    if row["authorisation_ends_at"] <= now():
        return Answer(ok=False, code="authorisation_expired")
    left = _left(row)
    if call.amount > left or row["captured"]:
        return Answer(ok=False, code="nothing_left_to_capture")
    await books.add(row["reference"], captured=call.amount, voided=left - call.amount if call.final else 0)
    return Answer(ok=True, reference=call.reference)


async def _void(call: Call) -> Answer:
    row = await books.payment(call.reference)
    if row is None:
        return Answer(ok=False, code="no_such_payment")
    if row["captured"]:
        return Answer(ok=False, code="already_captured")
    await books.add(row["reference"], voided=_left(row))
    return Answer(ok=True, reference=call.reference)


async def _refund(call: Call) -> Answer:
    row = await books.payment(call.reference)
    if row is None:
        return Answer(ok=False, code="no_such_payment")
    if card_of(row["card_hint"]).refuses_refunds:
        return Answer(ok=False, code="card_closed")
    if call.amount > row["captured"] - row["refunded"]:
        return Answer(ok=False, code="more_than_captured")
    await books.add(row["reference"], refunded=call.amount)
    return Answer(ok=True, reference=f"{call.reference}/{call.key}")


def _left(row: dict[str, Any]) -> int:
    return int(row["authorised"] - row["captured"] - row["voided"])
