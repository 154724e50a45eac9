"""What a payment gateway is to us, and which ones there are. A gateway is a folder with a `gateway.py`.

A gateway declares what it can do; policies ask it instead of knowing names. Every call carries an idempotency key: the same
key gets the same answer, so that a worker that died after the call simply calls again.
"""

from datetime import datetime
from importlib import import_module
from typing import Any, Protocol

import msgspec


class Abilities(msgspec.Struct, frozen=True):
    """`captures_once`: one capture an authorisation, the rest is released with it."""

    captures_once: bool = True
    authorisation_days: int = 7
    refund_days: int = 180


class Call(msgspec.Struct, frozen=True, kw_only=True):
    """`amount` in minor units of `currency`; `reference` is the gateway's own id, once there is one."""

    merchant: int
    key: str
    amount: int
    currency: str
    source: str | None = None
    reference: str | None = None
    final: bool = True  # of a capture: nothing more will be captured, release the rest


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """A final answer: yes, or no with a code. "Don't know" is GatewayUnavailable."""

    ok: bool
    reference: str | None = None
    code: str | None = None  # declined | insufficient_funds | authorisation_expired | …
    authorisation_ends_at: datetime | None = None
    card_hint: str | None = None


class GatewayUnavailable(Exception):
    """No answer, or none that can be trusted: it may or may not have happened. Call again with the same key."""


class UnknownGateway(LookupError):
    """No gateway of that name is installed."""


class Gateway(Protocol):
    """Each call answers or raises GatewayUnavailable, within its own time limit."""

    name: str
    abilities: Abilities

    def source_of(self, fields: dict[str, str]) -> str:
        """The token of what the shopper typed. Raises errors.Invalid with a message a field."""

    async def authorise(self, call: Call) -> Answer: ...

    async def capture(self, call: Call) -> Answer: ...

    async def void(self, call: Call) -> Answer: ...

    async def refund(self, call: Call) -> Answer: ...


def gateway(name: str) -> Gateway:
    """Raises UnknownGateway."""
    if not name.isidentifier():
        raise UnknownGateway(name)
    try:
        module: Any = import_module(f"marketplace.ledger.gateways.{name}.gateway")
    except ModuleNotFoundError as missing:
        raise UnknownGateway(name) from missing
    found: Gateway = module.GATEWAY
    return found
