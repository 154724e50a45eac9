"""What fulfilment does after an event, and by the clock."""

from marketplace.fulfilment.cancel_unanswered import cancel_unanswered
from marketplace.fulfilment.mask_addresses import mask_addresses
from marketplace.fulfilment.release_held import release_held
from marketplace.fulfilment.resource_lines import resource_lines
from marketplace.fulfilment.route_order import route_order
from marketplace.fulfilment.send_supplier_order import send_supplier_order
from marketplace.fulfilment.take_back_unanswered import take_back_unanswered
from marketplace.fulfilment.take_over_answer import take_over_answer
from marketplace.fulfilment.take_over_cancellation import take_over_cancellation
from marketplace.fulfilment.take_over_shipment import take_over_shipment
from marketplace.fulfilment.watch_clocks import watch_clocks
from marketplace.kernel.broker import job
from marketplace.kernel.periodic import every
from tenants.jobs import job_tenant


@job("orders")
async def route(*, order: int) -> None:
    await route_order(job_tenant(), order)


@job("orders")
async def send(*, supplier_order: int) -> None:
    await send_supplier_order(job_tenant(), supplier_order)


@job("orders")
async def take_answer(*, supplier_order: int) -> None:
    await take_over_answer(job_tenant(), supplier_order)


@job("orders")
async def take_shipment(*, shipment: int) -> None:
    await take_over_shipment(job_tenant(), shipment)


@job("orders")
async def take_cancellation(*, supplier_order: int, granted: bool) -> None:
    await take_over_cancellation(job_tenant(), supplier_order, granted=granted)


@job("orders")
async def resource(*, order: int) -> None:
    await resource_lines(job_tenant(), order)


@job("orders")
async def take_back(*, supplier_order: int) -> None:
    await take_back_unanswered(job_tenant(), supplier_order)


@job("orders")
async def cancel_open(*, order: int, lines: list[int]) -> None:
    """The authorisation ends and the merchant releases what nobody answered."""
    await cancel_unanswered(job_tenant(), order, lines)


@every(60)
async def send_what_gathered() -> None:
    await release_held()


@every(120)
async def raise_missed_clocks() -> None:
    await watch_clocks()


@every(3600)
async def mask_old_addresses() -> None:
    await mask_addresses()
