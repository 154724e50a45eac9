"""Price endings: which amounts a merchant likes to see on a label. Pure integers, minor units, gross.

An ending is a step and an offset: .99 is every amount 99 after a multiple of 100. In a currency without a minor
unit the fractional endings mean the last two digits (1,999 yen), because there is nothing smaller to end in.
"""

from enum import StrEnum
from typing import NamedTuple

from marketplace.kernel.money import exponent


class Rounding(StrEnum):
    NONE = "none"
    END_99 = ".99"
    END_95 = ".95"
    END_90 = ".90"
    WHOLE = "whole"
    TO_5 = "to_5"


class Ending(NamedTuple):
    """Allowed amounts: offset, offset + step, offset + 2 steps, …"""

    step: int
    offset: int

    def nearest(self, amount: int) -> int:
        """The allowed amount nearest to `amount` (≥ 0), the higher of two equally near; never negative."""
        places = (2 * (amount - self.offset) + self.step) // (2 * self.step)
        return self.offset + max(0, places) * self.step

    def up(self, amount: int) -> int:
        """The least allowed amount that is at least `amount`."""
        places = -((self.offset - amount) // self.step)
        return self.offset + max(0, places) * self.step


def ending(rounding: Rounding, currency: str) -> Ending:
    """Raises UnknownCurrency."""
    whole = 10 ** exponent(currency)
    label = whole if whole > 1 else 100
    return {
        Rounding.NONE: Ending(1, 0),
        Rounding.END_99: Ending(label, label * 99 // 100),
        Rounding.END_95: Ending(label, label * 95 // 100),
        Rounding.END_90: Ending(label, label * 90 // 100),
        Rounding.WHOLE: Ending(whole, 0),
        Rounding.TO_5: Ending(5 * whole, 0),
    }[rounding]
