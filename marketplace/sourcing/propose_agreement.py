"""One side proposes terms to the other: for the first time, or again after a no or an end."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marketplace.kernel import json
from marketplace.kernel.clock import now
from marketplace.kernel.database import fetch_one, fetch_value
from marketplace.kernel.errors import NotFound, Refused, Stale
from marketplace.kernel.fetching import N_
from marketplace.sourcing.agreement_sides import lock, require_identity, tell, update
from marketplace.sourcing.agreement_terms import Terms, columns, plain, terms_of
from tenants.audit import record
from tenants.scope import acting_as, platform_scope

EXISTS = N_("There is an agreement with this partner already: change its terms instead.")


async def propose_agreement(tenant: int, other: int, terms: Mapping[str, Any] | Terms, *, by: str) -> int:
    """`tenant` (a merchant or a supplier) proposes terms to `other`, and thereby agrees to them itself. Answers the agreement.

    Raises Invalid on wrong terms, NotFound when `other` is nobody to deal with, Refused without a verified identity (merchants) or
    while there is an agreement that has not ended.
    """
    wanted = terms if isinstance(terms, Terms) else terms_of(terms)
    side = await _side(tenant, other)
    merchant, supplier = (tenant, other) if side == "merchant" else (other, tenant)
    async with acting_as(tenant):
        await require_identity(tenant, side)
        existing = await fetch_one(
            "SELECT id, state FROM agreement WHERE merchant = $1 AND supplier = $2", merchant, supplier
        )
        if existing is None:
            agreement = await _insert(merchant, supplier, side, wanted)
        else:
            agreement = existing["id"]
            await _propose_again(tenant, agreement, wanted)
        await record("agreement.proposed", who=by, subject=str(agreement))
        await tell(await lock(tenant, agreement), "agreement.proposed")
    return agreement


async def _side(tenant: int, other: int) -> str:
    """Which side `tenant` is; the other one must be the other kind, and open."""
    async with platform_scope("who would be the other side of an agreement"):
        mine = await fetch_value("SELECT kind FROM tenant WHERE id = $1", tenant)
        theirs = await fetch_value("SELECT kind FROM tenant WHERE id = $1 AND closed_at IS NULL", other)
    if theirs is None or mine == theirs:
        raise NotFound
    return str(mine)


async def _insert(merchant: int, supplier: int, side: str, terms: Terms) -> int:
    values = {
        **columns(terms),
        "merchant": merchant,
        "supplier": supplier,
        "proposed_by": side,
        f"{side}_agreed_at": now(),
    }
    names = ", ".join(f'"{name}"' for name in values)
    places = ", ".join(f"${n}" for n in range(1, len(values) + 1))
    made = await fetch_value(
        f"INSERT INTO agreement ({names}) VALUES ({places}) ON CONFLICT (merchant, supplier) DO NOTHING RETURNING id",
        *values.values(),
    )
    if made is None:
        raise Stale("the other side proposed at the same moment")
    return int(made)


async def _propose_again(tenant: int, agreement: int, terms: Terms) -> None:
    """Terms that were in force once stay on record: the new ones wait beside them for the other side."""
    sides = await lock(tenant, agreement)
    if sides.row["state"] not in ("declined", "withdrawn", "ended"):
        raise Refused(EXISTS)
    again: dict[str, Any] = {"state": "proposed", "proposed_by": sides.mine, f"{sides.mine}_agreed_at": now(),
                             f"{sides.other}_agreed_at": None}  # fmt: skip
    if sides.row["active_since"] is None:
        again |= columns(terms)
    else:
        again |= {"pending_terms": json.dumps(plain(terms)), "pending_by": sides.mine}
    await update(agreement, **again)
