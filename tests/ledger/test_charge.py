"""Money moves once, is booked when it moved, and never more of it than was paid."""

import asyncio
from datetime import timedelta

import pytest

from marketplace.kernel.clock import now
from marketplace.kernel.database import execute, fetch, fetch_one, fetch_value
from marketplace.kernel.errors import Refused
from marketplace.ledger.attempt import InsideTransaction, ask
from marketplace.ledger.authorise import intend_authorise, record_authorise
from marketplace.ledger.capture import intend_capture, record_capture
from marketplace.ledger.gateways import GatewayUnavailable, UnknownGateway, gateway
from marketplace.ledger.post import check_books, post
from marketplace.ledger.refund import record_refund, request_refund, retry_refund
from marketplace.ledger.void import intend_void, record_void
from tenants.scope import acting_as, platform_scope
from tests.support import world

pytestmark = pytest.mark.usefixtures("database")
OK, DECLINED, SILENT, SHORT, CLOSED = (
    "ok:4242",
    "declined:0002",
    "silent:0119",
    "short:0044",
    "no_refunds:5126",
)


async def authorised(merchant, source=OK, amount=5000):
    """(charge, key) of a charge that the test gateway authorised."""
    key = world.unique("charge")
    async with acting_as(merchant):
        charge, attempt = await intend_authorise(
            merchant, key=key, amount=amount, currency="EUR", source=source, gateway="test"
        )
    answer = await asked(merchant, attempt)
    async with acting_as(merchant):
        await record_authorise(attempt, answer)
    return charge, key


async def asked(merchant, attempt):
    """The answer, after as many calls as it takes."""
    for _ in range(2):
        try:
            return await ask(merchant, attempt)
        except GatewayUnavailable:
            continue
    raise AssertionError("the gateway never answered")


async def captured(merchant, source=OK, lines=None, shipping=500):
    charge, key = await authorised(merchant, source)
    async with acting_as(merchant):
        attempt = await intend_capture(
            charge, key=f"{key}.capture", lines=lines or {1: 2500, 2: 1000}, shipping=shipping
        )
    answer = await asked(merchant, attempt)
    async with acting_as(merchant):
        await record_capture(attempt, answer)
    return charge, key


async def refund_sent(merchant, attempt_of):
    async with acting_as(merchant):
        attempt = await fetch_value(
            "SELECT id FROM payment_attempt WHERE charge = $1 AND kind = 'refund' ORDER BY id DESC LIMIT 1",
            attempt_of,
        )
    answer = await asked(merchant, attempt)
    async with acting_as(merchant):
        return await record_refund(attempt, answer)


async def row_of(merchant, charge):
    async with acting_as(merchant):
        return await fetch_one("SELECT * FROM charge WHERE id = $1", charge)


async def test_an_authorised_card_is_promised_and_not_charged():
    alice = await world.merchant()
    charge, _ = await authorised(alice)
    row = await row_of(alice, charge)
    assert (row["state"], row["authorised"], row["captured"]) == ("authorised", 5000, 0)
    assert row["card_hint"] == "Visa …4242"
    assert row["authorisation_ends_at"] > now() + timedelta(days=6)


async def test_a_declined_card_fails_the_charge_and_says_why():
    alice = await world.merchant()
    charge, key = await authorised(alice, DECLINED)
    assert (await row_of(alice, charge))["state"] == "failed"
    async with acting_as(alice):
        assert (
            await fetch_value("SELECT error FROM payment_attempt WHERE key = $1", f"{key}.authorise")
            == "declined"
        )


async def test_one_capture_takes_what_is_accepted_and_releases_the_rest():
    alice = await world.merchant()
    charge, _ = await captured(alice)
    row = await row_of(alice, charge)
    assert (row["state"], row["captured"]) == ("captured", 4000)
    async with acting_as(alice):
        theirs = await fetch_one(
            "SELECT captured, voided FROM test_payment WHERE reference = $1", row["reference"]
        )
        entries = await fetch("SELECT debit, credit, amount FROM entry WHERE charge = $1 ORDER BY id", charge)
    assert (theirs["captured"], theirs["voided"]) == (4000, 1000)
    assert [tuple(e.values()) for e in entries] == [("gateway", "sales", 3500), ("gateway", "shipping", 500)]
    assert await check_books() == []


