"""A mapping is stored as JSON and finds its columns again, whatever happened to their case or place."""

import msgspec
import pytest

from marketplace.sourcing.mapping import Mapping, Parents, RowFilter, Word, fingerprint, from_json, to_json
from marketplace.sourcing.mapping.aliases import is_known, ranked
from marketplace.sourcing.mapping.fields import BY_NAME, FIELDS
from marketplace.sourcing.mapping.refs import Places, refs_of


def full() -> Mapping:
    return Mapping(
        format="csv", columns={"sku": "Code", "images": ["Image 1", "Image 2"]}, options={"Colour": "Farbe"}, option_pairs=[("n", "v")],
        words={"few": Word("in_stock", quantity=2)}, filters=[RowFilter("brand", "is", ["Acme"])], parents=Parents("type", ["parent"]),
        key_from=["Code", "Size"], fixed={"brand": "Acme"},
    )  # fmt: skip


def test_it_survives_being_stored() -> None:
    assert from_json(to_json(full())) == full()
    assert from_json(msgspec.json.encode(full())) == full()


def test_a_setting_that_does_not_exist_in_its_kind_is_named() -> None:
    with pytest.raises(msgspec.ValidationError, match="price_means"):
        from_json({**to_json(full()), "price_means": "guess"})


def test_any_change_changes_its_fingerprint() -> None:
    other = msgspec.structs.replace(full(), assumed_quantity=2)
    assert fingerprint(other) != fingerprint(full())
    assert fingerprint(full()) == fingerprint(from_json(to_json(full())))


def test_it_knows_which_columns_it_uses_and_of_which_it_wants_all_values() -> None:
    wanted = refs_of(full())
    assert list(wanted) == ["Code", "Image 1", "Image 2", "Farbe", "n", "v", "Size", "brand", "type"]
    assert [name for name, many in wanted.items() if many] == ["Image 1", "Image 2", "n", "v"]


def test_a_column_is_found_by_name_by_folded_name_and_by_place() -> None:
    places = Places(["SKU", "Product Name", "#3", "sku"])
    assert [places.find(ref) for ref in ("SKU", "sku", "product_name", "#3", "#2", "#9", "nothing", "")] == [
        0,
        3,
        1,
        2,
        1,
        None,
        None,
        None,
    ]


def test_every_name_in_the_tables_is_a_field() -> None:
    fields = {field for uses in ranked().values() for field, _ in uses}
    assert fields <= BY_NAME.keys() | {
        "image",
        "more_images",
        "color",
        "size",
        "material",
        "pattern",
        "gender",
        "age_group",
    }
    assert len({field.name for field in FIELDS}) == len(FIELDS)
    assert len(ranked()) > 1_900
    assert is_known("artikelnummer")
