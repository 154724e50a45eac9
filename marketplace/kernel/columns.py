"""Column and constraint helpers shared by every `tables.py`.

Piccolo's defaults are dangerous here: a forgotten value becomes `''` or `0`, and a foreign key deletes its children.
These helpers make a forgotten value an error and a deletion a refusal.
"""

from enum import StrEnum
from typing import Any

from piccolo.columns import (
    JSONB,
    Array,
    BigInt,
    BigSerial,
    Boolean,
    Date,
    ForeignKey,
    Text,
    Timestamptz,
)
from piccolo.columns.base import OnDelete, OnUpdate
from piccolo.columns.defaults.timestamptz import TimestamptzNow
from piccolo.columns.indexes import IndexMethod
from piccolo.constraints import Check
from piccolo.table import Table


def pk() -> BigSerial:
    return BigSerial(primary_key=True)


def ref(table: type[Table], *, index: bool = True, unique: bool = False) -> ForeignKey:
    """A row that must exist, and cannot be deleted while it is pointed at."""
    return ForeignKey(
        table,
        null=False,
        default=None,
        on_delete=OnDelete.restrict,
        on_update=OnUpdate.no_action,
        index=index,
        index_method=IndexMethod.btree,
        unique=unique,
    )


def maybe_ref(table: type[Table] | str, *, index: bool = True) -> ForeignKey:
    return ForeignKey(
        table,
        null=True,
        default=None,
        on_delete=OnDelete.restrict,
        on_update=OnUpdate.no_action,
        index=index,
    )


def text(default: str | None = None, **kw: Any) -> Text:
    return Text(null=False, default=default, **kw)


def maybe_text(**kw: Any) -> Text:
    return Text(null=True, default=None, **kw)


def whole(default: int | None = None, **kw: Any) -> BigInt:
    return BigInt(null=False, default=default, **kw)


def maybe_whole(**kw: Any) -> BigInt:
    return BigInt(null=True, default=None, **kw)


def flag(default: bool = False) -> Boolean:
    return Boolean(null=False, default=default)


def moment() -> Timestamptz:
    """A required moment, now unless said otherwise. UTC."""
    return Timestamptz(null=False, default=TimestamptzNow())


def maybe_moment(**kw: Any) -> Timestamptz:
    return Timestamptz(null=True, default=None, **kw)


def maybe_day(**kw: Any) -> Date:
    return Date(null=True, default=None, **kw)


def day(**kw: Any) -> Date:
    return Date(null=False, default=None, **kw)


def doc(default: str = "{}") -> JSONB:
    return JSONB(null=False, default=default)


def maybe_doc() -> JSONB:
    return JSONB(null=True, default=None)


def maybe_wholes() -> Array:
    return Array(base_column=BigInt(), null=True, default=None)


def texts() -> Array:
    return Array(base_column=Text(), null=False, default=list)


def state_of(initial: StrEnum) -> Text:
    return Text(null=False, default=initial.value)


def one_of(column: str, states: type[StrEnum], *, name: str) -> Check:
    """`name` carries the table's name: constraint names are one namespace to Piccolo."""
    values = ", ".join(f"'{s.value}'" for s in states)
    return Check(f"{column} IN ({values})", name=name)


def never_negative(*columns: str, name: str) -> Check:
    return Check(" AND ".join(f"{c} >= 0" for c in columns), name=name)
