"""What search engines read of a product: schema.org as JSON-LD. Pure."""

from decimal import Decimal
from typing import Any

from markupsafe import Markup

from marketplace.catalogue.browse import PageVariant, ProductPage
from marketplace.catalogue.descriptions import plain_text
from marketplace.kernel import json
from marketplace.kernel.money import exponent
from marketplace.web.storefront.media import media_path


def product_data(origin: str, product: ProductPage, variant: PageVariant | None) -> list[dict[str, Any]]:
    """Product with its offer, and the way to it. Prices as schema.org wants them: a decimal point, no sign."""
    url = f"{origin}/products/{product.slug}"
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Product",
        "name": product.title,
        "url": url,
        "image": [f"{origin}{media_path(photo.sha, 1600)}" for photo in product.photos[:6]],
    }
    if product.description:
        found["description"] = plain_text(product.description, 800)
    if product.brand:
        found["brand"] = {"@type": "Brand", "name": product.brand}
    if variant:
        found["sku"] = variant.sku
        if variant.gtin:
            found["gtin"] = variant.gtin
        if variant.price is not None:
            found["offers"] = {
                "@type": "Offer",
                "url": f"{url}?variant={variant.id}",
                "price": decimal(variant.price, product.currency),
                "priceCurrency": product.currency,
                "availability": f"https://schema.org/{'InStock' if variant.sellable else 'OutOfStock'}",
                "itemCondition": "https://schema.org/NewCondition",
            }
    steps = [
        *((f"{origin}/categories/{slug}", title) for slug, title in product.trail),
        (url, product.title),
    ]
    trail = {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": n, "name": name, "item": item}
            for n, (item, name) in enumerate(steps, start=1)
        ],
    }
    return [found, trail]


def decimal(amount_minor: int, currency: str) -> str:
    """12990 EUR -> "129.90"."""
    return str(Decimal(amount_minor).scaleb(-exponent(currency)))


def script_text(data: object) -> Markup:
    """JSON that cannot end the script element it stands in."""
    text = json.dumps(data)
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)
