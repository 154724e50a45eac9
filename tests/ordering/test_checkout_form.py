"""What a shopper types is judged field by field, in sentences, all at once."""

import pytest

from marketplace.ordering.checkout_form import find_problems, tidy
from tests.support.shopper import FORM

SHIPS = ("FR", "BE", "GB", "NL", "US")


def problems(phone_needed=False, **typed):
    return find_problems(tidy({**FORM, **typed}), ships_to=SHIPS, phone_needed=phone_needed)


def test_a_full_form_has_no_problem_and_neither_has_one_without_what_is_optional():
    assert problems() == {}
    assert problems(phone="", note="", street2="") == {}


def test_spaces_and_small_letters_are_forgiven():
    form = tidy(
        {**FORM, "name": "  Simone   Shopper ", "postcode": " 1234 ab", "country": "nl", "unknown": "x"}
    )
    assert (form.name, form.postcode, form.country) == ("Simone Shopper", "1234 AB", "NL")


@pytest.mark.parametrize("field", ["email", "name", "street", "postcode", "city"])
def test_each_missing_field_is_asked_for(field):
    assert list(problems(**{field: "  "})) == [field]


@pytest.mark.parametrize(
    "email",
    [
        "simone",
        "simone@",
        "@shopper.example",
        "si mone@shopper.example",
        "simone@shopper",
        "a@b@c.fr",
        "<a@b.fr>",
    ],
)
def test_an_address_that_cannot_be_mailed_is_refused(email):
    assert list(problems(email=email)) == ["email"]


@pytest.mark.parametrize(
    ("country", "postcode", "fine"),
    [
        ("FR", "75001", True), ("FR", "7500", False), ("FR", "75O01", False), ("BE", "1000", True), ("BE", "75001", False),
        ("GB", "SW1A 1AA", True), ("GB", "12345", False), ("NL", "1234 AB", True), ("NL", "1234", False), ("US", "anything", True),
        ("FR", "７５００１", True), ("FR", "٧٥٠٠١", False),
    ],
)  # fmt: skip
def test_postcodes_look_like_their_country(country, postcode, fine):
    assert ("postcode" not in problems(country=country, postcode=postcode)) == fine


def test_a_country_outside_the_shops_is_refused():
    assert list(problems(country="JP")) == ["country"]
    assert "country" in problems(country="")


@pytest.mark.parametrize(
    ("phone", "fine"),
    [("+33 6 12 34 56 78", True), ("06.12.34.56.78", True), ("call me", False), ("12", False)],
)
def test_phone_numbers_are_digits(phone, fine):
    assert ("phone" not in problems(phone=phone)) == fine


def test_a_phone_number_is_asked_for_where_the_carrier_needs_it():
    assert list(problems(phone="", phone_needed=True)) == ["phone"]


def test_what_is_far_too_long_is_refused_beside_its_field():
    assert set(problems(note="x" * 301, city="y" * 81)) == {"note", "city"}


def test_everything_wrong_is_said_at_once():
    assert set(find_problems(tidy({}), ships_to=SHIPS, phone_needed=True)) == {
        "email", "name", "street", "postcode", "city", "country", "phone"}  # fmt: skip
