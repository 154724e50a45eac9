"""A cart becomes an order, once, whatever is clicked twice, declined, or dies on the way.

1. What was typed is kept. 2. In one transaction: quote and hold again, write the order awaiting payment, and the intent to
authorise. 3. The bank is asked, with no transaction open. 4. In one transaction (`finish_payment`): reservations become
commitments and the order is placed, or the promise is given back.
"""

from typing import Any

import msgspec

from marketplace.kernel import json
from marketplace.kernel.clock import now
from marketplace.kernel.database import execute, fetch_one, fetch_value
from marketplace.kernel.errors import Invalid, NotFound, Refused
from marketplace.ledger.authorise import intend_authorise
from marketplace.ledger.gateways import GatewayUnavailable, gateway
from marketplace.ordering.cart import hash_token
from marketplace.ordering.checkout_form import Form, find_problems, tidy
from marketplace.ordering.conclude_payment import Finished
from marketplace.ordering.finish_payment import finish_payment
from marketplace.ordering.quote import Quote, Routed
from marketplace.ordering.start_checkout import reserve
from marketplace.ordering.write_order import abandon, write_order
from tenants.scope import acting_as


class Placed(msgspec.Struct, frozen=True):
    order: int
    number: str


class Declined(Refused):
    """The bank said no. Everything typed and everything held is kept."""


class SoldOut(Refused):
    """Something in the cart cannot be had any more; `quote` says what. Nothing was charged."""

    def __init__(self, message: str, quote: Quote | None = None) -> None:
        super().__init__(message)
        self.quote = quote


class PriceChanged(Refused):
    """The total is not what the shopper saw; `quote` has the new one."""

    def __init__(self, quote: Quote) -> None:
        super().__init__("The total has changed. Please look at it again before you order.", field="total")
        self.quote = quote


class PaymentPending(Refused):
    """The bank has not answered. The order is placed by itself when it does; `order` is its id."""

    def __init__(self, order: int) -> None:
        super().__init__(
            "Your bank has not answered yet. We keep asking; please do not pay again. We will write to you."
        )
        self.order = order


DECLINES = {
    "insufficient_funds": "Your bank declined the payment: the balance is too low. You can try another card.",
    "declined": "Your bank declined the payment. You can try another card.",
}


async def place_order(
    merchant: int,
    token: str,
    *,
    key: str,
    typed: dict[str, str],
    card: dict[str, str],
    expected_total: int | None = None,
    locale: str = "fr",
) -> Placed:
    """`key` is the checkout's (`start_checkout`); the same key gives the same order. `typed` are the form's fields, `card` the
    gateway's. Raises NotFound (no such checkout), Invalid (fields), SoldOut, PriceChanged, Declined, PaymentPending."""
    form = tidy(typed)
    cart = await _remember(merchant, token, key, form)
    async with acting_as(merchant):
        order, attempt = await _prepare(merchant, cart, form, card, expected_total, locale)
    if attempt is None:
        return await _placed(merchant, order)
    try:
        finished = await finish_payment(merchant, attempt)
    except GatewayUnavailable as silence:
        raise PaymentPending(order) from silence
    return await _answer(merchant, order, finished)


async def _remember(merchant: int, token: str, key: str, form: Form) -> int:
    """Keep what was typed, in a transaction of its own: a refusal that follows must not lose it."""
    async with acting_as(merchant):
        cart = await fetch_value(
            "SELECT id FROM cart WHERE checkout_key = $1 AND (token_hash = $2 OR token_hash = $2 || ':' || id)",
            key,
            hash_token(token),
        )
        if cart is None:
            raise NotFound("this checkout")
        await execute(
            "UPDATE cart c SET checkout = $2::jsonb, updated_at = $4,"
            " country = CASE WHEN $3 = ANY(s.ships_to) THEN $3 ELSE c.country END"
            " FROM storefront s WHERE c.id = $1 AND s.merchant = c.merchant AND c.ordered_at IS NULL",
            cart,
            json.dumps(msgspec.structs.asdict(form)),
            form.country,
            now(),
        )
    return int(cart)


async def _prepare(
    merchant: int, cart: int, form: Form, card: dict[str, str], expected_total: int | None, locale: str
) -> tuple[int, int | None]:
    """(order, attempt to authorise), or (order, None) when it is placed already."""
    row = await fetch_one("SELECT country, checkout_key FROM cart WHERE id = $1 FOR NO KEY UPDATE", cart)
    assert row is not None
    before = await fetch_one(
        "SELECT id, state, charge FROM orders WHERE cart = $1 ORDER BY id DESC LIMIT 1", cart
    )
    if before and before["state"] not in ("awaiting_payment", "abandoned"):
        return before["id"], None
    if before and (attempt := await _under_way(before)):
        return before["id"], attempt  # the same page again, or a worker that died: ask by the same key
    at = await _gateway_of(merchant)
    routed, source = await _checked(merchant, cart, row["country"], form, card, expected_total, at)
    if before:
        await abandon(merchant, before["id"], "paid_anew")
    nth = await fetch_value("SELECT count(*) + 1 FROM orders WHERE cart = $1", cart)
    charge, attempt = await intend_authorise(
        merchant,
        key=f"{row['checkout_key']}.{nth}",
        amount=routed.quote.total,
        currency=routed.quote.currency,
        source=source,
        gateway=at,
    )
    return await write_order(merchant, cart, charge, form, routed, locale=locale), attempt


async def _gateway_of(merchant: int) -> str:
    """The gateway the merchant has set up; the built-in test gateway until then."""
    return str(
        await fetch_value("SELECT coalesce(settings->>'gateway', 'test') FROM tenant WHERE id = $1", merchant)
    )


async def _under_way(order: dict[str, Any]) -> int | None:
    if order["state"] != "awaiting_payment":
        return None
    found = await fetch_value(
        "SELECT id FROM payment_attempt WHERE charge = $1 AND kind = 'authorise' AND state IN ('requested', 'sent')",
        order["charge"],
    )
    return int(found) if found is not None else None


async def _checked(
    merchant: int,
    cart: int,
    country: str,
    form: Form,
    card: dict[str, str],
    expected_total: int | None,
    at: str,
) -> tuple[Routed, str]:
    """The plan, held, and the card's token. Every problem of form and card at once."""
    routed, held_until = await reserve(merchant, cart, country)
    quote, source, card_problems = routed.quote, "", {}
    try:
        source = gateway(at).source_of(card)
    except Invalid as refusal:
        card_problems = refusal.problems
    ships_to = await fetch_value("SELECT ships_to FROM storefront WHERE merchant = $1", merchant)
    problems = find_problems(form, ships_to=ships_to, phone_needed=quote.phone_needed) | card_problems
    if problems:
        raise Invalid(problems)
    if held_until is None:
        raise SoldOut("Somebody was quicker: something in your cart can no longer be had as it is.", quote)
    if expected_total is not None and expected_total != quote.total:
        raise PriceChanged(quote)
    return routed, source


async def _answer(merchant: int, order: int, finished: Finished) -> Placed:
    if finished.outcome == "declined":
        raise Declined(DECLINES.get(finished.code or "", DECLINES["declined"]), field="number")
    if finished.outcome == "sold_out":
        raise SoldOut("While your bank was answering, the last one was sold. Nothing was charged.")
    return await _placed(merchant, order)


async def _placed(merchant: int, order: int) -> Placed:
    async with acting_as(merchant):
        row = await fetch_one("SELECT number, state FROM orders WHERE id = $1", order)
    if row is None or row["number"] is None:
        raise SoldOut("This order could not be placed. Nothing was charged.")
    return Placed(order, row["number"])
