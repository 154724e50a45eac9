"""PrestaShop's import files: products, and combinations (their variants, with a stock and no name of their own).

Source: devdocs.prestashop-project.org, csv_import samples.
"""

from marketplace.sourcing.formats.shape import Format
from marketplace.sourcing.mapping.model import Mapping
from marketplace.sourcing.reading.look import Look
from marketplace.sourcing.values.text import fold

_TELLING = (
    "Active (0/1)", "Name *", "Price tax excluded or Price tax included", "Price tax excluded", "Price tax included", "Tax rules ID",
    "Wholesale price", "On sale (0/1)", "Reference #", "Supplier reference #", "Ecotax", "Minimal quantity", "Additional shipping cost",
    "Text when in stock", "URL rewritten", "Delete existing images (0 = No; 1 = Yes)", "Impact on price", "Impact on weight",
    "Attribute (Name:Type:Position)*", "Value (Value:Position)*", "Advanced Stock Management",
    "Actif (0/1)", "Nom", "Nom *", "Prix HT ou TTC", "Prix TTC", "Prix HT", "Référence", "En promo (0/1)", "Quantité minimale", "URL réécrite",
    "Activo (0/1)", "Nombre *", "Precio impuestos excluidos", "Referencia #", "Cantidad mínima",
)  # fmt: skip


def detect(look: Look) -> int:
    """Several of the import's columns, with the notes in brackets that only it writes."""
    found = look.has(*_TELLING)
    return min(30 + found * 10, 95) if found >= 4 else 0


def finish(mapping: Mapping, look: Look) -> None:
    """Combinations carry their options in two columns, `Colour:color:0` and `Blue:0`."""
    pair = [
        column
        for column in look.columns
        if fold(column).startswith(("attribute name type position", "value value position"))
    ]
    if len(pair) == 2:
        mapping.option_pairs = [(pair[0], pair[1])]
        mapping.columns.pop("price", None)
        mapping.options.clear()
    number = look.folded.get("product id")
    if number and mapping.columns.get("sku") != number and not pair:
        mapping.key_from = [number]


FORMAT = Format(
    name="prestashop-csv",
    label="PrestaShop (CSV)",
    shapes=("table",),
    detect=detect,
    columns={
        "sku": ("Reference #", "Reference", "Référence", "Referencia #", "Référence #"),
        "title": ("Name *", "Name", "Nom *", "Nom", "Nombre *"),
        "group_key": ("Product ID*", "Product ID *"),
        "description": ("Description", "Short description", "Summary", "Descripción", "Récapitulatif", "Résumé"),
        "brand": ("Manufacturer", "Brand", "Marque", "Fabricant", "Fabricante", "Marca"),
        "gtin": ("EAN13", "EAN-13", "UPC"),
        "category": ("Categories (x;y;z...)", "Categories (x,y,z...)", "Catégories (x,y,z...)", "Categorías (x,y,z...)", "Catégorie", "Category", "Categoría", "Kategorie", "Categoria"),
        "images": ("Image URLs (x;y;z...)", "Image URLs (x,y,z...)", "Image URL", "URL images (x,y,z...)", "URLs des images (x,y,z...)", "URL des images (x,y,z...)", "URL des images (x;y;z...)", "URL image", "URL's images (x,y,z...)", "URL de las imágenes (x,y,z...)", "Bild-URLs (x,y,z...)", "URL delle immagini (x,y,z...)", "Image URLs (x,y,z)", "Image"),
        "price": ("Price tax excluded or Price tax included", "Price tax excluded", "Price tax included", "Prix HT ou TTC", "Prix TTC", "Prix HT"),
        "cost": ("Wholesale price", "Cost price", "Prix d'achat", "Precio mayorista"),
        "quantity": ("Quantity", "Quantité", "Cantidad"),
        "min_quantity": ("Minimal quantity", "Quantité minimale", "Cantidad mínima"),
        "weight": ("Weight", "Package weight", "Poids", "Peso"),
        "condition": ("Condition", "État"),
        "mpn": ("MPN", "Supplier reference #"),
    },
    settings={"price_means": "public"},
    only=True,
    finish=finish,
    kinds=("csv",),
)  # fmt: skip
