"""Choosing a variant by links leads where a person expects."""

from marketplace.catalogue.browse import PageVariant, Photo
from marketplace.web.storefront.picker import choices, pick


def variant(id_: int, colour: str, size: str, *, sellable: bool = True) -> PageVariant:
    return PageVariant(
        id=id_,
        sku=f"S{id_}",
        gtin=None,
        options={"colour": colour, "size": size},
        price=1000,
        was_price=None,
        sellable=sellable,
        available=3 if sellable else 0,
        lead_days=1,
        weight_g=None,
    )


BLUE_S, BLUE_M = variant(1, "blue", "S"), variant(2, "blue", "M", sellable=False)
RED_S, GREEN_L = variant(3, "red", "S"), variant(4, "green", "L")
ALL = [BLUE_S, BLUE_M, RED_S, GREEN_L]
NAMES = ["colour", "size"]


def test_the_page_opens_on_what_can_be_bought():
    assert pick([BLUE_M, RED_S], None) is RED_S
    assert pick([BLUE_M], None) is BLUE_M
    assert pick([], None) is None


def test_a_link_to_a_variant_opens_that_one_even_when_it_is_sold_out():
    assert pick(ALL, 2) is BLUE_M


def test_a_link_to_another_products_variant_opens_the_usual_one():
    assert pick(ALL, 999) is BLUE_S


def test_another_colour_keeps_the_size():
    colour = choices(NAMES, ALL, BLUE_S)[0]
    red = next(v for v in colour.values if v.text == "red")
    assert (red.variant, red.exact, red.current) == (3, True, False)


def test_a_colour_that_has_not_this_size_leads_to_the_size_it_has():
    colour = choices(NAMES, ALL, BLUE_S)[0]
    green = next(v for v in colour.values if v.text == "green")
    assert (green.variant, green.exact) == (4, False)


def test_what_is_sold_out_is_shown_as_such_and_can_still_be_looked_at():
    size = choices(NAMES, ALL, BLUE_S)[1]
    medium = next(v for v in size.values if v.text == "M")
    assert (medium.variant, medium.sellable) == (2, False)


def test_an_option_with_one_value_is_no_choice():
    assert [c.name for c in choices(NAMES, [BLUE_S, RED_S], BLUE_S)] == ["colour"]


def test_a_picture_stands_for_the_first_option_only():
    photo = Photo(sha="a" * 64, width=1, height=1, colour=None, alt=None, variant=3)
    colour, size = choices(NAMES, ALL, BLUE_S, [photo])
    assert [v.photo for v in colour.values] == [None, "a" * 64, None]
    assert {v.photo for v in size.values} == {None}
