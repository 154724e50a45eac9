"""The nouns of the demo world: who there is, what they say of themselves, what they agreed. Data only."""

from dataclasses import dataclass, field
from datetime import time


@dataclass(frozen=True)
class Identity:
    """What an organisation's legal pages print. Numbers pass their check digits and belong to nobody."""

    legal_name: str
    legal_form: str
    registration_number: str | None
    vat_number: str
    street: str
    postcode: str
    city: str
    country: str
    email: str
    phone: str
    director: str
    mediator: str | None = None
    host_provider: str | None = None


@dataclass(frozen=True)
class Staff:
    """Somebody who signs in. `role` is one of `tenants.tables.Role`."""

    name: str
    email: str
    role: str


@dataclass(frozen=True)
class Category:
    """A category of a merchant's shop: the aisles of the assortment in it, and the still life that stands for it."""

    slug: str
    title: str
    intro: str
    shelves: tuple[str, ...]
    picture: str


@dataclass(frozen=True)
class Merchant:
    """A shop. Amounts in cents of `currency`, VAT included. `theme` names its look, wordmark and wide picture.

    `markup_bp` is what its price rule adds to cost, in basis points; `price_ending` the cents that prices end in.
    `logo_ink` is the colour its wordmark needs on its own ground; empty for the wordmark's own colours.
    """

    slug: str
    name: str
    identity: Identity
    locale: str
    zone: str
    currency: str
    theme: str
    logo_ink: str
    tagline: str
    intro: str
    hero_title: str
    ships_to: tuple[str, ...]
    shipping_fee: int
    free_shipping_from: int
    markup_bp: int
    price_ending: int
    categories: tuple[Category, ...]
    staff: tuple[Staff, ...]


@dataclass(frozen=True)
class DemoFeed:
    """How a supplier offers its feed. `path` is on its own server; `moves` is whether stock changes while you watch."""

    name: str
    path: str
    media_type: str
    every_minutes: int
    moves: bool = False


@dataclass(frozen=True)
class Supplier:
    """A supplier. `managed_by` is the slug of the merchant that acts for one without an account.

    `closed` are its holidays: pairs of ISO dates, both ends included.
    """

    slug: str
    name: str
    identity: Identity
    locale: str
    zone: str
    currency: str
    about: str
    feed: DemoFeed
    staff: tuple[Staff, ...] = ()
    managed_by: str | None = None
    closed: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Terms:
    """What two sides agreed: the columns of `agreement`, money in minor units of `currency`."""

    currency: str
    discount_bp: int
    franco_threshold: int | None
    minimum_order: int
    order_fee: int
    shipping_fee: int
    parcel_fee: int
    cutoff: time
    lead_days: int
    safety_stock: int
    ships_to: tuple[str, ...]
    ack_hours: int = 24
    return_days: int = 14
    returns_to: str = "supplier"
    pays_damage: bool = True
    net_of: str = "shipment"


@dataclass(frozen=True)
class Agreement:
    """Terms between a merchant and a supplier, by their slugs. `state` is active or proposed; `proposed_by` a side."""

    merchant: str
    supplier: str
    terms: Terms
    state: str = "active"
    proposed_by: str = "merchant"


@dataclass(frozen=True)
class World:
    """Everybody. The look-ups raise KeyError for a slug that is not there."""

    merchants: tuple[Merchant, ...]
    suppliers: tuple[Supplier, ...]
    agreements: tuple[Agreement, ...]
    _by_slug: dict[str, Merchant | Supplier] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        everybody: dict[str, Merchant | Supplier] = {one.slug: one for one in self.merchants}
        everybody |= {one.slug: one for one in self.suppliers}
        object.__setattr__(self, "_by_slug", everybody)

    def merchant(self, slug: str) -> Merchant:
        found = self._by_slug[slug]
        if not isinstance(found, Merchant):
            raise KeyError(slug)
        return found

    def supplier(self, slug: str) -> Supplier:
        found = self._by_slug[slug]
        if not isinstance(found, Supplier):
            raise KeyError(slug)
        return found

    def suppliers_of(self, merchant: str, state: str = "active") -> tuple[str, ...]:
        """The slugs of the suppliers that a merchant has an agreement with, in that state."""
        return tuple(a.supplier for a in self.agreements if a.merchant == merchant and a.state == state)
