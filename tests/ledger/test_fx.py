"""Rates are ratios of integers, of the day or of the last working day before it."""

from datetime import date

import pytest

from marketplace.kernel.money import UnknownCurrency
from marketplace.ledger.fx import NoRate, converted, converted_e4, rate, rates_into, store_rates
from tenants.scope import acting_as
from tests.support import world

pytestmark = pytest.mark.usefixtures("database")
FRIDAY, SUNDAY, LATER = date(2031, 3, 7), date(2031, 3, 9), date(2031, 3, 15)


@pytest.fixture(autouse=True, scope="module")
async def _rates(database):
    await store_rates(FRIDAY, {"USD": 1_084_700, "GBP": 838_500, "JPY": 160_250_000, "PLN": 4_170_000})


async def test_a_euro_buys_what_the_table_says_and_back():
    alice = await world.merchant()
    async with acting_as(alice):
        to_dollars, to_euros = await rate("EUR", "USD", FRIDAY), await rate("USD", "EUR", FRIDAY)
    assert converted(10_000, to_dollars) == 10_847
    assert converted(10_847, to_euros) == 10_000


async def test_two_other_currencies_meet_through_the_euro_without_rounding_between():
    alice = await world.merchant()
    async with acting_as(alice):
        found = await rate("GBP", "USD", FRIDAY)
    assert (found.numerator, found.denominator) == (1_084_700, 838_500)
    assert converted(100_00, found) == 12936  # 129.3620…


async def test_minor_units_differ_by_currency():
    alice = await world.merchant()
    async with acting_as(alice):
        found = await rate("EUR", "JPY", FRIDAY)
    assert converted(100, found) == 160
    assert converted_e4(10_000, found) == 1_602_500


async def test_on_sunday_friday_counts_and_its_day_is_kept():
    alice = await world.merchant()
    async with acting_as(alice):
        assert (await rate("USD", "EUR", SUNDAY)).day == FRIDAY


async def test_a_rate_older_than_a_week_is_none():
    alice = await world.merchant()
    async with acting_as(alice):
        with pytest.raises(NoRate, match="no exchange rate"):
            await rate("USD", "EUR", LATER)
        assert set(await rates_into("EUR", ["USD"], LATER)) == {"EUR"}


async def test_a_currency_without_a_rate_is_left_out_and_the_own_one_is_always_par():
    alice = await world.merchant()
    async with acting_as(alice):
        found = await rates_into("USD", ["USD", "CHF", "EUR"], FRIDAY)
    assert set(found) == {"USD", "EUR"}
    assert (found["USD"].numerator, found["USD"].denominator) == (1, 1)


async def test_said_again_a_rate_replaces_what_was_said():
    alice = await world.merchant()
    day = date(2032, 1, 2)
    await store_rates(day, {"USD": 1_000_000})
    await store_rates(day, {"USD": 2_000_000})
    async with acting_as(alice):
        assert converted(100, await rate("EUR", "USD", day)) == 200


async def test_nonsense_is_refused():
    with pytest.raises(ValueError, match="buys 0"):
        await store_rates(FRIDAY, {"USD": 0})
    with pytest.raises(UnknownCurrency):
        await store_rates(FRIDAY, {"XXQ": 5})
