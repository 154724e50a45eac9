"""Goods that the 14-day right of withdrawal does not cover, with the law that says so (Directive 2011/83/EU art. 16;
article L221-28 of the French consumer code). A merchant picks one of these; nobody types a reason of their own.
"""

from collections.abc import Mapping
from enum import StrEnum


class Exclusion(StrEnum):
    MADE_TO_ORDER = "made_to_order"
    PERISHABLE = "perishable"
    SEALED_HYGIENE = "sealed_hygiene"
    SEALED_MEDIA = "sealed_media"
    INSEPARABLY_MIXED = "inseparably_mixed"
    NEWSPAPER = "newspaper"
    PRICE_FLUCTUATES = "price_fluctuates"


def _(text: str) -> str:
    """Marks a sentence for translation; it is translated where it is shown."""
    return text


SENTENCES: Mapping[Exclusion, str] = {
    Exclusion.MADE_TO_ORDER: _("Made to your specifications or clearly personalised (L221-28, 3°)."),
    Exclusion.PERISHABLE: _("Goods that deteriorate or expire rapidly (L221-28, 4°)."),
    Exclusion.SEALED_HYGIENE: _(
        "Sealed goods that cannot be returned for reasons of hygiene or health once unsealed (L221-28, 5°)."
    ),
    Exclusion.INSEPARABLY_MIXED: _(
        "Goods that are inseparably mixed with others after delivery (L221-28, 6°)."
    ),
    Exclusion.SEALED_MEDIA: _("Sealed audio or video recordings or software, once unsealed (L221-28, 9°)."),
    Exclusion.NEWSPAPER: _("Newspapers, periodicals and magazines (L221-28, 10°)."),
    Exclusion.PRICE_FLUCTUATES: _(
        "Goods whose price depends on fluctuations of the financial market (L221-28, 2°)."
    ),
}

ONLY_ONCE_UNSEALED = frozenset({Exclusion.SEALED_HYGIENE, Exclusion.SEALED_MEDIA})
"""Here the right is lost by unsealing, not by buying: the merchant judges it when the goods come back."""
