"""The four committed feed files: up to date, small, four formats, read by the real importer with honest oddities."""

import json
from collections import Counter
from typing import Any

import pytest
from click.testing import CliRunner

from marketplace.demo.illustrations import all_pictures
from marketplace.demo.mappings import mapping_of
from marketplace.demo.world import WORLD, by_gtin
from marketplace.demo.write_feeds import WRITERS, feed_path, main
from marketplace.demo.writing.common import BASE, amount
from marketplace.demo.writing.stocked import stocked
from marketplace.sourcing.check_feed import check_feed
from marketplace.sourcing.read_feed import read
from marketplace.sourcing.reading.offer_row import OfferRow

SUPPLIERS = sorted(WRITERS)
ALLOWED = frozenset({"localhost:9100"})


def _served(supplier: str, tmp_path: Any) -> Any:
    """The file with its placeholder filled, as the server sends it."""
    path = tmp_path / feed_path(supplier).name
    path.write_bytes(feed_path(supplier).read_bytes().replace(BASE.encode(), b"http://localhost:9100"))
    return path


def test_the_committed_files_are_what_the_assortment_would_write() -> None:
    result = CliRunner().invoke(main, ["--check"])
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize("supplier", SUPPLIERS)
def test_a_file_is_small_enough_to_live_in_the_repository(supplier: str) -> None:
    assert 100_000 < feed_path(supplier).stat().st_size < 1_400_000


def test_the_four_suppliers_write_four_formats(tmp_path: Any) -> None:
    told = {supplier: check_feed(_served(supplier, tmp_path), allowed=ALLOWED) for supplier in SUPPLIERS}
    assert {supplier: one["format"] for supplier, one in told.items()} == {
        "verrier": "google-rss", "nordhavn": "csv", "gearline": "shopify-csv", "petit-bois": "json",
    }  # fmt: skip
    assert (told["nordhavn"]["encoding"], told["nordhavn"]["delimiter"]) == ("cp1252", ";")


@pytest.mark.parametrize(
    ("supplier", "rows", "merged", "attached", "reasons"),
    [
        ("verrier", 365, 1, 0, {"It has no title": 1, "It has no article number": 1}),
        ("nordhavn", 632, 1, 0, {"It has no article number": 1}),
        ("gearline", 603, 0, 257, {"It has no title": 2}),
        ("petit-bois", 182, 1, 0, {"It has no title": 1}),
    ],
)
def test_every_row_is_accounted_for_and_the_odd_ones_are_shown(
    supplier: str, rows: int, merged: int, attached: int, reasons: dict[str, int], tmp_path: Any
) -> None:
    told = check_feed(_served(supplier, tmp_path), mapping=mapping_of(supplier), allowed=ALLOWED)
    assert (told["rows"], told["merged"], told["attached"]) == (rows, merged, attached)
    assert Counter(row["reason"] for row in told["rejected"]) == reasons
    assert told["accepted"] + merged + attached + len(told["rejected"]) == rows
    assert told["sellable"] > told["offers"] * 0.85
    assert any("GTIN not fit" in warning for warning in told["warnings"])
    assert any("stock" in warning for warning in told["warnings"])


@pytest.mark.parametrize("supplier", SUPPLIERS)
def test_the_importer_reads_back_what_the_supplier_meant(supplier: str, tmp_path: Any) -> None:
    meant = {row.variant.gtin: row for row in stocked(supplier)}
    offers = [
        row
        for row in read(_served(supplier, tmp_path), mapping_of(supplier), allowed=ALLOWED)
        if isinstance(row, OfferRow)
    ]
    matched = otherwise = 0
    for offer in offers:
        if offer.gtin_valid is None:
            continue
        row = meant[offer.gtin_valid]
        product, variant = by_gtin(offer.gtin_valid)
        assert offer.mpn == variant.mpn
        assert offer.brand == product.brand.name
        assert offer.weight_g == product.weight_g
        assert offer.hs_code == product.hs
        assert offer.origin_country == product.brand.origin
        assert offer.manufacturer == {
            "name": product.brand.company, "address": product.brand.address, "email": product.brand.email,
        }  # fmt: skip
        if offer.price_e4 is not None:
            assert offer.currency == WORLD.supplier(supplier).currency
            stated = offer.stated_e4 if supplier == "verrier" else offer.price_e4
            otherwise += stated != row.price_e4
        matched += 1
    assert matched >= len(offers) - 2
    assert otherwise == (1 if supplier == "verrier" else 0), "only the article listed twice has a newer price"
    assert all(offer.images for offer in offers)


def test_most_quantities_say_exactly_what_is_there_and_the_rest_say_what_they_know(tmp_path: Any) -> None:
    kinds = {}
    for supplier in SUPPLIERS:
        offers = read(_served(supplier, tmp_path), mapping_of(supplier), allowed=ALLOWED)
        kinds[supplier] = Counter(
            offer.quantity_kind for offer in offers if isinstance(offer, OfferRow) and offer.sells_up_to
        )
    assert kinds["nordhavn"]["at_least"] > 50, "50+ is a cap"
    assert kinds["verrier"]["unknown"] > 10, "lamps and planters: availability only"
    assert set(kinds["gearline"]) == set(kinds["petit-bois"]) == {"exact"}


def test_suppliers_of_one_article_ask_different_prices() -> None:
    nordhavn = {row.variant.gtin: row.price_e4 for row in stocked("nordhavn")}
    toys = {row.variant.gtin: row.price_e4 for row in stocked("petit-bois")}
    shared = nordhavn.keys() & toys.keys()
    cheaper = sum(nordhavn[gtin] < toys[gtin] for gtin in shared)
    assert len(shared) > 60
    assert 0 < cheaper < len(shared), "neither is always the better buy"


def test_article_numbers_are_unique_within_a_supplier() -> None:
    for supplier in SUPPLIERS:
        numbers = [row.sku for row in stocked(supplier)]
        assert len(set(numbers)) == len(numbers)


def test_every_picture_that_a_feed_names_can_be_drawn() -> None:
    known = {f"{BASE}{one.path}" for one in all_pictures()}
    for article in json.loads(feed_path("petit-bois").read_bytes())["articles"]:
        assert set(article["photos"]) <= known
    for supplier in ("verrier", "nordhavn", "gearline"):
        text = feed_path(supplier).read_bytes().decode("cp1252" if supplier == "nordhavn" else "utf-8")
        assert sum(url in text for url in known) > 100


def test_amounts_are_written_without_rounding() -> None:
    assert amount(124_500) == "12.45"
    assert amount(31_250, sign=",") == "3,125"
    assert amount(50_000) == "5.00"


def test_a_feed_out_of_date_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(WRITERS, "petit-bois", ("petit-bois.json", lambda: b"{}"))
    result = CliRunner().invoke(main, ["--check"])
    assert result.exit_code == 1
    assert "petit-bois.json" in result.output
