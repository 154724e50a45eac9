"""Our fields: what a column of theirs can become, in the order a person would map them.

Google's product specification is the lingua franca of feeds; added to it is what dropshipping needs and Google lacks.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from marketplace.kernel.fetching import N_

Kind = Literal["text", "price", "number", "image", "url", "code", "choice", "measure", "time", "flag"]


class Field(NamedTuple):
    """`label` and `hint` are English sentences, marked for translation by whoever shows them. `many`: takes several columns."""

    name: str
    label: str
    kind: Kind
    hint: str = ""
    many: bool = False


FIELDS: tuple[Field, ...] = (
    Field("sku", "Article number", "code", "Your own number for it, the same in every file"),
    Field("title", N_("Title"), "text"),
    Field("description", N_("Description"), "text", N_("May hold HTML; cleaned when shown")),
    Field("group_key", N_("Variant group"), "code", N_("The same value on all variants of one product")),
    Field("brand", N_("Brand"), "text"),
    Field("mpn", N_("Manufacturer's part number"), "code"),
    Field("gtin", N_("GTIN (EAN, UPC, ISBN)"), "code"),
    Field("category", N_("Category"), "text", N_("Several columns make a path"), many=True),
    Field("google_category", N_("Google category"), "text"),
    Field("images", N_("Pictures"), "image", N_("One column or several; a cell may hold a list"), many=True),
    Field("link", N_("Product page"), "url"),
    Field("condition", N_("Condition"), "choice", N_("New, refurbished or used")),
    Field("price", N_("Price"), "price", N_("Cost or public price: say which in the next step")),
    Field("cost", N_("Cost price"), "price", N_("What the merchant pays; goes before the price")),
    Field("sale_price", N_("Reduced price"), "price", N_("Only when lower than the price")),
    Field("sale_dates", N_("Dates of the reduced price"), "time", N_("From/until, as Google writes them")),
    Field("msrp", N_("Recommended retail price"), "price"),
    Field("map_price", N_("Minimum advertised price"), "price"),
    Field("currency", N_("Currency"), "choice", N_("Where it is not in the price's own cell")),
    Field("vat_rate", N_("VAT rate"), "number"),
    Field("price_quantity", N_("Price is for how many"), "number", N_("The price is divided by it")),
    Field("quantity", N_("Quantity in stock"), "number"),
    Field("availability", N_("Availability"), "choice", N_("Words or codes; see the vocabulary")),
    Field("lead_days", N_("Days to departure"), "number", N_("Days, a range, a date or words")),
    Field("weight", N_("Weight"), "measure"),
    Field("weight_unit", N_("Weight unit"), "choice"),
    Field("origin_country", N_("Country of origin"), "choice"),
    Field("hs_code", N_("Customs code"), "code"),
    Field("manufacturer_name", N_("Manufacturer's name"), "text", N_("Product safety: who made it")),
    Field("manufacturer_address", N_("Manufacturer's address"), "text"),
    Field("manufacturer_email", N_("Manufacturer's e-mail"), "text"),
    Field("responsible_name", N_("Responsible person's name"), "text", N_("Who answers for it in the EU")),
    Field("responsible_address", N_("Responsible person's address"), "text"),
    Field("responsible_email", N_("Responsible person's e-mail"), "text"),
    Field("warnings", N_("Safety warnings"), "text"),
    Field("min_quantity", N_("Minimum order quantity"), "number"),
    Field("pack_quantity", N_("Units in a pack"), "number", N_("Sold only in multiples of it")),
    Field(
        "parts",
        N_("Parts of the set"),
        "code",
        N_("Article numbers, with how many of each (2x A-1, B-2): the set has the least stock they allow"),
        many=True,
    ),
    Field("excluded", N_("Exclude"), "flag", N_("Rows with a yes here are not dropshipped")),
    Field("source_time", N_("Time of the row"), "time", N_("When its numbers were true")),
)

BY_NAME: dict[str, Field] = {field.name: field for field in FIELDS}
MANY: frozenset[str] = frozenset(field.name for field in FIELDS if field.many)
OPTION_FIELDS: dict[str, str] = {
    "color": "Colour",
    "size": "Size",
    "material": "Material",
    "pattern": "Pattern",
    "gender": "Gender",
    "age_group": "Age group",
}
"""Columns that describe a variant: the alias table's name → our option's name."""
