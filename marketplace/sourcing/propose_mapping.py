"""What a file is, and how it could be read: shown to a person with five samples a column, corrected, and kept with the feed."""

from __future__ import annotations

from collections.abc import Mapping as Map
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from marketplace.sourcing.formats import format_of, formats
from marketplace.sourcing.formats.shape import Format
from marketplace.sourcing.mapping.family import settle_families
from marketplace.sourcing.mapping.headerless import without_header
from marketplace.sourcing.mapping.keys import settle_keys
from marketplace.sourcing.mapping.model import Mapping
from marketplace.sourcing.mapping.names import said_by
from marketplace.sourcing.mapping.nesting import first_variants, group_of, names_of_variants, variants_path
from marketplace.sourcing.mapping.propose import guess_columns, take_options
from marketplace.sourcing.mapping.refs import MANY_REFS, as_list
from marketplace.sourcing.mapping.settings import currency_said, currency_set, settle
from marketplace.sourcing.reading.errors import FeedRefused
from marketplace.sourcing.reading.look import Look, look_at
from marketplace.sourcing.reading.relook import look_around, relook
from marketplace.sourcing.reading.sniff import sniff
from marketplace.sourcing.reading.tally import Warned
from marketplace.sourcing.values.text import fold, shorten, truth

SAMPLES = 5


class ProposedColumn(Struct):
    """One of their columns: five different values of it, and the fields of ours it is proposed for (an option as `options.Colour`)."""

    name: str
    samples: list[str]
    fields: list[str] = field(default_factory=list)


class Proposal(Struct):
    """How a file could be read. `warnings` are sentences; `told` are those of them that a page can translate."""

    format: str
    label: str
    encoding: str
    delimiter: str | None
    header_row: int | None
    columns: list[ProposedColumn]
    mapping: Mapping
    warnings: list[str]
    told: list[Warned] = field(default_factory=list)
    broken: FeedRefused | None = None  # where the document is; only with `recover`


def propose(
    path: Path,
    name: str = "",
    content_type: str = "",
    *,
    format: str | None = None,
    reading: Map[str, Any] | None = None,
    recover: bool = False,
) -> Proposal:
    """Look at a file and propose its mapping. `name` and `content_type` are hints only; `format` is a person's choice, and so
    are the settings of `reading` (those of `relook.READING`). With `recover` a broken XML document is looked at around its fault:
    that is for people to see, what is imported is read by other code and refused there.

    Raises FeedRefused when the file is no feed of products, or is broken where it was looked at.
    """
    head = sniff(path, name, content_type)
    broken: FeedRefused | None = None
    try:
        look = look_at(head) if not reading else relook(head, look_at(head), reading)
    except FeedRefused as fault:
        if not recover:
            raise
        look, broken = look_around(head, reading or {}, fault), fault
    head = look.head
    chosen = formats()[format] if format in formats() else format_of(look)
    mapping = Mapping(format=chosen.name, encoding=head.encoding)
    for setting, value in {**look.settings, **chosen.settings}.items():
        setattr(mapping, setting, value)
    told = _map(mapping, chosen, look)
    if look.preamble:
        told.append(Warned("preamble", {"count": len(look.preamble)}))
    columns = _columns(mapping, look)
    unused = sum(1 for column in columns if not column.fields)
    if unused:
        told.append(Warned("unused", {"count": unused}))
    return Proposal(
        chosen.name, chosen.label, mapping.encoding, mapping.delimiter, mapping.header_row, columns, mapping,
        [*head.warnings, *(warned.sentence for warned in told)], told, broken,
    )  # fmt: skip


def _nested(mapping: Mapping, chosen: Format, look: Look) -> tuple[str, dict[str, str]]:
    """Where no format says how, variants inside the records are found by their names and values. Gives what the columns of these
    begin with, "" where there are none, and those that say what each is called, by our option's name."""
    mark = {"xml": "/", "json": ".", "jsonl": "."}.get(chosen.name)
    path = variants_path(look.columns, look.samples, mark) if mark else ""
    if not mark or not path:
        return "", {}
    mapping.expand = path
    called = names_of_variants(look.columns, look.samples, path + mark)
    look.samples = first_variants(look.columns, look.samples, path, mark)
    group = group_of(look.columns, path, mark)
    if group:
        mapping.columns["group_key"] = group
    return path + mark, called


