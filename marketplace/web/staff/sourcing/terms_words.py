"""An agreement's terms as sentences, the same for both sides."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from marketplace.kernel.fetching import N_
from marketplace.kernel.i18n import (
    country_name,
    format_money,
    format_percent_bp,
    plural_translator,
    translator,
)
from marketplace.sourcing.agreement_terms import Terms

#: title of a line -> the terms it tells
LINES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (N_("Prices"), ("discount_bp", "currency")),
    (N_("Freight"), ("shipping_fee", "franco_threshold", "parcel_fee")),
    (N_("Small orders"), ("minimum_order", "order_fee")),
    (N_("When it leaves"), ("cutoff", "lead_days")),
    (N_("Answer"), ("ack_hours",)),
    (N_("Ships to"), ("ships_to",)),
    (N_("Stock"), ("safety_stock", "net_of")),
    (N_("Returns and damage"), ("return_days", "returns_to", "pays_damage")),
)


class Line(NamedTuple):
    """One line of the terms; `changed` when the other version says something else."""

    title: str
    text: str
    changed: bool


def lines(terms: Terms, locale: str, changed: list[str] | tuple[str, ...] = ()) -> list[Line]:
    """Every line, translated."""
    _ = translator(locale)
    return [
        Line(_(title), _SENTENCES[title](terms, locale), any(name in changed for name in names))
        for title, names in LINES
    ]


def _prices(terms: Terms, locale: str) -> str:
    _ = translator(locale)
    if terms.discount_bp:
        return _(
            "Cost prices as the feed states them; public prices less {discount}. In {currency}.",
            discount=format_percent_bp(terms.discount_bp, locale),
            currency=terms.currency,
        )
    return _("Prices as the feed states them, without a discount. In {currency}.", currency=terms.currency)


def _freight(terms: Terms, locale: str) -> str:
    _ = translator(locale)
    fee = format_money(terms.shipping_fee, terms.currency, locale)
    said = [_("{fee} an order.", fee=fee) if terms.shipping_fee else _("No freight is charged.")]
    if terms.shipping_fee and terms.franco_threshold is not None:
        said.append(
            _(
                "Freight is free from {amount}.",
                amount=format_money(terms.franco_threshold, terms.currency, locale),
            )
        )
    if terms.parcel_fee:
        said.append(
            _("Each further parcel {fee}.", fee=format_money(terms.parcel_fee, terms.currency, locale))
        )
    return " ".join(said)


def _small_orders(terms: Terms, locale: str) -> str:
    _ = translator(locale)
    if not terms.minimum_order:
        return _("Any order is taken, however small.")
    least = format_money(terms.minimum_order, terms.currency, locale)
    if terms.order_fee:
        fee = format_money(terms.order_fee, terms.currency, locale)
        return _("Orders below {least} cost {fee} more.", least=least, fee=fee)
    return _("Orders of at least {least}.", least=least)


def _leaving(terms: Terms, locale: str) -> str:
    _, plural = translator(locale), plural_translator(locale)
    at = terms.cutoff.strftime("%H:%M")
    if not terms.lead_days:
        return _("Ordered by {time}, it leaves the same working day.", time=at)
    days = plural("{n} working day", "{n} working days", terms.lead_days)
    return _("Ordered by {time}, it leaves within {days}.", time=at, days=days)


def _answer(terms: Terms, locale: str) -> str:
    return plural_translator(locale)(
        "The supplier says yes or no within {n} hour.",
        "The supplier says yes or no within {n} hours.",
        terms.ack_hours,
    )


def _countries(terms: Terms, locale: str) -> str:
    if not terms.ships_to:
        return translator(locale)("The supplier's own country only.")
    return ", ".join(sorted(country_name(code, locale) for code in terms.ships_to))


def _stock(terms: Terms, locale: str) -> str:
    _, plural = translator(locale), plural_translator(locale)
    counted = {
        "acceptance": _("Its stock goes down when it accepts an order."),
        "shipment": _("Its stock goes down when an order ships."),
        "never": _("Its stock does not count our sales."),
    }[terms.net_of]
    if not terms.safety_stock:
        return _("Down to the last unit.") + " " + counted
    return (
        plural("The last unit is kept back.", "The last {n} units are kept back.", terms.safety_stock)
        + " "
        + counted
    )


def _returns(terms: Terms, locale: str) -> str:
    _, plural = translator(locale), plural_translator(locale)
    back = {"supplier": _("Goods go back to the supplier"), "merchant": _("Goods go back to the merchant")}[
        terms.returns_to
    ]
    days = plural("within {n} day", "within {n} days", terms.return_days)
    pays = (
        _("It pays for damage and defects.")
        if terms.pays_damage
        else _("Damage in transit is the merchant's.")
    )
    return f"{back} {days}. {pays}"


_SENTENCES: dict[str, Callable[[Terms, str], str]] = {
    "Prices": _prices,
    "Freight": _freight,
    "Small orders": _small_orders,
    "When it leaves": _leaving,
    "Answer": _answer,
    "Ships to": _countries,
    "Stock": _stock,
    "Returns and damage": _returns,
}
