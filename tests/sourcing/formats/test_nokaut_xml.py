"""Nokaut: the code says when, the stock how many."""

from pathlib import Path

from tests.sourcing.support import read_all, written


def feed(*offers: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE nokaut SYSTEM "http://www.nokaut.pl/integracja/nokaut.dtd">'
        f"<nokaut><offers>{''.join(offers)}</offers></nokaut>"
    )


def offer(number: int, stock: str, code: str) -> str:
    return (
        f"<offer><id>{number}</id><name><![CDATA[Aparat {number}]]></name><producer>Canon</producer><description>Opis</description><url>https://s.example.pl/{number}</url>"
        f"<image>https://s.example.pl/{number}.jpg</image><price>1299,99</price><category>Foto / Aparaty</category><availability>{code}</availability>{stock}"
        '<property name="EAN">4006381333931</property><property name="Kolor">czarny</property></offer>'
    )


def test_an_offer_is_read_with_its_properties(tmp_path: Path) -> None:
    text = feed(offer(1, "<instock>5</instock>", "1"), offer(2, "<instock>0</instock>", "4"))
    reader, offers, _ = read_all(written(tmp_path, text, "nokaut.xml"))
    assert (reader.mapping.format, reader.rows) == ("nokaut-xml", 2)
    first, second = offers
    assert (first.stated_e4, first.currency, first.brand, first.gtin_valid, first.options) == (
        12_999_900,
        "PLN",
        "Canon",
        "4006381333931",
        {"Kolor": "czarny"},
    )
    assert (first.quantity, first.lead_days, second.quantity, second.not_sellable) == (
        5,
        7,
        0,
        "out_of_stock",
    )


def test_a_stock_that_is_also_a_code_is_a_number(tmp_path: Path) -> None:
    text = feed(offer(1, "<instock>3</instock>", "0"), offer(2, "<instock>4</instock>", "0"))
    _, offers, _ = read_all(written(tmp_path, text, "nokaut.xml"))
    assert [(o.quantity, o.quantity_kind, o.lead_days) for o in offers] == [(3, "exact", 1), (4, "exact", 1)]


def test_without_a_stock_the_code_is_all_that_is_known(tmp_path: Path) -> None:
    _, offers, _ = read_all(written(tmp_path, feed(*(offer(n, "", str(n)) for n in range(5))), "nokaut.xml"))
    assert [o.sells_up_to for o in offers] == [1, 1, 1, 0, 0]
