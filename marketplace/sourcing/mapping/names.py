"""What a column's name says of it: as a whole, without its dress (currency, VAT, unit, language), or by a known name inside it."""

from __future__ import annotations

import re

from marketplace.kernel.money import EXPONENTS
from marketplace.sourcing.mapping.aliases import never, ranked, squashed
from marketplace.sourcing.mapping.fields import OPTION_FIELDS
from marketplace.sourcing.values.text import fold

_RANK = {"sku": 0.1}
"""How much the order of a field's names counts: an `id` is a key only where there is no `sku`."""
_WHOLE_ONLY = frozenset(
    {"group_key", "currency", "excluded", "source_time", "condition", "parts", *OPTION_FIELDS}
)
LONGEST = 200
"""No column is called something longer: a text in the header's place is not taken apart."""
PRICES = frozenset({"price", "cost", "sale_price", "msrp", "map_price"})


def _set(words: str, parted_by: str | None = None) -> frozenset[str]:
    return frozenset(map(fold, words.split(parted_by)))


CHARGES = _set("""
shipping delivery freight postage handling versand versandkosten porto livraison spedizione envio frete fret verzending dostawa
dostawy doprava szallitas livrare dostavka доставка доставки αποστολη kargo frakt fragt tax eco ecotax discount impact basis per
grundpreis rabatt remise sconto descuento korting rabat sleva zľava kedvezmény скидка знижка έκπτωση indirim alennus popust
pfand deposit consigne recycling weee deee
""")
"""With one of these words it is a charge or a rate, not the price."""
NET = _set("""
ht htva netto net nettó bez dph excl exkl ohne senza sin без fără fara χωρίς ekskl eks veroton brez excluded hariç ex esclusa without novat
""")
"""The price named so is without VAT: of two, the one whose worth needs no rate."""
VAGUE_STATES = _set(
    "status|статус|状态|商品状态|上架状态|销售状态|狀態|商品狀態|販売状況|販売ステータス|取扱区分|판매상태|상품판매상태|trạng thái|สถานะ|สถานะสินค้า|وضعیت|סטטוס|ampel|стан",
    "|",
)
"""Availability only where the values are words of stock: these may as well say whether a product is published."""
PERHAPS_GROUPS = _set(
    "product id|productid|product reference|slug|handle|style number|modèle|csoport|grupo|id wariantu", "|"
)
"""Groups only where several rows share one."""
MONEY_WORDS = _set("""
cost costs price fee fees charge charges kosten preis frais prix coût coûts tarif prezzo costo costi precio coste preço custo koszt koszty cena ceny cenu ár ára
költség preț pret cost цена стоимость ціна вартість fiyat ücret ücreti pris kostnad hinta kaina hind τιμή κόστος prijs
""")
NOT_STOCK = _set("""
order orders per max min minimum maximum limit sold reserved reservé incoming committed unavailable seuil mini alert alerte threshold low reorder
safety transit ordered réservé minimal maximal minstock maxstock minimo mínimo mínima minima massimo máximo máxima minimalny minimalna maksymalna
reserviert bestellt mindest reservado reservada riservato impegnato ordinato pedido gereserveerd besteld резерв зарезервировано мин макс
disabled disable track tracked tracking managed manage location backorder backorders
sales sale movement vendido vendus vendu verkauft sprzedano forecast value valeur wert valor
""")
"""With one of these words it is a limit, a sale or a plan, not what may be sold."""
ANOTHER = r"related|accessor|cross[_-]?sell|up[_-]?sell|similar|alternativ"
"""How the names of parts of a record begin that hold other products."""
_UNITS = """
kg g gr gram grams grammes lb lbs oz cm mm ml l stk stück ks szt pcs pc db kom buc шт kpl st τεμ adet un und uds unit units unité stuks
pièces pieces kusy kusů sztuk dni days tage jours dager pv tagen giorni días dienų кг г р уп
"""
_VAT = """
ht htva ttc tvac tvaincl netto brutto net gross incl excl inc ex inkl exkl ekskl eks inclusive exclusive with without novat vat btw mwst ust iva tva dph moms mva alv
kdv pdv ddv áfa áfával áfás ндс пдв ддс φπα tax taxes без с з bez s z sin con senza con hors toutes taxe ohne mit zzgl pvn pvm cu fara fără hariç dahil
inclusa esclusa included excluded 税込 税抜 税别 含税 未税 不含税 vat별도 vat포함
"""
_SIGNS = "€ £ $ ¥ ₹ ₺ ₽ ₴ ₪ ₩ ₫ ฿ zł kč ft lei leva lv лв kr din tl dhs 元 円 원 грн руб euro euros dollars"
_MONEY = _set("€ £ $ r$ us$ ₹ ₺ ₽ ₴ ₪ zł kč 元 円 원 грн руб euro euros eur usd gbp pln czk brl")
_DRESS = _set(_UNITS + _VAT + _SIGNS) | frozenset(code.lower() for code in EXPONENTS)
_TONGUES = _set("""
en eng fr fra fre de deu ger es esp it ita pl pol cs cz cze sk ru rus uk ua nl nld pt por br sv swe da dk fi fin hu hun ro ron el gr tr tur ar ara
he zh cn jp ja kr ko gb us eu bg hr sl si sr et lv lt no nb international
""")
_PER = _set(
    "unit each box carton ctn pack piece pc pcs unité pièce colis me ve vpe stk st stück unidad caja pezzo conf szt op ks шт"
)
_LANGUAGE = re.compile(r"(?<=\w)[ _]?[(\[]([A-Za-z]{2})(?:[-_][A-Za-z]{2})?[)\]]$")
_NOTE = re.compile(r"\s*[(\[（【<{][^)\]）】>}]*[)\]）】>}]")


