"""Fixed words of the shop: the order button, and what states and steps are called when a shopper reads them."""

from collections.abc import Mapping


def _(text: str) -> str:
    """Marks a text for translation; it is translated where it is shown."""
    return text


#: The button that obliges to pay (directive 2011/83/EU art. 8(2); L221-14 code de la consommation): reviewed wordings,
#: one a language, never a merchant's own. Without it the contract is void.
ORDER_BUTTON: Mapping[str, str] = {
    "fr": "Commande avec obligation de paiement",
    "en": "Order with obligation to pay",
}

#: state of an order -> (words, tone)
ORDER_STATES: Mapping[str, tuple[str, str]] = {
    "awaiting_payment": (_("Waiting for your bank"), "warn"),
    "abandoned": (_("Not paid"), "bad"),
    "placed": (_("Received"), ""),
    "partly_accepted": (_("In preparation"), ""),
    "accepted": (_("In preparation"), ""),
    "partly_shipped": (_("Partly on its way"), ""),
    "shipped": (_("On its way"), ""),
    "partly_delivered": (_("Partly delivered"), "good"),
    "delivered": (_("Delivered"), "good"),
    "lost": (_("Lost by the carrier"), "bad"),
    "returned": (_("Returned"), ""),
    "cancelled": (_("Cancelled"), "bad"),
}

PARCEL_STATES: Mapping[str, tuple[str, str]] = {
    "announced": (_("Handed to the carrier"), ""),
    "in_transit": (_("On its way"), ""),
    "delivered": (_("Arrived"), "good"),
    "lost": (_("Lost by the carrier"), "bad"),
    "returned_to_sender": (_("On its way back to us"), "warn"),
    "voided": (_("Was not sent"), ""),
}

CLAIM_STATES: Mapping[str, tuple[str, str]] = {
    "open": (_("We are looking into it"), "warn"),
    "awaiting_shopper": (_("Waiting for your answer"), "warn"),
    "awaiting_return": (_("Waiting for the goods to come back"), "warn"),
    "resolved": (_("Settled"), "good"),
    "rejected": (_("Declined"), "bad"),
    "withdrawn": (_("Taken back by you"), ""),
}

WITHDRAWAL_STATES: Mapping[str, tuple[str, str]] = {
    "declared": (_("Received"), ""),
    "awaiting_goods": (_("Waiting for the goods to come back"), "warn"),
    "refund_due": (_("Refund under way"), ""),
    "refunded": (_("Refunded"), "good"),
    "refused": (_("Not possible"), "bad"),
}

#: steps of an order's timeline that a shopper reads; {amount} where money moved
STEPS: Mapping[str, str] = {
    "placed": _("Order received"),
    "accepted": _("Articles confirmed for dispatch"),
    "captured": _("{amount} charged to your card"),
    "released": _("{amount} reserved on your card was released"),
    "refunded": _("{amount} refunded"),
    "cancelled": _("Articles cancelled"),
    "shipped": _("A parcel left with {carrier}"),
    "delivered": _("A parcel was delivered"),
    "lost": _("A parcel was lost by the carrier: we are looking after it"),
    "returned_to_sender": _("A parcel is on its way back to us"),
    "replacement": _("A replacement is being prepared"),
    "claim_filed": _("You reported a problem"),
    "withdrawal_declared": _("You withdrew"),
}

#: why articles were cancelled, where the shopper should know
CANCELLED_WHY: Mapping[str, str] = {
    "no_source": _("They turned out to be unavailable everywhere. You are not charged for them."),
    "withdrawal": _("Because you withdrew before they left."),
}

#: what suppliers call options, in whatever language -> what a shop calls them in its own
OPTION_NAMES: Mapping[str, str] = {
    **dict.fromkeys(("colour", "color", "couleur", "farbe"), _("Colour")),
    **dict.fromkeys(("size", "taille", "größe", "dimension", "format"), _("Size")),
    **dict.fromkeys(("material", "matière", "matériau", "materiau"), _("Material")),
    **dict.fromkeys(("pattern", "motif", "muster"), _("Pattern")),
    **dict.fromkeys(("reference", "référence"), _("Reference")),
    **dict.fromkeys(("capacity", "capacité", "contenance"), _("Capacity")),
    **dict.fromkeys(("gender", "genre"), _("Gender")),
    **dict.fromkeys(("age", "âge", "age group"), _("Age")),
}
