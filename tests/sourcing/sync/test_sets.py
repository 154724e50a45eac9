"""The stock of a set follows its parts from run to run, though its own row never changes."""

import pytest

from tests.support.feeds import feed

pytestmark = pytest.mark.usefixtures("database")

HEAD = "sku,title,price,currency,quantity,set parts\n"


def _file(stands: str, *more: str) -> str:
    rows = ['SET,Bedroom,500,EUR,0,"BED, 2x STAND"', "BED,Bed,300,EUR,7,"]
    return (
        HEAD + "\n".join([*rows, *([f"STAND,Nightstand,100,EUR,{stands},"] if stands else []), *more]) + "\n"
    )


async def test_a_part_that_sells_takes_the_set_along():
    vera = await feed()
    run = await vera.send(_file("5"))
    assert (run["rows"], run["accepted"], run["new"]) == (3, 3, 3)
    assert (await vera.offer("SET"))["quantity"] == 2
    run = await vera.send(_file("1"))
    assert (run["rows"], run["changed"]) == (3, 2)
    offer = await vera.offer("SET")
    assert (offer["quantity"], offer["sells_up_to"], offer["not_sellable"]) == (0, 0, "out_of_stock")


async def test_a_part_that_is_gone_stops_the_set_and_says_why():
    vera = await feed()
    await vera.send(_file("5"))
    await vera.send(_file("", "LAMP,Lamp,10,EUR,3,"))
    offer = await vera.offer("SET")
    assert (offer["quantity"], offer["sells_up_to"], offer["not_sellable"]) == (None, 0, "part_unknown")
    await vera.send(_file("4", "LAMP,Lamp,10,EUR,3,"))
    offer = await vera.offer("SET")
    assert (offer["quantity"], offer["not_sellable"]) == (2, None)


async def test_a_part_that_cannot_be_read_leaves_the_set_as_it_was():
    vera = await feed()
    await vera.send(_file("5"))
    await vera.send(_file("ask us"))
    offer = await vera.offer("SET")
    assert (offer["quantity"], offer["sells_up_to"], offer["not_sellable"]) == (2, 2, None)
