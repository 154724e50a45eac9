"""Either side ends an agreement: nothing more is sold; orders, claims and debts that stand go on to their end."""

from __future__ import annotations

from marketplace.kernel.clock import now
from marketplace.kernel.fetching import N_
from marketplace.sourcing.agreement_sides import lock, require_state, tell, update
from tenants.audit import record
from tenants.scope import acting_as

NOT_OPEN = N_("This agreement has ended already, or never began.")


async def end_agreement(tenant: int, agreement: int, *, by: str) -> None:
    """Raises NotFound, and Refused unless it is active or paused."""
    async with acting_as(tenant):
        sides = await lock(tenant, agreement)
        require_state(sides, ("active", "paused"), NOT_OPEN)
        await update(
            agreement, state="ended", ended_at=now(), pending_terms=None, pending_by=None, paused_by=None
        )
        await record("agreement.ended", who=by, subject=str(agreement))
        await tell(sides, "agreement.ended")
