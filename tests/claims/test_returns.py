"""Goods come back under a number: once, no more than left, counted by whoever receives them."""

import asyncio

import pytest

from marketplace.claims.authorise_return import authorise_return
from marketplace.claims.book_return import book_return
from marketplace.claims.file_claim import file_claim
from marketplace.claims.receive_return import receive_return
from marketplace.claims.return_pages import count_returns, read_return_page, read_returns
from marketplace.kernel.errors import NotFound, Refused, Stale
from tests.claims.scenes import sold, value
from tests.support import world

pytestmark = pytest.mark.usefixtures("database")


async def send_back(one, units: int = 1, **more) -> int:
    [made] = await authorise_return(
        one.merchant, lines={one.line: units}, reason="damaged", by="Alice", **more
    )
    return made


async def line_of(goods_return: int) -> int:
    return await value("SELECT id FROM goods_return_line WHERE goods_return = $1", goods_return)


async def test_a_complaint_waits_for_the_goods_and_then_for_the_merchant_again():
    one = await sold(units=2)
    claim = (
        await file_claim(
            one.merchant,
            one.order,
            units={one.line: 1},
            cause="defective",
            wish="refund",
            text="Dead.",
            key="k",
        )
    ).id
    goods = await send_back(one, claim=claim)
    assert await value("SELECT state FROM claim WHERE id = $1", claim) == "awaiting_return"
    await receive_return(one.supplier, goods, received={await line_of(goods): 1}, accept=True, by="Vera")
    assert await book_return(one.merchant, goods, "Vera") is True
    assert await book_return(one.merchant, goods, "Vera") is False
    assert await value("SELECT state FROM claim WHERE id = $1", claim) == "open"
    assert await value("SELECT returned FROM order_line WHERE id = $1", one.line) == 1


async def test_no_more_comes_back_than_left_however_many_ask_at_once():
    one = await sold(units=2)
    answers = await asyncio.gather(*(send_back(one) for _ in range(5)), return_exceptions=True)
    assert sorted(type(a).__name__ for a in answers) == ["Refused"] * 3 + ["int"] * 2


async def test_what_has_not_left_cannot_come_back():
    with pytest.raises(Refused, match="than has left"):
        await send_back(await sold(shipped=0))


async def test_refused_goods_need_a_reason_and_stay_unreturned():
    one = await sold()
    goods = await send_back(one)
    with pytest.raises(Refused, match="why"):
        await receive_return(
            one.merchant, goods, received={await line_of(goods): 1}, accept=False, by="Alice"
        )
    await receive_return(
        one.merchant, goods, received={await line_of(goods): 1}, accept=False, by="Alice", note="Worn."
    )
    await book_return(one.merchant, goods, "Alice")
    assert await value("SELECT returned FROM order_line WHERE id = $1", one.line) == 0
    assert await value("SELECT state FROM goods_return WHERE id = $1", goods) == "refused"


async def test_a_parcel_is_received_once_and_counted_within_what_was_announced():
    one, sven = await sold(), await world.supplier("sven")
    goods = await send_back(one)
    line = await line_of(goods)
    for count, field in ((2, "received"), (-1, "received"), (0, "received")):
        with pytest.raises(Refused) as refused:
            await receive_return(one.supplier, goods, received={line: count}, accept=True, by="Vera")
        assert refused.value.field == field
    with pytest.raises(NotFound):
        await receive_return(sven, goods, received={line: 1}, accept=True, by="Sven")
    await receive_return(one.supplier, goods, received={line: 1}, accept=True, by="Vera")
    with pytest.raises(Stale):
        await receive_return(one.merchant, goods, received={line: 1}, accept=True, by="Alice")


async def test_both_parties_see_what_is_expected_back_and_a_stranger_sees_nothing():
    one, sven = await sold(units=2), await world.supplier("sven")
    goods = await send_back(one)
    for tenant, side, other in (
        (one.supplier, "supplier", one.merchant),
        (one.merchant, "merchant", one.supplier),
    ):
        [row], more = await read_returns(tenant, side=side)
        assert (row.id, row.other, row.title, row.units, more) == (goods, other, "Carafe, sand", 1, None)
        assert (await count_returns(tenant, side=side))["todo"] == 1
        assert (await read_return_page(tenant, goods))["lines"][0]["sku"] == "V-1"
    assert await read_returns(sven, side="supplier") == ([], None)
    with pytest.raises(NotFound):
        await read_return_page(sven, goods)


async def test_returns_page_by_their_last_id_and_are_found_by_number():
    one = await sold(units=3)
    made = [await send_back(one) for _ in range(3)]
    first, more = await read_returns(one.supplier, side="supplier", limit=2)
    rest, end = await read_returns(one.supplier, side="supplier", limit=2, before=more)
    assert [r.id for r in first + rest] == made[::-1]
    assert end is None
    [found], _ = await read_returns(one.merchant, side="merchant", text=first[0].rma_number.lower())
    assert found.id == first[0].id
