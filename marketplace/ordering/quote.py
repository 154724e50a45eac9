"""What a cart costs and when it comes, by the router that will place it. A quote says nothing of what anything cost us."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec

from marketplace.catalogue.vat import NoVatRate, sale_rate, split_gross
from marketplace.kernel import json
from marketplace.kernel.clock import now
from marketplace.kernel.database import fetch, fetch_one
from marketplace.kernel.errors import NotFound
from marketplace.ordering.cart import open_cart
from marketplace.ordering.market import Market, Wanted
from marketplace.ordering.plan import Plan, plan
from marketplace.ordering.routing import Decision
from marketplace.ordering.totals import included_vat, shipping_price
from tenants.scope import acting_as


class QuoteLine(msgspec.Struct, frozen=True, kw_only=True):
    """`problem`: gone (no longer sold), sold_out, short (`can_have` of `quantity`), or None. `shared`: it is so because something else in
    the cart takes the same pieces. Prices gross, minor units."""

    variant: int
    title: str
    sku: str
    options: dict[str, Any]
    photo_sha: str | None
    withdrawal_excluded: str | None
    quantity: int
    unit_price: int
    vat_bp: int
    amount: int
    can_have: int
    problem: str | None = None
    shared: bool = False
    arrives_from: date | None = None
    arrives_to: date | None = None


class Quote(msgspec.Struct, frozen=True, kw_only=True):
    """`vat` is included in goods and shipping. `complete`: every line can be served and the country is shipped to."""

    merchant: int
    currency: str
    country: str
    ships_there: bool
    complete: bool
    lines: list[QuoteLine]
    goods: int
    shipping: int
    vat: int
    total: int
    free_shipping_from: int | None
    parcels: int
    promise_from: date | None
    promise_to: date | None
    phone_needed: bool  # it crosses a border: carriers want to be able to call


class Routed(msgspec.Struct, frozen=True):
    """A quote with the plan behind it, which stays inside. Lines of the problem are variants."""

    quote: Quote
    decision: Decision
    market: Market


async def quote_cart(merchant: int, token: str) -> Quote | None:
    """The visitor's cart, quoted for its country; None without a cart or with an empty one."""
    cart = await open_cart(merchant, token)
    if cart is None or not cart.lines:
        return None
    items = {line.variant: line.quantity for line in cart.lines}
    return (await quote(merchant, items, cart.country, cart=cart.id)).quote


async def quote_item(merchant: int, variant: int, quantity: int = 1, *, country: str | None = None) -> Quote:
    """One variant, for its product page: the date range and the parcels before the cart. Raises NotFound."""
    if country is None:
        async with acting_as(merchant):
            row = await fetch_one("SELECT country FROM tenant WHERE id = $1", merchant)
        country = row["country"] if row else "FR"
    return (await quote(merchant, {variant: quantity}, country)).quote


async def quote(
    merchant: int,
    items: Mapping[int, int],
    country: str,
    *,
    cart: int | None = None,
    at_most: Mapping[int, int] | None = None,
) -> Routed:
    """Route `items` (variant -> units) to `country`, with what `cart` holds counted as its own. `at_most` as in `read_market`.
    Raises NotFound."""
    async with acting_as(merchant):
        shop = await _shop(merchant)
        goods = {row["variant"]: row for row in await _goods(list(items))}
        if missing := set(items) - set(goods):
            raise NotFound(f"variants {sorted(missing)}")
        rates = {v: _vat_bp(shop, country, goods[v]["tax_category"]) for v in items}
        wanted = [
            Wanted(line=v, variant=v, quantity=units, net_price=split_gross(goods[v]["price"], rates[v]).net)
            for v, units in items.items()
            if goods[v]["for_sale"]
        ]
    made = await plan(merchant, country, wanted, cart=cart, at_most=at_most)
    lines = [_line(goods[v], units, rates[v], made) for v, units in items.items()]
    quoted = _totals(shop, merchant, country, lines, made.decision, made.market)
    return Routed(quoted, made.decision, made.market)


