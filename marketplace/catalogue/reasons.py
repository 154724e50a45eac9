"""Why a variant cannot be sold, and why a listing cannot be published: codes, and the sentence a merchant reads.

The feed's own codes (`out_of_stock`, `preorder`, `no_price`, …) are those of `sourcing.reading.offer_row.NOT_SELLABLE`.
"""

from marketplace.sourcing.reading.offer_row import NOT_SELLABLE


def N_(text: str) -> str:  # noqa: N802 — the usual mark for gettext's extraction
    return text


UNSELLABLE: dict[str, str] = {
    **NOT_SELLABLE,
    "vanished": N_("It is gone from its supplier's feed"),
    "no_offer": N_("No supplier's offer is matched to it"),
    "agreement_not_active": N_("The agreement with its supplier is not active"),
    "offer_retired": N_("Its supplier no longer offers it"),
    "offer_hidden": N_("Its supplier does not offer it to you"),
    "no_rate": N_("There is no exchange rate of the day for its cost"),
    "stock_too_old": N_("The supplier's stock was not confirmed for too long"),
    "sold_out": N_("What the supplier has is sold, reserved or kept back as safety stock"),
    "sold_in_lots": N_("The supplier sells it in lots only: set the pack quantity"),
    "no_rule": N_("No price rule holds for it"),
    "below_floor": N_("Its price leaves less than your margin floor"),
}

UNPUBLISHABLE: dict[str, str] = {
    "price": N_("It has no selling price"),
    "photo": N_("It has no photo"),
    "category": N_("It is in no category"),
    "manufacturer": N_("The manufacturer's name, postal and electronic address are missing (GPSR)"),
    "responsible": N_(
        "The manufacturer is outside the EU: its responsible person in the EU is missing (GPSR)"
    ),
    "offer": N_("No supplier's offer is matched to it"),
}


def why_unsellable(code: str) -> str:
    """The English sentence, a msgid; the code itself for one from a feed that we do not know."""
    return UNSELLABLE.get(code, code)
