"""Shopify's GraphQL: the lines of a bulk operation (variants and pictures name their `__parentId`), and saved answers of the Admin or
Storefront API. What GraphQL puts around the records is taken off by the reader (`reading/json_graph.py`).

Source: shopify.dev/docs/api/usage/bulk-operations/queries, objects Product and ProductVariant.
"""

from marketplace.sourcing.formats.shape import Format
from marketplace.sourcing.mapping.model import Mapping
from marketplace.sourcing.reading.look import Look

_CHOICES = "variants.selectedOptions"


def detect(look: Look) -> int:
    """Names in GraphQL's manner beside a handle or Shopify's own numbers."""
    if any(column in ("body_html", "variants.inventory_quantity") for column in look.columns):
        return 0
    own = any(value.startswith("gid://shopify/Product/") for value in look.values("id"))
    names = look.has(
        "handle", "productType", "descriptionHtml", "vendor", "variants.sku", "variants.selectedOptions[*]"
    )
    inner = any(column.startswith("variants.") for column in look.columns)
    return 96 if own and names > 1 else 90 if inner and "handle" in look.columns and names > 2 else 0


def finish(mapping: Mapping, look: Look) -> None:
    """One offer for each variant. The number where there is no sku is the variant's own, the short one where it is there."""
    mapping.expand = "variants"
    mapping.key_from = [
        "variants.legacyResourceId" if "variants.legacyResourceId" in look.columns else "variants.id"
    ]
    mapping.option_columns = (
        [f"{_CHOICES}[*]"] if any(c.startswith(f"{_CHOICES}[") for c in look.columns) else []
    )
    if "variants.inventoryQuantity" not in look.columns and "variants.quantityAvailable" not in look.columns:
        mapping.columns.pop("quantity", None)


FORMAT = Format(
    name="shopify-graphql",
    label="Shopify (GraphQL, bulk operation)",
    shapes=("json", "jsonl"),
    detect=detect,
    columns={
        "sku": ("variants.sku",),
        "group_key": ("handle", "id"),
        "title": ("title",),
        "description": ("descriptionHtml", "bodyHtml", "description"),
        "brand": ("vendor",),
        "category": ("productType", "category.fullName", "productCategory.productTaxonomyNode.fullName"),
        "images": (
            "featuredImage.url", "images.url", "images.originalSrc", "images.src", "images.transformedSrc", "images.image.url",
            "media.image.url", "media.image.originalSrc", "media.preview.image.url", "featuredMedia.preview.image.url",
        ),
        "variant_image": ("variants.image.url", "variants.image.originalSrc", "variants.image.src"),
        "price": ("variants.price", "variants.price.amount", "variants.priceV2.amount"),
        "msrp": ("variants.compareAtPrice", "variants.compareAtPrice.amount", "variants.compareAtPriceV2.amount"),
        "cost": ("variants.inventoryItem.unitCost.amount",),
        "currency": (
            "variants.price.currencyCode", "variants.priceV2.currencyCode", "variants.inventoryItem.unitCost.currencyCode",
            "priceRangeV2.minVariantPrice.currencyCode", "priceRange.minVariantPrice.currencyCode",
        ),
        "quantity": ("variants.inventoryQuantity", "variants.quantityAvailable"),
        "availability": ("variants.availableForSale",),
        "gtin": ("variants.barcode",),
        "weight": ("variants.inventoryItem.measurement.weight.value", "variants.weight"),
        "weight_unit": ("variants.inventoryItem.measurement.weight.unit", "variants.weightUnit"),
        "origin_country": ("variants.inventoryItem.countryCodeOfOrigin",),
        "hs_code": ("variants.inventoryItem.harmonizedSystemCode",),
        "link": ("onlineStoreUrl", "onlineStorePreviewUrl"),
        "source_time": ("variants.updatedAt", "updatedAt"),
    },
    settings={"price_means": "public", "decimal": "."},
    only=True,
    finish=finish,
    kinds=("jsonl", "json"),
)  # fmt: skip
