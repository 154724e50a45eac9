"""Exchange rates as ratios of integers: what one euro buys, in millionths, by day (ECB reference rates)."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from marketplace.kernel.database import execute, fetch
from marketplace.kernel.errors import Refused
from marketplace.kernel.money import exponent, round_div
from tenants.scope import platform_scope

E6 = 1_000_000
DAYS = 7  # the ECB rests on weekends and holidays; older than that is no rate of the day


class Rate(NamedTuple):
    """One unit of `from_` is numerator / denominator units of `into`; `day` is the older of the two days used."""

    from_: str
    into: str
    numerator: int
    denominator: int
    day: date


class NoRate(Refused):
    """There is no rate of that day, nor of the seven before it."""

    def __init__(self, currency: str, day: date) -> None:
        super().__init__(
            "There is no exchange rate for {currency} on {day}.", currency=currency, day=day.isoformat()
        )
        self.currency, self.day = currency, day


async def rates_into(into: str, currencies: Iterable[str], day: date) -> dict[str, Rate]:
    """currency -> Rate into `into`, for those that have one; read in the open scope. What is missing has none."""
    wanted = {into, *currencies}
    rows = await fetch(
        "SELECT DISTINCT ON (currency) currency, per_euro_e6, day FROM fx_rate"
        " WHERE currency = ANY($1) AND day BETWEEN $2 AND $3 ORDER BY currency, day DESC",
        sorted(wanted),
        day - timedelta(days=DAYS),
        day,
    )
    per_euro = {r["currency"]: (int(r["per_euro_e6"]), r["day"]) for r in rows} | {"EUR": (E6, day)}
    if into not in per_euro:
        return {into: Rate(into, into, 1, 1, day)}
    target, its_day = per_euro[into]
    found = {
        c: Rate(c, into, target, per_euro[c][0], min(its_day, per_euro[c][1]))
        for c in wanted
        if c in per_euro
    }
    return found | {into: Rate(into, into, 1, 1, day)}


async def rate(from_: str, into: str, day: date) -> Rate:
    """Raises NoRate."""
    found = (await rates_into(into, [from_], day)).get(from_)
    if found is None:
        raise NoRate(from_, day)
    return found


def converted(amount_minor: int, by: Rate) -> int:
    """Minor units of `by.from_` -> minor units of `by.into`, rounded once."""
    return round_div(
        amount_minor * by.numerator * 10 ** exponent(by.into), by.denominator * 10 ** exponent(by.from_)
    )


def converted_e4(amount_e4: int, by: Rate) -> int:
    """1/10,000 of one currency's unit -> 1/10,000 of the other's, rounded once."""
    return round_div(amount_e4 * by.numerator, by.denominator)


async def store_rates(day: date, per_euro_e6: Mapping[str, int], *, source: str = "ecb") -> int:
    """Keep a day's rates (currency -> millionths that one euro buys); said again, they replace what was said.

    Answers how many. Raises ValueError on a rate that is not positive, money.UnknownCurrency on a code that is none.
    """
    for currency, value in per_euro_e6.items():
        exponent(currency)
        if value <= 0:
            raise ValueError(f"one euro buys {value} of {currency}?")
    async with platform_scope("store the day's exchange rates"):
        for currency, value in sorted(per_euro_e6.items()):
            await execute(
                "INSERT INTO fx_rate (day, currency, per_euro_e6, source) VALUES ($1, $2, $3, $4)"
                " ON CONFLICT (day, currency) DO UPDATE SET per_euro_e6 = EXCLUDED.per_euro_e6, source = EXCLUDED.source",
                day,
                currency,
                value,
                source,
            )
    return len(per_euro_e6)
