"""The day's exchange rates: the European Central Bank's euro reference rates, or whoever speaks the same XML at RATES_URL.

Published on working days around 16:00 CET as eurofxref-daily.xml: `<Cube time="…"><Cube currency="USD" rate="1.0842"/>…`.
"""

import os
import tempfile
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from lxml import etree

from marketplace.kernel.money import EXPONENTS
from marketplace.kernel.outside import fetch
from marketplace.ledger.fx import store_rates

ECB = "https://www.ecb.europa.eu/stats/eurofxref/eurofxref-daily.xml"
MOST_BYTES = 200_000
SECONDS = 30.0


class BadRates(ValueError):
    """The answer is not a list of reference rates."""


async def fetch_rates() -> int:
    """Keep the newest day's rates; again for a day that is kept changes nothing. Answers how many.

    Raises kernel.fetching.FetchFailed, BadRates.
    """
    with tempfile.TemporaryDirectory() as folder:
        got = await fetch(
            os.environ.get("RATES_URL", ECB),
            into=Path(folder) / "rates.xml",
            max_bytes=MOST_BYTES,
            max_seconds=SECONDS,
        )
        assert got.path is not None  # only a conditional request is answered "unchanged"
        day, rates = read_rates(got.path.read_bytes())
    return await store_rates(day, rates)


def read_rates(xml: bytes) -> tuple[date, dict[str, int]]:
    """(day, currency -> millionths that one euro buys), the euro itself included. Raises BadRates."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(xml, parser)
        [dated] = [element for element in root.iter() if element.get("time")]
        day = date.fromisoformat(dated.get("time") or "")
        rates = {
            cube.get("currency", ""): int((Decimal(cube.get("rate", "")) * 1_000_000).to_integral_value())
            for cube in dated
            if cube.get("currency")
        }
    except (etree.XMLSyntaxError, ValueError, InvalidOperation) as error:
        raise BadRates("this is not a list of euro reference rates") from error
    known = {code: rate for code, rate in rates.items() if code in EXPONENTS and rate > 0}
    if not known:
        raise BadRates("the list names no currency we know")
    return day, {"EUR": 1_000_000, **known}
