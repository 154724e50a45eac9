"""Offers become the products a shopper would expect: one chair in three colours, not three chairs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.catalogue.grouping import MOST_VARIANTS, Piece, common_title, grouped


def piece(number: int, title: str, group: str | None = None, supplier: int = 1, **options: str) -> Piece:
    return Piece(number, supplier, f"SKU-{number}", title, group, dict(options))


def test_offers_of_one_group_become_one_product_with_variants():
    [chair] = grouped(
        [piece(1, "Oak chair, blue", "G", Colour="blue"), piece(2, "Oak chair, red", "G", Colour="red")]
    )
    assert chair.title == "Oak chair"
    assert chair.option_names == ["Colour"]
    assert [options for _, options in chair.variants] == [{"Colour": "blue"}, {"Colour": "red"}]


def test_the_same_group_key_of_two_suppliers_is_two_products():
    assert len(grouped([piece(1, "Oak chair", "G"), piece(2, "Oak chair", "G", supplier=2)])) == 2


def test_offers_without_a_group_stand_alone():
    assert [g.title for g in grouped([piece(1, "Vase"), piece(2, "Bowl", "")])] == ["Vase", "Bowl"]


def test_variants_a_feed_does_not_tell_apart_are_told_apart_by_their_titles_or_their_sku():
    [mug] = grouped([piece(1, "Stone mug small", "M"), piece(2, "Stone mug large", "M")])
    assert [options for _, options in mug.variants] == [{"Reference": "small"}, {"Reference": "large"}]
    [same] = grouped([piece(1, "Stone mug", "M"), piece(2, "Stone mug", "M")])
    assert [options for _, options in same.variants] == [{"Reference": "SKU-1"}, {"Reference": "SKU-2"}]


def test_two_variants_with_the_same_options_show_their_sku():
    [mug] = grouped(
        [piece(n, "Stone mug", "M", Colour="blue") for n in (1, 2)]
        + [piece(3, "Stone mug", "M", Colour="red")]
    )
    assert mug.variants[0][1] == {"Colour": "blue", "Reference": "SKU-1"}
    assert mug.variants[2][1] == {"Colour": "red"}


def test_a_group_column_with_a_constant_in_it_groups_nothing():
    many = [piece(n, f"Thing number {n}", "all") for n in range(MOST_VARIANTS + 1)]
    assert len(grouped(many)) == len(many)
    assert len(grouped([piece(1, "Vase", "x"), piece(2, "Garden hose", "x")])) == 2


@pytest.mark.parametrize(
    ("titles", "expected"),
    [
        (["T-shirt Oslo - S", "T-shirt Oslo - M"], "T-shirt Oslo"),
        (["Lampe Nova (rouge)", "Lampe Nova (bleu)"], "Lampe Nova"),
        (["Vase", "Vase"], "Vase"),
        (["Vase bleu", "Bol bleu"], ""),
        (["A lamp", "A table"], ""),
    ],
)
def test_a_product_is_called_what_its_variants_have_in_common(titles: list[str], expected: str):
    assert common_title(titles) == expected


pieces = st.lists(
    st.tuples(
        st.text(alphabet="ab ,-", min_size=1, max_size=12),
        st.sampled_from([None, "", "g", "h"]),
        st.integers(1, 2),
        st.dictionaries(st.sampled_from(["Colour", "Size"]), st.sampled_from(["x", "y", " "]), max_size=2),
    ),
    max_size=12,
)


@given(pieces)
def test_every_offer_is_in_exactly_one_product_and_differs_from_its_siblings(
    made: list[tuple[str, str | None, int, dict[str, str]]],
):
    offers = [
        Piece(n, supplier, f"S{n}", title, group, options)
        for n, (title, group, supplier, options) in enumerate(made)
    ]
    groups = grouped(offers)
    assert sorted(p.offer for g in groups for p, _ in g.variants) == [o.offer for o in offers]
    for group in groups:
        assert group.title
        if len(group.variants) > 1:
            labels = [tuple(sorted(options.items())) for _, options in group.variants]
            assert len(set(labels)) == len(labels)
            assert all(labels)
