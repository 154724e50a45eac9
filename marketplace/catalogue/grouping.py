"""From a supplier's offers to products with variants: which belong together, what the product is called, and what tells
its variants apart. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from marketplace.catalogue.words import fold

MOST_VARIANTS = 200  # more under one group key is a feed that put a constant there
_EDGES = " \t-–—,;:/|·•([{"


@dataclass(frozen=True)
class Piece:
    """An offer, as far as grouping goes. `options` is the feed's, name → value."""

    offer: int
    supplier: int
    sku: str
    title: str
    group_key: str | None = None
    options: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Group:
    """One product to be: its variants in the feed's order, each with options no other has."""

    key: str | None  # the supplier's group key; None when it stands alone
    supplier: int
    title: str
    option_names: list[str]
    variants: list[tuple[Piece, dict[str, str]]]


def grouped(pieces: Sequence[Piece], *, reference: str = "Reference") -> list[Group]:
    """One product a group key (of one supplier), and one for each offer without. Order is kept.

    `reference` names the option that tells variants apart where the feed does not; its value is the SKU.
    """
    places = {piece.offer: place for place, piece in enumerate(pieces)}
    together: dict[tuple[int, str], list[Piece]] = {}
    for piece in pieces:
        key = piece.group_key.strip() if piece.group_key else ""
        together.setdefault((piece.supplier, key or f"\x00{piece.offer}"), []).append(piece)
    found = [group for members in together.values() for group in _split(members, reference)]
    return sorted(found, key=lambda group: places[group.variants[0][0].offer])


def _split(members: list[Piece], reference: str) -> list[Group]:
    """A group key over very many offers, or over offers without anything in common, groups nothing."""
    if len(members) > MOST_VARIANTS or not _alike(members):
        return [_group([one], None, reference) for one in members]
    return [_group(members, (members[0].group_key or "").strip() or None, reference)]


def _alike(members: list[Piece]) -> bool:
    if any(one.options for one in members):
        return True
    return bool(common_title([one.title for one in members]))


def _group(members: list[Piece], key: str | None, reference: str) -> Group:
    options = telling_options(members, reference)
    names = list(dict.fromkeys(name for one in options for name in one))
    title = common_title([one.title for one in members]) or members[0].title
    return Group(key, members[0].supplier, title, names, list(zip(members, options, strict=True)))


def telling_options(members: Sequence[Piece], reference: str) -> list[dict[str, str]]:
    """Options by which each variant differs from the others; a lone offer keeps those it has."""
    options = [{k.strip(): v.strip() for k, v in one.options.items() if v and v.strip()} for one in members]
    if len(members) == 1:
        return options
    if not any(options):
        tails = _tails([one.title for one in members])
        if len({fold(tail) for tail in tails}) == len(members) and all(tails):
            return [{reference: tail} for tail in tails]
    seen = [tuple(sorted(one.items())) for one in options]
    return [
        {**one, reference: piece.sku} if seen.count(mine) > 1 or not one else one
        for one, mine, piece in zip(options, seen, members, strict=True)
    ]


def common_title(titles: Sequence[str]) -> str:
    """What all titles begin with, in whole words: "Oak chair, blue", "Oak chair, red" → "Oak chair".

    Empty when that is less than two words and less than a third of the shortest title.
    """
    if len({title.strip() for title in titles}) == 1:
        return titles[0].strip()
    common = _common_words(titles)
    made = " ".join(common).rstrip(_EDGES)
    shortest = min(len(title) for title in titles)
    return made if len(made.split()) >= 2 or len(made) * 3 >= shortest else ""


def _common_words(titles: Sequence[str]) -> list[str]:
    common: list[str] = []
    for words in zip(*(title.split() for title in titles), strict=False):
        if len({fold(word) or word for word in words}) > 1:
            break
        common.append(words[0])
    return common


def _tails(titles: Sequence[str]) -> list[str]:
    """What is left of each title after what they have in common."""
    shared = len(_common_words(titles))
    return [" ".join(title.split()[shared:]).strip(_EDGES + ")]}").strip()[:60] for title in titles]
