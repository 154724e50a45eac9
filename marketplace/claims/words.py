"""Causes and wishes in the reader's language."""

from marketplace.kernel.i18n import translator


def cause_word(cause: str, locale: str) -> str:
    """What is wrong, in the reader's language."""
    return translator(locale)(CAUSE_WORDS[cause])


def wish_word(wish: str, locale: str) -> str:
    return translator(locale)(WISH_WORDS[wish])


def _(text: str) -> str:
    return text


CAUSE_WORDS = {
    "damaged": _("It arrived damaged"),
    "wrong_item": _("It is not what I ordered"),
    "defective": _("It does not work"),
    "not_delivered": _("It has not arrived"),
    "missing": _("It was missing from the parcel"),
    "other": _("Something else"),
    "changed_mind": _("Withdrawal"),
}
WISH_WORDS = {
    "refund": _("My money back"),
    "replacement": _("A replacement"),
    "advice": _("Advice"),
}
