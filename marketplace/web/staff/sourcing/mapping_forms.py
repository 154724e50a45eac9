"""What a person said on the mapping's pages, made into a Mapping. Nothing that has no field on a page is ever lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from marketplace.kernel.fetching import N_
from marketplace.kernel.money import EXPONENTS
from marketplace.sourcing.drafts.draft import Draft
from marketplace.sourcing.mapping import Mapping, RowFilter, Word
from marketplace.sourcing.mapping.fields import BY_NAME
from marketplace.sourcing.mapping.refs import as_list
from marketplace.sourcing.values.condition import read_condition
from marketplace.sourcing.values.country import read_country
from marketplace.sourcing.values.currency import currency_of
from marketplace.sourcing.values.measure import read_rate
from marketplace.sourcing.values.text import fold
from marketplace.web.forms import Form
from marketplace.web.staff.sourcing.mapping_words import (
    DELIMITERS,
    ENCODINGS,
    FIXED,
    OTHER_OPTION,
    STATES,
    TESTS,
)

KEEP = "="  # a column's part in something that has no list of its own: pairs of option name and value
LONGEST_NAME = 60


def uses_of(mapping: Mapping, column: str) -> list[str]:
    """What a column is used for: fields, `options.Colour`, KEEP."""
    folded = fold(column)

    def is_it(ref: str) -> bool:
        return ref == column or (bool(folded) and fold(ref) == folded)

    found = [field for field, refs in mapping.columns.items() if any(map(is_it, as_list(refs)))]
    found += [f"options.{label}" for label, ref in mapping.options.items() if is_it(ref)]
    if any(is_it(ref) for pair in mapping.option_pairs for ref in pair) or _starred(mapping, column):
        found.append(KEEP)
    return found


def _starred(mapping: Mapping, column: str) -> bool:
    tag, bracket, _ = column.partition("[")
    return bool(bracket) and f"{tag}[*]" in mapping.option_columns


def read_reading(form: Form, draft: Draft) -> tuple[str, dict[str, Any]]:
    """(format, settings of how the file is read) of the first step; problems go into the form."""
    was = draft.mapping or Mapping()
    reading: dict[str, Any] = {}
    format = form.text("format", most=40) or was.format
    if encoding := form.one_of("encoding", {was.encoding, *(name for name, _ in ENCODINGS)}, required=False):
        reading["encoding"] = encoding
    if "delimiter" in form.values:
        said = form.values["delimiter"]  # not stripped: it may be a tab
        other = form.values.get("delimiter_other", "")
        known = [mark for mark, _ in DELIMITERS]
        if said == "other" and (len(other) != 1 or other in "\r\n\"'\\"):
            form.problem("delimiter_other", "One single character, please.")
        elif said != "other" and said not in known and said != was.delimiter:
            form.problem("delimiter", "Please choose one of the list.")
        reading["delimiter"] = other if said == "other" else said
    if "header_row" in form.values:
        reading["header_row"] = form.integer("header_row", most=100_000) or 0
    if "sheet" in form.values:
        reading["sheets"] = [form.raw("sheet")] if form.raw("sheet") else []
    if "record_path" in form.values:
        reading["record_path"] = form.text("record_path", most=300) or ""
    return format, reading


def read_columns(form: Form, draft: Draft) -> Mapping:
    """The second step: where each column goes. Columns the page did not show keep their use."""
    was = draft.mapping or Mapping()
    shown = [column["name"] for column in (draft.proposal or {}).get("columns", [])]
    columns: dict[str, list[str]] = {}
    options: dict[str, str] = {}
    kept: set[str] = set()
    for place, name in enumerate(shown):
        said = [form.raw(f"to-{place}"), form.raw(f"also-{place}")]
        if f"to-{place}" not in form.values:
            said = uses_of(was, name)
        for value in dict.fromkeys(said):
            if value == KEEP:
                kept.add(name)
            elif value == OTHER_OPTION:
                label = " ".join(form.raw(f"option-{place}").split())[:LONGEST_NAME]
                if not label:
                    form.problem(f"to-{place}", "Name this choice.")
                options[label] = name
            elif value.startswith("options."):
                options[value.removeprefix("options.")] = name
            elif value in BY_NAME or value in was.columns:
                columns.setdefault(value, []).append(name)
            elif value:
                form.problem(f"to-{place}", "Please choose one of the list.")
    return msgspec.structs.replace(
        was,
        columns=_ordered(columns, was, shown),
        options={**_absent_options(was, shown), **options},
        option_pairs=[
            pair for pair in was.option_pairs if all(ref in kept or ref not in shown for ref in pair)
        ],
        option_columns=[ref for ref in was.option_columns if _still_starred(ref, shown, kept)],
    )


def _ordered(columns: dict[str, list[str]], was: Mapping, shown: list[str]) -> dict[str, str | list[str]]:
    """Several columns of one field keep the order they had: the first that is filled counts. Columns not in this file stay."""
    there = {fold(name) for name in shown}
    found: dict[str, str | list[str]] = {}
    for field in dict.fromkeys([*was.columns, *columns]):
        before = as_list(was.columns.get(field, ()))
        chosen = columns.get(field, [])
        refs = [ref for ref in before if fold(ref) not in there and ref not in chosen]
        refs += [name for ref in before for name in chosen if fold(name) == fold(ref)]
        refs += [name for name in chosen if name not in refs]
        if refs:
            found[field] = refs[0] if len(refs) == 1 else refs
    return found


def _absent_options(was: Mapping, shown: list[str]) -> dict[str, str]:
    there = {fold(name) for name in shown}
    return {label: ref for label, ref in was.options.items() if fold(ref) not in there}


def _still_starred(ref: str, shown: list[str], kept: set[str]) -> bool:
    tag = ref.partition("[")[0]
    inside = [name for name in shown if name.startswith(f"{tag}[")]
    return not inside or any(name in kept for name in inside)


def read_meaning(form: Form, draft: Draft) -> Mapping:
    """The third step: what numbers mean, what keys are made of, which rows count."""
    was = draft.mapping or Mapping()
    rate = form.decimal("vat_rate", places=2)
    if rate is not None and rate > 5_000:
        form.problem("vat_rate", "That number is out of range.")
    currency = (form.text("currency", most=3) or "").upper() or None
    if currency and currency not in EXPONENTS:
        form.problem("currency", "This is not a currency code.")
    base = form.text("image_base", most=500) or ""
    if base and not base.startswith(("http://", "https://")):
        form.problem("image_base", "It must begin with https:// or http://.")
    values: dict[str, Any] = {
        "quantity_kind": form.one_of("quantity_kind", ("exact", "at_least", "unknown")),
        "assumed_quantity": form.integer("assumed_quantity", most=1_000_000, required=True),
        "price_means": form.one_of("price_means", ("cost", "public")),
        "price_vat": form.one_of("price_vat", ("included", "excluded")),
        "vat_rate_bp": rate,
        "currency": currency,
        "decimal": form.one_of("decimal", ("auto", ".", ",")),
        "date_order": form.one_of("date_order", ("dmy", "mdy", "ymd")),
        "weight_unit": form.one_of("weight_unit", ("g", "kg", "lb", "oz")),
        "image_base": base,
        "image_split": form.one_of("image_split", ("auto", ",", ";", "|", "newline")),
        "key_from": [ref for ref in form.all("key_from") if ref],
        "inherit": form.raw("inherit") if form.raw("inherit") in ("", "group", "previous") else "",
        "attach_images": form.flag("attach_images"),
        "net_of": form.one_of("net_of", ("agreement", "acceptance", "shipment", "never")),
        "filters": _filters(form),
        "excluded_words": _words(form.raw("excluded_words")),
        "fixed": _fixed(form, was),
    }
    if values["image_split"] == "newline":
        values["image_split"] = "\n"
    if form.problems:
        return was
    return msgspec.structs.replace(was, **values)


def _words(text: str) -> list[str]:
    parts = text.replace("\r", "\n").replace("\n", ",").split(",")
    return list(dict.fromkeys(part.strip() for part in parts if part.strip()))[:100]


FILTER_LINE = ("filter_column", "filter_test", "filter_values")
FIXED_LINE = ("fixed_field", "fixed_value")


def said_lines(form: Form, *names: str) -> list[tuple[str, ...]]:
    """Lines of several fields in which a person chose or wrote something: what a problem's number counts."""
    lines = zip(*(form.all(name) for name in names), strict=False)
    return [line for line in lines if line[0] or line[-1].strip()]