def last_step(column: str) -> str:
    """The telling part of a path: `detail/price` is a price, `price/@currency` a currency, `param[Colour]` a colour."""
    if column.endswith("]") and "[" in column and " [" not in column:
        inside = column[column.rfind("[") + 1 : -1]
        if not inside.isdecimal():
            return inside
        column = f"{column[: column.rfind('[')]} {inside}"  # `additional_image_link[0]`
    first, _, second = column.partition("/")
    if fold(second) in _PER and fold(first) in ranked():  # `Price/unit` is no path
        return column
    part = column.rsplit("/", 1)[-1].lstrip("@") if " /" not in column and "/ " not in column else column
    return part.rsplit(".", 1)[-1] if "." in part and " " not in part.strip(". ") else part


def said_by(column: str) -> list[tuple[str, float]]:
    """(field, how telling up to 100) of a column's name; empty when it says nothing or is none of ours."""
    if len(column) > LONGEST:
        return []
    noted = _LANGUAGE.search(column)
    if noted and noted[1].lower() in _TONGUES:  # `name(en-gb)`
        column = column[: noted.start()]
    nested = _nested(column)
    if nested is not None:
        return nested
    last = last_step(column)
    name = fold(last)
    for whole in (name, fold(column.replace("/", " ").replace(".", " ").replace("@", ""))):
        if whole in ranked():
            return _scored(whole, 100)
    if name in squashed():
        return _scored(squashed()[name], 94)
    for bare in bare_names(last):
        if bare in ranked():
            return _scored(bare, 92)
        if bare in never():
            return []
    numbered = _numbered(name)
    if numbered:
        return numbered
    told = _containing(name) or _ending(name)
    if name.startswith("id ") or name.endswith(" id"):  # `id_manufacturer` is a number, not a name
        told = [(field, score) for field, score in told if field not in _TEXTUAL | _STATED]
    return [(field, score) for field, score in told if field not in _WHOLE_ONLY]


_NAMED = _set(
    "name title label text value rendered display string language nazwa nom bezeichnung nombre nome naam"
)
_OWN_WORDS = frozenset({"title", "name"})
_LINKED = _set("url src href link uri original large")
_WORTH = _set("amount value net netto gross brutto current regular number price")
_NUMBERED = _set("id code key uuid gid number")
_TEXTUAL = frozenset({"title", "brand", "category", "description", "manufacturer_name", *OPTION_FIELDS})
_COUNTED = frozenset({*PRICES, "quantity", "weight", "gtin", "lead_days"})
_STATED = frozenset({*PRICES, "quantity", "availability", "vat_rate"})
_PICTURED = frozenset({"image", "more_images", "link"})