async def _shop(merchant: int) -> dict[str, Any]:
    row = await fetch_one(
        "SELECT t.currency, t.country, t.settings, s.ships_to, s.shipping_fee, s.free_shipping_from"
        " FROM tenant t JOIN storefront s ON s.merchant = t.id WHERE t.id = $1",
        merchant,
    )
    if row is None:
        raise NotFound(f"shop {merchant}")
    return {**row, "settings": json.loads(row["settings"])}


async def _goods(variants: list[int]) -> list[dict[str, Any]]:
    return await fetch(
        """
        SELECT v.id AS variant, p.title, v.sku, v.options, v.price, v.tax_category, p.withdrawal_excluded,
               coalesce(own.media_sha, li.photo_sha) AS photo_sha,
               li.will = 'live' AND v.price IS NOT NULL AND v.paused_why IS NULL AS for_sale
          FROM variant v JOIN product p ON p.id = v.product JOIN listing li ON li.product = p.id
          LEFT JOIN LATERAL (SELECT media_sha FROM listing_photo
                              WHERE variant = v.id AND media_sha IS NOT NULL ORDER BY position, id LIMIT 1) own ON true
         WHERE v.id = ANY($1)""",
        variants,
    )


def _vat_bp(shop: dict[str, Any], country: str, category: str) -> int:
    one_stop_shop = bool(shop["settings"].get("one_stop_shop", True))
    try:
        return sale_rate(shop["country"], country, category, now().date(), one_stop_shop=one_stop_shop).bp
    except NoVatRate:  # a country we have no table for: the seller's own rate, never too little
        return sale_rate(shop["country"], shop["country"], category, now().date()).bp


def _line(goods: dict[str, Any], units: int, vat_bp: int, made: Plan) -> QuoteLine:
    market = made.market
    mine = [a for a in made.decision.assignments if a.line_id == goods["variant"]]
    can_have = sum(a.quantity for a in mine)
    dates = [market.dates[a.offer_id] for a in mine if a.offer_id in market.dates]
    whole = len(dates) == len(mine) > 0
    problem = None
    if not goods["for_sale"]:
        problem = "gone"
    elif can_have < units:
        problem = "short" if can_have else "sold_out"
    return QuoteLine(
        variant=goods["variant"],
        title=goods["title"],
        sku=goods["sku"],
        options=json.loads(goods["options"]),
        photo_sha=goods["photo_sha"],
        withdrawal_excluded=goods["withdrawal_excluded"],
        quantity=units,
        unit_price=goods["price"] or 0,
        vat_bp=vat_bp,
        amount=(goods["price"] or 0) * units,
        can_have=can_have,
        problem=problem,
        shared=problem is not None and goods["variant"] in made.shared,
        arrives_from=min(d.arrives_from for d in dates) if whole else None,
        arrives_to=max(d.arrives_to for d in dates) if whole else None,
    )


def _totals(
    shop: dict[str, Any],
    merchant: int,
    country: str,
    lines: list[QuoteLine],
    decision: Decision,
    market: Market,
) -> Quote:
    goods = sum(line.amount for line in lines)
    shipping = shipping_price(goods, shop["shipping_fee"], shop["free_shipping_from"])
    ships_there = country in (shop["ships_to"] or [shop["country"]])
    dated = [line for line in lines if line.arrives_to]
    whole = bool(lines) and len(dated) == len(lines)
    return Quote(
        merchant=merchant,
        currency=shop["currency"],
        country=country,
        ships_there=ships_there,
        complete=ships_there and bool(lines) and not any(line.problem for line in lines),
        lines=lines,
        goods=goods,
        shipping=shipping,
        vat=included_vat([(line.amount, line.vat_bp) for line in lines], shipping),
        total=goods + shipping,
        free_shipping_from=shop["free_shipping_from"],
        parcels=decision.parcels,
        promise_from=min(line.arrives_from for line in dated if line.arrives_from) if whole else None,
        promise_to=max(line.arrives_to for line in dated if line.arrives_to) if whole else None,
        phone_needed=any(market.origins[a.agreement_id] != country for a in decision.assignments),
    )
