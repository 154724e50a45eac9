"""IOF of IdoSell: a size is an offer, the net price is the merchant's."""

from pathlib import Path

from tests.sourcing.support import read_all, written

FEED = """<?xml version="1.0" encoding="UTF-8"?>
<offer file_format="IOF" version="3.0" xmlns:iaiext="http://www.iai-shop.com/developers/iof/extensions.phtml" xmlns="http://www.iai-shop.com/developers/iof.phtml">
<products language="pol" currency="PLN"><product id="7"><producer id="1" name="Acme"/><category id="10" name="Buty/Sport"/><unit id="0" name="szt."/>
<card url="https://shop.example.pl/7"/><description><name xml:lang="pol"><![CDATA[But zielony]]></name><long_desc xml:lang="pol"><![CDATA[<p>Opis</p>]]></long_desc></description>
<price gross="199.00" net="161.79" vat="23.0"/><srp gross="249.00" net="202.44"/><sizes iaiext:group_id="1">
<size id="1" name="40" code="7-40" iaiext:code_external="x" code_producer="4006381333931" weight="800"><price gross="199.00" net="161.79"/><stock id="1" quantity="0"/></size>
<size id="2" name="41" code="7-41" weight="820"><price gross="209.00" net="169.92"/><stock id="1" quantity="3"/></size></sizes>
<images><large><image url="https://i.example.pl/7.jpg"/><image url="https://i.example.pl/7b.jpg"/></large><icons><icon url="https://i.example.pl/s7.jpg"/></icons></images></product></products></offer>"""


def test_sizes_are_offers_at_the_net_price(tmp_path: Path) -> None:
    reader, offers, _ = read_all(written(tmp_path, FEED, "full.xml"))
    assert (reader.mapping.format, reader.rows, reader.offers) == ("iof-xml", 1, 2)
    first, second = offers
    assert (first.sku, first.gtin_valid, first.quantity, first.weight_g, first.options) == (
        "7-40",
        "4006381333931",
        0,
        800,
        {"Size": "40"},
    )
    assert (second.sku, second.price_e4, second.currency, second.price_means, second.msrp_e4) == (
        "7-41",
        1_699_200,
        "PLN",
        "cost",
        2_024_400,
    )
    assert (first.title, first.brand, first.category, first.group_key, len(first.images)) == (
        "But zielony",
        "Acme",
        "Buty/Sport",
        "7",
        2,
    )


def test_a_file_without_sizes_is_priced_in_its_own_currency_too(tmp_path: Path) -> None:
    start, end = FEED.index("<sizes"), FEED.index("<images")
    plain = (FEED[:start] + FEED[end:]).replace('currency="PLN"', 'currency="EUR"')
    _, offers, _ = read_all(written(tmp_path, plain, "light.xml"))
    assert [(o.sku, o.price_e4, o.currency) for o in offers] == [("7", 1_617_900, "EUR")]
