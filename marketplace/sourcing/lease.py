"""Stock is a lease: how much of a quantity may still be sold as it ages. Pure, with its SQL twin.

A quantity is fully for sale until it is `stale_after_hours` old. From then on a growing share of it is kept back, in
proportion to the time left, and from `stop_after_hours` nothing of it is sold. A quantity whose age nobody knows is
not sold: in doubt, undersell.
"""

from datetime import datetime

import msgspec

HOUR = 3600


class Lease(msgspec.Struct, frozen=True, kw_only=True):
    """A feed's limits, in hours. A `stop` at or before `stale` stops without widening first."""

    stale_after_hours: int = 26
    stop_after_hours: int = 72


def age_seconds(source_time: datetime | None, now: datetime) -> int | None:
    """Whole seconds since the quantity was true; a source time in the future counts as now. None when unknown."""
    if source_time is None:
        return None
    return max(0, int((now - source_time).total_seconds() // 1))


def extra_buffer(quantity: int, age: int | None, lease: Lease) -> int:
    """Units kept back for their age (seconds): 0 while fresh, all of them once the lease has run out."""
    stale, stop = lease.stale_after_hours * HOUR, lease.stop_after_hours * HOUR
    if age is None or age >= stop:
        return max(0, quantity)
    if age <= stale or quantity <= 0:
        return 0
    return -(-quantity * (age - stale) // (stop - stale))


def available(
    sells_up_to: int,
    age: int | None,
    lease: Lease,
    *,
    held: int = 0,
    committed: int = 0,
    safety_stock: int = 0,
) -> int:
    """Units that may be sold now: what the feed says less its ageing, less what we took, less the safety stock."""
    left = sells_up_to - extra_buffer(sells_up_to, age, lease)
    return max(0, left - held - committed - safety_stock)


def extra_buffer_sql(
    quantity: str, stock_time: str, stale_hours: str, stop_hours: str, *, now: str = "now()"
) -> str:
    """`extra_buffer` as SQL over expressions of ours. Qualify columns: the expression calls its own `age`."""
    return (
        f"(SELECT CASE WHEN lease.age IS NULL OR lease.age >= {stop_hours} * {HOUR}"
        f" THEN GREATEST(0, {quantity})"
        f" WHEN lease.age <= {stale_hours} * {HOUR} OR {quantity} <= 0 THEN 0"
        f" ELSE div({quantity}::numeric * (lease.age - {stale_hours} * {HOUR})"
        f" + ({stop_hours} - {stale_hours}) * {HOUR} - 1, ({stop_hours} - {stale_hours}) * {HOUR}) END::bigint"
        f" FROM (SELECT CASE WHEN {stock_time} IS NOT NULL"
        f" THEN GREATEST(0, floor(extract(epoch FROM ({now} - {stock_time}))))::bigint END AS age) lease)"
    )


def available_sql(
    quantity: str,
    stock_time: str,
    stale_hours: str,
    stop_hours: str,
    *,
    held: str = "0",
    committed: str = "0",
    safety_stock: str = "0",
    now: str = "now()",
) -> str:
    """`available` as SQL over expressions of ours; bigint, never negative."""
    buffer = extra_buffer_sql(quantity, stock_time, stale_hours, stop_hours, now=now)
    return f"GREATEST(0, {quantity} - {buffer} - {held} - {committed} - {safety_stock})"
