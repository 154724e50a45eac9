"""JSON is read from wherever its records are, one at a time, its numbers as they are written."""

import json
from pathlib import Path

import pytest

from marketplace.sourcing.reading.errors import FeedRefused
from marketplace.sourcing.reading.json_stream import JsonText, json_values
from tests.sourcing.support import checked, read_all, written

PRODUCTS = [
    {"sku": f"J{n}", "name": f"Lamp {n}", "price": {"amount": 19.90, "currency": "EUR"}, "stock": n, "images": [{"url": f"https://img.example.com/{n}.jpg"}]}
    for n in range(1, 4)
]  # fmt: skip


@pytest.mark.parametrize(
    ("document", "path"),
    [
        (PRODUCTS, ""),
        ({"meta": {"page": 1}, "products": PRODUCTS, "next": None}, "products"),
        ({"status": "ok", "data": {"total": 3, "items": PRODUCTS}}, "data.items"),
        ({product["sku"]: {k: v for k, v in product.items() if k != "sku"} for product in PRODUCTS}, "*"),
    ],
)
def test_records_are_found_wherever_they_are(tmp_path: Path, document: object, path: str) -> None:
    reader, offers, _ = read_all(written(tmp_path, json.dumps(document), "feed.json"))
    assert reader.mapping.record_path == path
    assert [(offer.sku, offer.price_e4, offer.currency) for offer in offers] == [
        (f"J{n}", 199_000, "EUR") for n in (1, 2, 3)
    ]
    assert offers[0].images == ("https://img.example.com/1.jpg",)
    assert [offer.line for offer in offers] == [1, 2, 3]


def test_an_empty_list_is_no_fault(tmp_path: Path) -> None:
    found = checked(written(tmp_path, "[]", "feed.json"))
    assert found["rows"] == 0


def test_one_object_a_line_is_read_and_a_broken_line_costs_only_itself(tmp_path: Path) -> None:
    lines = [json.dumps({"sku": f"L{n}", "title": f"Lamp {n}", "price": "5.00 EUR"}) for n in range(3)]
    found = checked(
        written(tmp_path, "\n".join([lines[0], lines[1], '{"sku": ', "", lines[2]]) + "\n", "feed.ndjson")
    )
    assert (found["format"], found["rows"], found["accepted"]) == ("jsonl", 4, 3)
    assert found["rejected"][0]["line"] == 3


def test_numbers_keep_the_digits_they_are_written_with(tmp_path: Path) -> None:
    text = '[{"sku": 1002003004005006007, "title": "Exact", "price": 0.1000, "currency": "EUR", "ean": 4006381333931}]'
    _, offers, _ = read_all(written(tmp_path, text, "feed.json"))
    assert (offers[0].sku, offers[0].price_e4, offers[0].gtin_valid) == (
        "1002003004005006007",
        1000,
        "4006381333931",
    )


@pytest.mark.parametrize(
    ("text", "line"),
    [('[{"sku": "A"},\n{"sku": }]', 2), ('[{"sku": "A"},\n{"sku": "B"', 2), ('{"products": [{"sku": "A"}\n', 2), ("[" * 100_000, 1), ('[{"sku": "A"}]\ntrailing', 2)],
)  # fmt: skip
def test_a_broken_document_is_refused_with_line_and_column(tmp_path: Path, text: str, line: int) -> None:
    with pytest.raises(FeedRefused) as refused:
        checked(written(tmp_path, text, "feed.json"))
    assert (refused.value.code, refused.value.line) == ("json", line)
    assert refused.value.column


def test_a_settings_file_is_no_feed(tmp_path: Path) -> None:
    settings = {
        name: {"code_column": 1, "stock_column": 2, "function": "halve"} for name in ("one", "two", "three")
    }
    with pytest.raises(FeedRefused) as refused:
        checked(written(tmp_path, json.dumps(settings), "config.json"))
    assert refused.value.code == "not_products"


def test_half_a_surrogate_does_not_reach_the_database(tmp_path: Path) -> None:
    _, offers, _ = read_all(
        written(tmp_path, '[{"sku": "A\\ud800", "title": "Lamp\\u0000 y", "price": "1 EUR"}]', "feed.json")
    )
    assert offers[0].title == "Lamp y"
    offers[0].sku.encode("utf-8")


def test_a_document_is_never_held_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    products = [{**PRODUCTS[0], "sku": f"J{n}", "description": "words " * 60} for n in range(4_000)]
    path = written(tmp_path, json.dumps({"head": "x" * 1000, "products": products}), "feed.json")
    windows: list[int] = []
    more = JsonText.more

    def watched(self: JsonText) -> bool:
        grown = more(self)
        windows.append(len(self.text))
        return grown

    monkeypatch.setattr(JsonText, "more", watched)
    assert sum(1 for _ in json_values(path, "utf-8", "products")) == 4_000
    assert max(windows) < 700_000 < path.stat().st_size


