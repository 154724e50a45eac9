"""What somebody meant who typed a word that no product has: the nearest word of this shop. The distance is pure."""

from collections.abc import Sequence

from marketplace.kernel.database import fetch

LEAST = 4  # letters; shorter words are too near to everything


def distance(one: str, other: str, most: int) -> int:
    """Letters to insert, delete, replace or swap with their neighbour to get from one to the other; `most` + 1 when more.

    Optimal string alignment distance, only the band that can be within `most`.
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        older, before, row = before, row, [i]
        for j, b in enumerate(other, start=1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if older and j > 1 and a == other[j - 2] and one[i - 2] == b:
                best = min(best, older[j - 2] + 1)
            row.append(best)
        if min(row) > most:
            return most + 1
    return row[-1]


def allowed(word: str) -> int:
    """How many mistakes we suppose: one in a word of four to seven letters, two in a longer one."""
    return 0 if len(word) < LEAST else 1 if len(word) < 8 else 2


async def corrected(merchant: int, terms: Sequence[str]) -> list[str] | None:
    """The terms with each unknown one replaced by the nearest known word, in the open scope; None when nothing can be done."""
    made = [await _nearest(merchant, term) for term in terms]
    return made if made != list(terms) else None


async def _nearest(merchant: int, term: str) -> str:
    most = allowed(term)
    if not most or not term.isalpha():
        return term
    rows = await fetch(
        "SELECT word, starts_with(word, $2) AS known FROM search_word WHERE merchant = $1 AND (starts_with(word, $2)"
        " OR (length(word) BETWEEN $3 AND $4 AND (left(word, 1) = ANY($5) OR right(word, 3) = right($2, 3)))) LIMIT 20000",
        merchant,
        term,
        len(term) - most,
        len(term) + most,
        list(term[:2]),
    )
    if any(row["known"] for row in rows):
        return term
    near = [(distance(term, row["word"], most), row["word"][0] != term[0], row["word"]) for row in rows]
    best = min(near, default=(most + 1, True, term))
    return best[2] if best[0] <= most else term
