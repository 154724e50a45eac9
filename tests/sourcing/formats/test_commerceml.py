"""CommerceML of 1C: goods, offers, or offers with their goods in one file."""

from pathlib import Path

import pytest

from marketplace.sourcing.formats import commerceml
from marketplace.sourcing.reading.errors import FeedRefused
from tests.sourcing.support import checked, read_all, written

GOODS = """<Классификатор><Ид>b1</Ид><Наименование>Классификатор</Наименование><Группы><Группа><Ид>g1</Ид><Наименование>Обувь</Наименование>
<Группы><Группа><Ид>g2</Ид><Наименование>Ботинки</Наименование></Группа></Группы></Группа><Группа><Ид>g3</Ид><Наименование>Одежда</Наименование></Группа></Группы></Классификатор>
<Каталог><Ид>b1</Ид><Наименование>Каталог</Наименование><Товары>
<Товар><Ид>t1</Ид><Штрихкод>4006381333931</Штрихкод><Артикул>B-100</Артикул><Наименование>Ботинки кожаные</Наименование><Группы><Ид>g2</Ид></Группы>
<Описание>Тёплые</Описание><Картинка>https://i.example.ru/1.jpg</Картинка><Изготовитель><Ид>m1</Ид><Наименование>Фабрика</Наименование></Изготовитель>
<СтавкиНалогов><СтавкаНалога><Наименование>НДС</Наименование><Ставка>20</Ставка></СтавкаНалога></СтавкиНалогов></Товар>
<Товар><Ид>t2</Ид><Артикул>K-7</Артикул><Наименование>Куртка</Наименование><Группы><Ид>g3</Ид></Группы></Товар></Товары></Каталог>"""
OFFERS = """<ПакетПредложений><Ид>b1#</Ид><Наименование>Пакет</Наименование><ТипыЦен><ТипЦены><Ид>p1</Ид><Наименование>Розничная</Наименование><Валюта>RUB</Валюта>
<Налог><Наименование>НДС</Наименование><УчтеноВСумме>true</УчтеноВСумме></Налог></ТипЦены><ТипЦены><Ид>p2</Ид><Наименование>Оптовая</Наименование></ТипЦены></ТипыЦен><Предложения>
<Предложение><Ид>t1</Ид><Наименование>Ботинки кожаные</Наименование><Цены><Цена><Представление>5 990,00 руб. за шт</Представление><ИдТипаЦены>p1</ИдТипаЦены>
<ЦенаЗаЕдиницу>5990</ЦенаЗаЕдиницу><Валюта>RUB</Валюта></Цена><Цена><ИдТипаЦены>p2</ИдТипаЦены><ЦенаЗаЕдиницу>3500.50</ЦенаЗаЕдиницу></Цена></Цены><Количество>12</Количество></Предложение>
<Предложение><Ид>t2#v1</Ид><Наименование>Куртка (M)</Наименование><ХарактеристикиТовара><ХарактеристикаТовара><Наименование>Размер</Наименование><Значение>M</Значение></ХарактеристикаТовара></ХарактеристикиТовара>
<Цены><Цена><ИдТипаЦены>p2</ИдТипаЦены><ЦенаЗаЕдиницу>7000</ЦенаЗаЕдиницу></Цена></Цены><Количество>0</Количество></Предложение>
<Предложение><Ид>t2#v2</Ид><Наименование>Куртка (L)</Наименование><ХарактеристикиТовара><ХарактеристикаТовара><Наименование>Размер</Наименование><Значение>L</Значение></ХарактеристикаТовара></ХарактеристикиТовара>
<Цены><Цена><ИдТипаЦены>p2</ИдТипаЦены><ЦенаЗаЕдиницу>7000</ЦенаЗаЕдиницу></Цена></Цены><Количество>3</Количество></Предложение></Предложения></ПакетПредложений>"""


def exchange(inner: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<КоммерческаяИнформация xmlns="urn:1C.ru:commerceml_2" ВерсияСхемы="2.08">{inner}</КоммерческаяИнформация>'


def test_offers_have_what_the_catalogue_says_of_their_goods(tmp_path: Path) -> None:
    path = written(tmp_path, exchange(GOODS + OFFERS), "exchange.xml")
    reader, offers, rejected = read_all(path)
    assert (reader.mapping.format, reader.rows, rejected) == ("commerceml", 3, [])
    first, second, third = offers
    assert (first.sku, first.title, first.category, first.brand, first.gtin_valid, first.vat_rate_bp) == (
        "t1",
        "Ботинки кожаные",
        "Обувь > Ботинки",
        "Фабрика",
        "4006381333931",
        2_000,
    )
    assert (first.price_e4, first.currency, first.quantity, first.images) == (
        35_005_000,
        "RUB",
        12,
        ("https://i.example.ru/1.jpg",),
    )
    assert [(o.sku, o.group_key, o.options, o.quantity, o.category) for o in (second, third)] == [
        ("t2#v1", "t2", {"Размер": "M"}, 0, "Одежда"),
        ("t2#v2", "t2", {"Размер": "L"}, 3, "Одежда"),
    ]
    shown = {column["name"]: column["samples"] for column in checked(path)["columns"]}
    assert shown["Товар/Наименование"] == ["Ботинки кожаные", "Куртка"]


def test_goods_alone_are_the_rows_and_groups_are_none(tmp_path: Path) -> None:
    reader, offers, _ = read_all(written(tmp_path, exchange(GOODS), "import.xml"))
    assert (reader.rows, [(o.sku, o.category) for o in offers]) == (
        2,
        [("B-100", "Обувь > Ботинки"), ("K-7", "Одежда")],
    )


def test_offers_alone_are_prices_and_stock(tmp_path: Path) -> None:
    reader, offers, _ = read_all(written(tmp_path, exchange(OFFERS), "offers.xml"))
    assert [(o.sku, o.price_e4, o.quantity) for o in offers] == [
        ("t1", 35_005_000, 12),
        ("t2#v1", 70_000_000, 0),
        ("t2#v2", 70_000_000, 3),
    ]
    assert reader.mapping.price_vat == "included"


def test_orders_are_no_catalogue(tmp_path: Path) -> None:
    text = exchange("<Документ><Ид>1</Ид><ХозОперация>Заказ товара</ХозОперация><Сумма>10</Сумма></Документ>")
    with pytest.raises(FeedRefused) as refused:
        checked(written(tmp_path, text, "orders.xml"))
    assert refused.value.code == "not_products"


def test_a_catalogue_too_long_to_be_kept_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commerceml, "MAX_HELD", 500)
    with pytest.raises(FeedRefused) as refused:
        checked(written(tmp_path, exchange(GOODS + OFFERS), "exchange.xml"))
    assert (refused.value.code, refused.value.line) == ("too_big", 5)
