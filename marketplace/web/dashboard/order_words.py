"""An order's history and its routing decisions in plain words."""

from datetime import date
from typing import Any

import msgspec

from marketplace.kernel.i18n import format_day, format_money, format_percent_bp, translator
from marketplace.ordering.routing import Decision
from marketplace.ordering.routing.decision import Reason
from marketplace.ordering.routing.words import AMOUNTS, BASIS_POINTS, DATES, sentence


def _(text: str) -> str:
    return text


STEPS: dict[str, tuple[str, str]] = {
    "checked_out": (_("Checkout began"), ""),
    "placed": (_("The order was placed and paid for"), "good"),
    "payment_declined": (_("The payment was declined"), "bad"),
    "routed": (_("Routed to the suppliers"), ""),
    "sent_to_supplier": (_("Sent to the supplier, order {number}"), ""),
    "agreed": (_("A supplier accepted"), "good"),
    "accepted": (_("A supplier accepted"), "good"),
    "refused": (_("A supplier declined"), "warn"),
    "resourced": (_("Another source was found"), "good"),
    "sold_out": (_("No other source: taken off the order"), "bad"),
    "cancelled": (_("Taken off the order"), "bad"),
    "captured": (_("The shopper was charged"), "good"),
    "not_captured": (_("Nothing was charged"), ""),
    "capture_failed": (_("Charging failed"), "bad"),
    "authorisation_ended": (_("The payment's authorisation ended"), "bad"),
    "shipped": (_("A parcel left"), "good"),
    "delivered": (_("A parcel arrived"), "good"),
    "claim_filed": (_("The shopper opened a claim"), "warn"),
    "withdrawal_declared": (_("The shopper withdrew from the contract"), "warn"),
    "refund_requested": (_("A refund was requested"), ""),
    "refunded": (_("A refund was paid"), "good"),
    "refund_failed": (_("A refund failed"), "bad"),
    "not_refunded": (_("The refund could not be paid"), "bad"),
    "tried_again": (_("The refund was tried again"), ""),
    "replacement": (_("A replacement is on its way"), ""),
    "abandoned": (_("Abandoned before payment"), ""),
}
WHO = {"shopper": _("the shopper"), "supplier": _("the supplier"), "system": None}
WHY = {
    "merchant": _("by you"),
    "shopper": _("at the shopper's wish"),
    "no_source": _("no supplier could serve it"),
    "withdrawal": _("withdrawal"),
    "authorisation": _("the authorisation ended first"),
    "out_of_stock": _("Out of stock"),
    "discontinued": _("No longer available"),
    "price_changed": _("The price has changed"),
    "cannot_ship": _("Cannot be shipped there"),
    "damaged": _("Damaged in the warehouse"),
    "other": _("Another reason"),
}


def steps(timeline: list[dict[str, Any]], locale: str) -> list[dict[str, Any]]:
    """Rows of `order_transition` as the timeline macro wants them, newest first."""
    translate = translator(locale)
    shown = []
    for step in reversed(timeline):
        if step["what"] == "state":  # the header's own word, which the page shows anyway
            continue
        text, tone = STEPS.get(step["what"], (step["what"].replace("_", " ").capitalize(), ""))
        who = WHO.get(step["who"], step["who"])
        shown.append(
            {
                "title": _filled(translate(text), step["detail"]),
                "tone": tone,
                "when": step["at"],
                "who": translate(who) if who in WHO.values() and who else who,
                "text": translate(WHY[step["why"]]) if step["why"] in WHY else step["why"],
            }
        )
    return shown


def decision_in_words(kept: dict[str, Any], lines: list[dict[str, Any]], locale: str) -> dict[str, Any]:
    """One routing decision: who serves what and what it costs, and of each other candidate why not."""
    decision = msgspec.convert(kept["decision"], Decision, strict=False)
    titles = {line["id"]: line["title"] for line in lines}
    names = {s.agreement_id: s.supplier for s in decision.suppliers}
    verdicts = [
        {
            "title": titles.get(v.line_id, v.sku),
            "sku": v.sku,
            "supplier": names.get(v.agreement_id, ""),
            "status": v.status.value,
            "quantity": v.quantity,
            "unit_cost_e4": v.unit_cost_e4,
            "margin_bp": v.margin_bp,
            "reasons": [in_words(r, locale) for r in v.reasons],
        }
        for v in decision.candidates
    ]
    return {
        "number": kept["number"],
        "why": kept["why"],
        "at": kept["at"],
        "total": decision.total,
        "currency": decision.currency,
        "suppliers": [msgspec.to_builtins(s) for s in decision.suppliers],
        "verdicts": verdicts,
        "warnings": [in_words(r, locale) for r in decision.warnings],
    }


def in_words(reason: Reason, locale: str) -> str:
    """The router's reason as a sentence, its amounts and dates written as the reader's language does."""
    text, params = sentence(reason)
    currency = str(params.get("currency", "EUR"))
    return translator(locale)(text) % {
        name: _written(name, value, currency, locale) for name, value in params.items()
    }


def _written(name: str, value: int | str, currency: str, locale: str) -> str:
    if name in AMOUNTS:
        return format_money(int(value), currency, locale)
    if name in BASIS_POINTS:
        return format_percent_bp(int(value), locale)
    if name in DATES:
        return format_day(date.fromisoformat(str(value)), locale)
    return str(value)


class _Blank(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return ""


def _filled(text: str, detail: dict[str, Any]) -> str:
    return text.format_map(_Blank(detail)).strip() if "{" in text else text
