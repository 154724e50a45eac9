"""Vera keeps offers by hand; anybody asks why one was not for sale; one merchant has prices of its own."""

from datetime import timedelta

import pytest

from marketplace.kernel.clock import now
from marketplace.kernel.database import execute, fetch, fetch_one
from marketplace.kernel.errors import Invalid, NotFound, Refused
from marketplace.sourcing.edit_offers import edit_offers
from marketplace.sourcing.effective_cost import Cost, cost_e4, effective_cost
from marketplace.sourcing.sync.lock import lock_offers
from marketplace.sourcing.undo_run import undo_run
from marketplace.sourcing.why_sellable import why_sellable
from tenants.scope import acting_as, platform_scope
from tests.support import world
from tests.support.feeds import events, feed, lamp, lamps, rows

pytestmark = pytest.mark.usefixtures("database")


async def test_rows_typed_in_a_grid_are_offers_at_once_and_merchants_hear_of_them():
    vera = await feed(transport="grid")
    alice = await world.merchant()
    await world.agreement(alice, vera.supplier)
    done = await edit_offers(
        vera.supplier,
        [{"sku": "A-1", "title": "Basket", "price": "12,50", "quantity": "4"}, {"sku": "A-2", "title": "Bowl", "price": "", "quantity": "2"}],
        feed=vera.id, by="Vera",
    )  # fmt: skip
    assert (done.new, done.changed) == (2, 0)
    offers = await vera.offers()
    assert (offers["A-1"]["price_e4"], offers["A-1"]["sells_up_to"], offers["A-1"]["not_sellable"]) == (
        125_000,
        4,
        None,
    )
    assert offers["A-2"]["not_sellable"] == "no_price"
    assert [e["merchant"] for e in await events("feed.applied", vera.supplier)] == [alice]


async def test_an_edit_leaves_a_trail_with_its_author_and_touches_only_what_was_typed():
    vera = await feed()
    await vera.send(rows(*lamps(3)))
    before = await vera.offer()
    done = await edit_offers(
        vera.supplier, [{"sku": "L-001", "quantity": "0"}, {"sku": "L-002", "title": "Lamp 2"}], by="Vera"
    )
    after = await vera.offer()
    assert (done.changed, done.new) == (1, 0)
    assert (after["quantity"], after["not_sellable"], after["title"], after["price_e4"]) == (
        0,
        "out_of_stock",
        "Lamp 1",
        125_000,
    )
    assert after["as_of"] > before["as_of"]
    [change] = await vera.trail()
    assert (change["kind"], change["by"], change["before"]["quantity"], change["after"]["quantity"]) == (
        "by_hand",
        "Vera",
        10,
        0,
    )


async def test_the_feed_says_it_again_with_its_next_file():
    vera = await feed()
    await vera.send(rows(*lamps(3)))
    await edit_offers(vera.supplier, [{"sku": "L-001", "quantity": "2", "title": "By hand"}], by="Vera")
    await vera.send(rows(*lamps(3), lamp(4)))
    offer = await vera.offer()
    assert (offer["quantity"], offer["title"]) == (10, "Lamp 1")


@pytest.mark.parametrize(
    ("row", "field"),
    [({"sku": ""}, "0.sku"), ({"sku": "N-1"}, "0.title"), ({"sku": "N-1", "title": "x", "price": "cheap"}, "0.price"),
     ({"sku": "N-1", "title": "x", "quantity": "-1"}, "0.quantity"), ({"sku": "N-1", "title": "x", "quantity": "1.5"}, "0.quantity"),
     ({"sku": "N-1", "title": "x", "currency": "EURO"}, "0.currency"), ({"sku": "N-1", "title": "x", "colour": "red"}, "0.colour")],
)  # fmt: skip
async def test_what_cannot_be_is_said_beside_its_cell_and_nothing_is_written(row, field):
    vera = await feed()
    with pytest.raises(Invalid) as said:
        await edit_offers(vera.supplier, [row, {"sku": "N-2", "title": "Fine"}], by="Vera")
    assert list(said.value.problems) == [field]
    assert await vera.offers() == {}


