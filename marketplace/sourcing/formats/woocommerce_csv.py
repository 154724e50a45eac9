"""WooCommerce's product export, whose headers are in the shop's language, and its REST fields as CSV.

A `variable` row describes the `variation` rows that name it in Parent, by SKU or as `id:123`. "In stock?" is 1, 0 or backorder.
Source: github.com/woocommerce/woocommerce/wiki/Product-CSV-Import-Schema.
"""

from marketplace.sourcing.formats.shape import Format
from marketplace.sourcing.mapping.model import Mapping, Parents
from marketplace.sourcing.reading.look import Look
from marketplace.sourcing.values.text import fold

_TELLING = (
    "Is featured?", "Visibility in catalog", "Short description", "In stock?", "Regular price", "Sale price", "Tax status", "Type",
    "рекомендуемый?", "Видимость в каталоге", "Базовая цена", "В наличии?", "Тип",
    "Mis en avant ?", "Visibilité dans le catalogue", "Tarif régulier", "Tarif promo", "En stock ?", "UGS",
    "Ist hervorgehoben?", "Sichtbarkeit im Katalog", "Regulärer Preis", "Angebotspreis", "Vorrätig?", "Typ",
    "¿Está destacado?", "Visibilidad en el catálogo", "Precio normal", "Precio rebajado", "¿Existencias?", "Tipo",
    "In primo piano?", "Visibilità nel catalogo", "Prezzo di listino", "Prezzo in offerta", "In stock?",
    "Wyróżniony?", "Widoczność w katalogu", "Cena regularna", "Cena promocyjna", "W magazynie?",
    "Uitgelicht?", "Zichtbaarheid in catalogus", "Reguliere prijs", "Actieprijs", "Op voorraad?",
)  # fmt: skip
_TYPES = ("Type", "type", "Тип", "Typ", "Tipo", "Tipus")
_PARENTS = ["variable", "variable-subscription", "grouped", "вариативный", "external"]


def detect(look: Look) -> int:
    """The export's columns in any language, or those of the REST interface."""
    found = look.has(*_TELLING)
    rest = look.has(
        "regular_price",
        "stock_quantity",
        "short_description",
        "permalink",
        "stock_status",
        "parent_sku",
        "parent_id",
    )
    return (
        min(30 + found * 12, 95)
        if found >= 3
        else 70
        if rest >= 3
        else 60
        if look.has("parent_id", "parent_sku", "attributes") == 3
        else 0
    )


def finish(mapping: Mapping, look: Look) -> None:
    """Attributes are options; parents are known by their type, and by their id as well as their SKU."""
    names = {column: column for column in look.columns}
    numbered = [(f"Attribute {n} name", f"Attribute {n} value(s)") for n in range(1, 21)]
    numbered += [(f"Nom de l’attribut {n}", f"Valeur(s) de l’attribut {n}") for n in range(1, 11)]
    numbered += [(f"Attribut {n} Name", f"Attribut {n} Wert(e)") for n in range(1, 11)]
    numbered += [(f"Имя атрибута {n}", f"Значение(-я) атрибута(-ов) {n}") for n in range(1, 11)]
    mapping.option_pairs = [pair for pair in numbered if pair[0] in names and pair[1] in names]
    mapping.option_columns = ["attributes"] if "attributes" in names else []
    kind = next((column for column in look.columns if fold(column) in map(fold, _TYPES)), None)
    if kind:
        mapping.parents = Parents(kind, list(_PARENTS))
    number = look.folded.get("id")
    if number:
        mapping.columns["parent_key"] = number
        if mapping.columns.get("sku") != number:
            mapping.key_from = [number]
    if mapping.columns.get("sku") == mapping.columns.get("group_key"):
        mapping.columns.pop("group_key", None)


FORMAT = Format(
    name="woocommerce-csv",
    label="WooCommerce (CSV)",
    shapes=("table",),
    detect=detect,
    columns={
        "sku": ("SKU", "Артикул", "UGS", "Artikelnummer"),
        "group_key": ("Parent", "parent_id", "parent_sku", "Родительский", "Übergeordnetes Produkt", "Superior", "Genitore"),
        "title": ("Name", "Имя", "Nom", "Nombre", "Nome", "Nazwa", "Naam", "parent_name"),
        "description": ("Description", "description", "Описание", "Beschreibung", "Descripción", "Descrizione", "Opis", "Short description", "short_description"),
        "category": ("Categories", "Категории", "Catégories", "Kategorien", "Categorías", "Categorie", "Kategorie"),
        "images": ("Images", "all_images", "main_image", "Изображения", "Bilder", "Imágenes", "Immagini", "Obrazki", "Afbeeldingen", "image"),
        "price": ("Regular price", "regular_price", "Базовая цена", "Tarif régulier", "Regulärer Preis", "Precio normal", "Prezzo di listino", "Cena regularna",
                  "Reguliere prijs", "price"),
        "sale_price": ("Sale price", "Акционная цена", "Tarif promo", "Angebotspreis", "Precio rebajado", "Prezzo in offerta", "Cena promocyjna"),
        "quantity": ("Stock", "stock_quantity", "Запасы", "Lager", "Inventario", "Magazzino", "Stan magazynowy", "Voorraad"),
        "availability": ("In stock?", "stock_status", "В наличии?", "En stock ?", "Vorrätig?", "¿Existencias?", "W magazynie?", "Op voorraad?"),
        "gtin": ("GTIN, UPC, EAN, or ISBN", "Meta: _alg_ean", "Meta: _global_unique_id", "Meta: _gtin"),
        "weight": ("Weight (kg)", "Weight (g)", "Weight (lbs)", "Weight (oz)", "Вес (kg)", "Poids (kg)", "Gewicht (kg)", "Peso (kg)"),
        "link": ("permalink", "External URL"),
        "brand": ("Brands", "Brand", "Marques", "Marken"),
    },
    settings={"price_means": "public"},
    finish=finish,
    kinds=("csv",),
)  # fmt: skip
