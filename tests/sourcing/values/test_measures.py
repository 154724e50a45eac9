"""Weights, rates, countries, dates and flags, as they are written."""

from datetime import UTC, date, datetime

import pytest

from marketplace.sourcing.values.country import read_country
from marketplace.sourcing.values.dates import read_date, read_span, read_time
from marketplace.sourcing.values.lead import read_days, says_days
from marketplace.sourcing.values.measure import read_rate, read_weight, unit_named
from marketplace.sourcing.values.text import fold, shorten, truth


@pytest.mark.parametrize(
    ("written", "unit", "grams"),
    [("1.5", "kg", 1500), ("350", "g", 350), ("2,5 kg", "g", 2500), ("12 oz", "kg", 340), ("3 lbs", "kg", 1361), ("500 г", "kg", 500),
     ("0", "kg", None), ("heavy", "kg", None), ("5 stone", "kg", None)],
)  # fmt: skip
def test_a_weight_is_in_grams(written: str, unit: str, grams: int | None) -> None:
    assert read_weight(written, unit) == grams  # type: ignore[arg-type]


def test_a_columns_name_may_carry_the_unit() -> None:
    assert [unit_named(n) for n in ("Variant Grams", "weight_g", "Peso (kg)", "Weight (LB)", "Weight")] == [
        "g",
        "g",
        "kg",
        "lb",
        None,
    ]


@pytest.mark.parametrize(
    ("written", "rate"),
    [
        ("21%", 2100),
        ("0.2", 2000),
        ("20", 2000),
        ("5,5", 550),
        ("VAT_20", 2000),
        ("NO_VAT", None),
        ("0", 0),
        ("99", None),
        ("1000.00", None),
        ("210", None),
    ],
)
def test_a_vat_rate_is_in_basis_points(written: str, rate: int | None) -> None:
    assert read_rate(written) == rate


def test_countries_are_known_by_code_and_by_name() -> None:
    assert [read_country(n) for n in ("fr", "CHN", "Allemagne", "Китай", "Made in China", "Atlantis")] == [
        "FR",
        "CN",
        "DE",
        "CN",
        "CN",
        None,
    ]


@pytest.mark.parametrize(
    ("written", "order", "day"),
    [("2026-05-18", "dmy", date(2026, 5, 18)), ("18/05/2026", "dmy", date(2026, 5, 18)), ("05/06/2026", "mdy", date(2026, 5, 6)),
     ("05/18/2026", "dmy", date(2026, 5, 18)), ("18.5.26", "dmy", date(2026, 5, 18)), ("20260518", "dmy", date(2026, 5, 18)),
     ("2026-13-01", "dmy", None), ("soon", "dmy", None)],
)  # fmt: skip
def test_a_date_is_read_in_the_feeds_order(written: str, order: str, day: date | None) -> None:
    assert read_date(written, order) == day  # type: ignore[arg-type]


def test_a_time_is_in_utc() -> None:
    assert read_time("2026-05-18T10:00:00+02:00") == datetime(2026, 5, 18, 8, tzinfo=UTC)
    assert read_time("2019-07-01 17:16") == datetime(2019, 7, 1, 17, 16, tzinfo=UTC)
    assert read_time("5/18/2026 3:05 PM") == datetime(2026, 5, 18, 15, 5, tzinfo=UTC)
    assert read_time("1751371200") == datetime(2025, 7, 1, 12, tzinfo=UTC)
    assert read_time("yesterday") is None


def test_a_span_has_two_ends_either_of_them_open() -> None:
    span = read_span("2026-01-01T00:00+0100/2026-02-01T00:00+0100")
    assert span == (datetime(2025, 12, 31, 23, tzinfo=UTC), datetime(2026, 1, 31, 23, tzinfo=UTC))
    assert read_span("2026-01-01/") == (datetime(2026, 1, 1, tzinfo=UTC), None)
    assert read_span("January") is None


@pytest.mark.parametrize(
    ("written", "days"),
    [
        ("1-3", 3),
        ("2-4 dagar", 4),
        ("48h", 2),
        ("Lieferzeit 2-3 Werktage", 3),
        ("1 až 3 dny", 3),
        ("24 ore", 1),
        ("2 semaines", 14),
        ("in stock", None),
    ],
)
def test_a_delivery_time_is_its_longest_number_of_days(written: str, days: int | None) -> None:
    assert read_days(written) == days
    assert says_days(written) == (days is not None)


def test_names_agree_however_they_are_written() -> None:
    assert (
        len({fold(n) for n in ("Image_Link", "imageLink", "IMAGE LINK", "image-link ", "\ufeffimage link")})
        == 1
    )
    assert fold("ﺎﻠﺴﻋﺭ") == fold("السعر")
    assert fold("Cena  Żółta") == "cena zolta"


def test_yes_and_no_are_known_in_many_languages() -> None:
    assert [truth(w) for w in ("ja", "TRUE", "1", "oui", "да")] == [True] * 5
    assert [truth(w) for w in ("nein", "0", "", "нет", "FALSE")] == [False] * 5
    assert truth("perhaps") is None


def test_a_long_text_is_cut_for_a_message() -> None:
    assert shorten("a\n b" * 50, 10) == "a ba ba b…"
