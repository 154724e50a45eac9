"""Money as integers: an amount in the currency's minor units, and the one rounding rule.

There is no float here and none may come in. What is charged is a `Money` (integer minor units); what a
supplier's unit costs is an integer of 1/10,000 of the currency's unit ("e4"), because wholesale prices have
more decimals than a till. The two meet in `minor_from_e4` and nowhere else.

The one rounding rule: to the nearest, halves away from zero (1.005 EUR is 1.01, −1.005 is −1.01). It is what
a shopper and an accountant expect of a price, and it is symmetric, so a refund undoes a charge exactly.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

E4 = 10_000

_TWO = (
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF "
    "CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD "
    "HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT "
    "MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR "
    "SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU "
    "UZS VED VES WST XCD XCG YER ZAR ZMW ZWG"
)
_ZERO = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_THREE = "BHD IQD JOD KWD LYD OMR TND"
_FOUR = "CLF UYW"

EXPONENTS: dict[str, int] = {
    **dict.fromkeys(_TWO.split(), 2),
    **dict.fromkeys(_ZERO.split(), 0),
    **dict.fromkeys(_THREE.split(), 3),
    **dict.fromkeys(_FOUR.split(), 4),
}
"""ISO 4217:2015 (list one, amendments to 177): currency code → decimals of its minor unit."""


class UnknownCurrency(ValueError):
    """The code is not in ISO 4217's list of circulating currencies."""


class CurrencyMismatch(ValueError):
    """Amounts of two currencies were added or compared without a rate."""


def exponent(currency: str) -> int:
    """Decimals of the currency's minor unit. Raises UnknownCurrency."""
    try:
        return EXPONENTS[currency]
    except KeyError:
        raise UnknownCurrency(f"“{currency}” is not an ISO 4217 currency code") from None


def round_div(numerator: int, denominator: int) -> int:
    """numerator / denominator to the nearest integer, halves away from zero. Raises ZeroDivisionError."""
    if denominator < 0:
        numerator, denominator = -numerator, -denominator
    quotient = (2 * abs(numerator) + denominator) // (2 * denominator)
    return quotient if numerator >= 0 else -quotient


def minor_from_e4(amount_e4: int, currency: str) -> int:
    """1/10,000 of the unit → minor units: 12.3450 EUR is 1235, 17.0005 OMR is 17001."""
    return round_div(amount_e4 * 10 ** exponent(currency), E4)


def e4_from_minor(amount_minor: int, currency: str) -> int:
    """Minor units → 1/10,000 of the unit; exact for every ISO currency (at most four decimals)."""
    return int(amount_minor * E4 // 10 ** exponent(currency))


class Money(NamedTuple):
    """`amount_minor` minor units of `currency` (ISO 4217 code)."""

    amount_minor: int
    currency: str

    def plus(self, other: Money) -> Money:
        """Raises CurrencyMismatch."""
        if other.currency != self.currency:
            raise CurrencyMismatch(f"{other.currency} cannot be added to {self.currency}")
        return Money(self.amount_minor + other.amount_minor, self.currency)

    def minus(self, other: Money) -> Money:
        """Raises CurrencyMismatch."""
        return self.plus(Money(-other.amount_minor, other.currency))

    def times(self, numerator: int, denominator: int = 1) -> Money:
        """× numerator / denominator, rounded once by the rule above."""
        return Money(round_div(self.amount_minor * numerator, denominator), self.currency)

    def share(self, weights: Sequence[int]) -> list[Money]:
        """The amount in parts proportional to the weights, to the last minor unit: see `allocate`."""
        return [Money(part, self.currency) for part in allocate(self.amount_minor, weights)]


def allocate(amount_minor: int, weights: Sequence[int]) -> list[int]:
    """Share an amount by weights so that the parts sum to it: largest remainder (Hamilton's method).

    Ties go to the earlier part, so that the same input always gives the same shares. All weights zero means
    equal shares. Raises ValueError on no weights or a negative one.
    """
    if not weights or min(weights) < 0:
        raise ValueError("an amount is shared by one or more weights, none of them negative")
    if not any(weights):
        weights = [1] * len(weights)
    sign, amount, total = (-1 if amount_minor < 0 else 1), abs(amount_minor), sum(weights)
    parts = [amount * weight // total for weight in weights]
    remainders = [(amount * weight % total, -place) for place, weight in enumerate(weights)]
    for _, place in sorted(remainders, reverse=True)[: amount - sum(parts)]:
        parts[-place] += 1
    return [sign * part for part in parts]
