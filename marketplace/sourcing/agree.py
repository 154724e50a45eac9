"""The side that was asked says yes: to a first proposal, or to changed terms."""

from __future__ import annotations

from marketplace.kernel.errors import Refused
from marketplace.kernel.fetching import N_
from marketplace.sourcing.agreement_sides import lock, put_in_force, require_identity
from tenants.audit import record
from tenants.scope import acting_as

NOTHING_TO_AGREE = N_("There is nothing here to agree to any more.")
YOUR_OWN = N_("You proposed these terms: it is for the other side to agree.")


async def agree(tenant: int, agreement: int, *, by: str) -> int:
    """Put the proposed terms in force. Answers the version that holds now.

    Raises NotFound, and Refused when nothing is proposed, when the proposal is one's own, or when a merchant's identity is not verified.
    """
    async with acting_as(tenant):
        sides = await lock(tenant, agreement)
        await require_identity(tenant, sides.mine)
        row, pending = sides.row, sides.pending
        proposer = row["pending_by"] if pending is not None else row["proposed_by"]
        if row["state"] not in ("proposed", "active", "paused") or (
            pending is None and row["state"] != "proposed"
        ):
            raise Refused(NOTHING_TO_AGREE)
        if proposer == sides.mine:
            raise Refused(YOUR_OWN)
        first = row["active_since"] is None
        version = row["version"] if first else row["version"] + 1
        await put_in_force(sides, pending or sides.terms, version, by=by)
        await record("agreement.agreed", who=by, subject=str(agreement), version=version)
        return int(version)
