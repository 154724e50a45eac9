"""BMEcat 1.2 and 2005: price types, price quantities, order units."""

from pathlib import Path

import pytest

from marketplace.sourcing.formats import bmecat_groups
from marketplace.sourcing.propose_mapping import propose
from tests.sourcing.support import checked, read_all, written

OLD = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE BMECAT SYSTEM "bmecat_new_catalog_1_2.dtd" [<!ELEMENT UDX.X (#PCDATA)>]>
<BMECAT version="1.2"><HEADER><CATALOG><LANGUAGE>deu</LANGUAGE><CURRENCY>EUR</CURRENCY><MIME_ROOT>https://i.example.com/pics</MIME_ROOT></CATALOG></HEADER>
<T_NEW_CATALOG><CATALOG_GROUP_SYSTEM><CATALOG_STRUCTURE type="root"><GROUP_ID>1</GROUP_ID><GROUP_NAME>All</GROUP_NAME><PARENT_ID>0</PARENT_ID></CATALOG_STRUCTURE></CATALOG_GROUP_SYSTEM>
<ARTICLE mode="new"><SUPPLIER_AID>B1</SUPPLIER_AID><ARTICLE_DETAILS><DESCRIPTION_SHORT>Schraube</DESCRIPTION_SHORT><DESCRIPTION_LONG>Lang</DESCRIPTION_LONG>
<EAN>4006381333931</EAN><MANUFACTURER_AID>M1</MANUFACTURER_AID><MANUFACTURER_NAME>Acme</MANUFACTURER_NAME><DELIVERY_TIME>2</DELIVERY_TIME></ARTICLE_DETAILS>
<ARTICLE_FEATURES><FEATURE><FNAME>Farbe</FNAME><FVALUE>blau</FVALUE><FUNIT>-</FUNIT></FEATURE></ARTICLE_FEATURES>
<ARTICLE_ORDER_DETAILS><ORDER_UNIT>C62</ORDER_UNIT><PRICE_QUANTITY>100</PRICE_QUANTITY><QUANTITY_MIN>50</QUANTITY_MIN><QUANTITY_INTERVAL>10</QUANTITY_INTERVAL></ARTICLE_ORDER_DETAILS>
<ARTICLE_PRICE_DETAILS><ARTICLE_PRICE price_type="net_list"><PRICE_AMOUNT>20.00</PRICE_AMOUNT><PRICE_CURRENCY>EUR</PRICE_CURRENCY><TAX>0.19</TAX></ARTICLE_PRICE>
<ARTICLE_PRICE price_type="net_customer"><PRICE_AMOUNT>12.34</PRICE_AMOUNT><PRICE_CURRENCY>EUR</PRICE_CURRENCY><TAX>0.19</TAX></ARTICLE_PRICE></ARTICLE_PRICE_DETAILS>
<MIME_INFO><MIME><MIME_SOURCE>b1.jpg</MIME_SOURCE></MIME></MIME_INFO></ARTICLE></T_NEW_CATALOG></BMECAT>"""


def test_version_one_is_read(tmp_path: Path) -> None:
    reader, offers, _ = read_all(written(tmp_path, OLD, "catalogue.xml"))
    offer = offers[0]
    assert (reader.mapping.format, reader.mapping.record_path, reader.rows) == (
        "bmecat",
        "T_NEW_CATALOG/ARTICLE",
        1,
    )
    assert (offer.sku, offer.price_means, offer.price_e4, offer.vat_rate_bp) == ("B1", "cost", 1_234, 1900)
    assert (offer.min_quantity, offer.pack_quantity, offer.lead_days, offer.options) == (
        50,
        10,
        2,
        {"Farbe": "blau"},
    )
    assert offer.images == ("https://i.example.com/pics/b1.jpg",)


def test_version_2005_is_read(tmp_path: Path) -> None:
    new = (
        OLD.replace("ARTICLE", "PRODUCT")
        .replace("SUPPLIER_AID", "SUPPLIER_PID")
        .replace("MANUFACTURER_AID", "MANUFACTURER_PID")
        .replace("EAN>", "INTERNATIONAL_PID>")
    )
    new = new.replace(
        '<BMECAT version="1.2">', '<BMECAT version="2005" xmlns="http://www.bmecat.org/bmecat/2005">'
    )
    _, offers, _ = read_all(written(tmp_path, new, "catalogue.xml"))
    assert (offers[0].sku, offers[0].gtin_valid, offers[0].price_e4) == ("B1", "4006381333931", 1_234)


def test_an_empty_catalogue_is_no_fault(tmp_path: Path) -> None:
    text = OLD[: OLD.index("<T_NEW_CATALOG>")] + "<T_NEW_CATALOG/></BMECAT>"
    found = checked(written(tmp_path, text, "catalogue.xml"))
    assert (found["format"], found["rows"]) == ("bmecat", 0)


def article(number: int, inner: str, mode: str = "new") -> str:
    return f'<PRODUCT mode="{mode}"><SUPPLIER_PID>P{number}</SUPPLIER_PID><PRODUCT_DETAILS><DESCRIPTION_SHORT>Lampe {number}</DESCRIPTION_SHORT></PRODUCT_DETAILS>{inner}</PRODUCT>'


def price(kind: str, amount: str, currency: str, bound: str = "1") -> str:
    return (
        f'<PRODUCT_PRICE price_type="{kind}"><PRICE_AMOUNT>{amount}</PRICE_AMOUNT><PRICE_CURRENCY>{currency}</PRICE_CURRENCY>'
        f"<TAX_DETAILS><TAX>0.19</TAX></TAX_DETAILS><LOWER_BOUND>{bound}</LOWER_BOUND></PRODUCT_PRICE>"
    )


def catalogue(transaction: str, articles: str) -> str:
    return f'<BMECAT version="2005" xmlns="http://www.bmecat.org/bmecat/2005fd"><HEADER><CATALOG><CURRENCY>EUR</CURRENCY></CATALOG></HEADER><{transaction}>{articles}</{transaction}></BMECAT>'


def test_the_price_for_the_least_quantity_counts_in_its_own_currency(tmp_path: Path) -> None:
    prices = (
        price("net_customer", "8.00", "CHF", "1000")
        + price("net_customer", "10.00", "CHF")
        + price("nrp", "119", "EUR")
    )
    text = catalogue("T_NEW_CATALOG", article(1, f"<PRODUCT_PRICE_DETAILS>{prices}</PRODUCT_PRICE_DETAILS>"))
    _, offers, _ = read_all(written(tmp_path, text, "catalogue.xml"))
    assert (offers[0].price_e4, offers[0].currency, offers[0].vat_rate_bp) == (100_000, "CHF", 1_900)


def test_of_more_prices_than_are_compared_none_for_larger_quantities_is_taken(tmp_path: Path) -> None:
    tiers = "".join(price("net_customer", "8.00", "EUR", str(bound)) for bound in range(150, 1, -1))
    single = price("net_customer", "10.00", "EUR")
    for prices, expected in ((tiers + single, 100_000), (tiers, None)):
        inner = f"<PRODUCT_PRICE_DETAILS>{prices}</PRODUCT_PRICE_DETAILS>"
        text = catalogue("T_NEW_CATALOG", article(1, inner))
        assert read_all(written(tmp_path, text, "catalogue.xml"))[1][0].price_e4 == expected


def test_every_price_is_for_the_price_quantity(tmp_path: Path) -> None:
    _, offers, _ = read_all(written(tmp_path, OLD, "catalogue.xml"))
    assert (offers[0].price_e4, offers[0].msrp_e4) == (1_234, 2_000)


def test_data_sheets_are_no_pictures(tmp_path: Path) -> None:
    media = (
        "<MIME_INFO><MIME><MIME_TYPE>url</MIME_TYPE><MIME_SOURCE>https://shop.example.com/p?1</MIME_SOURCE><MIME_PURPOSE>data_sheet</MIME_PURPOSE></MIME>"
        "<MIME><MIME_TYPE>image/jpeg</MIME_TYPE><MIME_SOURCE>https://i.example.com/1</MIME_SOURCE></MIME>"
        "<MIME><MIME_SOURCE>https://i.example.com/2.png</MIME_SOURCE><MIME_PURPOSE>detail</MIME_PURPOSE></MIME></MIME_INFO>"
    )
    _, offers, _ = read_all(written(tmp_path, catalogue("T_NEW_CATALOG", article(1, media)), "catalogue.xml"))
    assert offers[0].images == ("https://i.example.com/1", "https://i.example.com/2.png")


def test_an_update_of_prices_speaks_of_nothing_else(tmp_path: Path) -> None:
    inner = f"<PRODUCT_PRICE_DETAILS>{price('net_customer', '5.10', 'EUR')}</PRODUCT_PRICE_DETAILS>"
    text = catalogue(
        "T_UPDATE_PRICES", f'<PRODUCT mode="update"><SUPPLIER_PID>P1</SUPPLIER_PID>{inner}</PRODUCT>'
    )
    reader, offers, _ = read_all(written(tmp_path, text, "prices.xml"))
    assert (reader.stock_only, offers[0].sku, offers[0].price_e4) == (True, "P1", 51_000)


def test_what_is_deleted_is_reported_and_no_offer(tmp_path: Path) -> None:
    text = catalogue("T_UPDATE_PRODUCTS", article(1, "", "update") + article(2, "", "delete"))
    found = checked(written(tmp_path, text, "update.xml"))
    assert (found["rows"], found["accepted"]) == (2, 1)
    assert "@mode" in found["rejected"][0]["reason"]


GROUPS = (
    '<CATALOG_GROUP_SYSTEM><CATALOG_STRUCTURE type="root"><GROUP_ID>1</GROUP_ID><GROUP_NAME>Katalog</GROUP_NAME><PARENT_ID>0</PARENT_ID></CATALOG_STRUCTURE>'
    '<CATALOG_STRUCTURE type="leaf"><GROUP_ID>12</GROUP_ID><GROUP_NAME>Lampen &amp; Licht</GROUP_NAME><PARENT_ID>11</PARENT_ID></CATALOG_STRUCTURE>'
    '<CATALOG_STRUCTURE type="node"><GROUP_ID>11</GROUP_ID><GROUP_NAME>Elektro</GROUP_NAME><PARENT_ID>1</PARENT_ID></CATALOG_STRUCTURE></CATALOG_GROUP_SYSTEM>'
)


def mapped(number: int, group: str) -> str:
    return f"<PRODUCT_TO_CATALOGGROUP_MAP><PROD_ID>P{number}</PROD_ID><CATALOG_GROUP_ID>{group}</CATALOG_GROUP_ID></PRODUCT_TO_CATALOGGROUP_MAP>"


def test_groups_said_after_the_articles_are_their_categories(tmp_path: Path) -> None:
    feature = "<PRODUCT_FEATURES><REFERENCE_FEATURE_GROUP_NAME>Leuchten</REFERENCE_FEATURE_GROUP_NAME></PRODUCT_FEATURES>"
    articles = article(1, feature) + article(2, "") + article(3, feature) + article(4, "")
    maps = mapped(1, "12") + mapped(1, "11") + mapped(2, "99")
    text = catalogue("T_NEW_CATALOG", GROUPS + articles + maps)
    path = written(tmp_path, text, "catalogue.xml")
    _, offers, _ = read_all(path)
    assert [offer.category for offer in offers] == ["Elektro > Lampen & Licht", "99", "Leuchten", None]
    found = checked(path)
    assert found["mapping"]["category"] == "PRODUCT_TO_CATALOGGROUP_MAP"
    shown = {column["name"]: column for column in found["columns"]}["PRODUCT_TO_CATALOGGROUP_MAP"]
    assert (shown["samples"][0], shown["fields"]) == ("Elektro > Lampen & Licht", ["category"])


def test_groups_are_found_whatever_the_number_of_an_offer_is(tmp_path: Path) -> None:
    text = catalogue("T_NEW_CATALOG", GROUPS + article(1, "") + mapped(1, "12"))
    path = written(tmp_path, text, "catalogue.xml")
    mapping = propose(path).mapping
    mapping.columns["sku"] = "PRODUCT_DETAILS/DESCRIPTION_SHORT"
    assert read_all(path, mapping)[1][0].category == "Elektro > Lampen & Licht"


def test_an_article_put_into_another_group_is_not_the_one_we_knew(tmp_path: Path) -> None:
    first = written(tmp_path, catalogue("T_NEW_CATALOG", GROUPS + article(1, "") + mapped(1, "12")), "a.xml")
    other = written(tmp_path, catalogue("T_NEW_CATALOG", GROUPS + article(1, "") + mapped(1, "11")), "b.xml")
    mapping = propose(first).mapping
    assert read_all(first, mapping)[1][0].hash != read_all(other, mapping)[1][0].hash


def test_more_articles_in_groups_than_are_held_are_told_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bmecat_groups, "MAX_MAPPED", 1)
    text = catalogue(
        "T_NEW_CATALOG", GROUPS + article(1, "") + article(2, "") + mapped(1, "12") + mapped(2, "12")
    )
    reader, offers, _ = read_all(written(tmp_path, text, "catalogue.xml"))
    assert [offer.category for offer in offers] == ["Elektro > Lampen & Licht", None]
    assert [warned.code for warned in reader.warnings if warned.code == "maps_left_out"] == ["maps_left_out"]


def test_a_class_is_called_as_the_document_calls_it(tmp_path: Path) -> None:
    system = (
        "<CLASSIFICATION_SYSTEM><CLASSIFICATION_GROUPS>"
        "<CLASSIFICATION_GROUP><CLASSIFICATION_GROUP_ID>23</CLASSIFICATION_GROUP_ID><CLASSIFICATION_GROUP_NAME>Maschinenelement</CLASSIFICATION_GROUP_NAME></CLASSIFICATION_GROUP>"
        "<CLASSIFICATION_GROUP><CLASSIFICATION_GROUP_ID>23-11</CLASSIFICATION_GROUP_ID><CLASSIFICATION_GROUP_NAME>Schraube</CLASSIFICATION_GROUP_NAME>"
        "<CLASSIFICATION_GROUP_PARENT_ID>23</CLASSIFICATION_GROUP_PARENT_ID></CLASSIFICATION_GROUP></CLASSIFICATION_GROUPS></CLASSIFICATION_SYSTEM>"
    )
    feature = (
        "<PRODUCT_FEATURES><REFERENCE_FEATURE_GROUP_ID>{}</REFERENCE_FEATURE_GROUP_ID></PRODUCT_FEATURES>"
    )
    text = catalogue(
        "T_NEW_CATALOG", system + article(1, feature.format("23-11")) + article(2, feature.format("40"))
    )
    _, offers, _ = read_all(written(tmp_path, text, "catalogue.xml"))
    assert [offer.category for offer in offers] == ["Maschinenelement > Schraube", "40"]
