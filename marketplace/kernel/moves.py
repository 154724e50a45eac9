"""Moving a row along its machine: one UPDATE, guarded by the state it was in, counted by its rows."""

from enum import StrEnum
from typing import Any, TypeVar

from marketplace.kernel.database import fetch_value
from marketplace.kernel.errors import Stale
from marketplace.kernel.states import Machine

S = TypeVar("S", bound=StrEnum)


async def move(
    machine: Machine[S],
    table: str,
    row: int,
    to: S,
    *,
    was: S | None = None,
    column: str = "state",
    **also: Any,
) -> S:
    """Move `table` row `row` to `to` in the open scope, setting `also` columns with it. Answers the state it was in.

    `was` narrows the guard to one state; else any state with an arrow to `to` will do. Raises Stale when the row is in
    none of them (somebody moved it first), or is not visible.
    """
    sources = [was] if was is not None else sorted(machine.sources(to))
    if was is not None:
        machine.require(was, to)
    sets = "".join(f', "{name}" = ${i}' for i, name in enumerate(also, start=4))
    sql = (
        f'WITH old AS (SELECT id, "{column}" AS was FROM "{table}" WHERE id = $1 AND "{column}" = ANY($3) FOR NO KEY UPDATE)'
        f' UPDATE "{table}" t SET "{column}" = $2{sets} FROM old WHERE t.id = old.id RETURNING old.was'
    )
    before = await fetch_value(sql, row, to.value, [s.value for s in sources], *also.values())
    if before is None:
        raise Stale(f"{table} {row} can no longer become {to.value}")
    return type(to)(before)
