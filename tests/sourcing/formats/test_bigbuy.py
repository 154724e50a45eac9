"""BigBuy: a list a subject."""

from pathlib import Path

from tests.sourcing.support import checked, read_all, written


def test_variations_bring_costs_and_recommended_prices(tmp_path: Path) -> None:
    text = """[{"id": 1, "product": 14, "sku": "V1", "ean13": "4006381333931", "extraWeight": 0.391, "wholesalePrice": 4.26, "retailPrice": 8.36, "inShopsPrice": 19.8,
               "priceLargeQuantities": null, "logisticClass": "A"}]"""
    reader, offers, _ = read_all(written(tmp_path, text, "variations.txt"))
    assert reader.mapping.format == "bigbuy"
    assert (
        offers[0].sku,
        offers[0].price_means,
        offers[0].price_e4,
        offers[0].msrp_e4,
        offers[0].currency,
    ) == ("V1", "cost", 42_600, 198_000, "EUR")
    assert reader.stock_only


def test_information_brings_texts(tmp_path: Path) -> None:
    text = '[{"id": 1, "name": "Mug", "description": "<p>Blue</p>", "url": "mug", "isoCode": "en", "dateUpdDescription": "2026-01-01 10:00:00", "sku": "F1"}]'
    reader, offers, _ = read_all(written(tmp_path, text, "information.txt"))
    assert (offers[0].sku, offers[0].title) == ("F1", "Mug")
    assert "price_e4" not in reader.sent


def test_a_list_of_manufacturers_holds_no_offers(tmp_path: Path) -> None:
    text = '[{"id": 1, "name": "Acme", "urlImage": "https://i.example.com/a.png", "reference": 0}]'
    found = checked(written(tmp_path, text, "manufacturers.txt"))
    assert (found["rows"], found["accepted"]) == (1, 0)
    assert "manufacturer" in found["rejected"][0]["reason"]
