"""A file comes, and the supplier's offers are what it says."""

import pytest

from tests.support import world
from tests.support.feeds import events, feed, lamp, lamps, rows

pytestmark = pytest.mark.usefixtures("database")


async def test_a_first_file_makes_offers_with_the_proposed_mapping():
    vera = await feed()
    run = await vera.send(rows(*lamps(3)))
    assert (run["state"], run["rows"], run["accepted"], run["new"], run["message"]) == (
        "applied",
        3,
        3,
        3,
        None,
    )
    offer = await vera.offer("L-002")
    assert (offer["title"], offer["price_e4"], offer["currency"], offer["quantity"], offer["sells_up_to"]) == (
        "Lamp 2", 125_000, "EUR", 10, 10)  # fmt: skip
    assert (offer["not_sellable"], offer["first_run"], offer["feed"]) == (None, run["id"], vera.id)
    assert await vera.value("mapping_version") == 1
