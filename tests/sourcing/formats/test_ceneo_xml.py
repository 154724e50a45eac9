"""Ceneo: attributes, and a code for availability."""

from pathlib import Path

from tests.sourcing.support import read_all, written


def test_an_offer_is_read(tmp_path: Path) -> None:
    offers_xml = "".join(
        f'<o id="{n}" url="https://shop.example.pl/{n}" price="129.90" avail="{code}"{stock}><cat>AGD/Czajniki</cat><name>Czajnik {n}</name><desc>Opis</desc>'
        '<imgs><main url="https://i.example.com/1.png"/><i url="https://i.example.com/2.png"/></imgs>'
        '<attrs><a name="Producent">Acme</a><a name="EAN">4006381333931</a><a name="Kolor">czarny</a></attrs></o>'
        for n, code, stock in ((1, 1, ' stock="4"'), (2, 7, ""), (3, 90, ""), (4, 110, ""), (5, 99, ""))
    )
    reader, offers, _ = read_all(
        written(tmp_path, f"<?xml version='1.0' encoding='utf-8'?><offers>{offers_xml}</offers>", "ceneo.xml")
    )
    assert reader.mapping.format == "ceneo-xml"
    assert (
        offers[0].brand,
        offers[0].gtin_valid,
        offers[0].currency,
        offers[0].quantity,
        len(offers[0].images),
    ) == ("Acme", "4006381333931", "PLN", 4, 2)
    assert [(offer.lead_days, offer.not_sellable) for offer in offers] == [
        (1, None), (7, None), (None, "out_of_stock"), (None, "preorder"), (None, "no_stock"),
    ]  # fmt: skip
    assert offers[0].options is not None
    assert offers[0].options["Kolor"] == "czarny"


def test_a_stock_that_is_also_a_code_is_a_number(tmp_path: Path) -> None:
    inner = "".join(
        f'<o id="{n}" url="https://shop.example.pl/{n}" price="9.90" avail="1" stock="{n}"><name>Czajnik</name></o>'
        for n in (3, 7, 99)
    )
    _, offers, _ = read_all(written(tmp_path, f"<offers>{inner}</offers>", "ceneo.xml"))
    assert [(o.quantity, o.quantity_kind, o.lead_days) for o in offers] == [
        (3, "exact", 1),
        (7, "exact", 1),
        (99, "exact", 1),
    ]
