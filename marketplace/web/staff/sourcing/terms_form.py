"""The form of an agreement's terms: money in the agreement's currency, percents and hours as people write them."""

from __future__ import annotations

from typing import Any

from marketplace.kernel.money import EXPONENTS, exponent
from marketplace.sourcing.agreement_terms import Terms
from marketplace.web.forms import Form

CURRENCIES = ("EUR", "USD", "GBP", "CHF", "SEK", "DKK", "NOK", "PLN", "CZK", "HUF", "RON", "BGN")
COUNTRIES = (
    "FR", "BE", "LU", "NL", "DE", "AT", "CH", "IT", "ES", "PT", "IE", "GB", "DK", "SE", "FI", "NO", "PL", "CZ", "SK", "HU", "SI",
    "HR", "RO", "BG", "GR", "EE", "LV", "LT", "MT", "CY", "MC",
)  # fmt: skip
_MONEY = ("minimum_order", "order_fee", "shipping_fee", "parcel_fee")


def filled(terms: Terms) -> Form:
    """The form with these terms in it."""
    return Form.empty(
        currency=terms.currency,
        discount=_percent(terms.discount_bp),
        franco_threshold=None
        if terms.franco_threshold is None
        else _amount(terms.franco_threshold, terms.currency),
        **{
            name: _amount(getattr(terms, name), terms.currency) if getattr(terms, name) else None
            for name in _MONEY
        },
        cutoff=terms.cutoff.strftime("%H:%M"),
        **{
            name: getattr(terms, name)
            for name in ("lead_days", "safety_stock", "ack_hours", "return_days", "returns_to", "net_of")
        },
        pays_damage="1" if terms.pays_damage else "",
    )


def _percent(basis_points: int) -> str | None:
    if not basis_points:
        return None
    whole, rest = divmod(basis_points, 100)
    return f"{whole}.{rest:02d}".rstrip("0").rstrip(".") if rest else str(whole)


def _amount(minor: int, currency: str) -> str:
    places = exponent(currency)
    return f"{minor // 10**places}.{minor % 10**places:0{places}d}" if places else str(minor)


def read_terms(form: Form) -> dict[str, Any]:
    """What was typed, as `terms_of` takes it; problems go into the form."""
    currency = form.raw("currency").upper() or "EUR"
    if currency not in EXPONENTS:
        form.problem("currency", "This is not a currency code.")
        currency = "EUR"
    terms: dict[str, Any] = {
        "currency": currency,
        "discount_bp": form.decimal("discount", places=2) or 0,
        "franco_threshold": form.money("franco_threshold", currency),
        **{name: form.money(name, currency) or 0 for name in _MONEY},
        "lead_days": form.integer("lead_days", most=90, required=True),
        "safety_stock": form.integer("safety_stock", most=1_000_000) or 0,
        "ships_to": [code for code in form.all("ships_to") if code in COUNTRIES],
        "ack_hours": form.integer("ack_hours", least=1, most=336, required=True),
        "return_days": form.integer("return_days", most=365, required=True),
        "returns_to": form.one_of("returns_to", ("supplier", "merchant")),
        "pays_damage": form.flag("pays_damage"),
        "net_of": form.one_of("net_of", ("acceptance", "shipment", "never")),
    }
    if terms["discount_bp"] > 10_000:
        form.problem("discount", "A discount is between 0 and 100 %.")
    at = form.clock("cutoff")
    if at is not None:
        terms["cutoff"] = at.strftime("%H:%M")
    return terms
