"""Any XML in which one element repeats."""

from marketplace.kernel.fetching import N_
from marketplace.sourcing.formats.shape import Format
from marketplace.sourcing.mapping.model import Mapping
from marketplace.sourcing.reading.errors import FeedRefused
from marketplace.sourcing.reading.look import Look


def detect(look: Look) -> int:
    """The one that is left."""
    return 1


def finish(mapping: Mapping, look: Look) -> None:
    """Repeated `param[…]` elements are options. Raises FeedRefused where nothing repeats."""
    if not mapping.record_path:
        raise FeedRefused(
            "no_records", N_("No element of this XML repeats like a list of products"), line=1, column=1
        )
    starred = dict.fromkeys(c.partition("[")[0] + "[*]" for c in look.columns if c.endswith("]") and "[" in c)
    mapping.option_columns = list(starred)


FORMAT = Format(
    name="xml",
    label="XML, any repeated element",
    shapes=("xml",),
    detect=detect,
    finish=finish,
    kinds=("xml",),
)
