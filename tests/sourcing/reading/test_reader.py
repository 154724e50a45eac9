"""What a row becomes: prices, stock, pictures, what is reported, and what counts as the same."""

from pathlib import Path

import msgspec
import pytest

from marketplace.sourcing.mapping.model import Mapping, RowFilter, Word
from marketplace.sourcing.reading.offer_row import CONTENT_FIELDS, OfferRow, Unchanged, content_hash
from tests.sourcing.support import checked, read_all, written

COLUMNS = {"sku": "sku", "title": "title", "price": "price", "currency": "currency", "quantity": "stock"}
PLAIN = "sku,title,price,currency,stock\nA1,Red mug,9.90,EUR,5\nA2,Blue mug,10.50,EUR,0\n"


def mapped(**settings: object) -> Mapping:
    return Mapping(**{"columns": COLUMNS, "delimiter": ",", "header_row": 1, **settings})  # type: ignore[arg-type]


def test_vat_is_taken_out_where_the_rate_is_known(tmp_path: Path) -> None:
    _, offers, _ = read_all(written(tmp_path, PLAIN), mapped(price_vat="included", vat_rate_bp=2000))
    assert (offers[0].stated_e4, offers[0].price_e4, offers[0].vat_rate_bp) == (99_000, 82_500, 2000)


def test_vat_at_an_unknown_rate_is_told(tmp_path: Path) -> None:
    reader, offers, _ = read_all(written(tmp_path, PLAIN), mapped(price_vat="included"))
    assert offers[0].price_e4 == offers[0].stated_e4
    assert any(warned.code == "vat_unknown" for warned in reader.warnings)


def test_a_cost_goes_before_the_public_price_which_becomes_the_recommended_one(tmp_path: Path) -> None:
    text = "sku,title,retail price,cost price,currency\nA1,Mug,20.00,9.00,EUR\nA2,Cup,18.00,,EUR\n"
    _, offers, _ = read_all(written(tmp_path, text))
    assert (offers[0].price_means, offers[0].price_e4, offers[0].msrp_e4) == ("cost", 90_000, 200_000)
    assert (offers[1].price_means, offers[1].price_e4) == ("public", 180_000)


def test_a_reduced_price_above_the_price_is_left_out_never_swapped(tmp_path: Path) -> None:
    text = "sku,title,price,sale price\nA1,Mug,10.00 EUR,8.00 EUR\nA2,Cup,10.00 EUR,12.00 EUR\nA3,Pot,10.00 EUR,\n"
    reader, offers, _ = read_all(written(tmp_path, text))
    assert [(offer.price_e4, offer.sale_price_e4) for offer in offers] == [
        (100_000, 80_000),
        (100_000, None),
        (100_000, None),
    ]
    assert any(
        warned.code == "sale_above_price" and "line 3" in warned.sentence for warned in reader.warnings
    )


def test_a_reduction_counts_only_within_its_dates(tmp_path: Path) -> None:
    spans = ["2026-02-01/2026-04-01", "2026-01-01/2026-02-01", "2026-04-01/2026-05-01", ""]
    rows = "".join(f"A{n},Mug {n},10.00 EUR,8.00 EUR,{span}\n" for n, span in enumerate(spans))
    text = "sku,title,price,sale_price,sale_price_effective_date\n" + rows
    _, offers, _ = read_all(written(tmp_path, text))
    assert [offer.sale_price_e4 for offer in offers] == [80_000, None, None, 80_000]


def test_a_price_for_a_hundred_is_divided(tmp_path: Path) -> None:
    mapping = mapped(columns={**COLUMNS, "price_quantity": "per"})
    _, offers, _ = read_all(
        written(tmp_path, "sku,title,price,currency,stock,per\nA1,Screw,12.34,EUR,500,100\n"), mapping
    )
    assert offers[0].price_e4 == 1_234


def test_a_row_that_cannot_be_sold_says_why(tmp_path: Path) -> None:
    text = (
        PLAIN
        + "A3,Cup,,EUR,5\nA4,Pot,ask us,EUR,5\nA5,Pan,5.00,,5\nA6,Lid,5.00,EUR,\nA7,Jar,5.00,EUR,perhaps\nA8,Tin,-5.00,EUR,1\n"
    )
    _, offers, _ = read_all(written(tmp_path, text), mapped())
    assert [offer.not_sellable for offer in offers] == [
        None, "out_of_stock", "no_price", "price_unreadable", "no_currency", "no_stock", "stock_unreadable", "price_unreadable",
    ]  # fmt: skip
    assert [offer.keep_quantity for offer in offers] == [False] * 6 + [True, False]


