"""Many want the last bed, half of them with its bedroom. Each race is first shown to be real: without its guard it is lost."""

import asyncio
import json

import asyncpg
import pytest

import marketplace.stock.guard as guard
import marketplace.stock.take as take
from marketplace.kernel.database import execute, fetch_value
from marketplace.sourcing.sync import close
from marketplace.stock.sums import check_parts, check_sums
from tenants.scope import platform_scope
from tests.races.test_last_units import buyers_of, served
from tests.support import world
from tests.support.bedroom import Bedroom, bedroom
from tests.support.checkout import cart
from tests.support.feeds import Feed, feed

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.race]


async def beds_sold(its: Bedroom) -> int:
    """By themselves and in bedrooms."""
    async with platform_scope("count"):
        return await fetch_value(
            "SELECT sum(held + committed)::int FROM stock WHERE offer = ANY($1)", [its.bed, its.set]
        )


async def a_hundred_buyers(its: Bedroom) -> int:
    return await served(
        [
            *await buyers_of(its.merchant, its.set, count=50),
            *await buyers_of(its.merchant, its.bed, count=50),
        ]
    )


async def test_fifty_buyers_of_a_set_and_fifty_of_its_part_buy_exactly_what_there_is():
    its = await bedroom(beds=10, stands=1000)
    assert await a_hundred_buyers(its) == 10
    assert await beds_sold(its) == 10
    assert await check_sums() == []
    assert await check_parts() == []


async def test_when_sets_take_nothing_of_their_parts_both_are_sold(monkeypatch):
    its = await bedroom(beds=10, stands=1000)
    monkeypatch.setattr(guard, "give_parts", _unasked)
    assert await a_hundred_buyers(its) == 20
    assert await beds_sold(its) == 20
    async with platform_scope("what was sold unasked would be a finding elsewhere"):
        await execute("UPDATE hold SET parts = NULL, part_units = NULL WHERE supplier = $1", its.supplier)


async def _unasked(offer: int, units: int, buffer: int) -> bool:
    """What `give_parts` must not be: the set's own number, which is that of the last feed, and nothing else."""
    return True


async def test_when_parts_are_read_first_and_written_after_both_are_sold(monkeypatch):
    its = await bedroom(beds=1, stands=1000)
    both_have_read = asyncio.Barrier(2)

    async def read_then_write(offer: int, units: int, buffer: int) -> bool:
        """What `give_parts` must not be: a reader decides, and writes when the other has read the same."""
        left = await fetch_value(
            "SELECT min((o.sells_up_to - p.taken) / m.units) FROM offer_part m JOIN part p ON p.id = m.part"
            " JOIN offer o ON o.id = m.part_offer WHERE m.offer = $1",
            offer,
        )
        await both_have_read.wait()
        if left < units:
            return False
        await guard.add_parts(offer, units)
        return True

    monkeypatch.setattr(guard, "give_parts", read_then_write)
    monkeypatch.setattr(take, "lock_parts", _wait_for_nobody)
    async with asyncio.timeout(20):
        assert await asyncio.gather(its.take(set=1), its.take(bed=1)) == [{}, {}]
    assert await beds_sold(its) == 2


async def _wait_for_nobody(offers: object, **more: object) -> None:
    """What `lock_parts` must not be."""


async def test_sets_and_their_parts_in_any_order_of_carts_never_wait_for_each_other():
    its = await bedroom(beds=1000, stands=1000)
    mixed = [
        buyer
        for offers in ((its.set, its.stand), (its.stand, its.set), (its.bed, its.stand), (its.stand, its.bed))
        for buyer in await buyers_of(its.merchant, *offers, count=25)
    ]
    assert await served(mixed) == 100
    assert await check_parts() == []


async def _nobody_said_it_yet() -> tuple[Feed, Bedroom]:
    """A bedroom on sale beside its bed, one of each; the mapping that says what it is made of is saved and waits for a file."""
    vera = await feed()
    await vera.send(HEAD + ROWS)
    known = json.loads(await vera.value("mapping"))
    told = {**known, "columns": {**known["columns"], "parts": "set parts"}}
    await vera.set(mapping=json.dumps(told), mapping_version=2)
    offers = {sku: row["id"] for sku, row in (await vera.offers()).items()}
    alice = await world.merchant()
    await world.agreement(alice, vera.supplier)
    return vera, Bedroom(alice, vera.supplier, vera.id, offers["BED"], offers["STAND"], offers["SET"])


HEAD = "sku,title,price,currency,quantity"
ROWS = "\nSET,Bedroom,500,EUR,1\nBED,Bed,300,EUR,1\nSTAND,Nightstand,100,EUR,2\n"
SAID = ",set parts\nSET,Bedroom,500,EUR,1,BED + 2x STAND\nBED,Bed,300,EUR,1,\nSTAND,Nightstand,100,EUR,2,\n"


async def test_a_bedroom_sold_while_a_run_first_says_what_it_is_made_of_comes_off_its_parts(database):
    """The buyer was first: the run waits for it, and takes the parts of what it sold."""
    vera, its = await _nobody_said_it_yet()
    shopper = await asyncpg.connect(database)
    try:
        sale = shopper.transaction()
        await sale.start()
        await _hold_one(shopper, its)
        run = asyncio.create_task(vera.send(HEAD + SAID))
        done, _ = await asyncio.wait([run], timeout=0.7)
        assert not done
        await sale.commit()
        assert (await run)["state"] == "applied"
    finally:
        await shopper.close()
    assert await its.all_left() == (0, 0, 0)
    assert await check_sums() == []
    assert await check_parts() == []


async def _hold_one(shopper: asyncpg.Connection, its: Bedroom) -> None:
    one = await cart(its.merchant)
    await shopper.execute(
        f"SELECT set_config('app.tenant_id', '{its.merchant}', true), set_config('app.person_id', '0', true)"
    )
    await shopper.execute("INSERT INTO stock (offer, supplier) VALUES ($1, $2)", its.set, its.supplier)
    await shopper.execute("UPDATE stock SET held = held + 1 WHERE offer = $1", its.set)
    await shopper.execute(
        "INSERT INTO hold (offer, merchant, supplier, quantity, kind, cart, expires_at)"
        " VALUES ($1, $2, $3, 1, 'reservation', $4, now() + interval '5 minutes')",
        its.set, its.merchant, its.supplier, one,
    )  # fmt: skip


async def test_who_buys_the_bedroom_while_a_run_says_so_waits_for_it_and_is_told_that_its_bed_is_gone(
    monkeypatch,
):
    vera, its = await _nobody_said_it_yet()
    assert await its.take(bed=1) == {}
    said, go_on, really = asyncio.Event(), asyncio.Event(), close.end_commitments

    async def wait(*args: object) -> int:
        said.set()
        await go_on.wait()
        return await really(*args)

    monkeypatch.setattr(close, "end_commitments", wait)
    run = asyncio.create_task(vera.send(HEAD + SAID))
    await said.wait()
    buyer = asyncio.create_task(its.take(set=1))
    done, _ = await asyncio.wait([buyer], timeout=0.3)
    assert not done
    go_on.set()
    assert (await run)["state"] == "applied"
    assert await buyer == {its.set: 0}
