"""No to a proposal, by the side that was asked; or taken back, by the side that made it."""

from __future__ import annotations

from marketplace.kernel.errors import Refused
from marketplace.sourcing.agree import NOTHING_TO_AGREE
from marketplace.sourcing.agreement_sides import Sides, lock, tell, update
from tenants.audit import record
from tenants.scope import acting_as


async def decline_agreement(tenant: int, agreement: int, *, by: str) -> None:
    """Answer a proposal with no, or withdraw one's own. Terms in force stay in force.

    Raises NotFound, and Refused when nothing is proposed.
    """
    async with acting_as(tenant):
        sides = await lock(tenant, agreement)
        word = await _decline(sides)
        await record(f"agreement.{word}", who=by, subject=str(agreement))
        await tell(sides, f"agreement.{word}")


async def _decline(sides: Sides) -> str:
    row = sides.row
    if row["pending_terms"] is not None:
        word = "withdrawn" if row["pending_by"] == sides.mine else "declined"
        back = {"state": "ended"} if row["state"] == "proposed" else {}
        await update(sides.id, pending_terms=None, pending_by=None, **back)
        return word
    if row["state"] != "proposed":
        raise Refused(NOTHING_TO_AGREE)
    word = "withdrawn" if row["proposed_by"] == sides.mine else "declined"
    await update(sides.id, state=word)
    return word
