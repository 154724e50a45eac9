"""GTINs: which of the codes in a feed may say that two suppliers sell the same thing.

Sources: GS1 General Specifications, section 7.9 (check digit), section 1.4 and 2.1.11 (prefixes 02, 04, 20–29 for
restricted circulation, 05, 98 and 99 for coupons; 977–979 are ISSN and ISBN, which are worldwide).
"""

from __future__ import annotations

import re

_JUNK = str.maketrans("", "", " -\t\u00a0'\u200b\ufeff.")
_ZEROS = {length: 48 * (3 * (length // 2) + length - length // 2) for length in (8, 12, 13, 14)}
"""What the weights add when digits are read as their ASCII codes, by length."""

_POWER = re.compile(r"(\d)[.,](\d{6,13})[eE]\+?(\d{1,2})")
_RESTRICTED = ("2", "02", "04", "05", "98", "99", "952", "000000", "000002")
"""In-store numbers (02, 04, 20–29), coupons (05, 98, 99) and demonstration ranges (952), as 13 digits begin."""


def check_digit(body: str) -> int:
    """The GS1 check digit of the digits that precede it: weights 3, 1, 3, 1… from the right."""
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(body)))
    return -total % 10


def _plain(raw: str) -> str:
    """The digits of `4.006381333931E+12`, and what is left of other codes without marks between their digits."""
    power = _POWER.fullmatch(raw.strip()) if "E" in raw or "e" in raw else None
    if power is not None and len(power[2]) == int(power[3]):
        return power[1] + power[2]
    return raw.translate(_JUNK)


def valid_gtin(raw: str) -> str | None:
    """The code as 13 digits (14 when it is a case's own GTIN-14, 8 when it is a GTIN-8) if it is fit for matching:
    length, check digit and prefix right. None for any other, so that nothing is matched on it.

    A UPC of 12 digits is an EAN with a leading zero; one that lost its leading zeros to a spreadsheet is not guessed. Written
    as a power of ten it counts where every digit is still there.
    """
    code = raw if raw.isdecimal() else _plain(raw)
    length = len(code)
    zeros = _ZEROS.get(length)
    if zeros is None or not code.isascii() or not code.isdecimal():
        return None
    digits = code.encode()
    if (3 * sum(digits[-2::-2]) + sum(digits[-1::-2]) - zeros) % 10 or code.count(code[0]) >= length - 1:
        return None
    if length == 8:
        return None if code[0] in "02" else code
    ean = code.zfill(14)[1:] if length != 13 else code
    if ean.startswith(_RESTRICTED):
        return None
    if length == 14 and code[0] != "0":
        return code
    return ean[5:] if ean.startswith("00000") else ean  # a GTIN-8 written with zeros before it
