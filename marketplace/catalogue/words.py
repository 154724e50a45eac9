"""Words as people type them and as URLs and sort orders need them: accents folded, punctuation gone.

The database sorts "école" after "zoo" (its collation is plain bytes on every server), so names carry a stored sort key.
"""

import re
import unicodedata

MAX_SLUG = 80
_LIGATURES = {"ß": "ss", "æ": "ae", "œ": "oe", "þ": "th"}
_STROKES = {
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "ħ": "h",
    "ı": "i",
    "ŧ": "t",
    "ŋ": "n",
    "ς": "σ",
    "ʼ": " ",
}
_PLAIN = str.maketrans({**_LIGATURES, **_STROKES})
_NOT_A_WORD = re.compile(r"[\W_]+")
_DIGITS = re.compile(r"[0-9]+")


def fold(text: str) -> str:
    """Lower case, without accents, words parted by one space: "L’Été à Sète" is "l ete a sete"."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()).translate(_PLAIN)
    bare = "".join(c for c in plain if not unicodedata.combining(c))
    return _NOT_A_WORD.sub(" ", bare).strip()


def sort_key(text: str) -> str:
    """What a title is sorted by: folded, its numbers padded, so that "Vase 9" comes before "Vase 10".

    Sorts as bytes. Never empty: what has no word at all sorts last.
    """
    padded = _DIGITS.sub(lambda number: number[0].lstrip("0").zfill(8), fold(text)[:200])
    return padded[:240] or "\U0010ffff"


def slug(text: str, fallback: str = "item") -> str:
    """A URL's last part: ASCII letters, digits and hyphens, at most `MAX_SLUG`, cut between words where it can be.

    A title in a script without Latin letters gives `fallback`: a shopper's address bar shows no percent signs.
    """
    made = ""
    for word in filter(None, (re.sub(r"[^a-z0-9]", "", word) for word in fold(text).split())):
        if made and len(made) + 1 + len(word) > MAX_SLUG:
            break
        made = f"{made}-{word}" if made else word[:MAX_SLUG]
    return made or fallback


def free_slug(wanted: str, taken: set[str]) -> str:
    """`wanted`, or `wanted-2`, `wanted-3`… the first that is not in `taken`; it is added to `taken`."""
    made, number = wanted, 1
    while made in taken:
        number += 1
        end = f"-{number}"
        made = wanted[: MAX_SLUG - len(end)].rstrip("-") + end
    taken.add(made)
    return made


def search_terms(text: str, at_most: int = 8) -> list[str]:
    """The words somebody typed, folded, each once, in their order; the first `at_most`, of at most 60 characters."""
    return list(dict.fromkeys(word[:60] for word in fold(text[:400]).split()))[:at_most]


def prefix_query(terms: list[str]) -> str:
    """A `to_tsquery('simple', …)` for rows that have, for every term, a word that begins with it.

    Terms come from `search_terms`, so they hold letters and digits only and cannot break the syntax.
    """
    return " & ".join(f"{term}:*" for term in terms)


def _spellings() -> dict[str, str]:
    """Folded letter → every letter of European alphabets that folds to it. Few: a pattern is slower for each of them."""
    found: dict[str, str] = {}
    for code in (*range(0xC0, 0x180), *range(0x386, 0x3CF), *range(0x400, 0x460), *range(0x218, 0x21C)):
        letter = chr(code)
        folded = fold(letter)
        if len(folded) == 1 and letter.isalpha():
            found[folded] = found.get(folded, folded + folded.upper()) + letter
    return {folded: "".join(dict.fromkeys(letters)) for folded, letters in found.items()}


_SPELLINGS = _spellings()
_PLAINER = "".join(spelling for letters in _SPELLINGS.values() for spelling in letters)
_PLAIN_OF = "".join(folded * len(letters) for folded, letters in _SPELLINGS.items())


def folded_sql(text: str) -> str:
    """SQL: `text`, an expression of ours, without accents, case, spaces and punctuation, to compare codes and brands by. Few have
    letters for which the long way must be gone."""
    plain = f"CASE WHEN octet_length({text}) = length({text}) THEN lower({text}) ELSE translate({text}, '{_PLAINER}', '{_PLAIN_OF}') END"
    return f"regexp_replace({plain}, '[[:punct:][:space:]]+', '', 'g')"


_AS_ONE = {"ae": "æÆ", "oe": "œŒ", "ss": "ßẞ", "th": "þÞ"}
_PIECES = re.compile("|".join([*_AS_ONE, "."]))


def accent_blind(term: str) -> str:
    """A regular expression for PostgreSQL's `~` that finds the folded `term` whatever its accents and case.

    One pass over 100,000 titles takes some 60 ms, and needs no index that every feed would have to keep up.
    """
    return "".join(_either(piece) for piece in _PIECES.findall(term))


def _either(piece: str) -> str:
    if piece in _AS_ONE:
        return f"(?:{_either(piece[0])}{_either(piece[1])}|[{_AS_ONE[piece]}])"
    letters = _SPELLINGS.get(piece, "".join(dict.fromkeys(piece + piece.upper())))
    return f"[{letters}]" if len(letters) > 1 else letters
