"""Money is whole minor units, rounded one way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.kernel.money import (
    EXPONENTS,
    CurrencyMismatch,
    Money,
    UnknownCurrency,
    allocate,
    e4_from_minor,
    exponent,
    minor_from_e4,
    round_div,
)


@pytest.mark.parametrize(
    ("currency", "decimals"), [("EUR", 2), ("JPY", 0), ("OMR", 3), ("CLF", 4), ("XOF", 0), ("KWD", 3)]
)
def test_a_currency_has_the_decimals_iso_gives_it(currency: str, decimals: int) -> None:
    assert exponent(currency) == decimals


def test_a_currency_nobody_issues_is_refused() -> None:
    with pytest.raises(UnknownCurrency, match="EUX"):
        exponent("EUX")


@pytest.mark.parametrize(
    ("numerator", "denominator", "rounded"),
    [(5, 2, 3), (-5, 2, -3), (5, -2, -3), (4, 3, 1), (-4, 3, -1), (0, 7, 0), (1005, 10, 101)],
)
def test_halves_go_away_from_zero(numerator: int, denominator: int, rounded: int) -> None:
    assert round_div(numerator, denominator) == rounded


def test_a_unit_cost_becomes_minor_units_by_the_currency() -> None:
    assert minor_from_e4(123_450, "EUR") == 1235
    assert minor_from_e4(170_005, "OMR") == 17001
    assert minor_from_e4(7_990_000, "JPY") == 799


@given(st.integers(-(10**15), 10**15), st.sampled_from(sorted(EXPONENTS)))
def test_minor_units_survive_the_way_to_unit_costs_and_back(amount: int, currency: str) -> None:
    assert minor_from_e4(e4_from_minor(amount, currency), currency) == amount


@given(st.integers(-(10**12), 10**12), st.lists(st.integers(0, 10**6), min_size=1, max_size=30))
def test_shares_sum_to_the_amount_and_stay_within_one_unit_of_fair(amount: int, weights: list[int]) -> None:
    parts = allocate(amount, weights)
    fair = weights if any(weights) else [1] * len(weights)
    assert sum(parts) == amount
    assert all(
        abs(part * sum(fair) - amount * weight) < sum(fair) for part, weight in zip(parts, fair, strict=True)
    )


def test_the_odd_cent_goes_to_the_first_of_equals() -> None:
    assert allocate(100, [1, 1, 1]) == [34, 33, 33]


def test_nothing_can_be_shared_among_nobody() -> None:
    with pytest.raises(ValueError, match="weights"):
        allocate(5, [])


def test_two_currencies_do_not_add_up() -> None:
    with pytest.raises(CurrencyMismatch):
        Money(1, "EUR").plus(Money(1, "USD"))


def test_a_price_times_a_quantity_is_rounded_once() -> None:
    assert Money(1000, "EUR").times(1, 3) == Money(333, "EUR")
    assert Money(5, "EUR").times(-1, 2) == Money(-3, "EUR")
