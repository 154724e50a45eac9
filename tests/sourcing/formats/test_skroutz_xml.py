"""Skroutz: Y and N, delivery times, sizes as variations."""

from pathlib import Path

from tests.sourcing.support import read_all, written

PRODUCT = """<product><id>{n}</id><name>Γυαλιά {n}</name><link>https://shop.example.gr/{n}</link><image>
  https://i.example.com/1.jpg</image><category>Αθλητικά</category><price_with_vat>124.00</price_with_vat><vat>24</vat><manufacturer>Acme</manufacturer>
  <mpn>Z1</mpn><ean>4006381333931</ean><instock>{stock}</instock><availability>{when}</availability><weight>350</weight>{more}</product>"""


def shop(*products: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><mywebstore><created_at>2026-01-01 12:00</created_at><products>{"".join(products)}</products></mywebstore>'


def test_products_are_read(tmp_path: Path) -> None:
    text = shop(
        PRODUCT.format(n=1, stock="Y", when="1-3", more="<quantity>10</quantity>"),
        PRODUCT.format(n=2, stock="N", when="Κατόπιν Παραγγελίας", more="<quantity>0</quantity>"),
    )
    reader, offers, _ = read_all(written(tmp_path, text, "skroutz.xml"))
    assert reader.mapping.format == "skroutz-xml"
    assert (offers[0].price_e4, offers[0].currency, offers[0].lead_days, offers[0].weight_g) == (
        1_000_000,
        "EUR",
        3,
        350,
    )
    assert offers[0].images == ("https://i.example.com/1.jpg",)
    assert offers[1].not_sellable == "out_of_stock"


def test_sizes_are_offers_of_their_own(tmp_path: Path) -> None:
    sizes = "<variations>" + "".join(
        f"<variation><variationid>1-{size}</variationid><size>{size}</size><quantity>{left}</quantity><availability>1-3</availability></variation>" for size, left in ((41, 2), (42, 0))
    ) + "</variations>"  # fmt: skip
    reader, offers, _ = read_all(
        written(tmp_path, shop(PRODUCT.format(n=1, stock="Y", when="1-3", more=sizes)), "skroutz.xml")
    )
    assert (reader.rows, reader.accepted, reader.offers) == (1, 1, 2)
    assert [(offer.sku, offer.group_key, offer.options, offer.quantity) for offer in offers] == [
        ("1-41", "1", {"Size": "41"}, 2),
        ("1-42", "1", {"Size": "42"}, 0),
    ]
