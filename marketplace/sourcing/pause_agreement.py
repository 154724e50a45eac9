"""Either side may pause an agreement: nothing new is sold, what is sold is delivered. Who paused it resumes it."""

from __future__ import annotations

from marketplace.kernel.errors import Refused
from marketplace.kernel.fetching import N_
from marketplace.sourcing.agreement_sides import lock, require_state, tell, update
from tenants.audit import record
from tenants.scope import acting_as

NOT_ACTIVE = N_("Only an active agreement can be paused.")
NOT_PAUSED = N_("This agreement is not paused.")
THEIRS = N_("The other side paused this agreement: it is theirs to resume.")


async def pause_agreement(tenant: int, agreement: int, *, by: str) -> None:
    """Raises NotFound, and Refused unless it is active."""
    async with acting_as(tenant):
        sides = await lock(tenant, agreement)
        require_state(sides, ("active",), NOT_ACTIVE)
        await update(agreement, state="paused", paused_by=sides.mine)
        await record("agreement.paused", who=by, subject=str(agreement))
        await tell(sides, "agreement.paused")


async def resume_agreement(tenant: int, agreement: int, *, by: str) -> None:
    """Raises NotFound, and Refused unless this side paused it."""
    async with acting_as(tenant):
        sides = await lock(tenant, agreement)
        require_state(sides, ("paused",), NOT_PAUSED)
        if sides.row["paused_by"] not in (None, sides.mine):
            raise Refused(THEIRS)
        await update(agreement, state="active", paused_by=None)
        await record("agreement.resumed", who=by, subject=str(agreement))
        await tell(sides, "agreement.resumed")
