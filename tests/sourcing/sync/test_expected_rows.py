"""Of a file that nobody read before, one is told after its first batch about how many rows there will be."""

import gzip
import hashlib
import json
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from marketplace.kernel.database import execute
from marketplace.sourcing.propose_mapping import propose
from marketplace.sourcing.reading.source import share_read
from marketplace.sourcing.screens.run_page import pace
from marketplace.sourcing.sync.findings import Findings
from marketplace.sourcing.sync.known import nothing_known
from marketplace.sourcing.sync.reading import open_reading
from marketplace.sourcing.sync.records import Records
from tenants.scope import acting_as
from tests.support.feeds import feed, lamps, rows

COUNT = 13_000
WORDS = "a lamp of oak and brass that lights a whole room " * 3


def _unlike(n: int) -> str:
    """Text that packs badly, as real texts do."""
    return "".join(hashlib.sha256(f"{n} {part}".encode()).hexdigest() for part in range(6))


def _csv() -> bytes:
    lines = (f"L-{n},Lamp {n},{WORDS}{_unlike(n)},{n % 90}.00,{n % 7},EUR" for n in range(COUNT))
    return "\n".join(["sku,title,description,price,quantity,currency", *lines]).encode()


def _xml() -> bytes:
    items = (
        f"<item><g:id>L-{n}</g:id><title>Lamp {n}</title><description>{escape(WORDS)}</description>"
        f"<g:price>{n % 90}.00 EUR</g:price><g:availability>in stock</g:availability></item>"
        for n in range(COUNT)
    )
    return f'<rss xmlns:g="http://base.google.com/ns/1.0"><channel>{"".join(items)}</channel></rss>'.encode()


def _json() -> bytes:
    return json.dumps(
        {"products": [{"sku": f"L-{n}", "title": WORDS, "price": n, "stock": 3} for n in range(COUNT)]}
    ).encode()


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.csv", _csv()), ("a.csv.gz", gzip.compress(_csv())), ("a.xml", _xml()), ("a.json", _json())],
)
async def test_the_rows_to_come_are_reckoned_from_the_share_of_the_file_that_was_read(
    name: str, content: bytes, tmp_path: Path
):
    path = tmp_path / name
    path.write_bytes(content)
    reading = await open_reading(path, propose(path).mapping, nothing_known(), tmp_path)
    records = Records(reading, Findings())
    assert records.take() is not None
    assert records.expected == pytest.approx(COUNT, rel=0.25)
    while records.take() is not None:
        pass
    assert records.read == COUNT
    assert share_read(path) is None


@pytest.mark.usefixtures("database")
async def test_a_first_run_says_how_long_it_will_still_take():
    vera = await feed()
    run = await vera.send(rows(*lamps(3)))
    async with acting_as(vera.supplier):
        await execute(
            "UPDATE feed_run SET state = 'fetching', phase = 'reading', done_rows = 6000, expected_rows = 18000,"
            " started_at = now() - interval '10 seconds', beat_at = now() WHERE id = $1",
            run["id"],
        )
    seen = await pace(vera.supplier, vera.id, run["id"])
    assert (seen.expected, seen.share, seen.rate, seen.seconds_left) == (18_000, 3_333, 600, 20)
