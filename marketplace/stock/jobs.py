"""What stock does by the clock."""

from marketplace.kernel.periodic import every
from marketplace.stock.expire import expire


@every(20)
async def expire_reservations() -> None:
    await expire()
