"""A shopper's cart: found by the visitor's token, kept under the storefront's own role, which sees no cost."""

import hashlib
from typing import Any

import msgspec

from marketplace.kernel import json
from marketplace.kernel.clock import now
from marketplace.kernel.database import execute, fetch, fetch_one, fetch_value
from marketplace.kernel.errors import NotFound, Refused
from tenants.scope import shop_scope

MOST_LINES, MOST_UNITS = 50, 99


class CartLine(msgspec.Struct, frozen=True, kw_only=True):
    """`available` is what the catalogue says of all suppliers together; the checkout asks again. Prices gross, minor units."""

    variant: int
    product: int
    slug: str
    title: str
    options: dict[str, Any]
    sku: str
    photo_sha: str | None
    photo_colour: str | None
    unit_price: int | None
    quantity: int
    sellable: bool
    available: int

    @property
    def amount(self) -> int:
        return (self.unit_price or 0) * self.quantity


class Cart(msgspec.Struct, frozen=True, kw_only=True):
    """`checkout` is what the shopper typed so far."""

    id: int
    merchant: int
    country: str
    checkout: dict[str, Any]
    checkout_key: str | None
    lines: list[CartLine]

    @property
    def units(self) -> int:
        return sum(line.quantity for line in self.lines)

    @property
    def goods(self) -> int:
        return sum(line.amount for line in self.lines)


