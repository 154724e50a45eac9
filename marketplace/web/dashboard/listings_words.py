"""The catalogue's codes as the sentences people read: reasons, tasks, steps of a price."""

from collections.abc import Mapping
from typing import Any

from marketplace.catalogue.descriptions import plain_text
from marketplace.catalogue.price import Did, Explained
from marketplace.catalogue.reasons import UNPUBLISHABLE, why_unsellable
from marketplace.kernel.i18n import format_e4, format_money, format_percent_bp, translator
from marketplace.kernel.money import minor_from_e4
from marketplace.web.staff.sourcing.resay import resay_fault


def N_(text: str) -> str:  # noqa: N802 — the usual mark for gettext's extraction
    return text


SKIPPED: Mapping[str, str] = {
    "listed": N_("already in your catalogue"),
    "proposed": N_("waits in your queue as a further source of something you sell"),
    "not_found": N_("no longer there"),
}
FIELDS: Mapping[str, str] = {
    "title": N_("Title"),
    "description": N_("Description"),
    "brand": N_("Brand"),
    "category": N_("Category"),
    "manufacturer": N_("Manufacturer"),
    "responsible": N_("Responsible person in the EU"),
    "warnings": N_("Warnings"),
    "photos": N_("Photos"),
    "weight_g": N_("Weight in grams"),
    "gtin": N_("GTIN"),
    "price": N_("Price"),
}
_STEPS: Mapping[Did, str] = {
    Did.COST: N_("Cost of one unit, net"),
    Did.MULTIPLIER: N_("× {by}"),
    Did.MARKUP: N_("Markup of {by}"),
    Did.ADDITION: N_("Fixed amount of {by}"),
    Did.FREIGHT: N_("The supplier's freight, passed on"),
    Did.VAT: N_("With VAT of {by}"),
    Did.ENDING: N_("To an ending in {by}"),
    Did.MSRP: N_("Held at the recommended price"),
    Did.MARGIN_FLOOR: N_("Lifted to the rule's margin floor"),
    Did.MAP: N_("Lifted to the minimum advertised price"),
    Did.LEAST: N_("Nothing is sold for nothing"),
    Did.NO_COST: N_("No source states a cost"),
    Did.NO_RULE: N_("No price rule holds for it"),
}


def words_of(locale: str) -> dict[str, Any]:
    """What the catalogue's templates call beside the kit."""
    say = translator(locale)
    return {
        "why": lambda code: say(why_unsellable(code)),
        "lacks": lambda code: say(UNPUBLISHABLE.get(code, code)),
        "skipped_why": lambda code: say(SKIPPED.get(code) or why_unsellable(code)),
        "field_name": lambda name: say(FIELDS.get(name, name)),
        "whys": lambda codes: [say(why_unsellable(code)) for code in codes],
        "lacking": lambda codes: [say(UNPUBLISHABLE.get(code, code)) for code in codes],
        "field_names": lambda names: ", ".join(say(FIELDS.get(name, name)) for name in names),
        "resay_fault": lambda fault: resay_fault(fault, locale),
        "as_text": as_text,
        "minor": minor_from_e4,
        "rounding_name": lambda code: say(_ROUNDINGS[code]),
    }


_ROUNDINGS: Mapping[str, str] = {
    "none": N_("as it comes"),
    ".99": N_(".99"),
    ".95": N_(".95"),
    ".90": N_(".90"),
    "whole": N_("a whole amount"),
    "to_5": N_("a multiple of 5"),
}
ROUNDINGS = tuple(_ROUNDINGS)


def as_text(value: Any) -> str:
    """Any field's value as words: a description without its tags, a manufacturer on a line."""
    if isinstance(value, dict):
        return ", ".join(str(part) for part in value.values())
    return plain_text(str(value)) if value is not None else ""


def steps_in_words(steps: list[Explained], currency: str, locale: str) -> list[tuple[str, str]]:
    """(what was done, the amount after it) for each step of a price."""
    say = translator(locale)
    return [
        (say(_STEPS[step.did], by=_by(step, currency, locale)), _amount(step, currency, locale))
        for step in steps
    ]


def _by(step: Explained, currency: str, locale: str) -> str:
    by: Any = step.by
    if by is None:
        return ""
    if step.did is Did.MULTIPLIER:
        return format_e4(by, "EUR", locale).strip("€\xa0")
    if step.did in (Did.MARKUP, Did.VAT):
        return format_percent_bp(by, locale)
    if step.did is Did.ENDING:
        return translator(locale)(_ROUNDINGS.get(by, str(by)))
    return format_money(by, currency, locale) if isinstance(by, int) else str(by)


def _amount(step: Explained, currency: str, locale: str) -> str:
    if step.net_e4 is not None:
        return format_e4(step.net_e4, currency, locale)
    return format_money(step.gross, currency, locale) if step.gross is not None else ""
