"""Only a sound, worldwide code may say that two suppliers sell the same thing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.sourcing.values.gtin import check_digit, valid_gtin


@pytest.mark.parametrize(
    ("raw", "fit"),
    [
        ("4006381333931", "4006381333931"),
        ("4006381333932", None),  # wrong check digit
        ("036000291452", "0036000291452"),  # a UPC is an EAN with a zero before it
        ("04006381333931", "4006381333931"),
        ("10012345678902", "10012345678902"),  # a case of its own
        ("96385074", "96385074"),
        ("0000096385074", "96385074"),
        ("978-0-306-40615-7", "9780306406157"),
        ("2012345678900", None),  # made in the shop
        ("0212345678907", None),
        ("0412345678903", None),
        ("9912345678908", None),  # a coupon
        ("0000000000000", None),
        ("1111111111116", None),
        ("1234567", None),
        ("32123", None),
        ("", None),
        ("EAN unknown", None),
        ("٤٠٠٦٣٨١٣٣٣٩٣١", None),
        ("4.006381333931E+12", "4006381333931"),  # a spreadsheet's, with every digit
        ("4,006381333931e12", "4006381333931"),
        ("4.00638E+12", None),
        ("9.6385074E+7", "96385074"),
    ],
)
def test_a_code_is_fit_for_matching_or_it_is_not(raw: str, fit: str | None) -> None:
    assert valid_gtin(raw) == fit


@given(st.integers(300_000_000_000, 900_000_000_000))
def test_one_wrong_digit_is_always_found(body: int) -> None:
    code = f"{body}{check_digit(str(body))}"
    if valid_gtin(code) is None:  # restricted, or all digits the same
        return
    for place in range(13):
        other = code[:place] + str((int(code[place]) + 1) % 10) + code[place + 1 :]
        assert valid_gtin(other) != other


@given(st.text(max_size=20))
def test_no_text_breaks_it(text: str) -> None:
    found = valid_gtin(text)
    assert found is None or (found.isdecimal() and len(found) in (8, 13, 14))
