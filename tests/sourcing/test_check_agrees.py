"""`comptoir feed check` says of a file what a run does with it: the same counts, the same rows refused, as many offers and as many to sell."""

from pathlib import Path
from typing import Any

import pytest

from marketplace.sourcing.check_feed import check_feed
from tests.sourcing.healthy import healthy
from tests.support.feeds import Feed, feed, lamp, rows

pytestmark = pytest.mark.usefixtures("database")


async def differences(vera: Feed, run: dict[str, Any], path: Path) -> list[tuple[Any, ...]]:
    """Where the run of this file, the first of its feed, and the check part."""
    said = check_feed(path, path.name)
    counts = ("format", "rows", "accepted", "merged", "attached")
    offers = await vera.offers()
    refused = [issue["line"] for issue in await vera.issues(run["id"]) if issue["kind"] == "rejected"]
    pairs = {
        **{name: (said[name], run[name]) for name in counts},
        "rejected": (len(said["rejected"]), run["rejected"]),
        "lines": (sorted(r["line"] for r in said["rejected"])[: len(refused)], sorted(refused)),
        "offers": (said["offers"], len(offers)),
        "sellable": (said["sellable"], sum(o["not_sellable"] is None for o in offers.values())),
    }
    return [(path.name, name, *pair) for name, pair in pairs.items() if pair[0] != pair[1]]


async def test_of_rows_that_repeat_a_key_the_last_is_what_both_count(tmp_path):
    path = tmp_path / "lamps.csv"
    path.write_text(
        rows(lamp(1), lamp(2, quantity="0"), lamp(3), lamp(1, quantity="0"), lamp(2), lamp(3, title=""))
    )
    said = check_feed(path)
    assert (said["offers"], said["sellable"], said["merged"], len(said["rejected"])) == (3, 2, 2, 1)
    vera = await feed()
    assert await differences(vera, await vera.send(path.read_bytes(), name=path.name), path) == []


@pytest.mark.parametrize("family", healthy())
async def test_of_a_feed_of_each_family_they_say_the_same(tmp_path, family):
    name, body = healthy()[family]
    path = tmp_path / name
    path.write_bytes(body)
    vera = await feed()
    run = await vera.send(body, name=name)
    if run["error"] == "needs_mapping":
        assert check_feed(path, name)["stock_only"]
    else:
        assert (run["state"], await differences(vera, run, path)) == ("applied", [])
