"""Who carries it and where it is followed: the supplier's word counts, the number only suggests."""

import pytest

from marketplace.fulfilment.carriers import all_carriers, carrier_name, carrier_named, detect, tracking_url


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("1Z5R89390357567127", "ups"), ("1Z 879E 9303 4683 4440", "ups"), ("K1506235620", "ups"),
        ("73891051146", "dhl"), ("3318810025", "dhl"),
        ("0081827 0998 0000 0200 33 350 276 C", "dpd"), ("09 9800 0002 0033 F", "dpd"),
        ("986578788855", "fedex"), ("041441760228964", "fedex"), ("9611020987654312345672", "fedex"),
        ("RB123456785GB", "royal_mail"), ("rb 123 456 785 se", "postnord"), ("RB123456785FR", "colissimo"),
        ("RB123456785DE", "dhl_paket"), ("RB123456785BE", "bpost"),
    ],
)  # fmt: skip
def test_a_check_digit_that_agrees_makes_us_sure(number, code):
    first = detect(number)[0]
    assert (first.code, first.sure) == (code, True)


@pytest.mark.parametrize(
    "number", ["1Z5R89390357567128", "RB123456786GB", "3318810010", "008182709980000020033350276A"]
)
def test_a_wrong_check_digit_is_never_sure(number):
    assert not any(s.sure for s in detect(number))


@pytest.mark.parametrize(
    ("number", "code"), [("6A12345678901", "colissimo"), ("XY123456789FR", "chronopost"), ("12345678", "mondial_relay"),
                         ("12345678901234", "dpd"), ("JJD0002257639032011", "yodel"), ("LTN74207623N1", "landmark")],
)  # fmt: skip
def test_a_shape_only_suggests(number, code):
    found = {s.code: s.sure for s in detect(number)}
    assert found[code] is False


def test_nonsense_suggests_nobody():
    for number in ("", "hello", "…", "٤٢٤٢٤٢٤٢"):
        assert detect(number) == []


def test_a_parcel_is_followed_where_its_supplier_said_whatever_its_number_looks_like():
    assert tracking_url("GLS", "1Z5R89390357567127").startswith("https://gls-group.com/")
    assert tracking_url("la poste", "6A 1234 5678 901").endswith("code=6A12345678901")
    assert "codePostal=59000" in tracking_url("Mondial Relay", "12345678", postcode="59000")


def test_an_unknown_carrier_has_a_name_and_no_link():
    assert carrier_named("Uncle Bob's van") is None
    assert tracking_url("Uncle Bob's van", "42") is None
    assert carrier_name("Uncle Bob's van") == "Uncle Bob's van"
    assert tracking_url("ups", "") is None


def test_a_number_cannot_break_out_of_its_link():
    assert "<" not in tracking_url("ups", '1Z"><script>&x=1#')
    assert "&x" not in tracking_url("ups", "1Z&x=1")


def test_every_carrier_is_found_by_its_code_and_its_name_and_follows_over_https():
    for code, name in all_carriers():
        assert carrier_named(code).code == carrier_named(name).code == code
        assert carrier_named(code).url.startswith("https://")
