"""What the mapping's pages call things: groups of fields, options, tests, states, encodings."""

from __future__ import annotations

from typing import NamedTuple

from marketplace.kernel.fetching import N_
from marketplace.sourcing.mapping.fields import BY_NAME, FIELDS, OPTION_FIELDS

_GROUPS: tuple[tuple[str, str], ...] = (
    (
        N_("The article"),
        "sku title description brand gtin mpn group_key category google_category condition link",
    ),
    (N_("Pictures"), "images variant_image"),
    (N_("Price"), "price cost currency sale_price sale_dates msrp map_price vat_rate price_quantity"),
    (N_("Stock"), "quantity availability lead_days parts excluded min_quantity pack_quantity source_time"),
    (N_("Parcel and customs"), "weight weight_unit origin_country hs_code"),
    (
        N_("Product safety"),
        "manufacturer_name manufacturer_address manufacturer_email responsible_name responsible_address responsible_email warnings",
    ),
)
#: fields that formats map by themselves, beside those of `FIELDS`
_FURTHER = {"variant_image": N_("Picture of the variant"), "parent_key": N_("Key of the parent article")}
_OPTIONS = N_("What the shopper chooses")
OTHER_OPTION = "option"


class Choice(NamedTuple):
    """One entry of a column's list."""

    value: str
    label: str
    hint: str


def column_choices(present: set[str]) -> list[tuple[str, list[Choice]]]:
    """(group, choices) for every column. `present` are the field names a mapping uses, so that none is ever lost."""
    placed: set[str] = set()
    groups: list[tuple[str, list[Choice]]] = []
    for label, names in _GROUPS:
        choices = [
            _choice(name) for name in names.split() if name in BY_NAME or name in present & _FURTHER.keys()
        ]
        placed |= set(names.split())
        groups.append((label, choices))
    further = [field.name for field in FIELDS if field.name not in placed]
    further += sorted(name for name in present if name not in BY_NAME and name not in placed)
    if further:
        groups.append((N_("Other"), [_choice(name) for name in further]))
    options = [Choice(f"options.{label}", label, "") for label in OPTION_FIELDS.values()]
    groups.append(
        (
            _OPTIONS,
            [
                *options,
                Choice(OTHER_OPTION, N_("Another choice…"), N_("Name it, such as Flavour or Voltage")),
            ],
        )
    )
    return groups


def _choice(name: str) -> Choice:
    field = BY_NAME.get(name)
    return Choice(name, field.label, field.hint) if field else Choice(name, _FURTHER.get(name, name), "")


STATES: tuple[tuple[str, str], ...] = (
    ("in_stock", N_("In stock")),
    ("out_of_stock", N_("Out of stock")),
    ("backorder", N_("On backorder")),
    ("preorder", N_("Not released yet")),
    ("discontinued", N_("No longer made")),
)
TESTS: tuple[tuple[str, str], ...] = (
    ("is", N_("is")),
    ("is_not", N_("is not")),
    ("contains", N_("contains")),
    ("does_not_contain", N_("does not contain")),
    ("is_empty", N_("is empty")),
    ("is_not_empty", N_("is not empty")),
    ("less_than", N_("is less than")),
    ("at_least", N_("is at least")),
)
DELIMITERS: tuple[tuple[str, str], ...] = (
    (",", N_("Comma  ,")),
    (";", N_("Semicolon  ;")),
    ("\t", N_("Tab")),
    ("|", N_("Bar  |")),
    ("^", N_("Caret  ^")),
    ("~", N_("Tilde  ~")),
)
ENCODINGS: tuple[tuple[str, str], ...] = (
    ("utf-8", "UTF-8"),
    ("cp1252", "Windows-1252 (Western Europe)"),
    ("iso8859-1", "ISO 8859-1 (Latin 1)"),
    ("iso8859-15", "ISO 8859-15 (Latin 9)"),
    ("cp1250", "Windows-1250 (Central Europe)"),
    ("iso8859-2", "ISO 8859-2 (Central Europe)"),
    ("cp1251", "Windows-1251 (Cyrillic)"),
    ("koi8-r", "KOI8-R (Cyrillic)"),
    ("cp1253", "Windows-1253 (Greek)"),
    ("iso8859-7", "ISO 8859-7 (Greek)"),
    ("cp1254", "Windows-1254 (Turkish)"),
    ("cp1257", "Windows-1257 (Baltic)"),
    ("cp1255", "Windows-1255 (Hebrew)"),
    ("cp1256", "Windows-1256 (Arabic)"),
    ("utf-16-le", "UTF-16 LE"),
    ("utf-16-be", "UTF-16 BE"),
    ("mac-roman", "Mac Roman"),
    ("cp850", "DOS 850"),
    ("gb18030", "GB 18030 (Chinese)"),
    ("shift_jis", "Shift JIS (Japanese)"),
    ("euc_kr", "EUC-KR (Korean)"),
)
#: fields that may have one value for every row
FIXED: tuple[str, ...] = (
    "brand",
    "category",
    "condition",
    "currency",
    "vat_rate",
    "price_quantity",
    "lead_days",
    "min_quantity",
    "pack_quantity",
    "origin_country",
    "google_category",
    "hs_code",
    "warnings",
    "manufacturer_name",
    "manufacturer_address",
    "manufacturer_email",
    "responsible_name",
    "responsible_address",
    "responsible_email",
)


def field_label(name: str) -> str:
    """The msgid of a field's label; `options.Colour` is its option's name."""
    if name.startswith("options."):
        return name.removeprefix("options.")
    return BY_NAME[name].label if name in BY_NAME else _FURTHER.get(name, name)