def _map(mapping: Mapping, chosen: Format, look: Look) -> list[Warned]:
    """Columns, options, then what the values say. The format's own names go first."""
    inner, called = _nested(mapping, chosen, look)
    shared = {name: [str(ref)] for name, ref in mapping.columns.items()}
    known = {**_known(chosen, look), **shared}
    if not chosen.only:
        if mapping.header_row == 0 and look.head.shape in ("table", "workbook"):
            known = without_header(look.columns, look.samples) | known
        else:
            known = guess_columns(look.columns, look.samples, known, inner)
    mapping.options = {**_options(chosen, look), **take_options(known)}
    if not chosen.only and not mapping.options and ("group_key" in known or _repeats(look, known)):
        mapping.options = _told_apart(look, known)
        if mapping.options and "group_key" not in known:
            known["group_key"] = known["title"][:1]
    taken = {*mapping.options.values(), *(ref for refs in known.values() for ref in refs)}
    if inner and not any(ref.startswith(inner) for ref in mapping.options.values()):
        mapping.options |= {label: column for label, column in called.items() if column not in taken}
    mapping.columns = {name: refs[0] if len(refs) == 1 else refs for name, refs in known.items()}
    samples = {column: look.values(column) for column in look.columns}
    if "price_means" not in chosen.settings and _is_public(known):
        mapping.price_means = "public"
    kept = {name: getattr(mapping, name) for name in chosen.settings}
    settle(mapping, samples)
    if mapping.currency is None and "currency" not in mapping.columns and "currency" not in mapping.fixed:
        mapping.currency = currency_said(look.preamble) or currency_set(look.columns)
    for name, value in kept.items():
        setattr(mapping, name, value)
    if chosen.finish is not None:
        chosen.finish(mapping, look)
    rows = [dict(zip(look.columns, row, strict=False)) for row in look.samples]
    stand_in = None if settle_families(mapping, rows) else settle_keys(mapping, rows)
    return [Warned("title_key", {"column": stand_in})] if stand_in else []


def _repeats(look: Look, known: Map[str, Sequence[str]]) -> bool:
    """Whether several rows have one title, and a number of their own."""
    titles = look.values(known["title"][0]) if "title" in known and "sku" in known else []
    numbers = look.values(known["sku"][0]) if titles else []
    return len(set(titles)) < len(titles) and len(set(numbers)) == len(numbers) == len(titles)


def _is_public(known: Map[str, Sequence[str]]) -> bool:
    """Beside a cost the price is the shoppers'; so is a recommended one where there is no other."""
    if "price" not in known:
        return False
    told = {field for field, _ in said_by(known["price"][0])}
    return "cost" in known or ("msrp" in told and "price" not in told)


def _known(chosen: Format, look: Look) -> dict[str, list[str]]:
    """The format's own columns that are there: the first of the names, for pictures and categories all of them."""
    found: dict[str, list[str]] = {}
    for name, theirs in chosen.columns.items():
        there = [look.folded[fold(each)] for each in theirs if fold(each) in look.folded]
        exact = [each for each in theirs if each in look.columns]
        there = list(dict.fromkeys(exact + [each for each in there if each not in exact])) if exact else there
        if there:
            found[name] = list(dict.fromkeys(there)) if name in MANY_REFS or name in _COALESCED else there[:1]
    return found


_COALESCED = frozenset({"title", "description", "brand", "price", "cost", "variant_image"})
"""Fields for which a format's second name stands in where the first is empty."""


def _options(chosen: Format, look: Look) -> dict[str, str]:
    return {
        label: look.folded[fold(column)]
        for label, column in chosen.options.items()
        if fold(column) in look.folded
    }


_CHOICE = frozenset(
    map(fold, ("Variant", "Variation", "Variant title", "Variant name", "Variation name", "Variante", "Déclinaison", "Ausprägung", "Wariant", "Varianta",
               "Variación", "Variazione", "Variação", "Вариант", "Option", "Optie"))
)  # fmt: skip


def _told_apart(look: Look, known: Map[str, Sequence[str]]) -> dict[str, str]:
    """Of variants that say neither colour nor size: the column that says which one it is."""
    used = {ref for refs in known.values() for ref in refs}
    for column in look.columns:
        said = set(look.values(column)) if fold(column) in _CHOICE and column not in used else set()
        if len(said) > 1 and any(truth(each) is None for each in said):
            return {"Variant": column}
    return {}


def _columns(mapping: Mapping, look: Look) -> list[ProposedColumn]:
    uses: dict[str, list[str]] = {}
    for name, refs in mapping.columns.items():
        for ref in as_list(refs):
            uses.setdefault(ref, []).append(name)
    for label, ref in mapping.options.items():
        uses.setdefault(ref, []).append(f"options.{label}")
    for ref in (ref for pair in mapping.option_pairs for ref in pair):
        uses.setdefault(ref, []).append("options")
    for ref in mapping.key_from:
        uses.setdefault(ref, []).append("key")
    return [
        ProposedColumn(
            name,
            [shorten(v, 120) for v in list(dict.fromkeys(look.values(name)))[:SAMPLES]],
            uses.get(name, _starred(name, mapping)),
        )
        for name in look.columns
    ]


def _starred(name: str, mapping: Mapping) -> list[str]:
    """`param[Colour]` where `param[*]` is taken."""
    tag, bracket, rest = name.partition("[")
    return [f"options.{rest[:-1]}"] if bracket and f"{tag}[*]" in mapping.option_columns else []
