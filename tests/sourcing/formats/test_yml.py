"""YML: categories by number, parameters, roubles of old."""

from pathlib import Path

from tests.sourcing.support import read_all, written


def yml(offers: str) -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE yml_catalog SYSTEM "shops.dtd"><yml_catalog date="2026-01-01 17:16"><shop><name>Shop</name>'
        '<currencies><currency id="RUR" rate="1"/></currencies><categories><category id="1">Дом</category><category id="11" parentId="1">Чашки</category></categories>'
        f"<offers>{offers}</offers></shop></yml_catalog>"
    )


def test_offers_are_read_on_one_line_with_their_categories(tmp_path: Path) -> None:
    text = yml(
        '<offer id="Y1" available="true" group_id="G"><url>https://shop.example.com/1</url><price>290</price><oldprice>350</oldprice><currencyId>RUR</currencyId>'
        "<categoryId>11</categoryId><picture>https://i.example.com/1.jpg</picture><picture>https://i.example.com/2.jpg</picture><vendor>Acme</vendor><name>Чашка</name>"
        '<description><![CDATA[<p>Синяя</p>]]></description><stock_quantity>100</stock_quantity><param name="Цвет">синий</param><param name="Объём" unit="мл">300</param></offer>'
        '<offer id="Y2" available="false"><price>100</price><currencyId>UAH</currencyId><categoryId>99</categoryId><name>Кружка</name></offer>'
    )
    reader, offers, _ = read_all(written(tmp_path, text, "price.xml"))
    assert (reader.mapping.format, reader.rows) == ("yml", 2)
    first, second = offers
    assert (first.sku, first.group_key, first.currency, first.category, first.quantity) == (
        "Y1",
        "G",
        "RUB",
        "Дом > Чашки",
        100,
    )
    assert (first.msrp_e4, first.options, len(first.images)) == (
        3_500_000,
        {"Цвет": "синий", "Объём": "300"},
        2,
    )
    assert (second.not_sellable, second.currency, second.category) == ("out_of_stock", "UAH", "99")
