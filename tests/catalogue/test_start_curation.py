"""Thousands of offers are taken up in the background, each once, with a report; a worker that dies goes on where it was."""

import pytest

import marketplace.reactions  # noqa: F401 — imports the jobs
from marketplace.catalogue import start_curation as module
from marketplace.catalogue.map_category import map_category
from marketplace.catalogue.offer_query import OfferQuery
from marketplace.catalogue.start_curation import carry_on, read_curation, start_curation
from marketplace.kernel.database import fetch, fetch_value
from marketplace.kernel.errors import Invalid, NotFound, Refused
from marketplace.relay import drain
from tenants.scope import acting_as
from tests.catalogue.shop import COMPLETE, open_shop
from tests.support import world

pytestmark = pytest.mark.usefixtures("database")


async def test_all_that_match_become_products_and_go_live(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "SLICE", 3)
    shop = await open_shop()
    for n in range(7):
        await shop.offer(
            **{
                **COMPLETE,
                "title": f"Vase {n}",
                "images": ["ftp://not.fetched/1.jpg"],
                "manufacturer": COMPLETE["manufacturer"] if n else None,
            }
        )
    await shop.offer(title="Bowl")
    made = await start_curation(shop.merchant, OfferQuery(words="vase"), publish=True, who="Paula")
    await shop.offer(**{**COMPLETE, "title": "Vase too late"})
    await drain()
    seen = await read_curation(shop.merchant, made)
    assert (seen.state, seen.total, seen.done, seen.started_by) == ("done", 7, 7, "Paula")
    assert seen.report == {
        "products": 7,
        "variants": 7,
        "matched": 0,
        "proposed": 0,
        "skipped": {},
        "published": 6,
        "refused": 1,
    }
    assert seen.finished_at


async def test_a_slice_done_twice_is_done_once():
    shop = await open_shop()
    offers = [await shop.offer() for _ in range(2)]
    made = await start_curation(shop.merchant, offers)
    assert not await carry_on(shop.merchant, made)
    assert not await carry_on(shop.merchant, made)
    async with acting_as(shop.merchant):
        assert await fetch_value("SELECT count(*) FROM product") == 2


async def test_nothing_selected_is_refused_and_a_strangers_curation_not_found():
    shop, other = await open_shop(), await open_shop()
    with pytest.raises(Refused):
        await start_curation(shop.merchant, OfferQuery(words="nothing"))
    made = await start_curation(shop.merchant, [await shop.offer()])
    with pytest.raises(NotFound):
        await read_curation(other.merchant, made)


async def test_deciding_where_a_suppliers_goods_go_moves_those_that_were_not_chosen_by_hand():
    shop = await open_shop()
    made = await start_curation(shop.merchant, [await shop.offer(**COMPLETE)])
    await carry_on(shop.merchant, made)
    salon = await world.insert("category", merchant=shop.merchant, slug="salon", title="Salon")
    assert await map_category(shop.merchant, shop.supplier, "Maison > Chaises", salon) == 1
    again = await start_curation(shop.merchant, [await shop.offer(**COMPLETE)])
    await carry_on(shop.merchant, again)
    async with acting_as(shop.merchant):
        assert {r["category"] for r in await fetch("SELECT category FROM product")} == {salon}
    with pytest.raises(Invalid):
        await map_category(shop.merchant, shop.supplier, "Maison > Chaises", salon + 1000)
