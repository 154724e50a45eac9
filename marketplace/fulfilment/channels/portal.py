"""The portal: what is sent is there to be read. Nothing leaves the house."""

from marketplace.fulfilment.channels import DispatchAttempt


async def send(attempt: DispatchAttempt) -> None:
    """The order shows in the supplier's to-do list from the moment its state is `sent`."""
