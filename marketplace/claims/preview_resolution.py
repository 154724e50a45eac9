"""What a decision would do, shown before it is made. By the code that performs it."""

from marketplace.claims.decision import Decision
from marketplace.claims.find import find_claim
from marketplace.claims.resolution_plan import Plan, draw_up
from tenants.scope import acting_as


async def preview_resolution(merchant: int, claim: int, decision: Decision) -> Plan:
    """Changes nothing; the plan's `problems` say what stands in the way. Raises NotFound."""
    async with acting_as(merchant):
        return await draw_up(await find_claim(claim), decision, lock=False)
