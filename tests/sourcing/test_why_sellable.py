"""Anybody asks of any minute: was it for sale then, and if not, why."""

from datetime import datetime, timedelta

import pytest

from marketplace.kernel import json
from marketplace.kernel.clock import now
from marketplace.kernel.database import execute
from marketplace.sourcing.apply_held_run import apply_held_run
from marketplace.sourcing.edit_offers import edit_offers
from marketplace.sourcing.pause_agreement import pause_agreement, resume_agreement
from marketplace.sourcing.undo_run import undo_run
from marketplace.sourcing.why_sellable import Why, why_sellable
from tenants.scope import platform_scope
from tests.support import checkout, world
from tests.support.feeds import Feed, feed, lamp, lamps, rows
from tests.web.sourcing.desk import seated

pytestmark = pytest.mark.usefixtures("database")
MANY = lamps(20)[1:]


async def days_pass(vera: Feed, hours: float) -> None:
    """Everything that happened so far happened `hours` earlier."""
    moved = {
        "offer": "stock_time created_at",
        "offer_change": "at",
        "feed_pulse": "confirmed_at",
        "feed_run": "source_time finished_at created_at held_at",
        "hold": "created_at ended_at",
        "agreement_history": "at",
        "agreement_offer_change": "at",
    }
    async with platform_scope("time passes"):
        for table, columns in moved.items():
            sets = ", ".join(f"{c} = {c} - make_interval(secs => $2)" for c in columns.split())
            await execute(f"UPDATE {table} SET {sets} WHERE supplier = $1", vera.supplier, hours * 3600.0)


def ago(hours: float) -> datetime:
    return now() - timedelta(hours=hours)


async def prepared() -> tuple[Feed, int]:
    vera = await feed()
    await vera.send(rows(lamp(1), *MANY))
    return vera, (await vera.offer())["id"]


async def test_a_history_of_runs_a_persons_edit_and_an_undo_is_told_minute_by_minute():
    vera, offer = await prepared()
    minutes: list[tuple[datetime, str | None, int | None, str]] = []

    async def note(code: str | None, price: int | None, title: str) -> None:
        minutes.append((now(), code, price, title))

    await note(None, 125_000, "Lamp 1")
    await vera.send(rows(lamp(1, quantity="0"), *MANY))
    await note("out_of_stock", 125_000, "Lamp 1")
    bad = await vera.send(rows(lamp(1, price="", title="Bad"), *MANY))
    await note("no_price", None, "Bad")
    await edit_offers(vera.supplier, [{"sku": "L-001", "quantity": "3"}], by="Vera")
    await note("no_price", None, "Bad")
    await undo_run(vera.supplier, bad["id"], by="Vera")
    await note(None, 125_000, "Lamp 1")
    await vera.send(rows(*MANY))
    await note("vanished", 125_000, "Lamp 1")
    await vera.send(rows(lamp(1, price="14.00"), *MANY))
    await note(None, 140_000, "Lamp 1")
    for at, code, price, title in minutes:
        then = await why_sellable(vera.supplier, offer, at)
        assert (then.code, then.state["price_e4"], then.state["title"]) == (code, price, title), at
    assert [s.kind for s in then.trail] == ["returned", "vanished", "undone", "by_hand", "changed", "changed"]


async def test_a_runs_news_is_in_force_from_its_end_not_from_its_beginning():
    vera, offer = await prepared()
    await days_pass(vera, 3)
    run = await vera.send(rows(lamp(1, quantity="0"), *MANY))
    async with platform_scope("a run of an hour"):
        await execute("UPDATE offer_change SET at = at - interval '1 hour' WHERE run = $1", run["id"])
    assert (await why_sellable(vera.supplier, offer, ago(0.5))).code is None
    assert (await why_sellable(vera.supplier, offer)).code == "out_of_stock"


async def test_what_the_age_of_a_quantity_kept_back_and_when_it_stopped_the_sale():
    vera = await feed(stale_after_hours=10, stop_after_hours=20)
    await vera.send(rows(lamp(1), *MANY))
    offer = (await vera.offer())["id"]
    await days_pass(vera, 30)
    await vera.send(rows(lamp(1), *MANY))
    seen = {hours: await why_sellable(vera.supplier, offer, ago(hours)) for hours in (29, 14.5, 9)}
    assert [(seen[h].code, seen[h].available) for h in (29, 14.5, 9)] == [
        (None, 10),
        (None, 4),
        ("stock_too_old", 0),
    ]
    assert seen[14.5].kept_back == 6
    assert (await why_sellable(vera.supplier, offer)).available == 10


async def test_a_file_that_came_unchanged_kept_the_quantity_fresh_and_one_that_was_dropped_did_not():
    vera, offer = await prepared()
    await days_pass(vera, 30)
    async with platform_scope("two runs that read nothing"):
        for hours, message in (
            (20, None),
            (2, "This is the file that was dropped or undone: nothing of it is used."),
        ):
            await execute(
                "INSERT INTO feed_run (supplier, feed, state, message, created_at, finished_at, source_time) VALUES ($1, $2, 'unchanged', $3, $4, $4, $4)",
                vera.supplier, vera.id, message, ago(hours),
            )  # fmt: skip
        await execute("UPDATE feed_pulse SET confirmed_at = $2 WHERE feed = $1", vera.id, ago(20))
    then = await why_sellable(vera.supplier, offer, ago(1))
    assert then.stock_time is not None
    assert abs((ago(20) - then.stock_time).total_seconds()) < 5
    assert (await why_sellable(vera.supplier, offer, ago(21))).kept_back == 0


