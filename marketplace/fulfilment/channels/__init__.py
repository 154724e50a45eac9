"""Ways to send an order to a supplier. A channel is a module with `send(attempt)`, called with no transaction open.

`portal` is what the supplier reads there anyway; `mail` writes to it with a signed link that works without signing in. A
channel that calls outside raises ChannelFailed, and is called again with the same key.
"""

from collections.abc import Awaitable, Callable
from importlib import import_module

import msgspec


class DispatchAttempt(msgspec.Struct, frozen=True, kw_only=True):
    """One sending over one channel; the key is the same however often it is tried."""

    id: int
    merchant: int
    supplier: int
    supplier_order: int
    channel: str
    key: str


class ChannelFailed(Exception):
    """It was not delivered, or nobody knows: try again with the same key."""


ALWAYS = ("portal", "mail")


def channel(name: str) -> Callable[[DispatchAttempt], Awaitable[None]]:
    send: Callable[[DispatchAttempt], Awaitable[None]] = import_module(
        f"marketplace.fulfilment.channels.{name}"
    ).send
    return send
