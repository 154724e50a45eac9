"""products.json: one record a product, one offer a variant."""

from pathlib import Path

from tests.sourcing.support import checked, read_all, written

DOCUMENT = """{"products": [
 {"id": 1, "title": "Cap", "handle": "cap", "body_html": "<p>Wool</p>", "vendor": "Acme", "product_type": "Hats",
  "options": [{"name": "Colour", "values": ["Red", "Blue"]}],
  "images": [{"src": "https://i.example.com/1.jpg"}, {"src": "https://i.example.com/2.jpg"}],
  "variants": [{"id": 11, "sku": "C-R", "price": "12.00", "option1": "Red", "available": true, "grams": 90, "featured_image": null},
               {"id": 12, "sku": "", "price": "13.00", "option1": "Blue", "available": false, "grams": 90}]},
 {"id": 2, "title": "", "handle": "none", "variants": [{"id": 21, "sku": "N", "price": "1.00"}], "images": []}]}"""


def test_variants_are_offers_and_records_are_counted(tmp_path: Path) -> None:
    reader, offers, rejected = read_all(written(tmp_path, DOCUMENT, "products.json"))
    assert (reader.mapping.format, reader.mapping.record_path, reader.mapping.expand) == (
        "shopify-json",
        "products",
        "variants",
    )
    assert (reader.rows, reader.accepted, reader.offers, len(rejected)) == (2, 1, 2, 1)
    assert [(offer.sku, offer.options, offer.stated_e4, offer.weight_g) for offer in offers] == [
        ("C-R", {"Colour": "Red"}, 120_000, 90),
        ("12", {"Colour": "Blue"}, 130_000, 90),
    ]
    assert offers[0].group_key == "cap"
    assert len(offers[1].images) == 2


def test_a_variant_listed_twice_does_not_upset_the_counts(tmp_path: Path) -> None:
    text = DOCUMENT.replace('"sku": ""', '"sku": "C-R"')
    found = checked(written(tmp_path, text, "products.json"))
    assert (found["accepted"], found["merged"]) == (1, 0)


def test_a_product_listed_twice_is_merged(tmp_path: Path) -> None:
    text = DOCUMENT.replace('{"id": 2, "title": ""', '{"id": 2, "title": "Cap again"').replace(
        '"sku": "N"', '"sku": "C-R"'
    )
    found = checked(written(tmp_path, text, "products.json"))
    assert (found["rows"], found["accepted"], found["merged"]) == (
        2,
        2,
        0,
    )  # the blue one still stands for the first