async def test_while_a_feed_is_being_applied_an_edit_is_refused_not_lost(monkeypatch):
    import asyncio
    from contextvars import Context

    monkeypatch.setattr("marketplace.sourcing.edit_offers.WAIT_SECONDS", 0.05)
    vera = await feed()
    locked, done = asyncio.Event(), asyncio.Event()

    async def apply() -> None:
        async with acting_as(vera.supplier):
            await lock_offers(vera.supplier)
            locked.set()
            await done.wait()

    run = asyncio.get_running_loop().create_task(apply(), context=Context())
    await locked.wait()
    with pytest.raises(Refused, match="nothing you typed is lost"):
        await edit_offers(vera.supplier, [{"sku": "A", "title": "A"}], by="Vera")
    done.set()
    await run
    assert (await edit_offers(vera.supplier, [{"sku": "A", "title": "A"}], by="Vera")).new == 1


async def test_why_an_offer_was_not_for_sale_at_a_minute():
    vera = await feed()
    alice = await world.merchant()
    await vera.send(rows(*lamps(20)))
    offer = (await vera.offer())["id"]
    early = now()
    await vera.send(rows(lamp(1, quantity="0"), *lamps(20)[1:]))
    empty = now()
    await vera.send(rows(lamp(1, quantity="5"), *lamps(20)[1:]))
    assert (await why_sellable(vera.supplier, offer)).sellable
    assert (await why_sellable(vera.supplier, offer, early)).available == 10
    then = await why_sellable(vera.supplier, offer, empty)
    assert (then.code, then.sentence, then.state["quantity"]) == ("out_of_stock", "It is out of stock", 0)
    assert (await why_sellable(vera.supplier, offer, now() - timedelta(days=1))).code == "not_yet"
    assert [s.kind for s in then.trail] == ["changed", "changed"]
    with pytest.raises(NotFound):
        await why_sellable(alice, offer)
    made = await world.agreement(alice, vera.supplier, safety_stock=5)
    assert (await why_sellable(alice, offer)).code == "sold_out"
    async with platform_scope("pause"):
        await execute("UPDATE agreement SET state = 'paused', safety_stock = 0 WHERE id = $1", made)
    assert (await why_sellable(alice, offer)).code == "agreement_paused"


async def test_why_a_quantity_was_too_old():
    vera = await feed()
    await vera.send(rows(*lamps(3)))
    offer = (await vera.offer())["id"]
    async with platform_scope("three days pass"):
        for table, column in (
            ("offer", "stock_time"),
            ("offer", "created_at"),
            ("feed_pulse", "confirmed_at"),
            ("feed_run", "source_time"),
            ("feed_run", "finished_at"),
        ):
            await execute(
                f"UPDATE {table} SET {column} = {column} - interval '73 hours' WHERE supplier = $1",
                vera.supplier,
            )
    assert (await why_sellable(vera.supplier, offer)).code == "stock_too_old"
    assert (await why_sellable(vera.supplier, offer, now() - timedelta(hours=71))).code is None


async def price_list(limits: str = "{}"):
    vera = await feed()
    await vera.send(rows(*lamps(5)))
    alice, bob = await world.merchant(), await world.merchant("bob")
    made = await world.agreement(alice, vera.supplier, discount_bp=1000)
    await world.agreement(bob, vera.supplier)
    return vera, alice, bob, await feed(vera.supplier, agreement=made, vanished="zero", limits=limits)


async def test_one_merchants_price_list_changes_only_what_it_pays():
    vera, alice, bob, prices = await price_list()
    run = await prices.send(
        rows({"sku": "L-001", "price": "9.90", "currency": "EUR"}, {"sku": "L-999", "price": "1"})
    )
    assert (run["state"], run["accepted"], run["rejected"], run["new"]) == ("applied", 1, 1, 1)
    offer = (await vera.offer())["id"]
    assert await effective_cost(alice, offer) == Cost(99_000, "EUR", False)
    assert await effective_cost(bob, offer) == Cost(125_000, "EUR", False)
    assert (await vera.offer())["price_e4"] == 125_000
    async with acting_as(bob):
        assert await fetch("SELECT 1 FROM agreement_offer_change") == []
    assert (await events("feed.applied", vera.supplier))[-1]["merchant"] == alice


