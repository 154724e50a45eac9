"""Árukereső and its sisters: the shop's own number, the price shoppers pay, the currency of the country."""

from pathlib import Path

from tests.sourcing.support import read_all, written

HUNGARIAN = """<?xml version="1.0" encoding="UTF-8"?><products>
<product><Identifier>1234</Identifier><Manufacturer>Samsung</Manufacturer><Name>Galaxy</Name><Category>Telefon &gt; Mobil</Category><ProductUrl>https://bolt.example.hu/1</ProductUrl>
<Price>259 990</Price><NetPrice>204716</NetPrice><ImageUrl>https://bolt.example.hu/1.jpg</ImageUrl><ImageUrl2>https://bolt.example.hu/2.jpg</ImageUrl2><Description>x</Description>
<DeliveryTime>2 munkanap</DeliveryTime><DeliveryCost>990</DeliveryCost><ProductNumber>SM-1</ProductNumber><EanCode>4006381333931</EanCode><Stock>raktáron</Stock></product>
<product><Identifier>1235</Identifier><Manufacturer>Apple</Manufacturer><Name>iPhone</Name><Category>Telefon &gt; Mobil</Category><ProductUrl>https://bolt.example.hu/3</ProductUrl>
<Price>399900</Price><ImageUrl>https://bolt.example.hu/3.jpg</ImageUrl><Description>x</Description><DeliveryTime></DeliveryTime><EanCode></EanCode><Stock>nincs raktáron</Stock></product></products>"""


def test_hungarian_offers_are_read(tmp_path: Path) -> None:
    reader, offers, _ = read_all(written(tmp_path, HUNGARIAN, "arukereso.xml"))
    assert (reader.mapping.format, [o.sku for o in offers]) == ("arukereso-xml", ["1234", "1235"])
    first, second = offers
    assert (first.stated_e4, first.currency, first.mpn, first.lead_days, len(first.images)) == (
        2_599_900_000,
        "HUF",
        "SM-1",
        2,
        2,
    )
    assert (second.stated_e4, second.not_sellable) == (3_999_000_000, "out_of_stock")


def test_romanian_names_are_the_same_with_lines(tmp_path: Path) -> None:
    inner = "".join(
        f"<product><identifier>C{n}</identifier><manufacturer>Bosch</manufacturer><name>Polizor</name><category>Scule</category><product_url>https://r.example.ro/{n}</product_url>"
        f"<price>1.249,50</price><image_url>https://r.example.ro/{n}.jpg</image_url><delivery_time>3-5 zile</delivery_time><ean_code>4006381333931</ean_code></product>"
        for n in (1, 2)
    )
    _, offers, _ = read_all(written(tmp_path, f"<products>{inner}</products>", "compari.xml"))
    assert [(o.sku, o.stated_e4, o.currency, o.lead_days) for o in offers] == [
        ("C1", 12_495_000, "RON", 5),
        ("C2", 12_495_000, "RON", 5),
    ]
