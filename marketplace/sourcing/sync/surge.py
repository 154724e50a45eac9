"""Stock that grew as no delivery makes it grow, as SQL: what a file says whose columns slipped by one."""

from __future__ import annotations

from marketplace.sourcing.sync.statements import Judged

#: fewer count as so many: three become a hundred when a pallet comes
FEW = 10
#: of what there was none, more than anybody stores. A number beyond a thousand million is no quantity at all (`values.quantity`)
ABSURD = 1_000_000


def surged(judged: Judged, times: int) -> str:
    """Over the offer `o` and its row `d` of `diff`. Where the feed gave no exact number before, as "10+" or "in stock", there is nothing to
    multiply."""
    had, has = judged.had, judged.has
    grew = f"{had} > 0 AND o.quantity_kind = 'exact' AND {has} > {int(times)} * greatest({had}, {FEW})"
    return f"({grew} OR {has} >= {ABSURD} AND {has} > {int(times)} * {had})"