def _filters(form: Form) -> list[RowFilter]:
    found: list[RowFilter] = []
    tests = [name for name, _ in TESTS]
    for place, (column, test, values) in enumerate(said_lines(form, *FILTER_LINE)):
        wanted = _words(values)
        if not column:
            form.problem(f"filter-{place}", "Choose the column of this rule.")
        elif test not in tests or (not wanted and test not in ("is_empty", "is_not_empty")):
            form.problem(f"filter-{place}", "Say what the column must be.")
        else:
            found.append(RowFilter(column, test, wanted))  # type: ignore[arg-type]
    return found


#: values that are read as those of a column would be, with what is said at once of one that cannot be
_READ: dict[str, tuple[Callable[[str], str | int | None], str]] = {
    "condition": (read_condition, N_("The condition is new, refurbished or used.")),
    "currency": (currency_of, N_("This is not a currency code.")),
    "origin_country": (read_country, N_("We do not know this country.")),
    "vat_rate": (read_rate, N_("Please enter the VAT rate as a number.")),
}


def _fixed(form: Form, was: Mapping) -> dict[str, str]:
    """Those of the page, and those that the page has no line for."""
    found = {name: value for name, value in was.fixed.items() if name not in FIXED}
    for place, (name, value) in enumerate(said_lines(form, *FIXED_LINE)):
        text = value.strip()[:500]
        if not text:
            continue
        if name not in FIXED:
            form.problem(f"fixed-{place}", "Choose the field of this value.")
        elif (
            name in ("lead_days", "min_quantity", "pack_quantity", "price_quantity") and not text.isdecimal()
        ):
            form.problem(f"fixed-{place}", "Please enter a whole number.")
        elif name in _READ and _READ[name][0](text) is None:
            form.problem(f"fixed-{place}", _READ[name][1])
        else:
            found[name] = text
    return found


