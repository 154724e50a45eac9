"""Currencies as they stand beside a number or in a column of their own."""

from __future__ import annotations

import re
from functools import lru_cache

from marketplace.kernel.money import EXPONENTS

_SYMBOLS: dict[str, str] = {
    "€": "EUR", "£": "GBP", "₹": "INR", "₺": "TRY", "₽": "RUB", "₴": "UAH", "₪": "ILS", "₩": "KRW", "₫": "VND",
    "₦": "NGN", "฿": "THB", "₱": "PHP", "₡": "CRC", "₲": "PYG", "₵": "GHS", "₸": "KZT", "₼": "AZN", "₾": "GEL",
    "₮": "MNT", "৳": "BDT", "៛": "KHR", "₭": "LAK",
    "us$": "USD", "u$s": "USD", "ca$": "CAD", "c$": "CAD", "a$": "AUD", "au$": "AUD", "nz$": "NZD", "r$": "BRL",
    "hk$": "HKD", "s$": "SGD", "mx$": "MXN", "nt$": "TWD",
    "zł": "PLN", "zl": "PLN", "kč": "CZK", "kc": "CZK", "ft": "HUF", "lei": "RON", "leu": "RON", "лв": "BGN",
    "lv": "BGN", "грн": "UAH", "руб": "RUB", "р": "RUB", "rub": "RUB", "rur": "RUB", "din": "RSD", "дин": "RSD",
    "tl": "TRY", "euro": "EUR", "euros": "EUR", "eur": "EUR", "ευρώ": "EUR", "евро": "EUR", "fr": "CHF",
    "sfr": "CHF", "dhs": "AED", "دإ": "AED", "رس": "SAR", "رع": "OMR", "دك": "KWD", "جم": "EGP", "درهم": "AED", "tk": "BDT",
    "dollar": "USD", "dollars": "USD", "ріб": "UAH", "бел руб": "BYN", "byr": "BYN", "тг": "KZT", "тенге": "KZT",
}  # fmt: skip
_DOUBTFUL: dict[str, tuple[str, ...]] = {
    "$": ("USD", "CAD", "AUD", "NZD", "MXN", "ARS", "CLP", "COP", "SGD", "HKD", "TWD", "UYU", "BBD", "BSD"),
    "¥": ("JPY", "CNY"),
    "￥": ("JPY", "CNY"),
    "元": ("CNY", "TWD"),
    "円": ("JPY",),
    "kr": ("SEK", "NOK", "DKK", "ISK"),
    "rs": ("INR", "PKR", "LKR", "NPR", "MUR"),
    "r": ("ZAR",),
    "rp": ("IDR",),
    "rm": ("MYR",),
}
"""The sign serves several currencies: the feed's own settles it, else the first when the sign has one common meaning."""

_SETTLED = {
    "$": "USD",
    "¥": "JPY",
    "￥": "JPY",
    "円": "JPY",
    "rs": "INR",
    "r": "ZAR",
    "rp": "IDR",
    "rm": "MYR",
}
_TOKENS = re.compile(r"[^\W\d_]*\$[^\W\d_]?|[^\W\d_]+(?:\.[^\W\d_]+)*|[€£₹₺₽₴₪₩₫₦฿₱₡₲₵₸₼₾₮৳៛₭¥￥]")


@lru_cache(maxsize=4096)
def currency_of(text: str, column_currency: str | None = None) -> str | None:
    """The currency named in what stands around a number, or in a cell of a currency column; None when there is none.

    `column_currency` settles a doubtful sign: `$` in a feed in CAD is Canadian.
    """
    for token in _TOKENS.findall(text):
        code = token.upper()
        if code in EXPONENTS:
            return str(code)
        sign = token.lower().replace(".", "").rstrip()
        if sign in _SYMBOLS:
            return _SYMBOLS[sign]
        if sign in _DOUBTFUL:
            return column_currency if column_currency in _DOUBTFUL[sign] else _SETTLED.get(sign)
    return None


def is_sign(token: str) -> bool:
    """Whether letters are a currency's code or sign, be it a doubtful one."""
    sign = token.lower().replace(".", "")
    return token.upper() in EXPONENTS or sign in _SYMBOLS or sign in _DOUBTFUL
