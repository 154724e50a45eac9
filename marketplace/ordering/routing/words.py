"""The router's reasons in plain words: one English sentence each, to be translated and filled by the screens.

`sentence(reason)` gives the sentence and the parameters that fill it; amounts stay integers there, and the screen
formats them by locale. `N_` only marks a sentence for extraction.
"""

from collections.abc import Mapping

from marketplace.ordering.routing.decision import Reason, Why


def N_(text: str) -> str:  # noqa: N802 - the name that extraction looks for
    return text


SENTENCES: Mapping[Why, str] = {
    Why.EXCLUDED: N_("Left out: it was refused before, or excluded by hand."),
    Why.NO_AGREEMENT: N_("There is no agreement with this supplier."),
    Why.AGREEMENT_NOT_ACTIVE: N_("The agreement with this supplier is not active (%(state)s)."),
    Why.COUNTRY: N_("Does not ship to %(country)s."),
    Why.NO_COST: N_("The feed states no price."),
    Why.NO_RATE: N_("No exchange rate from %(from)s to %(to)s."),
    Why.OUT_OF_STOCK: N_("Out of stock."),
    Why.SHORT_STOCK: N_("Only %(available)s of %(wanted)s in stock."),
    Why.MIN_UNITS: N_("Sold from %(minimum)s units; this order needs %(wanted)s."),
    Why.BELOW_MARGIN: N_("The margin would be %(margin_bp)s, below your floor of %(floor_bp)s."),
    Why.TOO_LATE: N_("Would arrive on %(arrives)s, after the latest day of %(latest)s."),
    Why.DATE_UNKNOWN: N_("Nobody can say when it would arrive; it must be there by %(latest)s."),
    Why.DEARER: N_("Would make the order %(by)s dearer."),
    Why.CHEAPER: N_("Would make the order %(by)s cheaper."),
    Why.SAME_COST: N_(
        "Costs the same; the tie went to fewer parcels, an earlier arrival or the older offer."
    ),
    Why.WOULD_NOT_FIT: N_("Can give %(available)s, and cannot take the place of what was chosen."),
    Why.NO_CANDIDATE: N_("No offer is matched to it."),
    Why.NO_ELIGIBLE: N_("No matched offer can serve it."),
    Why.NOT_ENOUGH: N_("Only %(served)s of %(wanted)s can be served."),
    Why.INCOMPLETE: N_("Not ordered, because the rest of the order cannot be served."),
    Why.BELOW_MINIMUM: N_("%(supplier)s: %(short)s short of the minimum order of %(minimum)s."),
    Why.NEAR_FRANCO: N_(
        "%(supplier)s: %(short)s short of free shipping from %(franco)s; freight is %(freight)s."
    ),
    Why.LATE: N_("Arrives %(days)s days after the day the shopper was told."),
    Why.LOSS: N_("Costs %(cost)s and sells for %(revenue)s without VAT."),
    Why.NOT_PROVED: N_("A cheaper plan may exist: the search did not finish."),
}

AMOUNTS = frozenset({"by", "short", "minimum", "franco", "freight", "cost", "revenue", "goods"})
"""Parameters that are minor units of the reason's `currency` (of BELOW_MINIMUM, NEAR_FRANCO, DEARER, CHEAPER, LOSS)."""
BASIS_POINTS = frozenset({"margin_bp", "floor_bp"})
DATES = frozenset({"arrives", "latest"})


def sentence(reason: Reason) -> tuple[str, dict[str, int | str]]:
    """(English sentence with %(name)s places, the parameters)."""
    return SENTENCES[reason.code], reason.params
