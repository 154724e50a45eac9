"""What the mapping's pages show, beside the draft itself."""

from __future__ import annotations

from typing import Any

from marketplace.sourcing.drafts.draft import Draft
from marketplace.sourcing.mapping import Mapping
from marketplace.sourcing.mapping.fields import BY_NAME
from marketplace.sourcing.mapping.refs import as_list, refs_of
from marketplace.sourcing.values.text import fold
from marketplace.web.forms import Form
from marketplace.web.staff.sourcing.mapping_forms import (
    FILTER_LINE,
    FIXED_LINE,
    KEEP,
    STOCK_FIELDS,
    said_lines,
    uses_of,
)
from marketplace.web.staff.sourcing.mapping_words import (
    FIXED,
    OTHER_OPTION,
    STATES,
    TESTS,
    column_choices,
)

ALIKE = "\n"
NEW_WORDS = 3  # empty lines for words that the file did not show
_BLANK = {"count": 0, "known": "typed", "field": ""}


def columns_context(draft: Draft, form: Form) -> dict[str, Any]:
    """A line for each of their columns: samples, and what it is used for. What was typed goes before what is kept."""
    mapping = draft.mapping or Mapping()
    shown = (draft.proposal or {}).get("columns", [])
    lines = [_line(place, column, mapping, form) for place, column in enumerate(shown)]
    there = {fold(column["name"]) for column in shown}
    return {
        "lines": lines,
        "groups": column_choices(set(mapping.columns)),
        "used": sum(1 for line in lines if line["to"]),
        "absent": [ref for ref in refs_of(mapping) if fold(ref) not in there and not ref.endswith("[*]")],
        "needs": needs(mapping),
        "keep": KEEP,
        "other_option": OTHER_OPTION,
    }


def _line(place: int, column: dict[str, Any], mapping: Mapping, form: Form) -> dict[str, Any]:
    uses = uses_of(mapping, column["name"])
    if f"to-{place}" in form.values:
        uses = [use for use in (form.raw(f"to-{place}"), form.raw(f"also-{place}")) if use]
    to, also = [*uses, "", ""][:2]
    label = ""
    if to.startswith("options.") and to not in _known_options():
        to, label = OTHER_OPTION, to.removeprefix("options.")
    return {
        "place": place,
        "name": column["name"],
        "samples": [" · ".join(s.split(ALIKE)) for s in column["samples"]],
        "to": to,
        "also": also,
        "option": form.values.get(f"option-{place}", label),
        "hint": BY_NAME[to].hint if to in BY_NAME else "",
        "keeps": KEEP in uses_of(mapping, column["name"]),
        "in_key": any(fold(ref) == fold(column["name"]) for ref in mapping.key_from),
    }


def _known_options() -> set[str]:
    return {choice.value for _, choices in column_choices(set()) for choice in choices}


def needs(mapping: Mapping) -> list[tuple[str, bool, bool]]:
    """(what a feed should say, whether it does, whether it must)."""
    told = mapping.columns.keys() | mapping.fixed.keys()
    return [
        ("Article number", "sku" in told or bool(mapping.key_from), True),
        ("Title", "title" in told, True),
        ("Price", bool({"price", "cost"} & told), False),
        ("Stock", bool({"quantity", "availability"} & told), False),
        ("Pictures", "images" in told, False),
        ("GTIN", "gtin" in told, False),
    ]