def test_the_feeds_currency_stands_in_for_a_missing_one(tmp_path: Path) -> None:
    text = "sku,title,price\nA1,Mug,9.90\nA2,Cup,9.90 USD\n"
    _, offers, _ = read_all(
        written(tmp_path, text),
        mapped(columns={"sku": "sku", "title": "title", "price": "price"}, currency="CHF"),
    )
    assert [offer.currency for offer in offers] == ["CHF", "USD"]


def test_rows_are_filtered_and_excluded(tmp_path: Path) -> None:
    text = "sku,title,price,currency,stock,brand,nodrop\nA1,Mug,9,EUR,5,Acme,0\nA2,Cup,9,EUR,5,Other,0\nA3,Pot,9,EUR,5,acme,1\nA4,Pan,90,EUR,5,Acme,0\n"
    rules = [RowFilter("brand", "is", ["Acme"]), RowFilter("price", "less_than", ["50"])]
    reader, offers, rejected = read_all(
        written(tmp_path, text), mapped(columns={**COLUMNS, "excluded": "nodrop"}, filters=rules)
    )
    assert [(offer.sku, offer.not_sellable) for offer in offers] == [("A1", None), ("A3", "excluded")]
    assert [row.code for row in rejected] == ["filtered", "filtered"]
    assert reader.rejected == 2


def test_a_vocabulary_belongs_to_the_feed(tmp_path: Path) -> None:
    words = {"plenty": Word("in_stock", quantity=50), "some": Word("in_stock", quantity=3)}
    _, offers, _ = read_all(
        written(tmp_path, PLAIN.replace(",5\n", ",Plenty\n").replace(",0\n", ",some\n")), mapped(words=words)
    )
    assert [offer.sells_up_to for offer in offers] == [50, 3]


def test_numbered_pictures_come_in_order_the_main_one_first(tmp_path: Path) -> None:
    text = (
        "sku,title,additional_image_link,image_link,image 2\n"
        'A1,Mug,"https://i.example.com/3.jpg,https://i.example.com/4.jpg",https://i.example.com/1.jpg,https://i.example.com/2.jpg\n'
        "A2,Cup,,https://i.example.com/5.jpg,\n"
    )
    _, offers, _ = read_all(written(tmp_path, text))
    assert [url[-5] for url in offers[0].images] == ["1", "2", "3", "4"]


def test_the_same_row_has_the_same_hash_and_a_changed_one_another(tmp_path: Path) -> None:
    first = {offer.sku: offer.hash for offer in read_all(written(tmp_path, PLAIN), mapped())[1]}
    again = {
        offer.sku: offer.hash
        for offer in read_all(written(tmp_path, "\n" + PLAIN.replace("9.90", "9.95")), mapped(header_row=2))[
            1
        ]
    }
    moved = {
        offer.sku: offer.hash for offer in read_all(written(tmp_path, PLAIN), mapped(vat_rate_bp=2000))[1]
    }
    same = {
        offer.sku: offer.hash
        for offer in read_all(written(tmp_path, PLAIN + "A3,New,1,EUR,1\n"), mapped())[1]
    }
    assert first["A1"] == same["A1"]
    assert first["A1"] not in again.values()
    assert not set(first.values()) & set(moved.values())
    assert all(-(2**63) <= value < 2**63 for value in first.values())


def test_rows_that_are_known_are_not_read_again(tmp_path: Path) -> None:
    known = {offer.hash for offer in read_all(written(tmp_path, PLAIN), mapped())[1]}
    path = written(tmp_path, PLAIN.replace("10.50", "11.00"))
    from marketplace.sourcing.read_feed import read
    from tests.sourcing.support import NOW

    reader = read(path, mapped(), now=NOW, known=known)
    items = list(reader)
    assert [(type(item), item.line) for item in items] == [(Unchanged, 2), (OfferRow, 3)]
    assert (reader.rows, reader.accepted) == (2, 2)
    assert items[0].sku == "A1"  # type: ignore[union-attr]


def test_a_date_makes_tomorrows_hash_another(tmp_path: Path) -> None:
    from datetime import timedelta

    from marketplace.sourcing.read_feed import read
    from tests.sourcing.support import NOW

    mapping = mapped(columns={**COLUMNS, "lead_days": "back"})
    path = written(
        tmp_path, "sku,title,price,currency,stock,back\nA1,Mug,9,EUR,0,2026-03-20\nA2,Cup,9,EUR,1,\n"
    )
    today = [item.hash for item in read(path, mapping, now=NOW) if isinstance(item, OfferRow)]
    later = [
        item.hash for item in read(path, mapping, now=NOW + timedelta(days=1)) if isinstance(item, OfferRow)
    ]
    assert today[0] != later[0]
    assert today[1] == later[1]


