"""The nouns of the assortment. Texts come as (English, French); `say` picks one."""

from dataclasses import dataclass

Both = tuple[str, str]


def say(text: Both, language: str) -> str:
    """The English or the French of a text; `language` is "en" or "fr"."""
    return text[("en", "fr").index(language)]


@dataclass(frozen=True)
class Colour:
    """A colour of the trade: its name, its paint `#rrggbb`, and the second paint that goes with it."""

    key: str
    label: Both
    base: str
    accent: str


@dataclass(frozen=True)
class Brand:
    """A maker, with what product safety law asks to be shown of it (name, postal and electronic address)."""

    key: str
    name: str
    company: str
    street: str
    postcode: str
    city: str
    country: str
    origin: str
    email: str
    prefix: str

    @property
    def address(self) -> str:
        return f"{self.street}, {self.postcode} {self.city}, {self.country}"


@dataclass(frozen=True)
class Material:
    key: str
    label: Both
    care: Both


@dataclass(frozen=True)
class Shelf:
    """An aisle of a supplier's catalogue."""

    key: str
    family: str
    label: Both


@dataclass(frozen=True)
class Picture:
    """One picture: `slug` is product and colour, `view` is main, detail, pair or scene."""

    slug: str
    view: str

    @property
    def path(self) -> str:
        """Where a demo supplier's server has it."""
        return f"/pictures/{self.slug}-{self.view}.png"


@dataclass(frozen=True)
class Variant:
    """One sellable thing. `gtin` is valid; `size` is empty for what has one size."""

    gtin: str
    colour: Colour
    size: str
    mpn: str


@dataclass(frozen=True)
class Product:
    """A product as its maker describes it. `price` is the recommended retail price in euro cents, French VAT included."""

    slug: str
    kind: str
    name: str
    brand: Brand
    material: Material
    form: str
    pattern: str
    shelf: Shelf
    google: int
    hs: str
    age: int | None
    noun: Both
    title: Both
    hook: Both
    description: Both
    price: int
    dimensions: str
    capacity_ml: int
    weight_g: int
    suppliers: tuple[str, ...]
    variants: tuple[Variant, ...]

    @property
    def family(self) -> str:
        return self.shelf.family

    @property
    def colours(self) -> tuple[Colour, ...]:
        return tuple(dict.fromkeys(v.colour for v in self.variants))

    @property
    def sizes(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(v.size for v in self.variants if v.size))