def meaning_context(draft: Draft, form: Form | None, currency: str) -> tuple[Form, dict[str, Any]]:
    """The form as it is kept, or as it was typed; and the lists it chooses from. `currency`, the supplier's own, is proposed where
    the file names none."""
    mapping = draft.mapping or Mapping()
    names = [column["name"] for column in (draft.proposal or {}).get("columns", [])]
    told = set(mapping.columns)
    context = {
        "mapping": mapping,
        "names": names,
        "tests": TESTS,
        "fixed_fields": FIXED,
        "prices": _samples(draft, mapping, "price", "cost"),
        "stocks": _samples(draft, mapping, "quantity", "availability"),
        "has": {name: name in told for name in BY_NAME},
        "filters": said_lines(form, *FILTER_LINE)
        if form
        else [(rule.column, rule.test, ", ".join(rule.values)) for rule in mapping.filters],
        "fixed": said_lines(form, *FIXED_LINE)
        if form
        else [(name, value) for name, value in mapping.fixed.items() if name in FIXED],
        "keys": [ref for ref in form.all("key_from") if ref] if form else mapping.key_from,
    }
    return form or _filled(mapping, None if "currency" in told else currency), context


def _samples(draft: Draft, mapping: Mapping, *fields: str) -> list[tuple[str, list[str]]]:
    columns = (draft.proposal or {}).get("columns", [])
    return [
        (column["name"], column["samples"][:5])
        for column in columns
        if set(uses_of(mapping, column["name"])) & set(fields)
    ]


def _filled(mapping: Mapping, currency: str | None) -> Form:
    rate = mapping.vat_rate_bp
    plain = "quantity_kind assumed_quantity price_means price_vat decimal date_order weight_unit image_base inherit net_of"
    return Form.empty(
        **{name: getattr(mapping, name) for name in plain.split()},
        currency=mapping.currency or currency,
        vat_rate=None if rate is None else f"{rate // 100}.{rate % 100:02d}".rstrip("0").rstrip("."),
        image_split="newline" if mapping.image_split == "\n" else mapping.image_split,
        attach_images="1" if mapping.attach_images else "",
        excluded_words=", ".join(mapping.excluded_words),
    )


def words_context(draft: Draft, form: Form) -> dict[str, Any]:
    """The words of the stock columns: those that mean nothing to us yet, this feed's own, and those that are understood."""
    mapping = draft.mapping or Mapping()
    trial = draft.trial if draft.trial_state == "done" else None
    seen = (trial or {}).get("words", [])
    lines = [_word(word, mapping) for word in seen if word["known"] in ("unknown", "own")]
    listed = {fold(line["token"]) for line in lines}
    lines += [
        {
            "token": token,
            "count": 0,
            "known": "own",
            "field": "",
            "state": word.state,
            "quantity": word.quantity,
            "lead": word.lead_days,
        }
        for token, word in mapping.words.items()
        if token and fold(token) not in listed
    ]
    if form.problems:
        lines = [_typed(form, place, token, lines) for place, token in enumerate(form.all("token"))]
    else:
        lines += [{**_BLANK, "token": "", "state": "", "quantity": None, "lead": None}] * NEW_WORDS
    told = [name for name in STOCK_FIELDS if mapping.columns.get(name)]
    return {
        "codes_in": form.raw("words_for") if form.problems else mapping.words_for,
        "stock_columns": [(name, ", ".join(as_list(mapping.columns[name]))) for name in told],
        "lines": [{**line, "place": place} for place, line in enumerate(lines)],
        "understood": [word for word in seen if word["known"] in ("common", "read")],
        "states": STATES,
        "unknown": sum(line["count"] for line in lines if line["known"] == "unknown"),
        "has_stock": bool(told),
    }


def _word(word: dict[str, Any], mapping: Mapping) -> dict[str, Any]:
    own = next((w for token, w in mapping.words.items() if fold(token) == fold(word["token"])), None)
    return {
        **{name: word[name] for name in ("token", "count", "known", "field")},
        "state": own.state if own else "",
        "quantity": own.quantity if own else None,
        "lead": own.lead_days if own else None,
    }


def _typed(form: Form, place: int, token: str, lines: list[dict[str, Any]]) -> dict[str, Any]:
    known = next((line for line in lines if token and line["token"] == token), _BLANK)
    return {
        **known,
        "token": token,
        "state": form.raw(f"state-{place}"),
        "quantity": form.raw(f"quantity-{place}"),
        "lead": form.raw(f"lead-{place}"),
    }
