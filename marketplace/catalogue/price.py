"""Selling prices from costs, by ordered rules. Pure; `price_sql.py` says the same in SQL.

    net   = cost × multiplier, + markup, + addition, + freight when it is included
    gross = net + VAT, to the currency's minor unit
    price = gross at the rule's ending, held between the lower bounds (margin floor, MAP, one minor unit)
            and the upper one (MSRP); where they cross, the lower bounds win

Each line above rounds once, to the nearest, halves away from zero. Where a lower bound lifts a price, it is lifted
to the next amount with the rule's ending, or to the MSRP when that comes first.
"""

from collections.abc import Sequence
from enum import StrEnum

import msgspec

from marketplace.catalogue.price_rule import MOST_COST_E4, Rule, Scope, Step, fold_case
from marketplace.catalogue.rounding import ending
from marketplace.kernel.money import E4, e4_from_minor, exponent, minor_from_e4, round_div


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """What is priced. Amounts `*_e4` are 1/10,000 of `currency`; cost and freight net, MAP and MSRP gross."""

    cost_e4: int | None
    currency: str
    vat_bp: int
    supplier: int | None = None
    category: int | None = None
    brand: str | None = None
    freight_e4: int = 0  # of one unit
    map_e4: int | None = None
    msrp_e4: int | None = None


class Did(StrEnum):
    """What a step of the explanation did."""

    COST = "cost"
    MULTIPLIER = "multiplier"
    MARKUP = "markup"
    ADDITION = "addition"
    FREIGHT = "freight"
    VAT = "vat"
    ENDING = "ending"
    MSRP = "msrp"
    MARGIN_FLOOR = "margin_floor"
    MAP = "map"
    LEAST = "least"  # nothing is sold for nothing
    NO_COST = "no_cost"
    NO_RULE = "no_rule"


class Explained(msgspec.Struct, frozen=True):
    """One step. `by` is the rule's number (basis points or minor units); exactly one of the amounts is set."""

    did: Did
    by: int | str | None = None
    net_e4: int | None = None
    gross: int | None = None


class Priced(msgspec.Struct, frozen=True, kw_only=True):
    """`price` gross in minor units, None when there is none; `steps` say how it came about."""

    price: int | None
    rule_id: int | None
    rule_name: str = ""
    margin_bp: int | None = None  # of the net price, freight counted as a cost when it is included
    steps: list[Explained]


def price(rules: Sequence[Rule], item: Item) -> Priced:
    """The price by the first rule that holds. Raises UnknownCurrency. Rules are checked when they are saved."""
    if item.cost_e4 is None or not 0 < item.cost_e4 <= MOST_COST_E4:
        return Priced(price=None, rule_id=None, steps=[Explained(Did.NO_COST)])
    rule = next((rule for rule in rules if holds(rule.scope, item)), None)
    if rule is None:
        return Priced(price=None, rule_id=None, steps=[Explained(Did.NO_RULE)])
    net_e4, steps = _net(rule, item, item.cost_e4)
    gross = gross_of_net(net_e4, item)
    steps.append(Explained(Did.VAT, by=item.vat_bp, gross=gross))
    final, more = _bounded(rule, item, gross)
    return Priced(
        price=final,
        rule_id=rule.rule_id,
        rule_name=rule.name,
        margin_bp=margin_bp(final, _costs(rule, item), item),
        steps=steps + more,
    )


def holds(scope: Scope, item: Item) -> bool:
    """True when the rule is for this item."""
    cost = item.cost_e4
    if cost is None:
        return False
    return (
        (not scope.suppliers or item.supplier in scope.suppliers)
        and (not scope.categories or item.category in scope.categories)
        and (not scope.brands or fold_case(item.brand or "") in {fold_case(brand) for brand in scope.brands})
        and (scope.cost_from_e4 is None or cost >= scope.cost_from_e4)
        and (scope.cost_below_e4 is None or cost < scope.cost_below_e4)
    )