async def test_an_offer_that_had_gone_is_as_old_as_when_it_was_last_there():
    vera = await feed(vanished="keep")
    await vera.send(rows(lamp(1), *MANY))
    offer = (await vera.offer())["id"]
    await days_pass(vera, 50)
    await vera.send(rows(*MANY))
    await days_pass(vera, 30)
    await vera.send(rows(lamp(1), *MANY))
    assert (await why_sellable(vera.supplier, offer, ago(1))).code == "stock_too_old"
    assert (await why_sellable(vera.supplier, offer, ago(40))).available > 0


async def test_a_merchant_is_told_of_its_agreement_as_it_stood_then():
    vera, offer = await prepared()
    alice = await world.merchant()
    before = now()
    made = await world.agreement(alice, vera.supplier, safety_stock=4)
    minutes = [now()]
    await pause_agreement(vera.supplier, made, by="Vera")
    minutes.append(now())
    await resume_agreement(vera.supplier, made, by="Vera")
    async with platform_scope("new terms"):
        await execute("UPDATE agreement SET safety_stock = 0 WHERE id = $1", made)
    minutes.append(now())
    await pause_agreement(vera.supplier, made, by="Vera")
    told = [await why_sellable(alice, offer, at) for at in (before, *minutes)]
    assert [(t.code, t.available) for t in told] == [
        ("agreement_not_active", 0), (None, 6), ("agreement_paused", 0), (None, 10),
    ]  # fmt: skip
    assert [t.safety for t in told] == [0, 4, 4, 0]
    assert (await why_sellable(vera.supplier, offer)).sellable  # its own word stands


async def test_a_merchant_is_told_when_it_was_not_offered_an_article():
    vera, offer = await prepared()
    alice = await world.merchant()
    made = await world.agreement(alice, vera.supplier)
    prices = await feed(vera.supplier, agreement=made, limits='{"vanished_bp": null}')
    minutes = [now()]
    for hidden in ("yes", "no"):
        await prices.send(rows({"sku": "L-001", "price": "9.00", "currency": "EUR", "excluded": hidden}))
        minutes.append(now())
    assert [(await why_sellable(alice, offer, at)).code for at in minutes] == [None, "hidden", None]


async def test_units_held_and_sold_then_are_taken_off():
    vera, offer = await prepared()
    alice = await world.merchant()
    await world.agreement(alice, vera.supplier)
    line = await checkout.order_line(alice, await world.variant(alice), 10)
    await days_pass(vera, 5)
    async with platform_scope("a sale that was cancelled"):
        await execute(
            "INSERT INTO hold (offer, merchant, supplier, quantity, kind, order_line, created_at, ended_at, why)"
            " VALUES ($1, $2, $3, 10, 'commitment', $4, $5, $6, 'cancelled')",
            offer, alice, vera.supplier, line, ago(2), ago(1),
        )  # fmt: skip
    told: list[Why] = [await why_sellable(alice, offer, ago(hours)) for hours in (3, 1.5, 0.5)]
    assert [(t.code, t.taken, t.available) for t in told] == [
        (None, 0, 10),
        ("sold_out", 10, 0),
        (None, 0, 10),
    ]


async def test_a_file_that_waited_for_a_person_is_named_for_as_long_as_it_waited():
    vera, offer = await prepared()
    early = now()
    run = await vera.send(rows(lamp(1, quantity="0")))
    assert run["state"] == "held"
    waiting = now()
    await apply_held_run(vera.supplier, run["id"], by="Vera")
    await vera.work(run["id"], (await vera.run(run["id"]))["attempts"])
    told = [await why_sellable(vera.supplier, offer, at) for at in (early, waiting, now())]
    assert [t.waiting.run if t.waiting else None for t in told] == [None, run["id"], None]
    assert [t.code for t in told] == [None, None, "out_of_stock"]


async def test_beyond_the_trail_it_says_so_and_does_not_guess():
    vera, offer = await prepared()
    await days_pass(vera, 24 * 500)
    assert (await why_sellable(vera.supplier, offer, ago(24 * 450))).code == "too_long_ago"


async def test_a_merchant_reads_on_its_own_page_why_and_without_prices_where_it_may_not_see_costs():
    vera, offer = await prepared()
    alice = await world.merchant()
    made = await world.agreement(alice, vera.supplier)
    await vera.send(rows(lamp(1, price="13.00", title="Renamed", quantity="0"), *MANY))
    await pause_agreement(vera.supplier, made, by="Vera")
    async with seated(alice, kind="merchant") as owner:
        assert "13.00" not in await owner.see(f"/offers/{offer}"), (
            "its identity comes before any supplier's cost"
        )
    async with platform_scope("a test"):
        await execute("UPDATE tenant SET identity_verified_at = now() WHERE id = $1", alice)
    async with seated(alice, kind="merchant") as owner, seated(alice, "support", kind="merchant") as helper:
        page, poorer = await owner.see(f"/offers/{offer}"), await helper.see(f"/offers/{offer}")
    assert "The agreement with this supplier was paused" in page
    assert ">Renamed<" in page
    assert "13.00" in page
    assert "13.00" not in poorer
    assert ">Renamed<" in poorer
    stranger = await world.merchant("bob")
    async with seated(stranger, kind="merchant") as bob:
        assert (await bob.get(f"/offers/{offer}")).status_code == 404


async def test_a_supplier_reads_that_a_file_was_waiting():
    vera, offer = await prepared()
    await vera.set(limits=json.dumps({"min_rows": 1}))
    run = await vera.send(rows(lamp(1, quantity="0")))
    async with seated(vera.supplier) as seat:
        page = await seat.see(f"/offers/{offer}")
    assert "A newer file has been waiting for a decision" in page
    assert f"/feeds/{vera.id}/runs/{run['id']}" in page
