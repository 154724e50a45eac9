"""The demo's products read like a real catalogue, and their codes pass the checks that importers make."""

import re
from collections import Counter

from stdnum import ean

from marketplace.demo.assortment import by_slug, products
from marketplace.demo.assortment.copy import capacity, dimensions, weight
from marketplace.demo.assortment.gtin import NOBODYS, assign
from marketplace.demo.assortment.slug import slugify


def test_a_newcomer_finds_more_than_four_hundred_products_of_many_kinds() -> None:
    assert len(products()) >= 400
    assert len({product.kind for product in products()}) >= 40
    assert Counter(product.family for product in products()).keys() == {"home", "gear", "toys"}


def test_every_gtin_is_valid_unique_and_of_a_range_that_is_nobodys() -> None:
    gtins = [variant.gtin for product in products() for variant in product.variants]
    assert len(set(gtins)) == len(gtins)
    assert all(ean.is_valid(gtin) and gtin.startswith(NOBODYS) for gtin in gtins)


def test_adding_a_product_does_not_renumber_the_others() -> None:
    before = assign("1104", ["mug galet chalk", "bowl galet ink"])
    after = assign("1104", ["mug galet chalk", "bowl galet ink", "a new plate"])
    assert before.items() <= after.items()


def test_two_items_on_the_same_number_are_told_apart() -> None:
    names = [f"item {i}" for i in range(4000)]
    assert len(set(assign("1104", names).values())) == 4000


def test_a_refused_line_finds_another_source() -> None:
    shared = [product for product in products() if len(product.suppliers) > 1]
    assert len(shared) >= 60
    for pair in (("verrier", "nordhavn"), ("gearline", "nordhavn"), ("petit-bois", "nordhavn")):
        assert sum(set(pair) <= set(product.suppliers) for product in shared) >= 30, pair


def test_no_two_products_share_a_title_or_a_description() -> None:
    for i in (0, 1):
        assert max(Counter(product.title[i] for product in products()).values()) == 1
        assert max(Counter(product.description[i] for product in products()).values()) == 1


def test_french_texts_are_typeset_as_french() -> None:
    for product in products():
        text = f"{product.title[1]} {product.description[1]}"
        assert "'" not in text, product.slug
        assert not re.search(r"[^\u00a0\d&][:;?!»](?![a-z/])", re.sub(r"<[^>]+>", " ", text)), product.slug


def test_texts_survive_the_oldest_encoding_a_supplier_uses() -> None:
    for product in products():
        for text in (*product.title, *product.description):
            assert text.encode("cp1252").decode("cp1252") == text


def test_every_maker_can_be_reached_as_product_safety_law_asks() -> None:
    for product in products():
        brand = product.brand
        assert brand.company
        assert re.search(r"\d", brand.address), brand.key
        assert brand.email.endswith(".example")
        assert brand.country in {"FR", "PT", "IT", "DK", "IE", "NL"}, (
            "a maker or its representative is in the Union"
        )


def test_sizes_and_weights_are_said_as_each_language_says_them() -> None:
    assert capacity(350, "en") == "350\u00a0ml"
    assert capacity(350, "fr") == "35\u00a0cl"
    assert capacity(1200, "fr") == "1,2\u00a0L"
    assert weight(1050, "en") == "1.05\u00a0kg"
    assert dimensions("8.5 x 9 cm", "fr") == "8,5 × 9 cm"
    assert dimensions("one size", "fr") == "taille unique"


def test_slugs_keep_to_plain_letters() -> None:
    assert slugify("Økse, à cœur") == "okse-a-coeur"
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", product.slug) for product in products())
    assert by_slug("mug-galet").title == ("Galet mug in stoneware", "Mug Galet en grès")