#: fields of stock whose cells may hold codes
STOCK_FIELDS = ("quantity", "availability", "lead_days")


def read_words(form: Form, draft: Draft) -> Mapping:
    """The fourth step: what this feed's own stock words mean, and in which column numbers among them are codes."""
    was = draft.mapping or Mapping()
    words: dict[str, Word] = {token: word for token, word in was.words.items() if not token}
    for place, token in enumerate(form.all("token")):
        word = _word(form, place, token.strip())
        if word is not None:
            words[token.strip()[:200]] = word
    words_for = was.words_for
    if "words_for" in form.values:
        words_for = form.one_of("words_for", STOCK_FIELDS, required=False) or ""  # type: ignore[assignment]
    return msgspec.structs.replace(was, words=words, words_for=words_for)


def _word(form: Form, place: int, token: str) -> Word | None:
    """One line: what a word means, or None where nothing is decided."""
    state = form.raw(f"state-{place}")
    quantity = form.integer(f"quantity-{place}", most=1_000_000)
    lead_days = form.integer(f"lead-{place}", most=365)
    if not token:
        if state or quantity is not None or lead_days is not None:
            form.problem(f"token-{place}", "Write the word as the file has it.")
        return None
    if not state:
        if quantity is not None or lead_days is not None:
            form.problem(f"state-{place}", "Say what it means first.")
        return None
    if state not in {name for name, _ in STATES}:
        form.problem(f"state-{place}", "Please choose one of the list.")
        return None
    if quantity is None and state in ("out_of_stock", "discontinued"):
        quantity = 0
    return Word(state=state, quantity=quantity, lead_days=lead_days)  # type: ignore[arg-type]