async def test_a_worker_that_died_after_the_call_asks_again_by_the_same_key_and_money_moves_once():
    alice = await world.merchant()
    charge, key = await authorised(alice)
    async with acting_as(alice):
        attempt = await intend_capture(charge, key=f"{key}.capture", lines={1: 4500}, shipping=500)
    await ask(alice, attempt)  # and here the worker is killed: nothing was recorded
    assert (await row_of(alice, charge))["captured"] == 0
    answer = await ask(alice, attempt)
    async with acting_as(alice):
        assert await record_capture(attempt, answer) is not None
        assert await record_capture(attempt, answer) is None
    row = await row_of(alice, charge)
    assert row["captured"] == 5000
    async with acting_as(alice):
        assert (
            await fetch_value("SELECT captured FROM test_payment WHERE reference = $1", row["reference"])
            == 5000
        )


async def test_a_silent_gateway_leaves_the_attempt_sent_and_the_second_call_hears_the_first_answer():
    alice = await world.merchant()
    async with acting_as(alice):
        _, attempt = await intend_authorise(
            alice, key=world.unique("c"), amount=100, currency="EUR", source=SILENT, gateway="test"
        )
    with pytest.raises(GatewayUnavailable):
        await ask(alice, attempt)
    async with acting_as(alice):
        assert await fetch_value("SELECT state FROM payment_attempt WHERE id = $1", attempt) == "sent"
    assert (await ask(alice, attempt)).ok
    async with acting_as(alice):
        assert await fetch_value("SELECT count(*) FROM test_payment") == 1


async def test_two_workers_with_the_same_attempt_make_one_payment():
    alice = await world.merchant()
    async with acting_as(alice):
        _, attempt = await intend_authorise(
            alice, key=world.unique("c"), amount=100, currency="EUR", source=OK, gateway="test"
        )
    answers = await asyncio.gather(*[ask(alice, attempt) for _ in range(5)])
    assert len({a.reference for a in answers}) == 1
    async with acting_as(alice):
        assert await fetch_value("SELECT count(*) FROM test_payment") == 1


async def test_nobody_calls_a_gateway_inside_a_transaction():
    alice = await world.merchant()
    async with acting_as(alice):
        _, attempt = await intend_authorise(
            alice, key=world.unique("c"), amount=100, currency="EUR", source=OK, gateway="test"
        )
        with pytest.raises(InsideTransaction):
            await ask(alice, attempt)


async def test_a_void_gives_the_promise_back_and_nobody_was_charged():
    alice = await world.merchant()
    charge, key = await authorised(alice)
    async with acting_as(alice):
        attempt = await intend_void(charge, key=f"{key}.void", amount=5000)
    answer = await ask(alice, attempt)
    async with acting_as(alice):
        await record_void(attempt, answer)
    row = await row_of(alice, charge)
    assert (row["state"], row["captured"]) == ("voided", 0)
    async with acting_as(alice):
        assert (
            await fetch_value("SELECT voided FROM test_payment WHERE reference = $1", row["reference"])
            == 5000
        )
        assert await fetch_value("SELECT count(*) FROM entry WHERE charge = $1", charge) == 0


async def test_an_authorisation_that_ran_out_cannot_be_captured_and_the_charge_says_so():
    alice = await world.merchant()
    charge, key = await authorised(alice, SHORT)
    async with acting_as(alice):
        await execute("UPDATE test_payment SET authorisation_ends_at = now() - interval '1 minute'")
        attempt = await intend_capture(charge, key=f"{key}.capture", lines={1: 100}, shipping=0)
    answer = await ask(alice, attempt)
    async with acting_as(alice):
        await record_capture(attempt, answer)
        assert (
            await fetch_value("SELECT error FROM payment_attempt WHERE id = $1", attempt)
            == "authorisation_expired"
        )
    assert (await row_of(alice, charge))["state"] == "failed"


