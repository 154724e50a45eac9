"""Meta (Facebook, Instagram) catalogues: Google's names between commas, with a comment row above the header in Meta's own template."""

from marketplace.sourcing.formats.google_names import COLUMNS, OPTIONS, PUBLIC, likeness, with_vat
from marketplace.sourcing.formats.shape import Format
from marketplace.sourcing.reading.look import Look

_META = (
    "fb_product_category",
    "quantity_to_sell_on_facebook",
    "age_group",
    "style[0]",
    "commerce_tax_category",
    "inventory",
)


def detect(look: Look) -> int:
    """Meta's own columns or its comment row; else Google's names between commas or semicolons."""
    found = likeness(look)
    if found < 5:
        return 0
    commented = any(cell.lower().startswith("# required") for row in look.preamble for cell in row)
    return 90 if commented or look.has(*_META) else 60 if look.settings.get("delimiter") in (",", ";") else 0


FORMAT = Format(
    name="facebook-csv",
    label="Meta catalogue (CSV)",
    shapes=("table",),
    detect=detect,
    columns={**COLUMNS, "quantity": ("quantity_to_sell_on_facebook", "inventory", "quantity")},
    options=OPTIONS,
    settings=PUBLIC,
    finish=with_vat,
    kinds=("csv",),
)
