"""Who carries a parcel, and where it is followed. What the supplier says counts; what a number looks like only suggests."""

import re
from collections.abc import Callable
from functools import cache
from urllib.parse import quote

import msgspec

from marketplace.fulfilment.carrier_data import CARRIERS, Carrier, Shape


class Suggestion(msgspec.Struct, frozen=True):
    """`sure`: a check digit agrees. Without one the number merely has the right shape."""

    code: str
    name: str
    sure: bool


def carrier_named(said: str) -> Carrier | None:
    """The carrier of a code, a name or a usual other name; None for one we do not know."""
    return _by_name().get(_fold(said))


def carrier_name(code: str) -> str:
    """For people: "colissimo" -> "Colissimo"; what we do not know stays as the supplier wrote it."""
    known = carrier_named(code)
    return known.name if known else code


def tracking_url(carrier: str, number: str, *, postcode: str | None = None) -> str | None:
    """Where the parcel is followed; None for an unknown carrier or without a number."""
    known = carrier_named(carrier)
    if known is None or not number:
        return None
    return known.url.format(number=quote(_tidy(number), safe=""), postcode=quote(postcode or "", safe=""))


def detect(number: str) -> list[Suggestion]:
    """Carriers whose numbers look like this one: those whose check digit agrees first, at most one entry a carrier."""
    tidy = _tidy(number)
    found: dict[str, Suggestion] = {}
    for carrier in CARRIERS:
        for shape in carrier.shapes:
            if (match := re.fullmatch(shape.pattern, tidy, re.ASCII)) and _holds(shape, match):
                sure = bool(shape.check)
                if carrier.code not in found or sure:
                    found[carrier.code] = Suggestion(carrier.code, carrier.name, sure)
    return sorted(found.values(), key=lambda s: not s.sure)


def all_carriers() -> list[tuple[str, str]]:
    """(code, name) for a select, in the order of the data: the home market first."""
    return [(c.code, c.name) for c in CARRIERS]


def _holds(shape: Shape, match: re.Match[str]) -> bool:
    return not shape.check or CHECKS[shape.check](match["serial"], match["digit"])


def _tidy(number: str) -> str:
    return re.sub(r"[\s.\-]", "", number).upper()


def _fold(said: str) -> str:
    return re.sub(r"[\s_\-]+", " ", said).strip().lower()


@cache
def _by_name() -> dict[str, Carrier]:
    return {_fold(word): c for c in CARRIERS for word in (*c.aliases, c.name, c.code)}


def _s10(serial: str, digit: str) -> bool:
    """UPU S10: weights 8 6 4 2 3 5 9 7, modulo 11."""
    rest = sum(int(d) * w for d, w in zip(serial, (8, 6, 4, 2, 3, 5, 9, 7), strict=True)) % 11
    return int(digit) == {0: 5, 1: 0}.get(rest, 11 - rest)


def _mod7(serial: str, digit: str) -> bool:
    return int(serial) % 7 == int(digit)


def _mod37_36(serial: str, digit: str) -> bool:
    """ISO 7064, MOD 37,36."""
    alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    product = 36
    for character in serial:
        product = (product + alphabet.index(character)) % 36 or 36
        product = product * 2 % 37
    return alphabet[(37 - product) % 36] == digit


def _weighted10(evens: int, odds: int) -> Callable[[str, str], bool]:
    """Modulo 10 with alternating weights; letters count as (code - 3) modulo 10."""

    def holds(serial: str, digit: str) -> bool:
        values = [int(c) if c.isdigit() else (ord(c) - 3) % 10 for c in serial]
        total = sum(v * (odds if i % 2 else evens) for i, v in enumerate(values))
        return -total % 10 == int(digit)

    return holds


def _fedex(serial: str, digit: str) -> bool:
    weights = (3, 1, 7, 3, 1, 7, 3, 1, 7, 3, 1)
    return sum(int(d) * w for d, w in zip(serial, weights, strict=True)) % 11 % 10 == int(digit)


CHECKS: dict[str, Callable[[str, str], bool]] = {
    "s10": _s10,
    "mod7": _mod7,
    "mod37_36": _mod37_36,
    "ups": _weighted10(1, 2),
    "mod10_13": _weighted10(1, 3),
    "fedex": _fedex,
}
