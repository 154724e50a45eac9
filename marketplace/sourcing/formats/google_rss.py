"""Google Merchant feeds in XML: RSS 2.0, Atom, and the same elements under a root of the shop's own."""

from marketplace.sourcing.formats.google_names import COLUMNS, OPTIONS, PUBLIC, likeness, with_vat
from marketplace.sourcing.formats.shape import Format
from marketplace.sourcing.reading.look import Look


def detect(look: Look) -> int:
    """RSS or Atom with Google's names; another root with most of them."""
    score = likeness(look) * 8
    return (
        min(score + 10, 90)
        if look.root in ("rss", "feed", "RDF") and score
        else min(score, 80)
        if score > 40
        else 0
    )


FORMAT = Format(
    name="google-rss",
    label="Google Merchant (RSS, Atom)",
    shapes=("xml",),
    detect=detect,
    columns=COLUMNS,
    options=OPTIONS,
    settings=PUBLIC,
    finish=with_vat,
    kinds=("xml", "rss", "atom"),
)
