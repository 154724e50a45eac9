"""Our fields: what a column of theirs can become, in the order a person would map them.

Google's product specification is the lingua franca of feeds; added to it is what dropshipping needs and Google lacks.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Kind = Literal["text", "price", "number", "image", "url", "code", "choice", "measure", "time", "flag"]


class Field(NamedTuple):
    """`label` and `hint` are English sentences, marked for translation by whoever shows them. `many`: takes several columns."""

    name: str
    label: str
    kind: Kind
    hint: str = ""
    many: bool = False


FIELDS: tuple[Field, ...] = (
    Field(
        "sku", "Article number", "code", "The supplier's own key of the sellable item; the same in every run"
    ),
    Field("title", "Title", "text"),
    Field("description", "Description", "text", "May hold HTML; cleaned when shown"),
    Field("group_key", "Variant group", "code", "The same value on all variants of one product"),
    Field("brand", "Brand", "text"),
    Field("mpn", "Manufacturer's part number", "code"),
    Field("gtin", "GTIN (EAN, UPC, ISBN)", "code"),
    Field("category", "Category", "text", "Several columns make a path", many=True),
    Field("google_category", "Google category", "text"),
    Field("images", "Pictures", "image", "One column or several; a cell may hold a list", many=True),
    Field("link", "Product page", "url"),
    Field("condition", "Condition", "choice", "New, refurbished or used"),
    Field("price", "Price", "price", "Cost or public price: say which below"),
    Field("cost", "Cost price", "price", "What the merchant pays; goes before the price"),
    Field("sale_price", "Reduced price", "price", "Only when lower than the price"),
    Field("sale_dates", "Dates of the reduced price", "time", "From/until, as Google writes them"),
    Field("msrp", "Recommended retail price", "price"),
    Field("map_price", "Minimum advertised price", "price"),
    Field("currency", "Currency", "choice", "Where it is not in the price's own cell"),
    Field("vat_rate", "VAT rate", "number"),
    Field("price_quantity", "Price is for how many", "number", "The price is divided by it"),
    Field("quantity", "Quantity in stock", "number"),
    Field("availability", "Availability", "choice", "Words or codes; see the vocabulary"),
    Field("lead_days", "Days to departure", "number", "Days, a range, a date or words"),
    Field("weight", "Weight", "measure"),
    Field("weight_unit", "Weight unit", "choice"),
    Field("origin_country", "Country of origin", "choice"),
    Field("hs_code", "Customs code", "code"),
    Field("manufacturer_name", "Manufacturer's name", "text", "Product safety: who made it"),
    Field("manufacturer_address", "Manufacturer's address", "text"),
    Field("manufacturer_email", "Manufacturer's e-mail", "text"),
    Field("responsible_name", "Responsible person's name", "text", "Who answers for it in the EU"),
    Field("responsible_address", "Responsible person's address", "text"),
    Field("responsible_email", "Responsible person's e-mail", "text"),
    Field("warnings", "Safety warnings", "text"),
    Field("min_quantity", "Minimum order quantity", "number"),
    Field("pack_quantity", "Units in a pack", "number", "Sold only in multiples of it"),
    Field("excluded", "Exclude", "flag", "Rows with a yes here are not dropshipped"),
    Field("source_time", "Time of the row", "time", "When its numbers were true"),
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
