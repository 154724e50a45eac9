"""What the ledger does by the clock."""

import logging

from marketplace.kernel.fetching import FetchFailed
from marketplace.kernel.periodic import every
from marketplace.ledger.fetch_rates import BadRates, fetch_rates

logger = logging.getLogger(__name__)


@every(4 * 3600)
async def rates_of_the_day() -> None:
    """Several times a day: the bank publishes on working days, and a rate holds for a week of silence."""
    try:
        await fetch_rates()
    except (FetchFailed, BadRates) as failure:
        logger.warning("exchange rates could not be fetched, the last ones hold: %s", failure)
