"""A complaint's history and states in words."""

from typing import Any

from marketplace.kernel.i18n import translator


def _(text: str) -> str:
    return text


STEPS: dict[str, tuple[str, str]] = {
    "filed": (_("The shopper opened the claim"), "warn"),
    "answered": (_("You answered the shopper"), ""),
    "asked": (_("You asked the shopper for more"), ""),
    "replied": (_("The shopper replied"), "warn"),
    "forwarded": (_("You forwarded it to supplier order {supplier_order}"), ""),
    "supplier_replied": (_("The supplier replied"), ""),
    "return_authorised": (_("You authorised a return"), ""),
    "goods_back": (_("The goods are back"), "good"),
    "resolved": (_("You decided the claim"), "good"),
    "rejected": (_("You rejected the claim"), "bad"),
    "withdrawn": (_("The shopper withdrew the claim"), ""),
    "refunded": (_("The refund was paid"), "good"),
    "refund_done": (_("The refund was paid"), "good"),
    "refund_failed": (_("The refund failed"), "bad"),
    "recovery_issued": (_("Debit note {number} was issued"), ""),
    "recovery_accepted": (_("The supplier accepted debit note {number}"), "good"),
    "recovery_disputed": (_("The supplier disputes debit note {number}"), "warn"),
    "recovery_maintained": (_("You maintained debit note {number}"), ""),
    "recovery_settled": (_("Debit note {number} was settled"), "good"),
    "recovery_waived": (_("You waived debit note {number}"), ""),
}
STATES: dict[str, tuple[str, str]] = {
    "open": (_("To answer"), "warn"),
    "awaiting_shopper": (_("Waits for the shopper"), "info"),
    "awaiting_return": (_("Waits for the goods"), "info"),
    "resolved": (_("Resolved"), "good"),
    "rejected": (_("Rejected"), "bad"),
    "withdrawn": (_("Withdrawn"), ""),
}
WHO = {"shopper": _("the shopper"), "supplier": _("the supplier"), "system": _("Comptoir")}


def steps(timeline: list[dict[str, Any]], locale: str) -> list[dict[str, Any]]:
    """Rows of `claim_transition` as the timeline macro wants them, newest first."""
    translate = translator(locale)
    return [
        {
            "title": _filled(
                translate(STEPS.get(s["what"], (s["what"].replace("_", " "), ""))[0]), s["detail"]
            ),
            "tone": STEPS.get(s["what"], ("", ""))[1],
            "when": s["at"],
            "who": translate(WHO[s["who"]]) if s["who"] in WHO else s["who"],
            "text": s["why"],
        }
        for s in reversed(timeline)
    ]


class _Blank(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return ""


def _filled(text: str, detail: dict[str, Any]) -> str:
    return text.format_map(_Blank(detail)) if "{" in text else text
