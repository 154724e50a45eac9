"""Stock that changes while you watch: other people buy, pallets arrive, now and then something comes back.

The same start and the same number of ticks give the same stock, so that a demo can be told twice.
"""

import csv
import io
import random
from collections.abc import Callable
from dataclasses import dataclass, field

from marketplace.demo.writing import nordhavn

SHARE = 0.02
"""Of the articles, how many change at each tick."""


@dataclass
class Movement:
    """Quantities by article number. `stock` is what the file says until the first tick."""

    seed: str
    stock: dict[str, int]
    ticks: int = 0
    _order: list[str] = field(default_factory=list, repr=False)

    def __post_init__(self) -> None:
        self._order = sorted(self.stock)

    def advance_to(self, tick: int) -> None:
        """Let time pass up to a tick; an earlier one changes nothing."""
        while self.ticks < tick:
            self.ticks += 1
            self._tick(random.Random(f"{self.seed} {self.ticks}"))

    def _tick(self, chance: random.Random) -> None:
        for sku in chance.sample(self._order, max(1, round(len(self._order) * SHARE))):
            held, roll = self.stock[sku], chance.random()
            if held < 5 and roll < 0.6:
                self.stock[sku] = held + chance.randint(18, 60)
            elif roll < 0.9:
                self.stock[sku] = max(0, held - chance.randint(1, 3))
            else:
                self.stock[sku] = held + 1


@dataclass(frozen=True)
class Dialect:
    """Where a supplier's CSV keeps its stock, and how it writes it."""

    encoding: str
    delimiter: str
    line_end: str
    sku: int
    quantity: int
    write: Callable[[list[str], int], None]


def _write_nordhavn(row: list[str], quantity: int) -> None:
    row[nordhavn.QUANTITY_COLUMN] = nordhavn.shown(quantity)
    row[nordhavn.STATUS_COLUMN] = nordhavn.status(quantity)


DIALECTS = {"nordhavn": Dialect("cp1252", ";", "\r\n", 0, nordhavn.QUANTITY_COLUMN, _write_nordhavn)}
"""The suppliers whose stock can move."""

ABOVE_CAP = 70
"""What "50+" is taken to hide: this many more."""


def _counted(cell: str) -> int | None:
    """The number in a quantity cell; None where the file gives none, and such a row is left as it is."""
    digits = cell.removesuffix("+")
    if not digits.isdecimal():
        return None
    return int(digits) + (ABOVE_CAP if cell.endswith("+") else 0)


def _rows(body: bytes, dialect: Dialect) -> list[list[str]]:
    return list(
        csv.reader(io.StringIO(body.decode(dialect.encoding), newline=""), delimiter=dialect.delimiter)
    )


def stock_of(body: bytes, dialect: Dialect) -> dict[str, int]:
    """What the file says is there, by article number; of two rows with one number the last counts."""
    counted = ((row[dialect.sku], _counted(row[dialect.quantity])) for row in _rows(body, dialect)[1:])
    return {sku: quantity for sku, quantity in counted if sku and quantity is not None}


def overlaid(body: bytes, dialect: Dialect, stock: dict[str, int]) -> bytes:
    """The same file with the quantities of `stock`; every other cell, and every odd row, as it was."""
    rows = _rows(body, dialect)
    for row in rows[1:]:
        if row[dialect.sku] in stock and _counted(row[dialect.quantity]) is not None:
            dialect.write(row, stock[row[dialect.sku]])
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=dialect.delimiter, lineterminator=dialect.line_end).writerows(rows)
    return out.getvalue().encode(dialect.encoding)
