"""The SQL of row security: one class a table (DESIGN §14), one function a class.

Policies call `current_setting('app.tenant_id')` directly, without `missing_ok`: a query outside a scope is an error, not
an empty page. Every row a policy lets somebody write may only point at rows that somebody may read: foreign keys check
existence past row security, so WITH CHECK asks again.

Roles: `comptoir_owner` migrates; `comptoir_app` runs; `comptoir_shop` is a storefront's request; `comptoir_platform` is
work across tenants; `comptoir_search` owns the search door.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

TENANT = "current_setting('app.tenant_id')::bigint"
PERSON = "current_setting('app.person_id')::bigint"

#: suppliers this tenant buys, or once bought, from: offers stay readable because orders point at them
LINKED_SUPPLIERS = (
    f"ARRAY(SELECT a.supplier FROM agreement a WHERE a.merchant = {TENANT} AND a.active_since IS NOT NULL)"
)
COUNTERPARTIES = (
    f"ARRAY(SELECT a.supplier FROM agreement a WHERE a.merchant = {TENANT}"
    f" UNION ALL SELECT a.merchant FROM agreement a WHERE a.supplier = {TENANT})"
)


@dataclass(frozen=True)
class Policy:
    """One table's class: who may read and write which rows, and which privileges the roles hold."""

    kind: str  # O | L | B | I | D | G, as in DESIGN §14
    read: str | None = None  # USING for the runtime role
    write: str | None = None  # WITH CHECK, and USING of UPDATE and DELETE
    update: str | None = None  # when it differs from `write`
    insert: str | None = None
    append: bool = False  # no UPDATE, no DELETE
    update_columns: tuple[str, ...] = ()  # the only columns the runtime role may update
    shop_read: tuple[str, ...] | None = None  # columns; () = all; None = nothing
    shop_write: bool = False
    shop_filter: str | None = None  # a further condition on what the shop role reads
    unchecked: tuple[str, ...] = field(default=())  # foreign keys held by a composite key instead


def owned(column: str = "merchant", **kw: object) -> Policy:
    mine = f"{column} = {TENANT}"
    return Policy("O", read=mine, write=mine, **kw)  # type: ignore[arg-type]


def linked(column: str = "supplier", *, more: str = "", seen: str = "", **kw: object) -> Policy:
    """The supplier writes, `more` permitting; merchants with an agreement, past or present, read what is to be `seen`."""
    mine = f"{column} = {TENANT}"
    write = f"{mine} AND {more}" if more else mine
    theirs = f"{column} = ANY ({LINKED_SUPPLIERS})"
    read = f"{mine} OR ({theirs} AND {seen})" if seen else f"{mine} OR {theirs}"
    return Policy("L", read=read, write=write, **kw)  # type: ignore[arg-type]


def both(**kw: object) -> Policy:
    """A two-party row: either party, and only between parties that agreed once."""
    mine = f"(merchant = {TENANT} OR supplier = {TENANT})"
    agreed = (
        "EXISTS (SELECT 1 FROM agreement a WHERE a.merchant = {table}.merchant AND a.supplier = {table}.supplier"
        " AND a.active_since IS NOT NULL)"
    )
    return Policy("B", read=mine, write=f"{mine} AND {agreed}", **kw)  # type: ignore[arg-type]


def personal(column: str, **kw: object) -> Policy:
    mine = f"{column} = {PERSON}"
    return Policy("I", read=mine, write=mine, **kw)  # type: ignore[arg-type]


def door(**kw: object) -> Policy:
    """Platform scope or a definer function only."""
    return Policy("D", **kw)  # type: ignore[arg-type]


def reference() -> Policy:
    """Everybody reads, the platform writes."""
    return Policy("G", read="true", shop_read=())


ForeignKeys = Callable[[str], Iterable[tuple[str, str]]]


