from datetime import date

import asyncpg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.catalogue.vat import (
    NoVatRate,
    Split,
    VatRate,
    add_vat,
    at_rate,
    by_rate,
    rate_bp,
    rate_sql,
    sale_rate,
    split_gross,
)
from marketplace.catalogue.vat_rates import EU, RATES, TaxCategory

DAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("country", "category", "bp"),
    [
        ("FR", "standard", 2_000),
        ("FR", "intermediate", 1_000),
        ("FR", "reduced", 550),
        ("FR", "super_reduced", 210),
        ("FR", "zero", 210),
        ("DE", "intermediate", 1_900),
        ("DE", "super_reduced", 700),
        ("DK", "reduced", 2_500),
        ("IE", "zero", 0),
        ("EL", "standard", 2_400),
        ("mc", "standard", 2_000),
    ],
)
def test_a_country_without_the_rate_charges_the_next_higher_never_a_lower(country, category, bp):
    assert rate_bp(country, category, DAY) == bp


@pytest.mark.parametrize(
    ("country", "day", "bp"),
    [
        ("EE", date(2025, 6, 30), 2_200),
        ("EE", date(2025, 7, 1), 2_400),
        ("RO", date(2025, 7, 31), 1_900),
        ("RO", date(2025, 8, 1), 2_100),
    ],
)
def test_a_new_rate_holds_from_its_first_day(country, day, bp):
    assert rate_bp(country, "standard", day) == bp


def test_a_country_or_day_we_know_nothing_of_is_an_error_not_nought():
    with pytest.raises(NoVatRate, match="XX"):
        rate_bp("XX", "standard", DAY)
    with pytest.raises(NoVatRate, match="2019"):
        rate_bp("FR", "standard", date(2019, 1, 1))
    with pytest.raises(ValueError, match="luxury"):
        rate_bp("FR", "luxury", DAY)


def test_every_member_state_has_a_lawful_standard_rate():
    assert set(RATES) >= EU
    for country in EU:
        assert 1_500 <= rate_bp(country, "standard", DAY) <= 2_700
        ladder = [rate_bp(country, c, DAY) for c in TaxCategory]
        assert ladder == sorted(ladder, reverse=True)


@pytest.mark.parametrize(
    ("seller", "destination", "oss", "rate"),
    [
        ("FR", "FR", True, VatRate("FR", 2_000)),
        ("FR", "BE", True, VatRate("BE", 2_100)),
        ("FR", "BE", False, VatRate("FR", 2_000)),
        ("FR", "CH", True, VatRate(None, 0)),
        ("FR", "US", True, VatRate(None, 0)),
        ("CH", "FR", False, VatRate("FR", 2_000)),
        ("CH", "CH", True, VatRate("CH", 810)),
        ("FR", "MC", True, VatRate("FR", 2_000)),
    ],
)
def test_the_shoppers_country_taxes_the_sale(seller, destination, oss, rate):
    assert sale_rate(seller, destination, "standard", DAY, one_stop_shop=oss) == rate


def test_a_line_is_rounded_once_not_unit_by_unit():
    assert split_gross(3 * 999, 2_000) == Split(2_498, 499, 2_997)  # thrice 8.33 would be 24.99
    assert add_vat(2_498, 2_000) == Split(2_498, 500, 2_998)


def test_an_invoice_sums_its_lines_by_rate():
    assert by_rate([(1_200, 2_000), (1_055, 550), (600, 2_000)]) == {
        550: Split(1_000, 55, 1_055),
        2_000: Split(1_500, 300, 1_800),
    }


RATE = st.sampled_from([0, 210, 550, 810, 1_350, 2_000, 2_550])


@given(st.integers(0, 10**9), RATE)
def test_a_refund_undoes_the_sale_to_the_cent(gross, bp):
    sale, refund = split_gross(gross, bp), split_gross(-gross, bp)
    assert sale.net + sale.vat == gross
    assert (sale.net + refund.net, sale.vat + refund.vat) == (0, 0)
    assert 0 <= sale.vat <= gross


@given(st.integers(0, 10**9), RATE)
def test_net_and_back_is_the_same_net(net, bp):
    assert split_gross(add_vat(net, bp).gross, bp).net == net


@given(st.integers(0, 10**9), RATE, RATE)
def test_another_countrys_rate_keeps_the_merchants_net(gross, home, away):
    assert abs(split_gross(at_rate(gross, home, away), away).net - split_gross(gross, home).net) <= 1
    assert at_rate(gross, home, home) == gross


async def test_sql_knows_the_same_rates(admin_url):
    connection = await asyncpg.connect(admin_url)
    try:
        for country in ("FR", "DK", "IE"):
            expression = rate_sql("c", country, DAY)
            rows = await connection.fetch(
                f"SELECT c, {expression} AS bp FROM unnest($1::text[]) AS t(c)", [*TaxCategory, "?"]
            )
            expected = {c.value: rate_bp(country, c, DAY) for c in TaxCategory}
            assert {r["c"]: r["bp"] for r in rows} == {**expected, "?": expected["standard"]}
    finally:
        await connection.close()
