"""A stock feed beside the full one: it touches stock and price only, and each number keeps its own time."""

import pytest

from marketplace.kernel.database import execute
from marketplace.sourcing.archive_feed import archive_feed
from marketplace.sourcing.why_sellable import why_sellable
from tenants.scope import platform_scope
from tests.support.feeds import Feed, feed, lamp, lamps, rows

pytestmark = pytest.mark.usefixtures("database")


async def both() -> tuple[Feed, Feed]:
    full = await feed()
    await full.send(rows(*lamps(10, lead_time="4")))
    return full, await feed(full.supplier, speed="stock", vanished="keep")


def stock(*pairs: tuple[int, int]) -> str:
    return rows(*[{"sku": f"L-{n:03}", "quantity": str(q)} for n, q in pairs])


async def test_stock_is_updated_and_nothing_else():
    full, quick = await both()
    before = await full.offer("L-003")
    run = await quick.send(stock(*[(n, n) for n in range(1, 11)]))
    assert (run["state"], run["changed"], run["new"], run["zeroed"]) == ("applied", 9, 0, 0)
    after = await full.offer("L-003")
    assert (after["quantity"], after["title"], after["price_e4"], after["feed"]) == (
        3,
        "Lamp 3",
        125_000,
        full.id,
    )
    assert after["lead_days"] == before["lead_days"]
    assert {o["as_of"] for o in (await full.offers()).values()} == {run["source_time"]}


async def test_titles_in_a_stock_feed_are_not_taken():
    full, quick = await both()
    run = await quick.send(rows(*lamps(10, title="Shouting", quantity="9")))
    assert run["changed"] == 10
    assert (await full.offer("L-001"))["title"] == "Lamp 1"


async def test_an_article_nobody_described_is_rejected_with_its_number():
    full, quick = await both()
    run = await quick.send(stock((1, 5), (77, 5)))
    assert (run["rows"], run["accepted"], run["rejected"]) == (2, 1, 1)
    assert any("L-077" in i["reason"] and i["line"] == 3 for i in await quick.issues(run["id"]))
    assert "L-077" not in await full.offers()


async def test_what_a_delta_does_not_mention_keeps_its_age():
    full, quick = await both()
    first = await quick.send(stock(*[(n, 5) for n in range(1, 11)]))
    second = await quick.send(stock((1, 6)))
    offers = await full.offers()
    assert (offers["L-001"]["as_of"], offers["L-002"]["as_of"]) == (
        second["source_time"],
        first["source_time"],
    )
    assert offers["L-002"]["quantity"] == 5


async def test_the_full_feed_that_comes_later_says_it_again():
    full, quick = await both()
    await quick.send(stock((1, 3)))
    await full.send(rows(*lamps(10, lead_time="4"), lamp(11)))
    assert (await full.offer("L-001"))["quantity"] == 10
    await quick.send(stock((1, 3), (2, 10)))
    assert (await full.offer("L-001"))["quantity"] == 3


async def test_a_steady_stock_feed_writes_only_what_changes():
    _, quick = await both()
    await quick.send(stock(*[(n, 5) for n in range(1, 11)]))
    run = await quick.send(stock((1, 6), *[(n, 5) for n in range(2, 11)]))
    assert (run["changed"], run["unchanged"]) == (1, 9)


async def test_a_stock_feed_that_says_what_there_is_empties_the_rest():
    full, _ = await both()
    quick = await feed(full.supplier, speed="stock", vanished="zero")
    await quick.send(stock(*[(n, 5) for n in range(1, 11)]))
    run = await quick.send(stock(*[(n, 5) for n in range(2, 11)]))
    offer = await full.offer("L-001")
    assert (run["zeroed"], offer["quantity"], offer["sells_up_to"], offer["not_sellable"]) == (
        1,
        0,
        0,
        "out_of_stock",
    )


async def age(supplier: int, hours: int) -> None:
    async with platform_scope("time passes"):
        for table, moments in (
            ("offer", ("stock_time", "price_time")),
            ("feed", ("last_ok_at", "archived_at")),
            ("feed_pulse", ("confirmed_at",)),
            ("feed_run", ("source_time", "created_at", "finished_at")),
        ):
            sets = ", ".join(f"{m} = {m} - make_interval(hours => $2)" for m in moments)
            await execute(f"UPDATE {table} SET {sets} WHERE supplier = $1", supplier, hours)


async def sellable(full: Feed) -> str | None:
    return (await why_sellable(full.supplier, (await full.offer())["id"])).code


@pytest.mark.parametrize("how", ["put away", "fell silent"])
async def test_where_the_list_of_stock_ends_the_full_feed_speaks_again_though_its_file_is_the_same(how):
    full, quick = await both()
    await quick.send(stock(*[(n, 10) for n in range(1, 11)]))
    assert (await full.offer())["stock_feed"] == quick.id
    if how == "put away":
        await archive_feed(full.supplier, quick.id, by="Vera")
    await age(full.supplier, 80)
    assert await sellable(full) == "stock_too_old"
    assert (await full.send(rows(*lamps(10, lead_time="4"))))["state"] == "applied"
    assert await sellable(full) is None
    assert (await full.send(rows(*lamps(10, lead_time="4"))))["state"] == "unchanged", "and once is enough"


async def test_what_the_full_feed_cannot_say_of_a_list_that_ended_does_not_have_it_read_again_for_ever():
    full = await feed()
    catalogue = rows(*[{"sku": f"L-{n:03}", "title": f"Lamp {n}"} for n in range(1, 11)])
    await full.send(catalogue)
    quick = await feed(full.supplier, speed="stock", vanished="keep")
    await quick.send(stock(*[(n, 10) for n in range(1, 11)]))
    await archive_feed(full.supplier, quick.id, by="Vera")
    states = []
    for _ in range(3):
        states.append((await full.send(catalogue))["state"])
        await age(full.supplier, 3)
    assert states == ["applied", "applied", "unchanged"]


async def test_while_the_list_of_stock_is_fresh_the_same_full_file_is_not_read_again():
    full, quick = await both()
    await quick.send(stock(*[(n, 10) for n in range(1, 11)]))
    assert (await full.send(rows(*lamps(10, lead_time="4"))))["state"] == "unchanged"


async def test_an_article_that_one_full_feed_lost_is_sold_from_another_that_lists_it_still():
    one = await feed()
    await one.send(rows(*lamps(10)))
    other = await feed(one.supplier)
    await other.send(rows(*lamps(12)[4:]))
    await other.send(rows(*lamps(12)[6:]))
    assert (await one.offer("L-005"))["not_sellable"] == "vanished"
    assert (await one.send(rows(*lamps(10))))["state"] == "applied"
    back = await one.offer("L-005")
    assert (back["not_sellable"], back["feed"]) == (None, one.id)
