"""Which record is the header: the first rows scored by known column names, because files begin with titles, comments,
addresses and blank lines; and names for columns that have none or share one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from marketplace.sourcing.mapping.aliases import is_known, ranked
from marketplace.sourcing.values.text import fold

SEARCHED = 40
_API_NAMES = frozenset(
    {"item_sku", "item_name", "standard_price", "external_product_id", "feed_product_type", "main_image_url"}
)
"""Amazon's third header row, below labels that are column names too."""
_API_PLACE = re.compile(r"^[a-z_]+(?:\[[^\]]*\])*#\d+\.\w+")
"""The same row in its templates of 2023 and later."""
_NUMBER = re.compile(r"^[-+]?[\d.,\s]*\d%?$")
_DATA = re.compile(r"https?://|^[0-9a-f]{24,}$|@.+\.", re.IGNORECASE)


def find_header(records: Sequence[Sequence[str]]) -> int:
    """The place (from 1) of the header among the first records; 0 when the first one is data already."""
    for place, cells in enumerate(records[:5], 1):
        if len(_API_NAMES.intersection(cell.strip() for cell in cells)) >= 2:
            return place
        if sum(1 for cell in cells if _API_PLACE.search(cell)) >= 3:
            return place
    scores = [known_words(cells) for cells in records[:SEARCHED]]
    if not scores:
        return 0
    best = max(scores)
    if best >= 2 or (best >= 1 and scores[0] == best):
        return _lowest(records, scores, scores.index(best)) + 1
    first = records[0]
    if _is_data(first, records[1:6]):
        return 0
    return 1


def _lowest(records: Sequence[Sequence[str]], scores: Sequence[float], place: int) -> int:
    """Of names in two rows (`Price` over `Net` and `Gross`, or once more in another language) the lower one."""
    for below in range(place + 1, min(place + 3, len(scores))):
        cells = [cell for cell in records[below] if cell.strip()]
        named = (
            scores[below] >= max(2.0, len(cells) / 2)
            and len(cells) >= sum(map(bool, map(str.strip, records[place]))) - 1
        )
        if not named or any(any(map(str.isdigit, cell)) for cell in cells):
            break
        place = below
    return place


def known_words(cells: Sequence[str]) -> float:
    """How much of a row reads like column names: known ones count 1, and a cell that is plainly a value takes away."""
    score = 0.0
    for cell in cells:
        text = cell.strip()
        if not text or len(text) > 80:
            score -= 0.5 if text else 0.0
            continue
        name = fold(text)
        if is_known(name):
            score += 1
        elif _NUMBER.match(text) or _DATA.search(text):
            score -= 0.7
        elif any(part in ranked() for part in _parts(name)):
            score += 0.4
    return score


def _parts(name: str) -> list[str]:
    words = name.split()
    return (
        [" ".join(words[i : i + n]) for n in (3, 2, 1) for i in range(len(words) - n + 1)]
        if len(words) < 9
        else []
    )


def _is_data(first: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """A first row with numbers or addresses in the same columns as the rows below it is an offer, not a header."""
    filled = [cell.strip() for cell in first if cell.strip()]
    if not filled:
        return False
    if len(set(filled)) < len(filled) and len(filled) > 3:
        return True
    values = [place for place, cell in enumerate(first) if _NUMBER.match(cell.strip()) or _DATA.search(cell)]
    alike = [
        place
        for place in values
        if any(place < len(row) and _NUMBER.match(row[place].strip() or "x") for row in below)
    ]
    return len(values) >= 2 or bool(alike)


def column_names(header: Sequence[str], width: int) -> list[str]:
    """One usable, unique name for each column: its header, `#3` where that is empty, `Image #3` where it is already taken."""
    names: list[str] = []
    taken: set[str] = set()
    for place in range(max(width, len(header))):
        name = " ".join(header[place].replace("\ufeff", "").split()) if place < len(header) else ""
        name = name.strip("\"' ") or f"#{place + 1}"
        if name in taken:
            name = f"{name} #{place + 1}"
        taken.add(name)
        names.append(name)
    return names
