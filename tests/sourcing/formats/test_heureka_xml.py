"""Heureka: prices with VAT, days to dispatch, parameters as pairs."""

from pathlib import Path

from tests.sourcing.support import read_all, written


def heureka(item: str) -> str:
    return f'\ufeff<?xml version="1.0" encoding="utf-8"?>\r\n<SHOP>\r\n<SHOPITEM>{item}</SHOPITEM>\r\n</SHOP>'


ITEM = """<ITEM_ID>H1</ITEM_ID><PRODUCTNAME><![CDATA[ Hrnek ]]></PRODUCTNAME><DESCRIPTION>&lt;p&gt;Modrý&lt;/p&gt;</DESCRIPTION><URL>https://shop.example.cz/h1</URL>
<IMGURL>https://i.example.com/1.jpg</IMGURL><IMGURL_ALTERNATIVE>https://i.example.com/2.jpg</IMGURL_ALTERNATIVE><PRICE_VAT>5 000,50</PRICE_VAT><VAT>21%</VAT>
<MANUFACTURER>Acme</MANUFACTURER><EAN>4006381333931</EAN><DELIVERY_DATE>3</DELIVERY_DATE><ITEMGROUP_ID>HG</ITEMGROUP_ID>
<PARAM><PARAM_NAME>Barva</PARAM_NAME><VAL>modrá</VAL></PARAM><PARAM><PARAM_NAME>Objem</PARAM_NAME><VAL>0,3 l</VAL></PARAM>
<DELIVERY><DELIVERY_ID>PPL</DELIVERY_ID><DELIVERY_PRICE>99</DELIVERY_PRICE></DELIVERY>"""


def test_a_shop_item_is_read(tmp_path: Path) -> None:
    reader, offers, _ = read_all(written(tmp_path, heureka(ITEM), "heureka.xml"))
    offer = offers[0]
    assert reader.mapping.format == "heureka-xml"
    assert (offer.sku, offer.title, offer.currency, offer.stated_e4, offer.price_e4) == (
        "H1",
        "Hrnek",
        "CZK",
        50_005_000,
        41_326_446,
    )
    assert (offer.lead_days, offer.sells_up_to, offer.group_key) == (3, 1, "HG")
    assert offer.options == {"Barva": "modrá", "Objem": "0,3 l"}
    assert offer.description == "<p>Modrý</p>"
    assert len(offer.images) == 2


def test_the_older_price_is_without_vat(tmp_path: Path) -> None:
    _, offers, _ = read_all(written(tmp_path, heureka(ITEM.replace("PRICE_VAT", "PRICE")), "heureka.xml"))
    assert offers[0].price_e4 == offers[0].stated_e4 == 50_005_000