def _nested(column: str) -> list[tuple[str, float]] | None:
    """What a path says by its last two steps: `hersteller.name` is a brand, `bilder.url` pictures, `preis.netto` a price,
    `name.de` a title, and `category.id` nothing of ours. None where the last step speaks for itself."""
    if " " in column or "[" in column:
        return None
    steps = [fold(step.lstrip("@").removeprefix("g:")) for step in re.split(r"[./]", column)]
    if len(steps) < 2 or not steps[-1] or steps[-2].isdecimal():
        return None
    last, parent = steps[-1], steps[-2]
    if last in _NUMBERED and {"brand", "category"} & {field for field, _ in ranked().get(parent, ())}:
        return []
    if f"{parent} {last}" in ranked():
        return _scored(f"{parent} {last}", 100)
    owner = next((name for name in (parent, parent.removesuffix("s")) if name in ranked()), None)
    if owner is None:
        return None
    told = _scored(owner, 96)
    if last in _OWN_WORDS and told[0][0] == "description":  # `descriptions/description/title` holds a title
        return None
    for kinds, fields in ((_TONGUES | _NAMED, _TEXTUAL), (_LINKED, _PICTURED), (_WORTH, _COUNTED)):
        if last in kinds and (fit := [(field, score) for field, score in told if field in fields]):
            return fit
    if last.upper() in EXPONENTS and (fit := [(field, score) for field, score in told if field in PRICES]):
        return fit
    return None


def is_price_aside(name: str) -> bool:
    """A charge, a rate or a price for something else than the offer, unless we know the whole name."""
    return not CHARGES.isdisjoint(name.split()) and name not in ranked()


def names_money(column: str) -> bool:
    """A currency or its sign stands in the name: what it holds are amounts."""
    return not _MONEY.isdisjoint(re.sub(r"[()\[\]]", " ", fold(column)).split())


def _scored(name: str, top: float) -> list[tuple[str, float]]:
    return [(field, top - min(rank * _RANK.get(field, 0.05), 28)) for field, rank in ranked()[name]]


def _numbered(name: str) -> list[tuple[str, float]]:
    bare = name.rstrip("0123456789 ")
    if bare == name or bare not in ranked():
        return []
    return [
        (f, 90 - r * 0.05) for f, r in ranked()[bare] if f in ("image", "more_images", "category", "parts")
    ]


def bare_names(name: str) -> list[str]:
    """The name without its notes in brackets; without currency, VAT and units; without a language at its end."""
    found: list[str] = []
    noted = fold(_NOTE.sub(" ", name))
    if noted and not any(fold(note.strip(" ()[]（）【】<>{}")) in ranked() for note in _NOTE.findall(name)):
        found.append(noted)
    words = [word for word in (noted or fold(name)).split() if any(map(str.isalnum, word)) or word in _DRESS]
    if words and len(words) < len(noted.split()):  # stars and arrows
        found.append(" ".join(words))
    plain = [word for word in words if (word.strip("%") or word) not in _DRESS]
    if plain and plain != words:
        found.append(" ".join(plain))
    if len(words) > 1 and words[-1] in _TONGUES:
        found.append(" ".join(words[:-1]))
    return [bare for bare in dict.fromkeys(found) if bare != fold(name)]


def _containing(name: str) -> list[tuple[str, float]]:
    """Known names inside a longer one; the longest counts, and less than a whole match."""
    words = name.split()
    if not 1 < len(words) <= 9:
        return []
    best: list[tuple[str, float]] = []
    for size in range(min(len(words) - 1, 4), 0, -1):
        for start in range(len(words) - size + 1):
            part = " ".join(words[start : start + size])
            if len(part) > 2 and part not in never() and part not in ("type", "tipo"):
                best += [
                    (field, 50 + size * 5 - min(rank * 0.1, 20) - start)
                    for field, rank in ranked().get(part, ())
                    if size > 1 or field != "pack_quantity"
                ]
        if best:
            return best
    return best


def _ending(name: str) -> list[tuple[str, float]]:
    """A compound word by its last part: `Abholpreis`, `Lagersaldobestand`, `Tuotenumero`."""
    if " " in name or len(name) < 9 or any(name.startswith(charge) for charge in CHARGES if len(charge) > 4):
        return []
    for start in range(3, len(name) - 4):
        if name[start:] in ranked():
            return [(field, 45 - min(rank * 0.1, 20)) for field, rank in ranked()[name[start:]]]
    return []
