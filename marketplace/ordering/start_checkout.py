"""The checkout opens: everything in the cart is reserved for ten minutes, or the shopper is told what fell short."""

import secrets
from datetime import datetime

import msgspec

from marketplace.kernel.clock import now
from marketplace.kernel.database import fetch_one, fetch_value
from marketplace.kernel.errors import NotFound, Refused
from marketplace.ordering.cart import hash_token, read_lines
from marketplace.ordering.plan import wants_of
from marketplace.ordering.quote import Quote, Routed, quote
from marketplace.stock.take import take
from tenants.scope import acting_as

TRIES = 4  # a quote is true when it is read; another buyer may be quicker


class Checkout(msgspec.Struct, frozen=True, kw_only=True):
    """`key` goes into the form: one submission, one order. Without `held_until` nothing is reserved: see the quote's lines."""

    key: str
    quote: Quote
    held_until: datetime | None


async def start_checkout(merchant: int, token: str) -> Checkout:
    """Reserve the visitor's cart and say what it costs and when it comes. Raises NotFound without a cart, Refused when empty."""
    async with acting_as(merchant):
        cart = await fetch_one(
            "SELECT id, country, checkout_key FROM cart WHERE token_hash = $1 AND ordered_at IS NULL FOR NO KEY UPDATE",
            hash_token(token),
        )
        if cart is None:
            raise NotFound("this cart")
        key = cart["checkout_key"] or await fetch_value(
            "UPDATE cart SET checkout_key = $2, updated_at = $3 WHERE id = $1 RETURNING checkout_key",
            cart["id"],
            secrets.token_urlsafe(24),
            now(),
        )
        routed, until = await reserve(merchant, cart["id"], cart["country"])
    return Checkout(key=key, quote=routed.quote, held_until=until)


async def reserve(merchant: int, cart: int, country: str) -> tuple[Routed, datetime | None]:
    """Quote and take, in the open scope with the cart locked. Without a moment nothing new was taken: the quote is incomplete.

    All or nothing. Raises Refused for an empty cart.
    """
    items = {line.variant: line.quantity for line in await read_lines(cart)}
    if not items:
        raise Refused("Your cart is empty.")
    at_most: dict[int, int] = {}
    for _ in range(TRIES):
        routed = await quote(merchant, items, country, cart=cart, at_most=at_most)
        if not routed.quote.complete:
            return routed, None
        taken = await take(merchant, cart, wants_of(routed.decision, routed.market))
        if not taken.short:
            return routed, taken.expires_at
        at_most |= taken.short
    return await quote(merchant, items, country, cart=cart, at_most=at_most), None
