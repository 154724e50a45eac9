"""The mail: handed to the notices, which write it once under one Message-ID, and send it again unchanged when asked."""

from marketplace.fulfilment.channels import DispatchAttempt
from marketplace.kernel.outbox import emit
from tenants.scope import acting_as


async def send(attempt: DispatchAttempt) -> None:
    """To the supplier's people and its letterbox, with a link signed for the purpose "supplier_order"."""
    async with acting_as(attempt.merchant):
        await emit(
            "supplier_order.mail_wanted",
            merchant=attempt.merchant,
            supplier=attempt.supplier,
            supplier_order=attempt.supplier_order,
            key=attempt.key,
        )