def secure(table: str, policy: Policy, foreign_keys: Iterable[tuple[str, str]]) -> list[str]:
    """Statements that put `table` in its class. `foreign_keys` are (column, target table) whose targets are under row
    security themselves and must be visible to whoever writes."""
    sql = [
        f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY',
        f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY',
        f'REVOKE ALL ON "{table}" FROM PUBLIC, comptoir_app, comptoir_shop, comptoir_platform, comptoir_search',
        f'CREATE POLICY "{table}_owner" ON "{table}" TO comptoir_owner USING (true) WITH CHECK (true)',
        f'CREATE POLICY "{table}_platform" ON "{table}" TO comptoir_platform USING (true) WITH CHECK (true)',
        f'GRANT SELECT, INSERT, UPDATE, DELETE ON "{table}" TO comptoir_platform',
    ]
    visible = _targets_visible(table, policy, foreign_keys)
    return sql + _app(table, policy, visible) + _shop(table, policy, visible)


def _targets_visible(table: str, policy: Policy, foreign_keys: Iterable[tuple[str, str]]) -> str:
    return "".join(
        f' AND ("{table}"."{column}" IS NULL OR EXISTS'
        f' (SELECT 1 FROM "{target}" target WHERE target.id = "{table}"."{column}"))'
        for column, target in foreign_keys
        if column not in policy.unchecked
    )


def _app(table: str, policy: Policy, visible: str) -> list[str]:
    sql: list[str] = []
    roles = "comptoir_app"

    def fill(condition: str) -> str:
        return condition.replace("{table}", f'"{table}"')

    if policy.read:
        sql.append(
            f'CREATE POLICY "{table}_read" ON "{table}" FOR SELECT TO {roles} USING ({fill(policy.read)})'
        )
        sql.append(f'GRANT SELECT ON "{table}" TO {roles}')
    insert = policy.insert or policy.write
    if insert:
        sql.append(
            f'CREATE POLICY "{table}_insert" ON "{table}" FOR INSERT TO {roles}'
            f" WITH CHECK ({fill(insert)}{visible})"
        )
        sql.append(f'GRANT INSERT ON "{table}" TO {roles}')
    update = policy.update or policy.write
    if update and not policy.append:
        sql.append(
            f'CREATE POLICY "{table}_update" ON "{table}" FOR UPDATE TO {roles}'
            f" USING ({fill(update)}) WITH CHECK ({fill(update)}{visible})"
        )
        columns = f" ({', '.join(policy.update_columns)})" if policy.update_columns else ""
        sql.append(f'GRANT UPDATE{columns} ON "{table}" TO {roles}')
    if policy.write and not policy.append and not policy.update_columns:
        sql.append(
            f'CREATE POLICY "{table}_delete" ON "{table}" FOR DELETE TO {roles} USING ({fill(policy.write)})'
        )
        sql.append(f'GRANT DELETE ON "{table}" TO {roles}')
    return sql


def _shop(table: str, policy: Policy, visible: str) -> list[str]:
    if policy.shop_read is None or policy.read is None:
        return []
    condition = policy.read + (f" AND {policy.shop_filter}" if policy.shop_filter else "")
    columns = f" ({', '.join(policy.shop_read)})" if policy.shop_read else ""
    sql = [
        f'CREATE POLICY "{table}_shop" ON "{table}" FOR SELECT TO comptoir_shop USING ({condition})',
        f'GRANT SELECT{columns} ON "{table}" TO comptoir_shop',
    ]
    if policy.shop_write:
        sql.append(
            f'CREATE POLICY "{table}_shop_insert" ON "{table}" FOR INSERT TO comptoir_shop'
            f" WITH CHECK ({policy.write}{visible})"
        )
        sql.append(
            f'CREATE POLICY "{table}_shop_update" ON "{table}" FOR UPDATE TO comptoir_shop'
            f" USING ({policy.write}) WITH CHECK ({policy.write}{visible})"
        )
        sql.append(
            f'CREATE POLICY "{table}_shop_delete" ON "{table}" FOR DELETE TO comptoir_shop USING ({policy.write})'
        )
        sql.append(f'GRANT INSERT, UPDATE, DELETE ON "{table}" TO comptoir_shop')
    return sql
