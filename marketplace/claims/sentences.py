"""What judges said, as a sentence in the reader's language."""

from collections.abc import Iterable
from datetime import date

from marketplace.claims.cause import SENTENCES, Reason
from marketplace.kernel.i18n import format_count, format_day, translator


def sentence(reason: Reason, locale: str) -> str:
    """Dates and counts as that language writes them."""
    return translator(locale)(SENTENCES[reason.code]) % {
        name: _written(value, locale) for name, value in reason.params.items()
    }


def sentences(reasons: Iterable[Reason], locale: str) -> list[str]:
    return [sentence(reason, locale) for reason in reasons]


def _written(value: int | str, locale: str) -> str:
    return (
        format_count(value, locale)
        if isinstance(value, int)
        else format_day(date.fromisoformat(value), locale, "long")
    )
