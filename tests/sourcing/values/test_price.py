"""Prices are read as shops write them, and never through a float."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.kernel.money import round_div
from marketplace.sourcing.values.price import PriceCells, PriceUnreadable, net_of_vat, parse_price


@pytest.mark.parametrize(
    ("written", "amount_e4", "currency"),
    [
        ("12.99 EUR", 129_900, "EUR"),
        ("799 INR", 7_990_000, "INR"),
        ("17.00 OMR", 170_000, "OMR"),
        ("$15.00", 150_000, "USD"),
        ("3,700.00 BDT", 37_000_000, "BDT"),
        ("18,9", 189_000, None),
        ("5 000,50", 50_005_000, None),
        ("5\u00a0000,50 Kč", 50_005_000, "CZK"),
        ("₹1,10,990", 1_109_900_000, "INR"),
        ("1'234.50 CHF", 12_345_000, "CHF"),
        ("1.234,56 €", 12_345_600, "EUR"),
        ("12,-", 120_000, None),
        ("EUR 12", 120_000, "EUR"),
        ("Rs. 1,299.00", 12_990_000, "INR"),
        ("R$ 10,00", 100_000, "BRL"),
        ("12,345 OMR", 123_450, "OMR"),
        ("0,125", 1_250, None),
        ("1974.75434", 19_747_543, None),
        (".5", 5_000, None),
        ("-5", -50_000, None),
        ("(5.00)", -50_000, None),
        ("١٢٫٥٠", 125_000, None),
        ("1 234 kr", 12_340_000, None),
        ("9.99 / pc", 99_900, None),
        ("", None, None),
        ("N/A", None, None),
    ],
)
def test_a_price_is_read_as_written(written: str, amount_e4: int | None, currency: str | None) -> None:
    assert parse_price(written) == (amount_e4, currency)


@pytest.mark.parametrize(
    "written",
    [
        "call us",
        "10 - 20",
        "A3100.046",
        "12kg",
        "1,234.5.6",
        "12€50",
        "12 99",
        "1e3",
        "1" * 30,
        "price on request 5",
    ],
)
def test_what_is_no_price_is_said_to_be_none(written: str) -> None:
    with pytest.raises(PriceUnreadable):
        parse_price(written)


def test_the_columns_decimal_mark_settles_what_three_digits_mean() -> None:
    assert parse_price("1,299", ",") == (12_990, None)
    assert parse_price("1,299", ".") == (12_990_000, None)
    assert parse_price("1.299", ",") == (12_990_000, None)
    assert parse_price("1.299", "auto") == (12_990, None)


def test_a_doubtful_sign_is_the_feeds_own_currency() -> None:
    assert parse_price("$5", column_currency="CAD") == (50_000, "CAD")
    assert parse_price("$5", column_currency="EUR") == (50_000, "USD")
    assert parse_price("5 kr", column_currency="NOK") == (50_000, "NOK")


@given(st.integers(0, 10**11), st.sampled_from([".", ","]), st.booleans())
def test_any_amount_survives_being_written(amount_e4: int, mark: str, grouped: bool) -> None:
    whole, part = divmod(amount_e4, 10_000)
    group = {".": ",", ",": "."}[mark]
    text = f"{whole:,}".replace(",", group) if grouped else str(whole)
    assert parse_price(f"{text}{mark}{part:04d}", mark) == (amount_e4, None)  # type: ignore[arg-type]


@given(st.text(max_size=40))
def test_no_text_at_all_breaks_the_parser(text: str) -> None:
    try:
        amount, _ = parse_price(text)
    except PriceUnreadable:
        return
    assert amount is None or isinstance(amount, int)


@given(st.text(alphabet="0123456789., -€$", max_size=14), st.sampled_from(["auto", ".", ","]))
def test_the_quick_way_reads_what_the_long_way_reads(text: str, decimal: str) -> None:
    cells = PriceCells(decimal)  # type: ignore[arg-type]
    for _ in range(2):  # the second time from memory
        try:
            quick: object = cells.read(text)
        except PriceUnreadable:
            quick = "unreadable"
        try:
            slow: object = parse_price(text, decimal)  # type: ignore[arg-type]
        except PriceUnreadable:
            slow = "unreadable"
        assert quick == slow


def test_vat_is_taken_out_with_one_rounding() -> None:
    assert net_of_vat(121_000, 2100) == 100_000
    assert net_of_vat(1, 2000) == round_div(10_000, 12_000)


@pytest.mark.parametrize(
    ("text", "amount"),
    [("12.990,- Ft", 129_900_000), ("12.990 Ft", 129_900_000), ("1,299.-", 12_990_000), ("1.299,–", 12_990_000), ("12.990 EUR", 129_900)],
)  # fmt: skip
def test_a_dash_or_a_currency_without_cents_tells_the_mark(text: str, amount: int) -> None:
    assert parse_price(text)[0] == amount
