"""What every page of a shop shows around its content: the look, the seller, the shelves, the cart's count."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from litestar import Response
from litestar_htmx import HTMXRequest

from marketplace.catalogue.browse import Shelf, shelves
from marketplace.kernel import json
from marketplace.kernel.database import fetch_one
from marketplace.kernel.errors import NotFound
from marketplace.ordering.cart import hash_token
from marketplace.web.rendering import page
from marketplace.web.storefront import themes
from tenants.resolve import Shop
from tenants.scope import shop_scope


@dataclass(frozen=True)
class Seller:
    """Who sells, as the legal pages print it."""

    name: str
    legal_name: str | None
    legal_form: str | None
    registration_number: str | None
    vat_number: str | None
    street: str | None
    postcode: str | None
    city: str | None
    country: str
    email: str | None
    phone: str | None
    mediator: str | None
    director: str | None
    host_provider: str | None

    @property
    def firm(self) -> str:
        return " ".join(filter(None, (self.legal_name or self.name, self.legal_form)))

    @property
    def town(self) -> str:
        return " ".join(filter(None, (self.postcode, self.city)))


@dataclass(frozen=True)
class Front:
    """A shop's front. Amounts in minor units of the shop's currency, VAT included."""

    shop: Shop
    seller: Seller
    theme: str
    palette: themes.Palette
    digest: str
    hero_title: str  # what the front page says first
    tagline: str | None
    intro: str | None
    hero_sha: str | None
    has_logo: bool
    ships_to: tuple[str, ...]
    shipping_fee: int
    free_shipping_from: int | None
    capture_policy: str
    return_address: str | None
    terms: str | None
    terms_version: int
    open: bool
    cart_country: str | None  # where the visitor wants it sent, once there is a cart
    cart_units: int
    shelves: tuple[Shelf, ...]  # top categories with something in them

    @property
    def layout(self) -> str:
        return f"storefront/themes/{self.theme}/layout.html"

    def part(self, name: str) -> list[str]:
        """A partial template: the theme's own where it has one, else the common one."""
        return [f"storefront/themes/{self.theme}/{name}", f"storefront/{name}"]


HERO_MOST = 80  # characters that still are a title
_FRONT = """
SELECT t.name, t.legal_name, t.legal_form, t.registration_number, t.vat_number, t.street, t.postcode, t.city, t.country,
       t.email, t.phone, t.mediator, t.director, t.host_provider,
       s.theme, s.tokens, s.tagline, s.intro, s.hero_sha, s.logo_svg IS NOT NULL AS has_logo, s.ships_to, s.shipping_fee,
       s.free_shipping_from, s.capture_policy, s.return_address, s.terms, s.terms_version, s.open,
       (SELECT c.country FROM cart c WHERE c.token_hash = $2 AND c.ordered_at IS NULL) AS cart_country,
       (SELECT coalesce(sum(l.quantity), 0)::int FROM cart c JOIN cart_line l ON l.cart = c.id
         WHERE c.token_hash = $2 AND c.ordered_at IS NULL) AS cart_units
  FROM tenant t JOIN storefront s ON s.merchant = t.id WHERE t.id = $1
"""


async def read_front(shop: Shop, visitor: str) -> Front:
    """Raises NotFound when the merchant has no storefront."""
    async with shop_scope(shop.merchant):
        row = await fetch_one(_FRONT, shop.merchant, hash_token(visitor))
        if row is None:
            raise NotFound("a storefront")
        all_shelves = await shelves(shop.merchant)
    seller = Seller(**{name: row.pop(name) for name in Seller.__dataclass_fields__})
    tokens = json.loads(row.pop("tokens")) or {}
    tokens = tokens if isinstance(tokens, Mapping) else {}
    look = themes.palette(row["theme"], tokens)
    return Front(
        **{
            **row,
            "theme": themes.theme_named(row["theme"]),
            "hero_title": str(tokens.get("hero_title") or row["tagline"] or shop.name)[:HERO_MOST],
            "ships_to": tuple(row["ships_to"] or [seller.country]),
        },
        shop=shop,
        seller=seller,
        palette=look,
        digest=themes.digest(look),
        shelves=tuple(shelf for shelf in all_shelves if shelf.parent is None),
    )


async def provide_front(request: HTMXRequest) -> Front:
    """Litestar dependency `front`; error pages find it in the request's state."""
    front = await read_front(request.state.shop, request.state.visitor)
    request.state.front = front
    return front


class ShopClosed(Exception):
    """The merchant has closed the shop for now; what was ordered before can still be followed."""


async def provide_open_front(request: HTMXRequest) -> Front:
    """`front` of the pages where one buys. Raises ShopClosed."""
    front = await provide_front(request)
    if not front.open:
        raise ShopClosed
    return front


def closed_page(request: Any, _: Exception) -> Response[str]:
    """Search engines come back later, shoppers find what is still there."""
    return shop_page(request, request.state.front, "closed.html", status=503, headers={"Retry-After": "3600"})


def shop_page(
    request: HTMXRequest,
    front: Front,
    template: str,
    part: str | None = None,
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    **context: Any,
) -> Response[str]:
    """A page of the shop, or its `part` for a request that swaps one. `template` is below templates/storefront."""
    return page(
        request,
        f"storefront/{template}",
        f"storefront/{part}" if part else None,
        status=status,
        headers={"Cache-Control": "private, no-cache", **(headers or {})},
        front=front,
        **context,
    )
