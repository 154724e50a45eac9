"""A scope is one transaction that acts as one tenant."""

import pytest

from marketplace.kernel.database import NoScope, execute, fetch, fetch_value
from marketplace.sourcing.tables import Offer
from tenants.scope import WrongTenant, acting_as, after_commit, platform_scope, shop_scope
from tests.support import world

pytestmark = pytest.mark.usefixtures("database")


async def test_a_query_outside_a_scope_is_refused_before_it_reaches_the_database():
    with pytest.raises(NoScope, match="acting_as"):
        await Offer.count()


async def test_alice_reads_the_offers_of_her_supplier_and_charlie_reads_none():
    deal = await world.trade()
    charlie = await world.merchant("charlie")
    async with acting_as(deal.merchant):
        assert await Offer.count().where(Offer.supplier == deal.supplier) == 1
    async with acting_as(charlie):
        assert await Offer.count() == 0


async def test_offers_stay_readable_when_the_agreement_has_ended():
    deal = await world.trade()
    async with platform_scope("end it"):
        await execute("UPDATE agreement SET state = 'ended' WHERE id = $1", deal.agreement)
    async with acting_as(deal.merchant):
        assert await Offer.count() == 1


async def test_a_merchant_cannot_write_its_suppliers_offers():
    deal = await world.trade()
    async with acting_as(deal.merchant):
        assert await execute("UPDATE offer SET title = 'mine' WHERE id = $1", deal.offer) == 0


async def test_a_storefront_page_cannot_read_what_things_cost():
    deal = await world.trade()
    async with shop_scope(deal.merchant):
        assert await fetch_value("SELECT price FROM variant WHERE id = $1", deal.variant) == 2490
    for sql in (
        "SELECT cost_e4 FROM variant",
        "SELECT * FROM offer",
        "SELECT * FROM agreement",
        "SELECT * FROM membership",
    ):
        with pytest.raises(Exception, match="permission denied"):
            async with shop_scope(deal.merchant):
                await fetch(sql)


async def test_one_transaction_acts_as_one_tenant():
    alice, bob = await world.merchant(), await world.merchant("bob")
    async with acting_as(alice):
        with pytest.raises(WrongTenant):
            async with acting_as(bob):
                pass


async def test_what_waits_for_the_commit_does_not_run_after_a_rollback():
    alice = await world.merchant()
    rung: list[str] = []

    async def ring() -> None:
        rung.append("rung")

    async def break_off() -> None:
        async with acting_as(alice):
            after_commit(ring)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await break_off()
    assert rung == []
    async with acting_as(alice):
        after_commit(ring)
        assert rung == []
    assert rung == ["rung"]
