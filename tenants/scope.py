"""Whose data may this code see? Nothing reads or writes rows outside a scope.

A scope is one transaction that acts as one tenant, under one role. `acting_as` is the rule; `shop_scope` is what a
storefront page may read (no cost, no agreement, no staff); `platform_scope` crosses tenants and is for the few files
that `tests/isolation/test_platform_scope_is_rare.py` lists.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Literal

from piccolo.engine.postgres import PostgresTransaction

from marketplace.kernel.database import engine

Role = Literal["comptoir_app", "comptoir_shop", "comptoir_platform"]


@dataclass
class Scope:
    tenant: int | None
    role: Role
    person: int | None = None
    reason: str | None = None
    after_commit: list[Callable[[], Awaitable[None]]] = field(default_factory=list)


class NoTenant(RuntimeError):
    """No scope is open."""


class WrongTenant(RuntimeError):
    """A scope of another tenant or role is already open: one transaction acts as one tenant."""


_current: ContextVar[Scope | None] = ContextVar("scope", default=None)


def current() -> Scope:
    """The open scope. Raises NoTenant."""
    scope = _current.get()
    if scope is None:
        raise NoTenant("open tenants.scope.acting_as(...) first")
    return scope


def after_commit(callback: Callable[[], Awaitable[None]]) -> None:
    """Run `callback` once the open scope's transaction is committed, never when it is rolled back."""
    current().after_commit.append(callback)


@asynccontextmanager
async def acting_as(tenant: int, *, person: int | None = None) -> AsyncIterator[Scope]:
    """One transaction as `tenant`. Inside a scope of the same tenant it joins it. Raises WrongTenant."""
    async with _open(Scope(tenant, "comptoir_app", person)) as scope:
        yield scope


@asynccontextmanager
async def shop_scope(merchant: int) -> AsyncIterator[Scope]:
    """One transaction as the merchant's storefront: what a shopper may see. Raises WrongTenant."""
    async with _open(Scope(merchant, "comptoir_shop")) as scope:
        yield scope


@asynccontextmanager
async def platform_scope(
    reason: str, *, tenant: int | None = None, person: int | None = None
) -> AsyncIterator[Scope]:
    """One transaction across tenants; `reason` says why, for the reader and the log. Raises WrongTenant."""
    async with _open(Scope(tenant, "comptoir_platform", person, reason)) as scope:
        yield scope


@asynccontextmanager
async def _open(scope: Scope) -> AsyncIterator[Scope]:
    if outer := _current.get():
        if (outer.tenant, outer.role) != (scope.tenant, scope.role):
            raise WrongTenant(f"inside {outer.role} {outer.tenant}, asked for {scope.role} {scope.tenant}")
        yield outer
        return
    async with _Transaction(engine(), allow_nested=False) as transaction:
        await transaction.connection.execute(_settings(scope))
        token = _current.set(scope)
        try:
            yield scope
        finally:
            _current.reset(token)
    for callback in scope.after_commit:
        await callback()


def _settings(scope: Scope) -> str:
    """One round trip: who we are, then the role. Integers only, so nothing can be injected."""
    tenant = int(scope.tenant or 0)
    person = int(scope.person or 0)
    sql = f"SELECT set_config('app.tenant_id', '{tenant}', true), set_config('app.person_id', '{person}', true);"
    if scope.role != "comptoir_app":
        sql += f"SET LOCAL ROLE {scope.role};"
    return sql


class _Transaction(PostgresTransaction):
    """Piccolo's transaction leaks its connection when COMMIT itself fails, and stays "in a transaction" after it."""

    async def __aexit__(self, exception_type: object, exception: object, traceback: object) -> bool:
        try:
            if exception:
                await self.rollback()
            else:
                await self.commit()
        finally:
            self.engine.current_transaction.reset(self.context)
            if self.engine.pool:
                await self.engine.pool.release(self.connection)
            else:
                await self.connection.close()
        return False
