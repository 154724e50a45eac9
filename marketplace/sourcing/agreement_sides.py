"""The two sides of an agreement, seen from the one that acts: what both use cases and pages need of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from marketplace.kernel import json
from marketplace.kernel.clock import now
from marketplace.kernel.database import execute, fetch_one, fetch_value
from marketplace.kernel.errors import NotFound, Refused
from marketplace.kernel.fetching import N_
from marketplace.kernel.outbox import emit
from marketplace.sourcing.agreement_terms import NAMES, Terms, columns, plain, terms_of

UNVERIFIED = N_("Verify your professional identity first: suppliers show their costs to professionals only.")


class Sides(Struct, frozen=True):
    """An agreement's row, and which side of it the open scope's tenant is."""

    row: dict[str, Any]
    mine: str  # merchant | supplier

    @property
    def other(self) -> str:
        return "supplier" if self.mine == "merchant" else "merchant"

    @property
    def id(self) -> int:
        return int(self.row["id"])

    @property
    def terms(self) -> Terms:
        return terms_of(self.row)

    @property
    def pending(self) -> Terms | None:
        return (
            terms_of(json.loads(self.row["pending_terms"])) if self.row["pending_terms"] is not None else None
        )


async def lock(tenant: int, agreement: int) -> Sides:
    """The agreement, locked, as `tenant` sees it. Raises NotFound."""
    row = await fetch_one("SELECT * FROM agreement WHERE id = $1 FOR UPDATE", agreement)
    if row is None:
        raise NotFound
    return Sides(row, "merchant" if row["merchant"] == tenant else "supplier")


async def require_identity(tenant: int, side: str) -> None:
    """A merchant's identity comes before any supplier's cost. Raises Refused."""
    if side == "merchant" and not await fetch_value(
        "SELECT identity_verified_at IS NOT NULL FROM tenant WHERE id = $1", tenant
    ):
        raise Refused(UNVERIFIED)


def require_state(sides: Sides, states: Sequence[str], message: str) -> None:
    """Raises Refused with `message` unless the agreement is in one of `states`."""
    if sides.row["state"] not in states:
        raise Refused(message)


async def update(agreement: int, **values: Any) -> None:
    sets = ", ".join(f'"{name}" = ${place}' for place, name in enumerate(values, start=2))
    await execute(f"UPDATE agreement SET {sets} WHERE id = $1", agreement, *values.values())


async def put_in_force(sides: Sides, terms: Terms, version: int, *, by: str) -> None:
    """The terms are agreed by both: they hold from now on, and are kept as they were agreed."""
    moment = now()
    values: dict[str, Any] = {**columns(terms), "version": version, "state": "active", "pending_terms": None, "pending_by": None,
                              "ended_at": None, "paused_by": None, f"{sides.mine}_agreed_at": moment}  # fmt: skip
    if sides.row["active_since"] is None:
        values["active_since"] = moment
    if sides.row["state"] == "paused":  # new terms do not resume what was paused
        values["state"], values["paused_by"] = "paused", sides.row["paused_by"]
    await update(sides.id, **values)
    await execute(
        "INSERT INTO agreement_version (agreement, merchant, supplier, number, terms, agreed_by) VALUES ($1, $2, $3, $4, $5, $6)",
        sides.id,
        sides.row["merchant"],
        sides.row["supplier"],
        version,
        json.dumps(plain(terms)),
        by,
    )
    await tell(sides, "agreement.agreed")


async def tell(sides: Sides, event: str) -> None:
    """The event, with `other`: the tenant that did not act."""
    await emit(
        event,
        merchant=sides.row["merchant"],
        supplier=sides.row["supplier"],
        agreement=sides.id,
        other=sides.row[sides.other],
    )


__all__ = ["NAMES", "Sides", "lock", "put_in_force", "require_identity", "require_state", "tell", "update"]
