"""Zboží.cz and its older kin."""

from pathlib import Path

from tests.sourcing.support import read_all, written


def zbozi(items: str, kind: str = "zbozi") -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<SHOP xmlns="urn:example:feed:{kind}">\n{items}\n</SHOP>'


def test_items_without_a_number_are_keyed_by_their_address(tmp_path: Path) -> None:
    items = "\n".join(
        f"<SHOPITEM><PRODUCT>Podložka</PRODUCT><DESCRIPTION>Myš</DESCRIPTION><URL>https://shop.example.cz/{n}</URL><PRICE>620</PRICE>"
        f"<VAT>0.2</VAT><DELIVERY_DATE>{when}</DELIVERY_DATE><ITEM_TYPE>bazaar</ITEM_TYPE></SHOPITEM>"
        for n, when in enumerate(("ihned", "0", "2026-03-11"))
    )
    reader, offers, _ = read_all(written(tmp_path, zbozi(items), "zbozi.xml"))
    assert reader.mapping.format == "zbozi-xml"
    assert [offer.sku for offer in offers] == [f"https://shop.example.cz/{n}" for n in range(3)]
    assert [(offer.availability, offer.lead_days) for offer in offers] == [
        ("in_stock", None),
        ("in_stock", 0),
        ("backorder", 10),
    ]
    assert (offers[0].condition, offers[0].vat_rate_bp) == ("used", 2000)


def test_the_universal_form_is_read(tmp_path: Path) -> None:
    item = "<ITEM><PRODUCTNAME>Půllitr</PRODUCTNAME><CODE>P1</CODE><URL>https://a.example.cz</URL><PRICE>100</PRICE><PRICE_VAT>121</PRICE_VAT><VAT>21</VAT></ITEM>"
    _, offers, _ = read_all(written(tmp_path, zbozi(item, "universal"), "universal.xml"))
    assert (offers[0].sku, offers[0].price_e4) == ("P1", 1_000_000)
