"""Simone shops: the few steps from a shop to a placed order."""

from marketplace.ordering.cart import add_to_cart
from marketplace.ordering.place_order import Placed, place_order
from marketplace.ordering.start_checkout import Checkout, start_checkout
from tests.support import world

FORM = {"email": "simone@shopper.example", "name": "Simone Shopper", "street": "2 rue Basse", "postcode": "59000",
        "city": "Lille", "country": "FR", "phone": "+33 6 12 34 56 78", "note": "Ring twice"}  # fmt: skip
CARD = {"number": "4242 4242 4242 4242", "expiry": "12/39", "cvc": "123"}
DECLINED = {**CARD, "number": "4000 0000 0000 0002"}
SILENT = {**CARD, "number": "4000 0000 0000 0119"}
SHORT = {**CARD, "number": "4000 0000 0000 0044"}


async def at_checkout(
    merchant: int, *variants: int, quantity: int = 1, token: str | None = None
) -> tuple[str, Checkout]:
    """(the visitor's token, the open checkout) with `quantity` of each variant."""
    token = token or world.unique("visitor")
    for variant in variants:
        await add_to_cart(merchant, token, variant, quantity)
    return token, await start_checkout(merchant, token)


async def pay(merchant: int, token: str, key: str, *, card: dict[str, str] = CARD, **more: object) -> Placed:
    expected = more.pop("expected_total", None)
    return await place_order(
        merchant, token, key=key, typed={**FORM, **more}, card=card, expected_total=expected
    )  # type: ignore[arg-type, dict-item]


async def buys(
    merchant: int, *variants: int, quantity: int = 1, card: dict[str, str] = CARD, **more: object
) -> Placed:
    """A whole purchase."""
    token, checkout = await at_checkout(merchant, *variants, quantity=quantity)
    return await pay(merchant, token, checkout.key, card=card, **more)