async def test_a_price_that_leaves_the_list_is_the_feeds_again_and_undo_brings_it_back():
    vera, alice, _, prices = await price_list('{"vanished_bp": null}')
    await prices.send(
        rows(
            {"sku": "L-001", "price": "9.90", "currency": "EUR"},
            {"sku": "L-002", "price": "9", "currency": "EUR"},
        )
    )
    run = await prices.send(rows({"sku": "L-002", "price": "8", "currency": "EUR"}))
    offers = await vera.offers()
    assert (run["vanished"], run["changed"]) == (1, 1)
    assert (await effective_cost(alice, offers["L-001"]["id"])).cost_e4 == 125_000
    assert (await effective_cost(alice, offers["L-002"]["id"])).cost_e4 == 80_000
    report = await undo_run(vera.supplier, run["id"], by="Vera")
    assert (report["restored"], report["left"]) == (2, 0)
    assert (await effective_cost(alice, offers["L-001"]["id"])).cost_e4 == 99_000
    assert (await effective_cost(alice, offers["L-002"]["id"])).cost_e4 == 90_000


async def test_undoing_a_price_list_leaves_prices_alone_that_a_later_one_changed():
    vera, alice, _, prices = await price_list('{"vanished_bp": null, "moved_bp": null}')

    def listed(*cents: str) -> str:
        return rows(*[{"sku": f"L-{n:03}", "price": c, "currency": "EUR"} for n, c in enumerate(cents, 1)])

    await prices.send(listed("9.00"))
    bad = await prices.send(listed("90.00", "80.00", "70.00"))
    await prices.send(listed("90.00", "80.00", "7.00"))
    report = await undo_run(vera.supplier, bad["id"], by="Vera")
    offers = await vera.offers()
    costs = [(await effective_cost(alice, offers[f"L-00{n}"]["id"])).cost_e4 for n in (1, 2, 3)]
    assert costs == [90_000, 125_000, 70_000]
    assert (report["restored"], report["left"], report["examples"][0]["sku"]) == (2, 1, "L-003")


async def test_a_stranger_has_no_cost():
    vera = await feed()
    await vera.send(rows(*lamps(1)))
    with pytest.raises(NotFound):
        await effective_cost(await world.merchant("charlie"), (await vera.offer())["id"])


@pytest.mark.parametrize(
    ("given", "cost"),
    [({"price_e4": 100_000}, 100_000), ({"price_e4": 100_000, "sale_price_e4": 90_000}, 90_000),
     ({"price_e4": 100_005, "price_means": "public", "discount_bp": 5000}, 50_003), ({"price_e4": None}, None),
     ({"price_e4": 100_000, "price_means": "public", "discount_bp": 3333, "own_e4": 7}, 7)],
)  # fmt: skip
async def test_the_rule_and_its_sql_twin_agree(given, cost):
    assert cost_e4(**given) == cost
    alice, vera = await world.merchant(), await world.supplier()
    made = await world.agreement(alice, vera, discount_bp=given.get("discount_bp", 0))
    offer = await world.offer(
        vera, **{k: v for k, v in given.items() if k in ("price_e4", "sale_price_e4", "price_means")}
    )
    if "own_e4" in given:
        await world.insert(
            "agreement_offer",
            merchant=alice,
            supplier=vera,
            agreement=made,
            offer=offer,
            cost_e4=given["own_e4"],
        )
    assert (await effective_cost(alice, offer)).cost_e4 == cost
    async with acting_as(alice):
        assert await fetch_one("SELECT 1 AS one FROM offer WHERE id = $1", offer)