def hash_token(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


async def open_cart(merchant: int, token: str) -> Cart | None:
    """The visitor's cart, or None while nothing was put into one."""
    async with shop_scope(merchant):
        row = await fetch_one(
            "SELECT id, merchant, country, checkout, checkout_key FROM cart WHERE token_hash = $1 AND ordered_at IS NULL",
            hash_token(token),
        )
        if row is None:
            return None
        checkout = json.loads(row.pop("checkout"))
        return Cart(**row, checkout=checkout, lines=await read_lines(row["id"]))


async def count_cart(merchant: int, token: str) -> int:
    """Units in the visitor's cart, for the badge."""
    async with shop_scope(merchant):
        return int(
            await fetch_value(
                "SELECT coalesce(sum(l.quantity), 0) FROM cart c JOIN cart_line l ON l.cart = c.id"
                " WHERE c.token_hash = $1 AND c.ordered_at IS NULL",
                hash_token(token),
            )
        )


async def add_to_cart(merchant: int, token: str, variant: int, quantity: int = 1) -> Cart:
    """Put more of a variant into the cart. Raises NotFound (not on sale here), Refused (sold out, not that many left)."""
    async with shop_scope(merchant):
        cart = await _make(merchant, token)
        there = await fetch_value(
            "SELECT quantity FROM cart_line WHERE cart = $1 AND variant = $2", cart, variant
        )
        await _set(merchant, cart, variant, (there or 0) + quantity, added=quantity)
    return await _reread(merchant, token)


async def change_quantity(merchant: int, token: str, variant: int, quantity: int) -> Cart:
    """Have exactly so many of a variant; 0 takes it out. Raises NotFound (no such line), Refused (not that many left)."""
    async with shop_scope(merchant):
        cart = await fetch_value(
            "SELECT c.id FROM cart c JOIN cart_line l ON l.cart = c.id"
            " WHERE c.token_hash = $1 AND c.ordered_at IS NULL AND l.variant = $2",
            hash_token(token),
            variant,
        )
        if cart is None:
            raise NotFound(f"variant {variant} in this cart")
        if quantity <= 0:
            await execute("DELETE FROM cart_line WHERE cart = $1 AND variant = $2", cart, variant)
            await _touch(cart)
        else:
            await _set(merchant, cart, variant, quantity, added=quantity)
    return await _reread(merchant, token)


async def ship_to(merchant: int, token: str, country: str) -> None:
    """Where the cart goes: what it costs, when it comes and its VAT hang on it. Raises Refused (we do not ship there)."""
    async with shop_scope(merchant):
        ships_to = await fetch_value("SELECT ships_to FROM storefront WHERE merchant = $1", merchant)
        if country not in (ships_to or []):
            raise Refused("We do not ship to this country.", field="country")
        await execute(
            "UPDATE cart SET country = $2, updated_at = $3 WHERE token_hash = $1 AND ordered_at IS NULL",
            hash_token(token),
            country,
            now(),
        )


async def read_lines(cart: int) -> list[CartLine]:
    """In the open scope. A variant that is no longer on sale stays in the cart and says so."""
    rows = await fetch(
        """
        SELECT l.variant, v.product, li.slug, p.title, v.options, v.sku, v.price AS unit_price, l.quantity,
               v.sellable AND li.will = 'live' AND v.price IS NOT NULL AS sellable, v.available,
               coalesce(own.media_sha, li.photo_sha) AS photo_sha, coalesce(own.colour, li.photo_colour) AS photo_colour
          FROM cart_line l
          JOIN variant v ON v.id = l.variant
          JOIN product p ON p.id = v.product
          JOIN listing li ON li.product = p.id
          LEFT JOIN LATERAL (SELECT media_sha, colour FROM listing_photo
                              WHERE variant = v.id AND media_sha IS NOT NULL ORDER BY position, id LIMIT 1) own ON true
         WHERE l.cart = $1 ORDER BY l.added_at, l.id""",
        cart,
    )
    return [CartLine(**{**row, "options": json.loads(row["options"])}) for row in rows]


async def _make(merchant: int, token: str) -> int:
    country = await fetch_value(
        "SELECT CASE WHEN t.country = ANY(s.ships_to) OR s.ships_to = '{}' THEN t.country ELSE s.ships_to[1] END"
        " FROM tenant t JOIN storefront s ON s.merchant = t.id WHERE t.id = $1",
        merchant,
    )
    await execute(
        "INSERT INTO cart (merchant, token_hash, country, created_at, updated_at) VALUES ($1, $2, $3, $4, $4)"
        " ON CONFLICT (merchant, token_hash) DO NOTHING",
        merchant,
        hash_token(token),
        country or "FR",
        now(),
    )
    cart = await fetch_value("SELECT id FROM cart WHERE token_hash = $1 FOR NO KEY UPDATE", hash_token(token))
    if cart is None:
        raise NotFound("this cart")
    return int(cart)


async def _set(merchant: int, cart: int, variant: int, quantity: int, *, added: int) -> None:
    await _refuse_too_many(cart, variant, quantity, added)
    await execute(
        "INSERT INTO cart_line (merchant, cart, variant, quantity, added_at) VALUES ($1, $2, $3, $4, $5)"
        " ON CONFLICT (cart, variant) DO UPDATE SET quantity = EXCLUDED.quantity",
        merchant,
        cart,
        variant,
        quantity,
        now(),
    )
    await _touch(cart)


async def _refuse_too_many(cart: int, variant: int, quantity: int, added: int) -> None:
    row = await fetch_one(
        "SELECT v.sellable AND v.price IS NOT NULL AS sellable, v.available FROM variant v"
        " JOIN listing l ON l.product = v.product AND l.will = 'live' WHERE v.id = $1",
        variant,
    )
    if row is None:
        raise NotFound(f"variant {variant}")
    if added < 1 or quantity > MOST_UNITS:
        raise Refused("Choose between 1 and {most}.", field="quantity", most=MOST_UNITS)
    if not row["sellable"] or row["available"] < 1:
        raise Refused("This is sold out.", field="quantity")
    if quantity > row["available"]:
        raise Refused("Only {available} left.", field="quantity", available=row["available"])
    lines = await fetch_value(
        "SELECT count(*) FROM cart_line WHERE cart = $1 AND variant <> $2", cart, variant
    )
    if lines >= MOST_LINES:
        raise Refused("A cart holds {most} different things.", field="quantity", most=MOST_LINES)


async def _touch(cart: int) -> None:
    await execute("UPDATE cart SET updated_at = $2 WHERE id = $1", cart, now())


async def _reread(merchant: int, token: str) -> Cart:
    cart = await open_cart(merchant, token)
    if cart is None:
        raise NotFound("this cart")
    return cart
