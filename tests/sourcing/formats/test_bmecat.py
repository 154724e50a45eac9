"""BMEcat 1.2 and 2005: price types, price quantities, order units."""

from pathlib import Path

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
