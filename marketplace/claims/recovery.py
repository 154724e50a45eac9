"""What a supplier owes the merchant for a complaint, by its cause and the agreement's terms. Pure.

    wrong or missing article, not delivered   goods and their freight: the supplier's own doing, or its carrier's
    damaged, defective                        the same, if the agreement says that it pays for damage
    changed mind                              the goods, once back at the supplier and in its return period
    other                                     nothing: the merchant's goodwill

A partial refund is shared: the supplier owes the same share of its bill as the shopper got back of the price. Nobody
owes more than was billed, or twice. Amounts are minor units of the supplier order's currency, without VAT.
"""

from collections.abc import Sequence
from datetime import date, timedelta

import msgspec

from marketplace.claims.cause import Cause, Code, Reason
from marketplace.kernel.money import round_div
from marketplace.ledger.refund_cap import value_of_units

_OWN_DOING = frozenset({Cause.WRONG_ITEM, Cause.MISSING, Cause.NOT_DELIVERED})
_DAMAGE = frozenset({Cause.DAMAGED, Cause.DEFECTIVE})


class BilledLine(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the supplier's order: `units` of its `accepted` are complained about; `billed` for all accepted.

    `recovered_units` are in earlier debit notes, whatever they were for.
    """

    supplier_order_line: int
    units: int
    accepted: int
    billed: int
    recovered_units: int = 0


class ReturnTerms(msgspec.Struct, frozen=True, kw_only=True):
    """As in the agreement."""

    pays_damage: bool = True
    return_days: int = 14
    returns_to: str = "supplier"  # supplier | merchant


class Settled(msgspec.Struct, frozen=True, kw_only=True):
    """How the merchant settled it with the shopper.

    `refunded` of `paid`: what the shopper got back of what the units had cost (both gross, any one currency); for a
    replacement both are 0. `free_replacement`: the same supplier sends it again and bills nothing.
    """

    cause: Cause
    refunded: int = 0
    paid: int = 0
    free_replacement: bool = False
    delivered_on: date | None = None
    reported_on: date
    return_expected: bool = False


class Owed(msgspec.Struct, frozen=True, kw_only=True):
    """`lines` by supplier order line, without those that owe nothing. `after_return`: not before the goods are back."""

    lines: dict[int, int]
    freight: int
    after_return: bool
    why: list[Reason]

    @property
    def total(self) -> int:
        return sum(self.lines.values()) + self.freight


def owed(
    settled: Settled,
    lines: Sequence[BilledLine],
    terms: ReturnTerms,
    *,
    goods_billed: int,
    freight_billed: int = 0,
) -> Owed:
    """What the supplier owes. `goods_billed` and `freight_billed` are of its whole order.

    Raises ValueError for quantities that cannot be.
    """
    for line in lines:
        if not 0 <= line.units <= line.accepted or not 0 <= line.recovered_units <= line.accepted:
            raise ValueError(f"supplier order line {line.supplier_order_line}: {line}")
    if refusal := _refusal(settled, terms):
        return Owed(lines={}, freight=0, after_return=False, why=[refusal])
    bills = {line.supplier_order_line: _bill(line) for line in lines}
    shares = {n: share for n, bill in bills.items() if (share := _share(bill, settled))}
    if not shares:
        return Owed(lines={}, freight=0, after_return=False, why=[Reason(Code.RECOVERED_ALREADY)])
    freight = _freight(settled, sum(shares.values()), goods_billed, freight_billed)
    after = terms.returns_to == "supplier" and (
        settled.return_expected or settled.cause is Cause.CHANGED_MIND
    )
    partial = sum(shares.values()) < sum(bills.values())
    return Owed(lines=shares, freight=freight, after_return=after, why=_why(partial, freight > 0, after))


def _refusal(settled: Settled, terms: ReturnTerms) -> Reason | None:
    """Why nothing is owed, or None."""
    if settled.free_replacement:
        return Reason(Code.REPLACED_FREE)
    if settled.cause in _OWN_DOING:
        return None
    if settled.cause in _DAMAGE:
        return None if terms.pays_damage else Reason(Code.TERMS_EXCLUDE_DAMAGE)
    if settled.cause is not Cause.CHANGED_MIND:
        return Reason(Code.GOODWILL)
    if terms.returns_to != "supplier":
        return Reason(Code.GOODS_STAY_WITH_MERCHANT)
    until = (settled.delivered_on or settled.reported_on) + timedelta(days=terms.return_days)
    late = settled.reported_on > until
    return Reason(Code.RETURN_TOO_LATE, {"until": until.isoformat()}) if late else None


def _bill(line: BilledLine) -> int:
    """What the units were billed, as far as no earlier debit note has them."""
    units = min(line.units, line.accepted - line.recovered_units)
    if not units:
        return 0
    return value_of_units(line.billed, units, line.accepted, before=line.recovered_units)


def _share(bill: int, settled: Settled) -> int:
    """The part of the bill that the shopper got back of the price; all of it for a replacement."""
    if settled.refunded >= settled.paid:
        return bill
    return round_div(bill * settled.refunded, settled.paid)


def _freight(settled: Settled, goods: int, goods_billed: int, freight_billed: int) -> int:
    """The freight of the goods that failed, by their share of the order; none for a change of mind."""
    if settled.cause is Cause.CHANGED_MIND or not goods_billed:
        return 0
    return min(freight_billed, round_div(freight_billed * goods, goods_billed))


def _why(partial: bool, freight: bool, after: bool) -> list[Reason]:
    codes = [Code.OWES_SHARE if partial else Code.OWES_GOODS]
    codes += [Code.OWES_FREIGHT] if freight else []
    codes += [Code.AFTER_RETURN] if after else []
    return [Reason(code) for code in codes]
