"""Numbers without gaps: one counter a tenant, series and year, locked in the transaction that issues the number."""

from marketplace.kernel.database import fetch_value


async def next_number(tenant: int, series: str, *, year: int = 0) -> int:
    """The next number of `series`, from 1, in the open scope. A rollback gives it back; whoever comes second waits.

    `year` 0 is a series that runs on.
    """
    value: int = await fetch_value(
        "INSERT INTO counter (tenant, series, year, value) VALUES ($1, $2, $3, 1)"
        " ON CONFLICT (tenant, series, year) DO UPDATE SET value = counter.value + 1 RETURNING value",
        tenant,
        series,
        year,
    )
    return value
