"""How much may still go back, and how an amount is shared over lines and shipping. Pure; gross minor units.

What a line can give back is what was captured for it less what was promised back already (requested, sent or done).
The database holds the same caps; this is what the screens preview and the use cases ask for.
"""

from collections.abc import Iterable, Mapping

import msgspec

from marketplace.kernel.money import allocate, round_div


class LineCap(msgspec.Struct, frozen=True, kw_only=True):
    """Money of one order line. `reserved` counts every refund that was not refused by the gateway."""

    line_id: int
    captured: int
    reserved: int = 0

    @property
    def left(self) -> int:
        return max(0, self.captured - self.reserved)


class ShippingCap(msgspec.Struct, frozen=True, kw_only=True):
    """Money of the order's shipping."""

    captured: int = 0
    reserved: int = 0

    @property
    def left(self) -> int:
        return max(0, self.captured - self.reserved)


class Shares(msgspec.Struct, frozen=True, kw_only=True):
    """A refund in parts; `lines` without those that get nothing."""

    lines: dict[int, int]
    shipping: int = 0

    @property
    def total(self) -> int:
        return sum(self.lines.values()) + self.shipping


class TooMuch(ValueError):
    """More than is left. `left` is what could go back; `line_id` is None for the whole, 0 for shipping."""

    def __init__(self, asked: int, left: int, line_id: int | None = None) -> None:
        super().__init__(f"{asked} asked back, {left} left")
        self.asked, self.left, self.line_id = asked, left, line_id


def left_of(lines: Iterable[LineCap], shipping: ShippingCap | None = None) -> int:
    """All that may still go back of these lines (and of shipping, when given)."""
    return sum(line.left for line in lines) + (shipping.left if shipping else 0)


def share_refund(amount: int, lines: Iterable[LineCap], shipping: ShippingCap | None = None) -> Shares:
    """Share a partial refund over lines (and shipping, when given) in proportion to what each has left.

    Largest remainder, ties to the line with the lower id, so no part goes over its cap and the parts sum to the
    amount. Raises TooMuch, and ValueError for an amount below one minor unit.
    """
    if amount < 1:
        raise ValueError("a refund is at least one minor unit")
    ordered = sorted(lines, key=lambda line: line.line_id)
    weights = [line.left for line in ordered] + ([shipping.left] if shipping else [])
    if amount > sum(weights):
        raise TooMuch(amount, sum(weights))
    parts = allocate(amount, weights)
    by_line = {line.line_id: part for line, part in zip(ordered, parts, strict=False) if part}
    return Shares(lines=by_line, shipping=parts[-1] if shipping else 0)


def check_shares(shares: Shares, lines: Iterable[LineCap], shipping: ShippingCap | None = None) -> None:
    """Amounts a person chose line by line. Raises TooMuch for the first over its cap, ValueError for a negative."""
    caps: Mapping[int, int] = {line.line_id: line.left for line in lines}
    for line_id, amount in sorted(shares.lines.items()):
        if amount < 0:
            raise ValueError(f"a negative refund of line {line_id}")
        if amount > caps.get(line_id, 0):
            raise TooMuch(amount, caps.get(line_id, 0), line_id)
    if shares.shipping < 0:
        raise ValueError("a negative refund of shipping")
    if shares.shipping > (shipping.left if shipping else 0):
        raise TooMuch(shares.shipping, shipping.left if shipping else 0, 0)


def value_of_units(paid: int, units: int, of: int, *, before: int = 0) -> int:
    """What `units` of a line's `of` units are worth, `before` units having been given back already.

    Reckoned from the running total, so that refunds unit by unit sum to exactly what was paid.
    """
    if not (of > 0 and units >= 0 and before >= 0 and before + units <= of):
        raise ValueError(f"{units} units after {before} of {of}")
    return round_div(paid * (before + units), of) - round_div(paid * before, of)
