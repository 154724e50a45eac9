"""What sets are made of belongs to their supplier; who sells them reads it, and counts what it took."""

import asyncpg
import pytest

from marketplace.kernel.database import execute, fetch
from tenants.scope import acting_as, platform_scope, shop_scope
from tests.support import world

pytestmark = pytest.mark.usefixtures("database")

READ = "SELECT sku FROM part WHERE id = $1"
LINKS = "SELECT units FROM offer_part WHERE part = $1"


class Made:
    """A supplier's offer made of two of its part, and the same of a rival's; Alice sells the first supplier's only."""

    alice: int
    vera: int
    rival: int
    feeds: dict[int, int]
    offers: dict[int, int]
    parts: dict[int, int]


@pytest.fixture
async def made(database) -> Made:
    its = Made()
    its.alice, its.vera, its.rival = await world.merchant(), await world.supplier(), await world.supplier()
    await world.agreement(its.alice, its.vera)
    its.feeds, its.offers, its.parts = {}, {}, {}
    for supplier in (its.vera, its.rival):
        its.feeds[supplier] = await world.feed(supplier)
        its.offers[supplier] = await world.offer(supplier)
        its.parts[supplier] = await world.insert("part", supplier=supplier, sku="BED")
        await world.insert("offer_part", **_link(its, supplier))
    return its


def _link(its: Made, supplier: int, **more: int) -> dict[str, int]:
    return {
        "supplier": supplier,
        "feed": its.feeds[supplier],
        "offer": its.offers[supplier],
        "part": its.parts[supplier],
        "units": 2,
        **more,
    }


async def test_a_linked_merchant_reads_them_and_nobody_elses(made):
    async with acting_as(made.alice):
        assert (
            len(await fetch(READ, made.parts[made.vera]))
            == len(await fetch(LINKS, made.parts[made.vera]))
            == 1
        )
        assert await fetch(READ, made.parts[made.rival]) == await fetch(LINKS, made.parts[made.rival]) == []
    async with acting_as(made.vera):
        assert await fetch(READ, made.parts[made.rival]) == await fetch(LINKS, made.parts[made.rival]) == []


async def test_a_merchant_counts_what_it_took_and_of_no_other_supplier(made):
    async with acting_as(made.alice):
        assert await execute("UPDATE part SET taken = taken + 1 WHERE id = $1", made.parts[made.vera]) == 1
        assert await execute("UPDATE part SET taken = taken - 1 WHERE id = $1", made.parts[made.vera]) == 1
        assert await execute("UPDATE part SET taken = taken + 1 WHERE id = $1", made.parts[made.rival]) == 0


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO part (supplier, sku) VALUES ({vera}, 'STAND')",
        "UPDATE part SET sku = 'STAND' WHERE id = {part}",
        "UPDATE part SET supplier = {rival} WHERE id = {part}",
        "DELETE FROM part WHERE id = {part}",
        "INSERT INTO offer_part (supplier, feed, offer, part, units) VALUES ({vera}, {feed}, {offer}, {part}, 1)",
    ],
)
async def test_a_merchant_says_nothing_of_what_a_set_is_made_of(made, sql):
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with acting_as(made.alice):
            await execute(_filled(made, sql))


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE offer_part SET units = 1, sells_up_to = 99 WHERE part = {part}",
        "DELETE FROM offer_part WHERE part = {part}",
    ],
)
async def test_nor_changes_it(made, sql):
    async with acting_as(made.alice):
        assert await execute(_filled(made, sql)) == 0


async def test_nobody_makes_a_part_that_was_taken_already(made):
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with acting_as(made.vera):
            await execute("INSERT INTO part (supplier, sku, taken) VALUES ($1, 'STAND', 1)", made.vera)


@pytest.mark.parametrize(
    ("theirs", "refused"),
    [
        ("offer", asyncpg.InsufficientPrivilegeError),
        ("part_offer", asyncpg.InsufficientPrivilegeError),
        ("part", asyncpg.ForeignKeyViolationError),
        ("feed", asyncpg.ForeignKeyViolationError),
        ("supplier", asyncpg.InsufficientPrivilegeError),
    ],
)
async def test_a_supplier_makes_no_set_of_anothers_goods(made, theirs, refused):
    of_rival = {**_link(made, made.rival), "part_offer": made.offers[made.rival]}
    async with platform_scope("make room"):
        await execute("DELETE FROM offer_part WHERE supplier = $1", made.vera)
        await execute("DELETE FROM offer_part WHERE supplier = $1", made.rival)
    link = {**_link(made, made.vera), theirs: of_rival[theirs]}
    with pytest.raises(refused):
        async with acting_as(made.vera):
            await world.insert("offer_part", **link)


async def test_a_shop_reads_neither(made):
    for table in ("part", "offer_part"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            async with shop_scope(made.alice):
                await fetch(f"SELECT 1 FROM {table}")


def _filled(its: Made, sql: str) -> str:
    return sql.format(
        vera=its.vera,
        rival=its.rival,
        part=its.parts[its.vera],
        feed=its.feeds[its.vera],
        offer=its.offers[its.vera],
    )
