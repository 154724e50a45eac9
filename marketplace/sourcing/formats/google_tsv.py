"""Google Merchant feeds as text: tab-separated, with Google's names."""

from marketplace.sourcing.formats.google_names import COLUMNS, OPTIONS, PUBLIC, likeness, with_vat
from marketplace.sourcing.formats.shape import Format
from marketplace.sourcing.reading.look import Look


def detect(look: Look) -> int:
    """Google's names between tabs, or bars."""
    found = likeness(look)
    return min(found * 9, 85) if found >= 5 and look.settings.get("delimiter") in ("\t", "|") else 0


FORMAT = Format(
    name="google-tsv",
    label="Google Merchant (TSV)",
    shapes=("table",),
    detect=detect,
    columns=COLUMNS,
    options=OPTIONS,
    settings=PUBLIC,
    finish=with_vat,
    kinds=("tsv", "txt"),
)
