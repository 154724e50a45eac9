"""WooCommerce's product export, whose headers are in the shop's language, and its REST fields as CSV.

A `variable` row describes the `variation` rows that name it in Parent, by SKU or as `id:123`. "In stock?" is 1, 0 or backorder.
Source: github.com/woocommerce/woocommerce/wiki/Product-CSV-Import-Schema.
"""

from __future__ import annotations

import re

from marketplace.sourcing.formats.shape import Format
from marketplace.sourcing.mapping.family import paired
from marketplace.sourcing.mapping.model import Mapping, Parents
from marketplace.sourcing.mapping.names import LONGEST
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
    "Em destaque?", "Visibilidade no catálogo", "Descrição curta", "Em estoque?", "Em stock?", "Preço promocional", "Preço normal",
    "¿En inventario?", "Breve descrizione", "Disponibile?", "Na stanie?", "Krótki opis", "Korte beschrijving", "Kurzbeschreibung",
    "Utvald?", "Synlighet i katalog", "Kort beskrivning", "I lager?", "Ordinarie pris", "Fremhævet?", "Synlighed i kataloget", "På lager?",
    "Viditelnost v katalogu", "Skladem?", "Běžná cena", "Zlevněná cena", "Zvýraznené?", "Katalógusban látható", "Készleten?", "Normál ár",
    "Öne çıkan?", "Katalogdaki görünürlük", "Stokta?", "Normal fiyat", "În stoc?", "Preț obișnuit", "Σε απόθεμα;", "Κανονική τιμή",
)  # fmt: skip
_TYPES = ("Type", "type", "Тип", "Typ", "Tipo", "Tipus", "Tür", "Típus", "Τύπος", "Tip", "Tyyppi")
_VALUES = ("simple", "variable", "variation", "grouped", "external", "простой", "вариативный", "вариация")
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
        else 65
        if _typed(look)
        else 60
        if look.has("parent_id", "parent_sku", "attributes") == 3
        else 0
    )


def _typed(look: Look) -> bool:
    """Whatever its language: an ID and the kinds of product that only it has."""
    kind = _kind(look) if look.has("ID") else None
    return kind is not None and all(value.lower().startswith(_VALUES) for value in look.values(kind) or [""])


def _kind(look: Look) -> str | None:
    """The column of the kinds of product, whatever it is called."""
    named = [column for column in look.columns if fold(column) in map(fold, _TYPES)]
    for column in [*named, *look.columns[:5]]:
        said = look.values(column)
        if said and all(value.lower().startswith(_VALUES) for value in said):
            return column
    return named[0] if named else None


_ATTRIBUTE = re.compile(
    r"(?:at+rib|atryb|eigenschap|атриб|özellik|nitelik|vlastnost|jellemz|χαρακτηρ|ominaisuu|egenskab|egenskap|attrib).*?(\d+)"
)
_VALUE = re.compile(r"val[ueo]|wert|waarde|wartoś|знач|değer|hodnot|érték|τιμ|arvo|værdi|värde|verdi")
_FLAG = re.compile(
    r"visib|sichtb|zichtb|widocz|видим|global|глобал|default|standard|predeter|görün|viditel|synlig|defekt|défaut|predefin|domyśl|par d"
)


def _attributes(columns: list[str]) -> list[tuple[str, str]]:
    """(column of the name, of the values) of each numbered attribute, in any language."""
    found = ((_ATTRIBUTE.search(column.lower()), column) for column in columns if len(column) <= LONGEST)
    return paired(
        (
            (numbered[1], column)
            for numbered, column in found
            if numbered and not _FLAG.search(column.lower())
        ),
        lambda column: not _VALUE.search(column.lower()),
        lambda column: bool(_VALUE.search(column.lower())),
    )


def finish(mapping: Mapping, look: Look) -> None:
    """Attributes are options; parents are known by their type, and by their id as well as their SKU."""
    mapping.option_pairs = _attributes(look.columns)
    mapping.option_columns = ["attributes"] if "attributes" in look.columns else []
    kind = _kind(look)
    if kind:
        mapping.parents = Parents(kind, list(_PARENTS))
    number = look.folded.get("id")
    if number:
        mapping.columns["parent_key"] = number
        if mapping.columns.get("sku") != number:
            mapping.key_from = [number]
    if kind and "group_key" not in mapping.columns and (parent := _parent(mapping, look, kind, number)):
        mapping.columns["group_key"] = parent
    if mapping.columns.get("sku") == mapping.columns.get("group_key"):
        mapping.columns.pop("group_key", None)


