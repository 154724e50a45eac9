"""idealo: its current column names (`sku`, `hans`, `eans`, `deliveryTime`) and the older ones in five languages."""

from marketplace.sourcing.formats.shape import Format
from marketplace.sourcing.mapping.model import Mapping
from marketplace.sourcing.reading.look import Look

_CURRENT = (
    "hans",
    "eans",
    "deliveryTime",
    "categoryPath",
    "imageUrls",
    "formerPrice",
    "checkoutLimitPerPeriod",
    "fulfillmentType",
    "merchantName",
)
_OLDER = (
    "Artikelnummer im Shop", "EAN / GTIN / Barcodenummer", "Herstellerartikelnummer (HAN/MPN)", "Produktname", "Lieferzeit", "Produktgruppe im Shop",
    "N° artículo en tienda", "EAN / GTIN / código barras", "Número del fabricante (HAN/MPN)", "Fabricante / Marca", "Nombre del producto",
    "Plazo de entrega", "Categoría del producto en la tienda", "URL del producto", "Clase de eficiencia energética",
    "Référence article de la boutique", "EAN / GTIN / code-barres", "Nom du produit", "Délai de livraison", "Catégorie du produit dans la boutique",
    "Numero articolo nello shop", "Nome del prodotto", "Tempi di consegna", "Item number in shop", "Product name", "Product category in shop",
)  # fmt: skip


def detect(look: Look) -> int:
    """Several of its names, or its costs of payment and delivery."""
    costs = sum(1 for column in look.columns if column.startswith(("paymentCosts_", "deliveryCosts_")))
    current, older = look.has(*_CURRENT), look.has(*_OLDER)
    return (
        min(60 + (current + costs) * 6, 95)
        if current + costs >= 3
        else min(50 + older * 7, 95)
        if older >= 4
        else 0
    )


def finish(mapping: Mapping, look: Look) -> None:
    """Consumer prices; some shops write the price before a discount in a column of its own."""
    mapping.price_vat = "included"
    if mapping.currency is None:
        mapping.currency = "GBP" if "co.uk" in look.head.text[:20_000] else "EUR"


FORMAT = Format(
    name="idealo-csv",
    label="idealo (CSV)",
    shapes=("table",),
    detect=detect,
    columns={
        "sku": ("sku", "Artikelnummer im Shop", "N° artículo en tienda", "Référence article de la boutique", "Numero articolo nello shop", "Item number in shop"),
        "title": ("title", "Produktname", "Nombre del producto", "Nom du produit", "Nome del prodotto", "Product name"),
        "description": ("description", "Produktbeschreibung", "Descripción del producto", "Description du produit", "Descrizione del prodotto"),
        "brand": ("brand", "Hersteller / Markenname", "Fabricante / Marca", "Fabricant / Marque"),
        "mpn": ("hans", "Herstellerartikelnummer (HAN/MPN)", "Número del fabricante (HAN/MPN)"),
        "gtin": ("eans", "EAN / GTIN / Barcodenummer", "EAN / GTIN / código barras", "EAN / GTIN / code-barres"),
        "category": ("categoryPath", "Produktgruppe im Shop", "Categoría del producto en la tienda", "Catégorie du produit dans la boutique"),
        "images": ("imageUrls", "BildURL_1", "BildURL_2", "BildURL_3", "URLimagen_1", "URLimagen_2", "URLimagen_3"),
        "link": ("url", "ProduktURL", "URL del producto", "URL du produit"),
        "price": ("price", "Preis", "Precio", "Prix", "Prezzo"),
        "sale_price": ("Precio especial", "Sonderpreis", "Prix spécial"),
        "msrp": ("formerPrice", "Precio original", "Streichpreis"),
        "quantity": ("Unidades", "Stückzahl", "checkoutLimitPerPeriod"),
        "lead_days": ("deliveryTime", "Lieferzeit", "Plazo de entrega", "Délai de livraison", "Tempi di consegna"),
        "condition": ("condition", "used"),
    },
    options={"Colour": "Color", "Size": "Talla"},
    settings={"price_means": "public"},
    finish=finish,
    kinds=("csv",),
)  # fmt: skip
