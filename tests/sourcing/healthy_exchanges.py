"""Whole files of the kinds that put an offer together from several places of a document."""

from __future__ import annotations

import json


def commerceml() -> str:
    """1C: goods in groups, and their offers after them."""
    goods = "\n".join(
        f"<Товар><Ид>t{n}</Ид><Артикул>K-{n}</Артикул><Наименование>Куртка {n}</Наименование><Группы><Ид>g{n % 2}</Ид></Группы></Товар>"
        for n in range(10)
    )
    offers = "\n".join(
        f"<Предложение><Ид>t{n}</Ид><Наименование>Куртка {n}</Наименование><Цены><Цена><ИдТипаЦены>p1</ИдТипаЦены>"
        f"<ЦенаЗаЕдиницу>{n}50.5</ЦенаЗаЕдиницу><Валюта>RUB</Валюта></Цена></Цены><Количество>{n}</Количество></Предложение>"
        for n in range(10)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<КоммерческаяИнформация xmlns="urn:1C.ru:commerceml_2" ВерсияСхемы="2.08">'
        "<Классификатор><Ид>b1</Ид><Группы><Группа><Ид>g0</Ид><Наименование>Обувь</Наименование></Группа>"
        "<Группа><Ид>g1</Ид><Наименование>Одежда</Наименование></Группа></Группы></Классификатор>"
        f"<Каталог><Ид>b1</Ид><Товары>{goods}</Товары></Каталог><ПакетПредложений><Ид>b1#</Ид><ТипыЦен><ТипЦены><Ид>p1</Ид>"
        "<Наименование>Розничная</Наименование><Валюта>RUB</Валюта></ТипЦены></ТипыЦен>"
        f"<Предложения>{offers}</Предложения></ПакетПредложений></КоммерческаяИнформация>"
    )


def nokaut() -> str:
    return "<nokaut><offers>" + "\n".join(
        f"<offer><id>{n}</id><name><![CDATA[Aparat {n}]]></name><producer>Canon</producer><price>1299,99</price><category>Foto / Aparaty</category>"
        f'<url>https://s.example.pl/{n}</url><availability>{n % 5}</availability><instock>{n}</instock><property name="Kolor">czarny</property></offer>'
        for n in range(10)
    ) + "</offers></nokaut>"  # fmt: skip


def grouped_bmecat() -> str:
    """Which article stands in which group is said after the articles; a name that only HTML knows is among the texts."""
    articles = "\n".join(
        f"<ARTICLE><SUPPLIER_AID>B{n}</SUPPLIER_AID><ARTICLE_DETAILS><DESCRIPTION_SHORT>Schraube&nbsp;{n}</DESCRIPTION_SHORT></ARTICLE_DETAILS>"
        f'<ARTICLE_PRICE_DETAILS><ARTICLE_PRICE price_type="net_customer"><PRICE_AMOUNT>{n}.00</PRICE_AMOUNT></ARTICLE_PRICE></ARTICLE_PRICE_DETAILS></ARTICLE>'
        for n in range(10)
    )
    maps = "\n".join(
        f"<ARTICLE_TO_CATALOGGROUP_MAP><ART_ID>B{n}</ART_ID><CATALOG_GROUP_ID>{n % 3}</CATALOG_GROUP_ID></ARTICLE_TO_CATALOGGROUP_MAP>"
        for n in range(10)
    )
    groups = "".join(
        f'<CATALOG_STRUCTURE type="leaf"><GROUP_ID>{n}</GROUP_ID><GROUP_NAME>Gruppe {n}</GROUP_NAME><PARENT_ID>{n - 1}</PARENT_ID></CATALOG_STRUCTURE>'
        for n in range(3)
    )
    return (
        '<BMECAT version="1.2"><HEADER><CATALOG><CURRENCY>EUR</CURRENCY></CATALOG></HEADER><T_NEW_CATALOG>'
        f"<CATALOG_GROUP_SYSTEM>{groups}</CATALOG_GROUP_SYSTEM>{articles}{maps}</T_NEW_CATALOG></BMECAT>"
    )


def bulk() -> str:
    """Shopify's bulk operation: a line for each product, then its variants, which name it."""
    lines: list[dict[str, object]] = []
    for n in range(8):
        product = f"gid://shopify/Product/{n}"
        lines.append({"id": product, "title": f"Cap {n}", "handle": f"cap-{n}", "vendor": "Acme"})
        lines.extend(
            {"id": f"gid://shopify/ProductVariant/{n}{size}", "sku": f"C-{n}{size}", "price": "12.50", "inventoryQuantity": n,
             "selectedOptions": [{"name": "Size", "value": size}], "__parentId": product}
            for size in "SM"
        )  # fmt: skip
    return "".join(json.dumps(line) + "\n" for line in lines)


def sets() -> str:
    """A column names what sets are made of, some of them of sets."""
    lines = [f"S-{n},Stand {n},{n}0.00,EUR,{n}," for n in range(8)]
    lines += [f"P-{n},Pair {n},{n}5.00,EUR,,2x S-{n}" for n in range(8)]
    lines += [f"R-{n},Room {n},99.00,EUR,,P-{n};S-{(n + 1) % 8}" for n in range(8)]
    return "\n".join(["sku,title,price,currency,quantity,set_items", *lines]) + "\n"
