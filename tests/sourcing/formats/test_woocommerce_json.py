"""WooCommerce over its REST interface."""

import json
from pathlib import Path

from tests.sourcing.support import checked, read_all, written


def test_products_are_read(tmp_path: Path) -> None:
    text = """[{"id": 5, "name": "Mug", "sku": "W-5", "type": "simple", "status": "publish", "permalink": "https://shop.example.com/mug",
      "regular_price": "12.50", "sale_price": "9.90", "stock_quantity": 3, "stock_status": "instock", "short_description": "<p>Blue</p>",
      "description": "", "categories": [{"id": 1, "name": "Cups"}, {"id": 2, "name": "Blue"}], "images": [{"src": "https://i.example.com/1.jpg"}],
      "attributes": [{"name": "Colour", "options": ["Blue", "Red"]}]}]"""
    reader, offers, _ = read_all(written(tmp_path, text, "products.json"))
    offer = offers[0]
    assert reader.mapping.format == "woocommerce-json"
    assert (offer.sku, offer.stated_e4, offer.sale_price_e4, offer.quantity, offer.category) == (
        "W-5",
        125_000,
        99_000,
        3,
        "Cups > Blue",
    )
    assert (offer.description, offer.options) == ("<p>Blue</p>", {"Colour": "Blue"})


def test_the_open_interface_counts_prices_in_minor_units(tmp_path: Path) -> None:
    price = {
        "price": "1250",
        "regular_price": "1500",
        "sale_price": "1250",
        "currency_code": "EUR",
        "currency_minor_unit": 2,
    }
    mug = {
        "id": 7,
        "name": "Mug",
        "sku": "M-7",
        "permalink": "https://w.example.com/mug",
        "prices": price,
        "is_in_stock": True,
    }
    found = checked(written(tmp_path, json.dumps([mug]), "feed.json"))
    assert found["format"] == "woocommerce-json"
    offer = found["sample"][0]
    assert (offer["price"], offer["sale_price"]["amount_minor"], offer["availability"]) == (
        {"amount_minor": 1500, "currency": "EUR"},
        1250,
        "in_stock",
    )
