"""One side of an agreement proposes other terms; they hold once the other side agreed (`agree`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marketplace.kernel import json
from marketplace.kernel.clock import now
from marketplace.kernel.errors import Refused
from marketplace.kernel.fetching import N_
from marketplace.sourcing.agreement_sides import Sides, lock, require_identity, tell, update
from marketplace.sourcing.agreement_terms import Terms, columns, plain, terms_of
from tenants.audit import record
from tenants.scope import acting_as

THEIRS_FIRST = N_("The other side has proposed changed terms: answer these first.")
THE_SAME = N_("These are the terms that hold already.")
NOT_OPEN = N_("This agreement is not open: propose a new one.")


async def change_terms(tenant: int, agreement: int, terms: Mapping[str, Any], *, by: str) -> None:
    """Propose changed terms. What is not given stays as it is; a proposal of one's own is replaced.

    Before the first agreement it is a counter-proposal: then the other side has to answer. Raises NotFound, Invalid on wrong terms,
    Refused when they change nothing, or while a proposal of the other side waits.
    """
    async with acting_as(tenant):
        sides = await lock(tenant, agreement)
        await require_identity(tenant, sides.mine)
        wanted = terms_of({**plain(sides.terms), **terms})
        if sides.row["active_since"] is None:
            await _counter(sides, wanted)
        else:
            await _propose(sides, wanted)
        await record("agreement.changed", who=by, subject=str(agreement))
        await tell(sides, "agreement.proposed")


async def _counter(sides: Sides, wanted: Terms) -> None:
    if sides.row["state"] != "proposed":
        raise Refused(NOT_OPEN)
    await update(
        sides.id,
        **columns(wanted),
        **{"proposed_by": sides.mine, f"{sides.mine}_agreed_at": now(), f"{sides.other}_agreed_at": None},
    )


async def _propose(sides: Sides, wanted: Terms) -> None:
    if sides.row["state"] not in ("active", "paused"):
        raise Refused(NOT_OPEN)
    if sides.row["pending_by"] == sides.other:
        raise Refused(THEIRS_FIRST)
    if wanted == sides.terms:
        raise Refused(THE_SAME)
    await update(sides.id, pending_terms=json.dumps(plain(wanted)), pending_by=sides.mine)
