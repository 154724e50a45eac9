"""Titles and descriptions: what the rows say, put together as a copywriter would."""

import re
import zlib

from marketplace.demo.assortment.load import Row, Type, finishes, materials, tidy_en, tidy_fr
from marketplace.demo.assortment.model import Both, Brand, Material, say

CRAFTS = {
    "clay": "stoneware porcelain earthenware",
    "cloth": "linen cotton wool recycledwool merino velvet canvas waxedcanvas fleece recycledpoly ripstop nylon",
    "coat": "stainless steel aluminium enamelsteel abs",
    "wood": "oak walnut olivewood acacia beech birch ash",
    "glass": "glass borosilicate",
}
CRAFT_OF = {material: craft for craft, names in CRAFTS.items() for material in names.split()}
# A plain finish is worth a sentence only where it is a choice of the maker.
SILENT = {
    "knife",
    "watch",
    "pen",
    "tent",
    "kite",
    "keyboard",
    "headphones",
    "notebook",
    "puzzle",
    "multitool",
}

COUNTRIES: dict[str, Both] = {
    "FR": ("France", "France"),
    "PT": ("Portugal", "Portugal"),
    "IT": ("Italy", "Italie"),
    "DK": ("Denmark", "Danemark"),
    "GB": ("the United Kingdom", "Royaume-Uni"),
    "IE": ("Ireland", "Irlande"),
    "NL": ("the Netherlands", "Pays-Bas"),
}
LABELS: dict[str, Both] = {
    "material": ("Material", "Matière"),
    "size": ("Dimensions", "Dimensions"),
    "capacity": ("Capacity", "Contenance"),
    "weight": ("Weight", "Poids"),
    "made": ("Made in", "Fabriqué en"),
    "age": ("Age", "Âge"),
}


def title(kind: Type, row: Row) -> Both:
    """The product's name without its colour, in both languages."""
    texts = []
    for i, language in enumerate(("en", "fr")):
        form = kind.forms.get(row.form, kind.noun)[i]
        text = kind.title[i].format(
            name=row.name,
            form=form,
            material=materials()[row.material].label[i],
            capacity=capacity(row.capacity_ml, language),
            pieces=row.dimensions,
        )
        texts.append(text[0].upper() + text[1:])
    return tidy_en(texts[0]), tidy_fr(_elide(texts[1]))


def _elide(text: str) -> str:
    """French joins what English would not: "en" stays before a vowel, but a doubled word goes."""
    return re.sub(r"\ben (\w+) en \1\b", r"en \1", text)


def description(kind: Type, row: Row, brand: Brand, slug: str) -> Both:
    """Two paragraphs and a list of facts, as HTML."""
    seed = zlib.crc32(slug.encode())
    material = materials()[row.material]
    lines = [line.text for line in kind.sentences if not line.forms or row.form in line.forms]
    first = lines.pop(seed % len(lines))
    second = lines[seed // 7 % len(lines)]
    finish = _finish(kind, row)
    hook = (tidy_en(row.en), tidy_fr(row.fr))
    texts = []
    for i, language in enumerate(("en", "fr")):
        making = f"{finish[i]} {material.care[i]}" if finish else material.care[i]
        facts = "".join(f"<li>{fact}</li>" for fact in _facts(kind, row, brand, material, language))
        texts.append(f"<p>{hook[i]} {first[i]} {second[i]}</p><p>{making}</p><ul>{facts}</ul>")
    return texts[0], texts[1]


def _finish(kind: Type, row: Row) -> Both | None:
    craft = CRAFT_OF.get(row.material, row.material)
    bare = row.pattern == "plain" and (
        kind.kind in SILENT or (craft == "wood" and kind.shelf.family != "toys")
    )
    return None if bare or kind.kind == "kite" else finishes().get(craft, {}).get(row.pattern)


def _facts(kind: Type, row: Row, brand: Brand, material: Material, language: str) -> list[str]:
    def fact(label: str, value: str) -> str:
        colon = ": " if language == "en" else "\u00a0: "
        return f"{say(LABELS[label], language)}{colon}{value}"

    facts = [fact("material", say(material.label, language))]
    if size := dimensions(row.dimensions, language):
        facts.append(fact("size", size))
    if row.capacity_ml:
        facts.append(fact("capacity", capacity(row.capacity_ml, language)))
    facts.append(fact("weight", weight(row.weight_g, language)))
    if kind.age is not None:
        facts.append(fact("age", age(kind.age, language)))
    facts.append(
        f"{say(LABELS['made'], language)} {say(COUNTRIES[brand.origin], language)}"
        if language == "en"
        else _made(brand)
    )
    return facts


def _made(brand: Brand) -> str:
    """French agrees the preposition with the country: en France, au Portugal, aux Pays-Bas."""
    place = COUNTRIES[brand.origin][1]
    article = {"PT": "au", "DK": "au", "GB": "au", "NL": "aux"}.get(brand.origin, "en")
    return f"Fabriqué {article} {place}"


def capacity(ml: int, language: str) -> str:
    """350 ml or 35 cl, 1.2 L or 1,2 L, as each language would say it."""
    if not ml:
        return ""
    if ml >= 1000:
        litres = f"{ml / 1000:g}"
        return f"{litres.replace('.', ',') if language == 'fr' else litres}\u00a0L"
    return f"{ml // 10}\u00a0cl" if language == "fr" and ml % 10 == 0 else f"{ml}\u00a0ml"


def dimensions(text: str, language: str) -> str:
    """Sizes as written in the row, with the language's decimal sign and words."""
    if text.isdigit():
        return f"{text} pieces" if language == "en" else f"{text} pièces"
    words = {"one size": "taille unique", "4-8 y": "4-8 ans", " pcs": " pièces"}
    english = {" pcs": " pieces", "4-8 y": "4-8 years"}
    for short, long in (words if language == "fr" else english).items():
        text = text.replace(short, long)
    return (text.replace(".", ",") if language == "fr" else text).replace(" x ", " × ")


def weight(grams: int, language: str) -> str:
    if grams < 1000:
        return f"{grams}\u00a0g"
    kilos = f"{grams / 1000:g}"
    return f"{kilos.replace('.', ',') if language == 'fr' else kilos}\u00a0kg"


def age(years: int, language: str) -> str:
    if years == 0:
        return "from birth" if language == "en" else "dès la naissance"
    if language == "en":
        return f"{years} year{'s' if years > 1 else ''} and up"
    return f"dès {years} an{'s' if years > 1 else ''}"
