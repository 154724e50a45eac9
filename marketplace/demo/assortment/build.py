"""From rows to products: slugs, variants, GTINs, texts."""

from collections import Counter
from functools import cache

from marketplace.demo.assortment import copy
from marketplace.demo.assortment.gtin import assign
from marketplace.demo.assortment.load import (
    SUPPLIER_OF,
    Row,
    Type,
    brands,
    colours,
    materials,
    tidy_en,
    tidy_fr,
    types,
)
from marketplace.demo.assortment.model import Product, Variant
from marketplace.demo.assortment.slug import slugify


@cache
def products() -> tuple[Product, ...]:
    """Every product of the demo world, in a fixed order. The same on every machine and every run."""
    named = _named()
    gtins = _gtins(named)
    return tuple(_product(slug, kind, row, gtins) for slug, (kind, row) in named.items())


@cache
def _index() -> dict[str, Product]:
    return {product.slug: product for product in products()}


def by_slug(slug: str) -> Product:
    """The product of a slug. KeyError when there is none."""
    return _index()[slug]


def _named() -> dict[str, tuple[Type, Row]]:
    """Slug to row; the form joins the slug where one kind has two products of a name."""
    pairs = [(kind, row) for kind in types() for row in kind.rows]
    plain = Counter(slugify(f"{kind.kind} {row.name}") for kind, row in pairs)
    named: dict[str, tuple[Type, Row]] = {}
    for kind, row in pairs:
        slug = slugify(f"{kind.kind} {row.name}")
        if plain[slug] > 1:
            slug = slugify(f"{kind.kind} {row.form} {row.name}")
        if slug in named:
            raise ValueError(f"two products are called {slug}")
        named[slug] = (kind, row)
    return named


def _keys(slug: str, kind: Type, row: Row) -> list[tuple[str, str, str]]:
    """(key, colour, size) of each variant."""
    return [
        (f"{slug} {colour} {size}", colour, size)
        for colour in row.colours.split()
        for size in (kind.sizes or ("",))
    ]


def _gtins(named: dict[str, tuple[Type, Row]]) -> dict[str, str]:
    items: dict[str, list[str]] = {}
    for slug, (kind, row) in named.items():
        items.setdefault(row.brand, []).extend(key for key, _, _ in _keys(slug, kind, row))
    out: dict[str, str] = {}
    for brand, keys in items.items():
        out |= assign(brands()[brand].prefix, keys)
    return out


def _product(slug: str, kind: Type, row: Row, gtins: dict[str, str]) -> Product:
    brand = brands()[row.brand]
    stem = f"{brand.key[:3]}-{slugify(row.name)[:6]}-{gtins[_keys(slug, kind, row)[0][0]][8:12]}".upper()
    variants = []
    for key, colour, size in _keys(slug, kind, row):
        mpn = "-".join(part for part in (stem, colour[:3].upper(), size.replace("-", "")) if part)
        variants.append(Variant(gtins[key], colours()[colour], size, mpn))
    return Product(
        slug=slug,
        kind=kind.kind,
        name=row.name,
        brand=brand,
        material=materials()[row.material],
        form=row.form,
        pattern=row.pattern,
        shelf=kind.shelf,
        google=kind.google,
        hs=kind.hs,
        age=kind.age,
        noun=kind.noun,
        title=copy.title(kind, row),
        hook=(tidy_en(row.en), tidy_fr(row.fr)),
        description=copy.description(kind, row, brand, slug),
        price=row.price,
        dimensions=row.dimensions,
        capacity_ml=row.capacity_ml,
        weight_g=row.weight_g,
        suppliers=tuple(SUPPLIER_OF[letter] for letter in row.suppliers),
        variants=tuple(variants),
    )
