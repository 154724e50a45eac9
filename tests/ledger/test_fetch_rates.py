"""The day's rates come by themselves, and a bad answer changes nothing."""

from datetime import date

import pytest

from marketplace.demo.rates import rates_xml
from marketplace.kernel.clock import now
from marketplace.kernel.database import fetch_value
from marketplace.ledger.fetch_rates import BadRates, fetch_rates, read_rates
from tenants.scope import platform_scope
from tests.support.loopback import answer, saying, serving

ECB = b"""<?xml version="1.0" encoding="UTF-8"?>
<gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
<Cube><Cube time='2026-11-20'><Cube currency='USD' rate='1.1584'/><Cube currency='JPY' rate='168.07'/></Cube></Cube></gesmes:Envelope>"""


def test_the_banks_file_is_read_to_the_millionth():
    assert read_rates(ECB) == (date(2026, 11, 20), {"EUR": 1_000_000, "USD": 1_158_400, "JPY": 168_070_000})


@pytest.mark.parametrize(
    "wrong",
    [b"", b"<html></html>", b"<Cube time='x'/>", b"<a time='2026-11-20'><b currency='USD' rate='x'/></a>"],
)
def test_what_is_no_list_of_rates_is_refused(wrong):
    with pytest.raises(BadRates):
        read_rates(wrong)


@pytest.mark.usefixtures("database")
async def test_the_newest_day_is_fetched_and_kept_once(monkeypatch):
    async with serving(saying(answer(200, rates_xml().encode(), content_type="text/xml"))) as server:
        monkeypatch.setenv("FETCH_ALLOW", f"127.0.0.1:{server.port}")
        monkeypatch.setenv("RATES_URL", server.url("/rates.xml"))
        assert await fetch_rates() == await fetch_rates() > 5
    async with platform_scope("look"):
        assert (
            await fetch_value(
                "SELECT count(*) FROM fx_rate WHERE day = $1 AND currency = 'GBP'", now().date()
            )
            == 1
        )