def _parent(mapping: Mapping, look: Look, kind: str, number: str | None) -> str | None:
    """The column, whatever it is called, in which variations name a row of the file by its SKU or as `id:123`."""
    rows = [dict(zip(look.columns, row, strict=False)) for row in look.samples]
    sku = str(mapping.columns.get("sku", ""))
    names = {row.get(sku, "").strip() for row in rows} | {
        f"id:{row[number].strip()}" for row in rows if number
    }
    children = [row for row in rows if row[kind].lower().startswith(("variation", "вариация"))]
    for column in look.columns:
        said = [row[column].strip() for row in children]
        if (
            column not in (sku, number)
            and said
            and sum(bool(each) and each in names for each in said) > len(said) * 0.8
        ):
            return column
    return None


FORMAT = Format(
    name="woocommerce-csv",
    label="WooCommerce (CSV)",
    shapes=("table",),
    detect=detect,
    columns={
        "sku": ("SKU", "Артикул", "UGS", "Artikelnummer"),
        "group_key": ("Parent", "parent_id", "parent_sku", "Родительский", "Übergeordnetes Produkt", "Superior", "Genitore", "Ascendente", "Ascendant", "Hoofd", "Nadrzędny", "Přidružený", "Nadřazený", "Förälder", "Overordnet", "Ebeveyn", "Szülő", "Părinte", "Γονέας"),
        "title": ("Name", "Имя", "Nom", "Nombre", "Nome", "Nazwa", "Naam", "parent_name"),
        "description": ("Description", "description", "Описание", "Beschreibung", "Descripción", "Descrizione", "Opis", "Short description", "short_description"),
        "category": ("Categories", "Категории", "Catégories", "Kategorien", "Categorías", "Categorie", "Categorieën", "Kategorie"),
        "images": ("Images", "all_images", "main_image", "Изображения", "Bilder", "Imágenes", "Imagens", "Immagini", "Obrazki", "Afbeeldingen", "image"),
        "price": ("Regular price", "regular_price", "Базовая цена", "Tarif régulier", "Regulärer Preis", "Precio normal", "Prezzo di listino", "Cena regularna",
                  "Reguliere prijs", "Preço normal", "Preço", "Cena", "Ordinarie pris", "price"),
        "sale_price": ("Sale price", "Акционная цена", "Tarif promo", "Angebotspreis", "Precio rebajado", "Prezzo in offerta", "Cena promocyjna", "Preço promocional", "Actieprijs", "Reapris", "Zlevněná cena"),
        "quantity": ("Stock", "stock_quantity", "Запасы", "Lager", "Inventario", "Estoque", "Magazzino", "Magazyn", "Stan magazynowy", "Voorraad"),
        "availability": ("In stock?", "stock_status", "В наличии?", "En stock ?", "Vorrätig?", "¿Existencias?", "¿En inventario?", "Em estoque?", "Em stock?", "Disponibile?", "Na stanie?", "I lager?", "På lager?", "Skladem?", "W magazynie?", "Op voorraad?"),
        "gtin": ("GTIN, UPC, EAN, or ISBN", "GTIN, UPC, EAN oder ISBN", "GTIN, UPC, EAN ou ISBN", "GTIN, UPC, EAN o ISBN", "GTIN, UPC, EAN of ISBN", "Meta: _alg_ean", "Meta: _global_unique_id", "Meta: _gtin"),
        "weight": ("Weight (kg)", "Weight (g)", "Weight (lbs)", "Weight (oz)", "Вес (kg)", "Poids (kg)", "Gewicht (kg)", "Peso (kg)", "Waga (kg)", "Vikt (kg)", "Hmotnost (kg)"),
        "link": ("permalink", "External URL"),
        "brand": ("Brands", "Brand", "Marques", "Marken"),
    },
    settings={"price_means": "public"},
    finish=finish,
    kinds=("csv",),
)  # fmt: skip
