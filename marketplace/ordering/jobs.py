"""What ordering does after an event, and by the clock."""

from marketplace.kernel.broker import job
from marketplace.kernel.periodic import every
from marketplace.ordering.abandon_orders import abandon_orders
from marketplace.ordering.finish_payment import recover_payments
from marketplace.ordering.flag_oversold import flag_oversold
from marketplace.ordering.refund_order import send_refund
from marketplace.ordering.settle_order import settle_due, settle_order
from tenants.jobs import job_tenant


@job("orders")
async def settle(*, order: int) -> None:
    """The money follows the quantities."""
    await settle_order(job_tenant(), order)


@job("orders")
async def refund(*, refund: int) -> None:
    await send_refund(job_tenant(), refund)


@job("orders")
async def flag(*, offers: list[int]) -> None:
    """The feed says less than what was sold: paid orders stand, and a person looks after them."""
    await flag_oversold(job_tenant(), offers)


@every(30)
async def recover_unanswered_payments() -> None:
    await recover_payments()


@every(300)
async def settle_before_authorisations_end() -> None:
    await settle_due()


@every(3600)
async def give_up_unpaid_orders() -> None:
    await abandon_orders()
