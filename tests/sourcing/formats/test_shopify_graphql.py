"""Shopify's GraphQL: lines that name their parent, and answers with edges and nodes."""

import json
from pathlib import Path
from typing import Any

import pytest

from marketplace.sourcing.reading import json_graph
from marketplace.sourcing.reading.errors import FeedRefused
from tests.sourcing.support import checked, read_all, written


def product(number: int, **more: Any) -> dict[str, Any]:
    return {
        "id": f"gid://shopify/Product/{number}", "title": f"Cap {number}", "handle": f"cap-{number}", "vendor": "Acme",
        "productType": "Hats", "descriptionHtml": "<p>Wool</p>", **more,
    }  # fmt: skip


def variant(number: int, parent: int = 0, **more: Any) -> dict[str, Any]:
    of = {"__parentId": f"gid://shopify/Product/{parent}"} if parent else {}
    return {
        "id": f"gid://shopify/ProductVariant/{number}", "sku": f"C-{number}", "price": "12.50", "inventoryQuantity": 3,
        "selectedOptions": [{"name": "Size", "value": f"S{number}"}], **of, **more,
    }  # fmt: skip


def picture(name: str, parent: int) -> dict[str, Any]:
    return {
        "id": f"gid://shopify/MediaImage/{name}",
        "image": {"url": f"https://cdn.example.com/{name}.jpg"},
        "__parentId": f"gid://shopify/Product/{parent}",
    }


def lines(*records: dict[str, Any]) -> str:
    return "".join(json.dumps(record) + "\n" for record in records)


def connection(*nodes: dict[str, Any]) -> dict[str, Any]:
    return {"edges": [{"node": node, "cursor": "x"} for node in nodes], "pageInfo": {"hasNextPage": False}}


def test_lines_become_part_of_the_product_they_name(tmp_path: Path) -> None:
    stock = {
        "id": "gid://shopify/InventoryLevel/7",
        "available": 3,
        "__parentId": "gid://shopify/ProductVariant/12",
    }
    text = lines(
        product(1), variant(11, 1), picture("a", 1), variant(12, 1, sku=""), stock, product(2), variant(21, 2)
    )
    reader, offers, rejected = read_all(written(tmp_path, text, "bulk.jsonl"))
    assert (reader.mapping.format, reader.rows, reader.offers, rejected) == ("shopify-graphql", 2, 3, [])
    assert [(o.sku, o.group_key, o.quantity, o.options, o.line) for o in offers] == [
        ("C-11", "cap-1", 3, {"Size": "S11"}, 1),
        ("gid://shopify/ProductVariant/12", "cap-1", 3, {"Size": "S12"}, 1),
        ("C-21", "cap-2", 3, {"Size": "S21"}, 6),
    ]
    assert offers[1].images == ("https://cdn.example.com/a.jpg",)


SCATTERED = lines(product(1), product(2), variant(11, 1), variant(21, 2), variant(12, 1))


def test_lines_that_are_not_grouped_are_put_together(tmp_path: Path) -> None:
    _, offers, _ = read_all(written(tmp_path, SCATTERED, "bulk.jsonl"))
    assert [(offer.sku, offer.title) for offer in offers] == [
        ("C-11", "Cap 1"),
        ("C-12", "Cap 1"),
        ("C-21", "Cap 2"),
    ]


@pytest.mark.parametrize("held", [1, 3])
def test_a_file_too_large_to_be_put_together_is_refused_where_it_is_not_grouped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, held: int
) -> None:
    monkeypatch.setattr(json_graph, "HELD_OBJECTS", held)
    with pytest.raises(FeedRefused) as refused:
        checked(written(tmp_path, SCATTERED, "bulk.jsonl"))
    assert (refused.value.code, refused.value.line) == ("scattered", 3)


def test_a_long_grouped_file_is_let_go_of_as_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json_graph, "HELD_OBJECTS", 3)
    text = lines(*(each for n in range(1, 30) for each in (product(n), variant(n * 10, n), picture("p", n))))
    reader, offers, _ = read_all(written(tmp_path, text, "bulk.jsonl"))
    assert (reader.rows, len(offers)) == (29, 29)
    assert all(offer.images for offer in offers)


def test_an_answer_with_edges_and_nodes_is_read(tmp_path: Path) -> None:
    pictures = connection({"url": "https://cdn.example.com/a.jpg"}, {"url": "https://cdn.example.com/b.jpg"})
    own = {"url": "https://cdn.example.com/v.jpg"}
    first = product(1, variants=connection(variant(11), variant(12, image=own)), images=pictures)
    text = json.dumps({"data": {"products": connection(first, product(2, variants=connection(variant(21))))}})
    reader, offers, _ = read_all(written(tmp_path, text, "products.json"))
    assert (reader.rows, [offer.sku for offer in offers]) == (2, ["C-11", "C-12", "C-21"])
    assert offers[0].images == ("https://cdn.example.com/a.jpg", "https://cdn.example.com/b.jpg")
    assert offers[1].images[0] == "https://cdn.example.com/v.jpg"


def test_prices_of_a_storefront_have_their_currency(tmp_path: Path) -> None:
    price = {"amount": "19.9", "currencyCode": "EUR"}
    inner = {
        "nodes": [variant(n, price=price, availableForSale=True, inventoryQuantity=None) for n in (1, 2)]
    }
    text = json.dumps([product(n, variants=inner) for n in (1, 2, 3)])
    _, offers, _ = read_all(written(tmp_path, text, "products.json"))
    assert (offers[0].stated_e4, offers[0].currency, offers[0].availability) == (199_000, "EUR", "in_stock")


def test_what_graphql_puts_around_other_shops_records_is_taken_off_too(tmp_path: Path) -> None:
    nodes = [
        {
            "sku": f"W{n}",
            "name": f"Shirt {n}",
            "price": "12.00",
            "categories": {"nodes": [{"name": "Shirts"}]},
        }
        for n in range(4)
    ]
    _, offers, _ = read_all(
        written(tmp_path, json.dumps({"data": {"products": {"nodes": nodes}}}), "woo.json")
    )
    assert (len(offers), offers[0].sku, offers[0].category) == (4, "W0", "Shirts")