async def test_a_refund_is_promised_once_sent_once_and_booked():
    alice = await world.merchant()
    charge, key = await captured(alice)
    async with acting_as(alice):
        refund, new = await request_refund(
            charge, key=f"{key}.r1", lines={1: 1500}, shipping=500, reason="late"
        )
        again, second = await request_refund(
            charge, key=f"{key}.r1", lines={1: 1500}, shipping=500, reason="late"
        )
    assert (again, new, second) == (refund, True, False)
    await refund_sent(alice, charge)
    row = await row_of(alice, charge)
    assert (row["refund_reserved"], row["refunded"]) == (2000, 2000)
    async with acting_as(alice):
        assert await fetch_value("SELECT state FROM refund WHERE id = $1", refund) == "done"
        assert (
            await fetch_value(
                "SELECT sum(amount) FROM entry WHERE charge = $1 AND credit = 'gateway'", charge
            )
            == 2000
        )
    assert await check_books() == []


async def test_two_refunds_at_once_never_promise_more_than_was_paid():
    alice = await world.merchant()
    charge, key = await captured(alice)

    async def ask_for(n):
        async with acting_as(alice):
            await request_refund(charge, key=f"{key}.r{n}", lines={1: 1500}, shipping=0, reason="both")

    answers = await asyncio.gather(*[ask_for(n) for n in range(5)], return_exceptions=True)
    assert sum(a is None for a in answers) == 2
    assert {type(a) for a in answers if a} == {Refused}
    assert (await row_of(alice, charge))["refund_reserved"] == 3000


async def test_a_refund_to_a_closed_card_fails_frees_its_promise_and_can_be_tried_again():
    alice = await world.merchant()
    charge, key = await captured(alice, CLOSED)
    async with acting_as(alice):
        refund, _ = await request_refund(charge, key=f"{key}.r", lines={1: 4000}, shipping=0, reason="all")
    await refund_sent(alice, charge)
    row = await row_of(alice, charge)
    assert (row["refund_reserved"], row["refunded"]) == (0, 0)
    async with acting_as(alice):
        assert (
            await fetch_value("SELECT state || ' ' || error FROM refund WHERE id = $1", refund)
            == "failed card_closed"
        )
        await execute("UPDATE test_payment SET card_hint = 'ok:5126'")  # the shopper's bank opened it again
        await retry_refund(refund)
    await refund_sent(alice, charge)
    assert (await row_of(alice, charge))["refunded"] == 4000
    assert await check_books() == []


async def test_a_sum_without_its_entry_is_refused_by_the_database():
    alice = await world.merchant()
    charge, _ = await authorised(alice)
    with pytest.raises(Exception, match="but the entries say 0"):
        async with acting_as(alice):
            await execute("UPDATE charge SET captured = 100 WHERE id = $1", charge)


async def test_a_missing_entry_fails_the_check_of_the_books():
    alice = await world.merchant()
    charge, key = await captured(alice)
    async with acting_as(alice):
        await post(
            charge, key=f"{key}.extra", debit="gateway", credit="sales", amount=1, what="never happened"
        )
    [wrong] = await check_books()
    assert (wrong.charge, wrong.captured, wrong.booked) == (charge, 4000, 4001)
    async with platform_scope("clean up"):
        await execute("DELETE FROM entry WHERE key = $1", f"{key}.extra")


async def test_the_books_are_append_only_to_the_runtime_role():
    alice = await world.merchant()
    charge, _ = await captured(alice)
    for sql in ("UPDATE entry SET amount = 1 WHERE charge = $1", "DELETE FROM entry WHERE charge = $1"):
        with pytest.raises(Exception, match="permission denied"):
            async with acting_as(alice):
                await execute(sql, charge)


def test_a_gateway_is_found_by_its_folder_only():
    assert gateway("test").abilities.captures_once
    for name in ("nowhere", "../test", "test.cards"):
        with pytest.raises(UnknownGateway):
            gateway(name)
