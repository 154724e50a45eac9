"""Names for addresses: lower case, plain letters, hyphens."""

import re
import unicodedata

# Letters that are no base letter with a mark, so that NFKD leaves them whole.
WHOLE = str.maketrans({"ø": "o", "Ø": "O", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ß": "ss"})


def slugify(text: str) -> str:
    """ "Økse, à cœur" becomes "okse-a-coeur"."""
    plain = unicodedata.normalize("NFKD", text.translate(WHOLE))
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", "-", letters.lower()).strip("-")
