"""Choosing a variant by links: every value of every option leads to the variant that keeps most of the others. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from marketplace.catalogue.browse import PageVariant, Photo


@dataclass(frozen=True)
class Value:
    """`exact` is False where the other options would have to change with it."""

    text: str
    variant: int
    current: bool
    sellable: bool
    exact: bool
    photo: str | None


@dataclass(frozen=True)
class Choice:
    name: str
    values: list[Value]

    @property
    def chosen(self) -> str:
        return next((value.text for value in self.values if value.current), "")


def pick(variants: Sequence[PageVariant], wanted: int | None) -> PageVariant | None:
    """The variant asked for, else the first that can be bought, else the first."""
    by_id = {variant.id: variant for variant in variants}
    if wanted in by_id:
        return by_id[wanted]
    return next((v for v in variants if v.sellable), variants[0] if variants else None)


def choices(
    names: Sequence[str], variants: Sequence[PageVariant], current: PageVariant, photos: Sequence[Photo] = ()
) -> list[Choice]:
    """One choice an option that has more than one value; pictures for the first of them that has its own."""
    shown = {photo.variant: photo.sha for photo in reversed(photos) if photo.variant is not None}
    used = [name for name in (names or list(current.options)) if any(name in v.options for v in variants)]
    made = [Choice(name, _values(name, used, variants, current, shown)) for name in used]
    return [choice for choice in made if len(choice.values) > 1]


def _values(
    name: str,
    names: Sequence[str],
    variants: Sequence[PageVariant],
    current: PageVariant,
    shown: dict[int, str],
) -> list[Value]:
    texts = list(dict.fromkeys(v.options[name] for v in variants if v.options.get(name)))
    found = []
    pictured = len(names) == 1 or name == names[0]
    for text in texts:
        having = [v for v in variants if v.options.get(name) == text]
        best = max(having, key=lambda v: (_shared(v, current, names, name), v.sellable))
        exact = _shared(best, current, names, name) == len(names) - 1
        photo = next((shown[v.id] for v in having if v.id in shown), None) if pictured else None
        found.append(Value(text, best.id, current.options.get(name) == text, best.sellable, exact, photo))
    return found


def _shared(one: PageVariant, other: PageVariant, names: Sequence[str], but: str) -> int:
    return sum(1 for n in names if n != but and one.options.get(n) == other.options.get(n))
