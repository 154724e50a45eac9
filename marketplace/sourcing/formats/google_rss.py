"""Google Merchant feeds in XML: RSS 2.0, Atom, and the same elements under a root of the shop's own."""

from marketplace.sourcing.formats.google_names import COLUMNS, OPTIONS, PUBLIC, likeness, with_vat
from marketplace.sourcing.formats.shape import Format
from marketplace.sourcing.mapping.model import Mapping
from marketplace.sourcing.reading.look import Look

_MORE = "additional_variant_attribute"


def detect(look: Look) -> int:
    """RSS or Atom with Google's names; another root with most of them."""
    score = likeness(look) * 8
    if not look.record and look.root in ("rss", "feed") and "base.google.com" in look.head.text[:5_000]:
        return 50  # a feed without a product
    return (
        min(score + 10, 90)
        if look.root in ("rss", "feed", "RDF") and score
        else min(score, 80)
        if score > 40
        else 0
    )


def finish(mapping: Mapping, look: Look) -> None:
    """Also Facebook's variants by names of the shop's own."""
    with_vat(mapping, look)
    mapping.record_path = mapping.record_path or ("entry" if look.root == "feed" else "channel/item")
    if any(column.startswith(_MORE + "[") for column in look.columns):
        mapping.option_columns = [_MORE + "[*]"]


FORMAT = Format(
    name="google-rss",
    label="Google Merchant (RSS, Atom)",
    shapes=("xml",),
    detect=detect,
    columns=COLUMNS,
    options=OPTIONS,
    settings=PUBLIC,
    finish=finish,
    kinds=("xml", "rss", "atom"),
)
