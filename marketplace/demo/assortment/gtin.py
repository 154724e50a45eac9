"""GTINs for invented goods: a GS1 prefix that no country has, then the maker, then the item.

GS1 keeps 952 for demonstrations, but an importer does right not to match on it, and matching is what the demo shows.
"""

import zlib
from collections.abc import Iterable

NOBODYS = "399"


def check_digit(digits: str) -> int:
    """The last digit of a GTIN-13 (GS1 General Specifications 7.9.1: weights 1 and 3 from the left)."""
    return -sum(int(d) * (3 if i % 2 else 1) for i, d in enumerate(digits)) % 10


def assign(prefix: str, items: Iterable[str]) -> dict[str, str]:
    """A GTIN for each item of one maker.

    The number comes from the item's own name, so that adding a product does not renumber the others; two that
    fall on the same number are told apart in alphabetical order.
    """
    taken: dict[int, str] = {}
    for item in sorted(items):
        number = zlib.crc32(item.encode()) % 100_000
        while number in taken:
            number = (number + 1) % 100_000
        taken[number] = item
    digits = {item: f"{NOBODYS}{prefix}{number:05d}" for number, item in taken.items()}
    return {item: head + str(check_digit(head)) for item, head in digits.items()}
