"""Steps two and three of every call to a gateway, for whoever comes: the page that asked, a job, or the clock after a crash.

The gateway is asked with no transaction open; then, in one, the answer is recorded and its conclusions are drawn, once.
"""

import logging

from marketplace.kernel.clock import now
from marketplace.kernel.database import fetch
from marketplace.ledger.attempt import ask, read_attempt
from marketplace.ledger.gateways import GatewayUnavailable
from marketplace.ordering.conclude_payment import CONCLUSIONS, Finished
from tenants.scope import acting_as, platform_scope

logger = logging.getLogger(__name__)
PATIENCE_SECONDS = 60  # whoever asked may still be at it


async def finish_payment(merchant: int, attempt: int) -> Finished:
    """Ask the gateway and draw the conclusions. Raises GatewayUnavailable: the attempt stays open, and is asked again."""
    answer = await ask(merchant, attempt)
    async with acting_as(merchant):
        kind = (await read_attempt(attempt)).kind
        finished, release = await CONCLUSIONS[kind](merchant, attempt, answer)
    if (
        release is not None
    ):  # what was authorised and cannot be served: at once, and by the clock if that fails
        try:
            await finish_payment(merchant, release)
        except GatewayUnavailable:
            return finished
    return finished


async def recover_payments() -> int:
    """Attempts whose worker died, or whose gateway was silent, are asked again by their keys. Answers how many ended."""
    async with platform_scope("find payments without an answer"):
        stuck = await fetch(
            "SELECT id, merchant FROM payment_attempt WHERE state IN ('requested', 'sent')"
            " AND coalesce(sent_at, created_at) < $1::timestamptz - make_interval(secs => $2) ORDER BY id LIMIT 100",
            now(),
            float(PATIENCE_SECONDS),
        )
    ended = 0
    for row in stuck:
        try:
            await finish_payment(row["merchant"], row["id"])
            ended += 1
        except GatewayUnavailable:
            continue
        except Exception:  # one that cannot be concluded must not stand before the others
            logger.exception("payment attempt %s could not be finished", row["id"])
    return ended
