"""Codes in plain words. English msgids; a template translates them with `_`."""

from __future__ import annotations

from marketplace.kernel.fetching import N_

#: health of a feed -> (words, tone)
HEALTH: dict[str, tuple[str, str]] = {
    "held": (N_("Decision needed"), "warn"),
    "failing": (N_("Failing"), "bad"),
    "stopped": (N_("Too old to sell"), "bad"),
    "stale": (N_("Getting old"), "warn"),
    "new": (N_("Never imported"), ""),
    "running": (N_("Running"), "info"),
    "paused": (N_("Paused"), ""),
    "well": (N_("Healthy"), "good"),
}
#: state of a run -> (words, tone)
RUN: dict[str, tuple[str, str]] = {
    "pending": (N_("Waiting for a worker"), "info"),
    "fetching": (N_("Running"), "info"),
    "diffed": (N_("Running"), "info"),
    "applying": (N_("Applying"), "info"),
    "unchanged": (N_("Nothing new"), ""),
    "held": (N_("Held"), "warn"),
    "applied": (N_("Applied"), "good"),
    "undone": (N_("Undone"), ""),
    "dropped": (N_("Dropped"), ""),
    "failed": (N_("Failed"), "bad"),
}
TRIGGER: dict[str, str] = {
    "schedule": N_("on schedule"),
    "hand": N_("by hand"),
    "upload": N_("file sent"),
    "api": N_("sent by API"),
    "retry": N_("tried again"),
}
#: what a worker is doing -> (words, step of the page's four)
PHASE: dict[str | None, tuple[str, int]] = {
    None: (N_("Waiting for a worker"), 0),
    "waiting": (N_("Waiting for a worker"), 0),
    "fetching": (N_("Fetching the file"), 1),
    "reading": (N_("Reading rows"), 2),
    "comparing": (N_("Comparing with your offers"), 3),
    "judging": (N_("Comparing with your offers"), 3),
    "applying": (N_("Writing changes"), 4),
    "ending": (N_("Telling the shops"), 4),
    "undoing": (N_("Taking it back"), 4),
}
DIFF: dict[str, str] = {
    "changed": N_("Changed"),
    "new": N_("New"),
    "vanished": N_("Gone"),
    "zeroed": N_("Now sold out"),
    "surged": N_("Far more stock"),
    "repriced": N_("Repriced"),
    "returned": N_("Back again"),
    "rejected": N_("Rejected rows"),
    "warning": N_("Remarks"),
}
#: columns of an offer
FIELD: dict[str, str] = {
    "title": N_("Title"),
    "description": N_("Description"),
    "group_key": N_("Variant group"),
    "brand": N_("Brand"),
    "mpn": N_("Part number"),
    "gtin": N_("GTIN"),
    "category": N_("Category"),
    "google_category": N_("Google category"),
    "options": N_("Options"),
    "images": N_("Pictures"),
    "link": N_("Product page"),
    "condition": N_("Condition"),
    "msrp_e4": N_("Recommended price"),
    "map_e4": N_("Minimum advertised price"),
    "weight_g": N_("Weight"),
    "origin_country": N_("Origin"),
    "hs_code": N_("Customs code"),
    "manufacturer": N_("Manufacturer"),
    "responsible": N_("Responsible person"),
    "warnings": N_("Safety warnings"),
    "min_quantity": N_("Minimum order quantity"),
    "pack_quantity": N_("Units in a pack"),
    "excluded": N_("Excluded"),
    "price_means": N_("Price is"),
    "price_e4": N_("Price"),
    "currency": N_("Currency"),
    "sale_price_e4": N_("Reduced price"),
    "quantity": N_("Quantity"),
    "quantity_kind": N_("Quantity is"),
    "sells_up_to": N_("For sale"),
    "availability": N_("Availability"),
    "lead_days": N_("Days to departure"),
    "not_sellable": N_("Sale"),
    "retired_at": N_("Retired"),
    "missing_runs": N_("Presence in the feed"),
    "presence": N_("Presence in the feed"),
    "cost_e4": N_("Price for this merchant"),
    "hidden": N_("Hidden from this merchant"),
}
#: values that are codes
VALUE: dict[str, str] = {
    "in_stock": N_("in stock"),
    "out_of_stock": N_("out of stock"),
    "preorder": N_("not released yet"),
    "backorder": N_("on backorder"),
    "discontinued": N_("no longer made"),
    "unknown": N_("unknown"),
    "exact": N_("exact"),
    "at_least": N_("at least"),
    "cost": N_("your cost price"),
    "public": N_("a public price"),
    "vanished": N_("gone from the feed"),
    "excluded": N_("excluded by the supplier"),
    "no_price": N_("no price"),
    "price_unreadable": N_("price unreadable"),
    "no_currency": N_("no currency"),
    "no_stock": N_("no stock stated"),
    "stock_unreadable": N_("stock unreadable"),
    "part_unknown": N_("stock of a part unknown"),
}
#: of a thing itself: "new" said of offers is another word in French
CONDITION: dict[str, str] = {
    "new": N_("brand new"),
    "used": N_("used"),
    "refurbished": N_("refurbished"),
}
#: parts of a person or company who answers for a product
PART: dict[str, str] = {"name": N_("Name"), "address": N_("Address"), "email": N_("E-mail address")}
SPEED: dict[str, str] = {"full": N_("Full catalogue"), "stock": N_("Stock and prices")}
VANISHED: dict[str, str] = {
    "keep": N_("stay as they are"),
    "zero": N_("are no longer sold"),
    "retire": N_("are no longer sold, and retired after {n} imports without them"),
}
#: remarks that a run keeps as sentences, and the one that the mapping's words of stock answer
UNKNOWN_WORD = N_("stock “{token}” is not known")
REMARKS = (
    UNKNOWN_WORD,
    N_("availability “{token}” is not known"),
    N_("No offer has the article number “{sku}”, and this row cannot make one: it has no title"),
    N_("The value of “{name}” cannot be stored"),
    N_("A newer file came before anybody decided."),
    N_("A newer file came before this one was begun."),
    N_("Offers on which the file says again what was undone, which is left as it is: {count}"),
)


def asks_for_words(reason: str) -> bool:
    """Whether a remark goes away when somebody says what a word for stock means."""
    return reason.startswith(UNKNOWN_WORD.partition("{")[0])


ALARM: dict[str, str] = {
    "vanished": N_("{count} of {of} offers are gone from the file ({share}; the limit is {limit})."),
    "zeroed": N_("{count} of {of} offers in stock would sell out ({share}; the limit is {limit})."),
    "unpriced": N_("{count} of {of} prices would be lost ({share}; the limit is {limit})."),
    "moved": N_("{count} of {of} prices would move by a lot ({share}; the limit is {limit})."),
    "surged": N_(
        "{count} of {of} offers in stock would suddenly have many times as much ({share}; the limit is {limit}). Is another column read as stock?"
    ),
}
HINT: dict[str, str] = {
    "hundredfold": N_(
        "The prices are about a hundred times what they were: a decimal point is probably lost."
    ),
    "tenfold": N_("The prices are about ten times what they were: a decimal point has probably moved."),
    "tenth": N_("The prices are about a tenth of what they were: a decimal point has probably moved."),
    "hundredth": N_("The prices are about a hundredth of what they were: were they read as cents?"),
}