def test_a_currency_said_once_is_that_of_all_prices(tmp_path: Path) -> None:
    records = [{"sku": f"A{n}", "name": f"Lamp {n}", "price": "9.50", "stock": n} for n in (1, 2)]
    text = json.dumps({"meta": {"currency": "EUR"}, "products": records})
    assert {o.currency for o in read_all(written(tmp_path, text, "feed.json"))[1]} == {"EUR"}


@pytest.mark.parametrize(
    ("name", "amount"), [("price_cents", 1250), ("priceInCents", "1250"), ("price_minor", 1250)]
)
def test_prices_in_minor_units_are_read_as_such(tmp_path: Path, name: str, amount: object) -> None:
    records = [
        {"sku": f"A{n}", "name": f"Lamp {n}", name: amount, "currency": "EUR", "stock": n} for n in (1, 2)
    ]
    _, offers, _ = read_all(written(tmp_path, json.dumps(records), "feed.json"))
    assert [o.price_e4 for o in offers] == [125_000, 125_000]


def test_cents_beside_their_currency_are_a_price_and_no_category(tmp_path: Path) -> None:
    value = {"type": "centPrecision", "currencyCode": "EUR", "centAmount": 129900, "fractionDigits": 2}
    records = [{"sku": f"A{n}", "name": f"Sofa {n}", "prices": [{"value": value}]} for n in (1, 2, 3)]
    _, offers, _ = read_all(written(tmp_path, json.dumps({"results": records}), "feed.json"))
    assert {(o.price_e4, o.currency, o.category) for o in offers} == {(12_990_000, "EUR", None)}


def test_what_a_shop_keeps_of_a_product_by_name_is_read_where_it_is_ours(tmp_path: Path) -> None:
    told = [
        {"attribute_code": "ean", "value": "4006381333931"},
        {"attribute_code": "options_container", "value": "c2"},
    ]
    records = [
        {"sku": f"A{n}", "name": f"Bag {n}", "price": 45, "custom_attributes": told} for n in (1, 2, 3)
    ]
    _, offers, _ = read_all(written(tmp_path, json.dumps({"items": records}), "feed.json"))
    assert {(o.gtin, o.options is None) for o in offers} == {("4006381333931", True)}


def test_rows_that_are_lists_have_the_names_of_the_first(tmp_path: Path) -> None:
    sheet = {
        "range": "A1:D3",
        "values": [["sku", "name", "price", "stock"], ["A1", "Lamp", "9.90", "3"], ["A2", "Table", "19.90"]],
    }
    found = checked(written(tmp_path, json.dumps(sheet), "feed.json"))
    assert (found["rows"], found["accepted"]) == (2, 2)
    assert found["mapping"] == {"sku": "sku", "title": "name", "price": "price", "quantity": "stock"}


def test_a_servers_apology_is_no_product(tmp_path: Path) -> None:
    for said in (
        {"error": "Invalid API key", "code": 401},
        {"errors": [{"code": 7, "message": "Invalid API key"}]},
    ):
        with pytest.raises(FeedRefused, match="in place of products: Invalid API key"):
            checked(written(tmp_path, json.dumps(said), "feed.json"))


def test_variants_one_object_deeper_are_offers_with_their_choices(tmp_path: Path) -> None:
    lines = [
        {
            "product": {
                "id": n,
                "title": f"Tee {n}",
                "variants": [{"sku": f"T{n}{size}", "price": "9.90", "option1": size} for size in "SM"],
            }
        }
        for n in (1, 2)
    ]
    found = checked(written(tmp_path, "\n".join(map(json.dumps, lines)), "feed.jsonl"))
    assert (found["rows"], found["offers"]) == (2, 4)
    assert [(each["sku"], each["options"]) for each in found["sample"][:2]] == [
        ("T1S", {"Option 1": "S"}),
        ("T1M", {"Option 1": "M"}),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('callback([{"sku":"A","name":"Lamp"}]);', "JSONP"),
        ('[{"sku":"A","name":"Lamp"},]', "a comma too many"),
        ('[{"sku":"A","name":"Lamp"} {"sku":"B","name":"Desk"}]', "a comma or a closing bracket is missing"),
        ('[{"sku":"A","name":"La', "ends too early"),
    ],
)
def test_a_fault_of_json_is_said_plainly(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(FeedRefused, match=said):
        checked(written(tmp_path, text, "feed.json"))
