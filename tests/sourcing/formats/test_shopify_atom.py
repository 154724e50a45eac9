"""Shopify's public Atom feed: a variant is an offer, the pictures are in the summary."""

from pathlib import Path

from tests.sourcing.support import read_all, written

FEED = """<?xml version="1.0" encoding="UTF-8"?>
<feed xml:lang="en-US" xmlns="http://www.w3.org/2005/Atom" xmlns:s="http://jadedpixel.com/-/spec/shopify"><id>https://shop.example.com/collections/all.atom</id>
<title>Shop</title><entry><id>https://shop.example.com/products/1</id><updated>2026-01-02T00:00:00Z</updated><link rel="alternate" type="text/html" href="https://shop.example.com/products/hat"/>
<title>Hat</title><s:type>Hats</s:type><s:vendor>Acme</s:vendor><summary type="html"><![CDATA[<table><td><img width="90" src="https://cdn.example.com/hat.jpg?v=1"></td></table>]]></summary>
<s:variant><id>https://shop.example.com/products/1/11</id><title>S</title><s:price currency="EUR">19.00</s:price><s:sku>HAT-S</s:sku><s:grams>200</s:grams></s:variant>
<s:variant><id>https://shop.example.com/products/1/12</id><title>M</title><s:price currency="EUR">21.00</s:price><s:sku/><s:grams>210</s:grams></s:variant></entry></feed>"""


def test_variants_are_offers_with_the_product_s_texts_and_pictures(tmp_path: Path) -> None:
    reader, offers, _ = read_all(written(tmp_path, FEED, "all.atom"))
    assert (reader.mapping.format, reader.rows, reader.offers) == ("shopify-atom", 1, 2)
    first, second = offers
    assert (first.sku, first.title, first.brand, first.category, first.options) == (
        "HAT-S",
        "Hat",
        "Acme",
        "Hats",
        {"Option": "S"},
    )
    assert (first.stated_e4, first.currency, first.price_means, first.weight_g) == (
        190_000,
        "EUR",
        "public",
        200,
    )
    assert first.images == ("https://cdn.example.com/hat.jpg?v=1",)
    assert second.sku == "https://shop.example.com/products/1/12"  # it has no number of its own


def test_variants_without_a_title_are_no_choice(tmp_path: Path) -> None:
    bare = FEED.replace("<title>S</title>", "").replace("<title>M</title>", "")
    _, offers, _ = read_all(written(tmp_path, bare, "all.atom"))
    assert [(offer.title, offer.options) for offer in offers] == [("Hat", None), ("Hat", None)]
