"""VAT: which rate, and how much of a price it is. Pure integers; one rounding per line, halves away from zero."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from marketplace.catalogue.vat_rates import EU, RATES, TaxCategory
from marketplace.kernel.money import round_div

_ALIASES = {"EL": "GR", "UK": "GB", "MC": "FR"}  # VAT's own codes; Monaco is France for VAT
# Where a country lacks a category's rate the next higher one holds: never too little VAT.
_UPWARDS = (
    TaxCategory.ZERO,
    TaxCategory.SUPER_REDUCED,
    TaxCategory.REDUCED,
    TaxCategory.INTERMEDIATE,
    TaxCategory.STANDARD,
)


class NoVatRate(LookupError):
    """There is no rate for this country on this day in our table."""


class VatRate(NamedTuple):
    """`country` whose VAT it is (None: none is due, an export); `bp` basis points."""

    country: str | None
    bp: int


class Split(NamedTuple):
    """A gross amount in its parts, minor units: net + vat = gross."""

    net: int
    vat: int
    gross: int


def rate_bp(country: str, category: TaxCategory | str, day: date) -> int:
    """The country's rate for the category on that day, basis points. Raises NoVatRate, ValueError (category)."""
    wanted = TaxCategory(category)
    rates = _rates_on(country, day)
    return next(rates[c] for c in _UPWARDS[_UPWARDS.index(wanted) :] if c in rates)


def sale_rate(
    seller: str, destination: str, category: TaxCategory | str, day: date, *, one_stop_shop: bool = True
) -> VatRate:
    """The VAT of goods sent from `seller`'s country to a consumer.

    Within the EU the destination's rate (directive 2006/112/EC art. 33), declared through the one-stop shop; a
    seller below the threshold of 10,000 euros (art. 59c) who has not opted in charges its own. Goods that leave the
    customs union carry none. A seller outside the EU importing into it is taken to charge the destination's.
    """
    here, there = _country(seller), _country(destination)
    if here == there:
        return VatRate(there, rate_bp(there, category, day))
    if there in EU:
        charged = there if one_stop_shop or here not in EU else here
        return VatRate(charged, rate_bp(charged, category, day))
    return VatRate(None, 0)


def split_gross(gross: int, bp: int) -> Split:
    """A line's total in its parts. Negative amounts (a refund) split exactly as the sale did."""
    net = round_div(gross * 10_000, 10_000 + bp)
    return Split(net, gross - net, gross)


def add_vat(net: int, bp: int) -> Split:
    """The parts of a line's total from its net amount."""
    vat = round_div(net * bp, 10_000)
    return Split(net, vat, net + vat)


def at_rate(gross: int, from_bp: int, to_bp: int) -> int:
    """What a price becomes when only its VAT changes: same net, other rate, rounded once."""
    return round_div(gross * (10_000 + to_bp), 10_000 + from_bp)


def by_rate(lines: Iterable[tuple[int, int]]) -> dict[int, Split]:
    """(gross, basis points) of lines → parts per rate, each the sum of its lines' parts; ascending by rate."""
    totals: dict[int, Split] = {}
    for gross, bp in lines:
        was, now = totals.get(bp, Split(0, 0, 0)), split_gross(gross, bp)
        totals[bp] = Split(was.net + now.net, was.vat + now.vat, was.gross + now.gross)
    return dict(sorted(totals.items()))


def rate_sql(column: str, country: str, day: date) -> str:
    """SQL for the rate of a tax category column in one country on one day; an unknown category is standard."""
    whens = " ".join(f"WHEN '{c.value}' THEN {rate_bp(country, c, day)}" for c in TaxCategory)
    return f"(CASE {column} {whens} ELSE {rate_bp(country, TaxCategory.STANDARD, day)} END)"


def _rates_on(country: str, day: date) -> dict[TaxCategory, int]:
    periods = RATES.get(_country(country), [])
    rates = next((rates for since, rates in reversed(periods) if since <= day), None)
    if rates is None:
        raise NoVatRate(f"no VAT rate for {country} on {day}")
    return rates


def _country(code: str) -> str:
    return _ALIASES.get(code.upper(), code.upper())