def tier(rule: Rule, cost_e4: int) -> Step:
    """The last step that begins at or below the cost."""
    return next(step for step in reversed(rule.steps) if step.from_cost_e4 <= cost_e4)


def gross_of_net(net_e4: int, item: Item) -> int:
    """1/10,000 net → minor units gross."""
    return round_div(net_e4 * (10_000 + item.vat_bp) * 10 ** exponent(item.currency), 10_000 * E4)


def margin_bp(gross: int, costs_e4: int, item: Item) -> int:
    """(net price − costs) / net price in basis points, rounded towards loss."""
    net = gross * 10_000 * E4
    costs = costs_e4 * (10_000 + item.vat_bp) * 10 ** exponent(item.currency)
    return (net - costs) * 10_000 // net


def floor_gross(costs_e4: int, floor_bp: int, item: Item) -> int:
    """The least gross price, minor units, whose net leaves the floor's share after the costs."""
    top = costs_e4 * (10_000 + item.vat_bp) * 10 ** exponent(item.currency)
    return -(-top // ((10_000 - floor_bp) * E4))


def _net(rule: Rule, item: Item, cost_e4: int) -> tuple[int, list[Explained]]:
    step = tier(rule, cost_e4)
    net = cost_e4
    steps = [Explained(Did.COST, net_e4=net)]
    if step.multiplier_bp != 10_000:
        net = round_div(net * step.multiplier_bp, 10_000)
        steps.append(Explained(Did.MULTIPLIER, by=step.multiplier_bp, net_e4=net))
    if step.markup_bp:
        net = round_div(net * (10_000 + step.markup_bp), 10_000)
        steps.append(Explained(Did.MARKUP, by=step.markup_bp, net_e4=net))
    if step.addition:
        net = max(0, net + e4_from_minor(step.addition, item.currency))
        steps.append(Explained(Did.ADDITION, by=step.addition, net_e4=net))
    if rule.shipping_included:
        net += item.freight_e4
        steps.append(Explained(Did.FREIGHT, net_e4=net))
    return net, steps


def _costs(rule: Rule, item: Item) -> int:
    return (item.cost_e4 or 0) + (item.freight_e4 if rule.shipping_included else 0)


def _bounded(rule: Rule, item: Item, gross: int) -> tuple[int, list[Explained]]:
    """The label: the rule's ending, then the bounds."""
    labels = ending(rule.rounding, item.currency)
    amount, steps = labels.nearest(gross), []
    if amount != gross:
        steps.append(Explained(Did.ENDING, by=rule.rounding.value, gross=amount))
    msrp = minor_from_e4(item.msrp_e4, item.currency) if rule.keep_msrp and item.msrp_e4 else None
    if msrp is not None and amount > msrp:
        amount = msrp
        steps.append(Explained(Did.MSRP, by=msrp, gross=amount))
    did, lower = _lower_bound(rule, item)
    if amount < lower:
        lifted = labels.up(lower)
        amount = msrp if msrp is not None and lower <= msrp < lifted else lifted
        steps.append(Explained(did, by=lower, gross=amount))
    return amount, steps


def _lower_bound(rule: Rule, item: Item) -> tuple[Did, int]:
    """The highest of the lower bounds, and which it is."""
    bounds = [(1, Did.LEAST)]
    if rule.margin_floor_bp is not None:
        bounds.append((floor_gross(_costs(rule, item), rule.margin_floor_bp, item), Did.MARGIN_FLOOR))
    if rule.keep_map and item.map_e4:
        bounds.append((_up_to_minor(item.map_e4, item.currency), Did.MAP))
    lower, did = max(bounds)
    return did, lower


def _up_to_minor(amount_e4: int, currency: str) -> int:
    """A minimum is a minimum: what is not whole minor units goes up."""
    return -(-amount_e4 * 10 ** exponent(currency) // E4)