def test_the_content_hash_leaves_the_place_and_our_remarks_out() -> None:
    row = OfferRow("A1", title="Mug", options={"b": "2", "a": "1"}, line=5)
    twin = OfferRow(
        "A1", title="Mug", options={"a": "1", "b": "2"}, line=9, issues=("odd",), keep_quantity=True
    )
    assert content_hash(row) == content_hash(twin)
    other = msgspec.structs.replace(row, quantity=3)
    assert content_hash(other) != content_hash(row)
    assert "line" not in CONTENT_FIELDS


def test_two_prices_in_two_currencies_keep_their_own(tmp_path: Path) -> None:
    _, offers, _ = read_all(written(tmp_path, "sku;title;Cost price GBP;RRP EUR\nA1;Mug;5.00;12.00\n"))
    assert (offers[0].price_e4, offers[0].currency, offers[0].msrp_e4) == (50_000, "GBP", 120_000)


def test_headings_in_a_list_are_no_offers(tmp_path: Path) -> None:
    found = checked(
        written(
            tmp_path,
            "name;price;stock;colour\nMUGS;;;\nRed mug;9,90;5;red\nBlue mug;8,90;5;blue\nPOTS;;;\nTeapot;19,90;1;white\n",
        )
    )
    assert found["accepted"] == 3
    assert [row["line"] for row in found["rejected"]] == [2, 5]


def test_constant_stock_is_told(tmp_path: Path) -> None:
    rows = "".join(f"A{n},Mug {n},9.90,EUR,100\n" for n in range(30))
    found = checked(written(tmp_path, "sku,title,price,currency,stock\n" + rows))
    assert any("constant" in warning for warning in found["warnings"])


def test_pictures_of_the_demo_are_taken_from_hosts_the_operator_allows(tmp_path: Path) -> None:
    text = "sku,title,image\nA1,Mug,http://127.0.0.1:8101/a.png\n"
    path = written(tmp_path, text)
    assert read_all(path)[1][0].images == ()
    assert read_all(path, allowed=frozenset({"127.0.0.1:8101"}))[1][0].images == (
        "http://127.0.0.1:8101/a.png",
    )


FIXED_VALUES = {
    "brand": ("Lumo", "brand", "Lumo"),
    "category": ("Home", "category", "Home"),
    "condition": ("used", "condition", "used"),
    "currency": ("SEK", "currency", "SEK"),
    "vat_rate": ("25", "price_e4", 100_000),
    "price_quantity": ("100", "price_e4", 1_250),
    "lead_days": ("4", "lead_days", 4),
    "min_quantity": ("3", "min_quantity", 3),
    "pack_quantity": ("6", "pack_quantity", 6),
    "origin_country": ("pt", "origin_country", "PT"),
    "google_category": ("536", "google_category", "536"),
    "hs_code": ("9405", "hs_code", "9405"),
    "warnings": ("Hot", "warnings", "Hot"),
    "manufacturer_name": ("Lumo AB", "manufacturer", {"name": "Lumo AB"}),
    "manufacturer_address": ("1 Road", "manufacturer", {"address": "1 Road"}),
    "manufacturer_email": ("a@lumo.example", "manufacturer", {"email": "a@lumo.example"}),
    "responsible_name": ("Eva", "responsible", {"name": "Eva"}),
    "responsible_address": ("2 Road", "responsible", {"address": "2 Road"}),
    "responsible_email": ("e@eu.example", "responsible", {"email": "e@eu.example"}),
}


def test_every_field_the_wizard_offers_to_fix_is_in_the_table() -> None:
    from marketplace.web.staff.sourcing.mapping_words import FIXED

    assert set(FIXED_VALUES) == set(FIXED)


@pytest.mark.parametrize("field", FIXED_VALUES)
def test_a_value_that_is_the_same_on_every_row_reaches_the_offer(field: str, tmp_path: Path) -> None:
    value, name, expected = FIXED_VALUES[field]
    mapping = mapped(
        price_vat="included",
        fixed={field: value},
        columns={"sku": "sku", "title": "title", "price": "price", "quantity": "stock"},
    )
    _, [offer], _ = read_all(written(tmp_path, "sku,title,price,stock\nA,Lamp,12.50,3\n"), mapping)
    assert getattr(offer, name) == expected
