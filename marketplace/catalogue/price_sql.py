"""The price rules as one SQL expression: a whole catalogue in one statement, with the pure rules' very results.

Every number of a rule is inlined as an integer, and every brand as hexadecimal, so nothing a person typed is
ever read as SQL (or as a placeholder). Arithmetic is `numeric`: no overflow, no float. The expression works on any
PostgreSQL from 15 on and needs no extension.
"""

from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from marketplace.catalogue.price_rule import (
    LOWER,
    MOST_COST_E4,
    UPPER,
    Rule,
    Scope,
    Step,
    check_rules,
    fold_case,
)
from marketplace.catalogue.rounding import Ending, ending
from marketplace.kernel.money import E4, e4_from_minor, exponent


class Columns(msgspec.Struct, frozen=True, kw_only=True):
    """SQL expressions, written by us, for the fields of `price.Item`; NULL where an item has none.

    Qualify them with their table: the expression names its own stages net, costs, gross, low, msrp, label, lifted.
    """

    cost_e4: str = "cost_e4"
    vat_bp: str = "vat_bp"
    supplier: str = "supplier"
    category: str = "category"
    brand: str = "brand"
    freight_e4: str = "freight_e4"
    map_e4: str = "map_e4"
    msrp_e4: str = "msrp_e4"


class Compiled(NamedTuple):
    """`price`: bigint, gross minor units, or NULL. `rule`: bigint, the id of the rule that held, or NULL."""

    price: str
    rule: str


def compile_rules(rules: Sequence[Rule], currency: str, columns: Columns | None = None) -> Compiled:
    """The ordered rules over the given columns. Raises BadRule, UnknownCurrency."""
    check_rules(rules)
    columns = columns or Columns()
    priceable = f"{columns.cost_e4} > 0 AND {columns.cost_e4} <= {MOST_COST_E4}"
    prices = [(_holds(r.scope, columns), _price(r, currency, columns)) for r in rules]
    ids = [(_holds(r.scope, columns), f"{int(r.rule_id)}::bigint") for r in rules]
    return Compiled(_first(priceable, prices), _first(priceable, ids))


def _first(priceable: str, choices: list[tuple[str, str]]) -> str:
    if not choices:
        return "NULL::bigint"
    whens = " ".join(f"WHEN {condition} THEN {value}" for condition, value in choices)
    return f"(CASE WHEN ({priceable}) THEN CASE {whens} END END)"


def _holds(scope: Scope, c: Columns) -> str:
    conditions = []
    for column, ids in ((c.supplier, scope.suppliers), (c.category, scope.categories)):
        if ids:
            conditions.append(f"{column} IN ({', '.join(str(int(i)) for i in ids)})")
    if scope.brands:
        known = ", ".join(_text(fold_case(brand)) for brand in scope.brands)
        brand = f"coalesce({c.brand}, {_text('')})"
        conditions.append(f"{_folded(brand)} IN ({known})")
    if scope.cost_from_e4 is not None:
        conditions.append(f"{c.cost_e4} >= {int(scope.cost_from_e4)}")
    if scope.cost_below_e4 is not None:
        conditions.append(f"{c.cost_e4} < {int(scope.cost_below_e4)}")
    return "(" + (" AND ".join(conditions) or "true") + ")"


def _price(rule: Rule, currency: str, c: Columns) -> str:
    """Scalar subqueries that name each stage once: net, gross and bounds, label, price."""
    scale, labels = 10 ** exponent(currency), ending(rule.rounding, currency)
    costs = f"{c.cost_e4}::numeric" + (f" + coalesce({c.freight_e4}, 0)" if rule.shipping_included else "")
    gross = _rounded(f"s.net * (10000 + {c.vat_bp}) * {scale}", 10_000 * E4)
    msrp = _rounded(f"nullif({c.msrp_e4}, 0)::numeric * {scale}", E4) if rule.keep_msrp else "NULL::numeric"
    near = _label(f"div(2 * (g.gross - {labels.offset}) + {labels.step}, {2 * labels.step})", labels)
    up = _label(_ceiled(f"b.low - {labels.offset}", labels.step), labels)
    return (
        "(SELECT (CASE WHEN p.label >= b.low THEN p.label"
        " WHEN b.msrp >= b.low AND b.msrp < p.lifted THEN b.msrp ELSE p.lifted END)::bigint"
        f" FROM (SELECT {_net(rule, currency, c)} AS net, {costs} AS costs) s,"
        f" LATERAL (SELECT {gross} AS gross) g,"
        f" LATERAL (SELECT {_lower(rule, scale, c)} AS low, {msrp} AS msrp) b,"
        f" LATERAL (SELECT LEAST({near}, b.msrp) AS label, {up} AS lifted) p)"
    )


def _label(places: str, labels: Ending) -> str:
    return f"({labels.offset} + GREATEST(0, {places}) * {labels.step})"


def _lower(rule: Rule, scale: int, c: Columns) -> str:
    bounds = ["1"]
    if rule.margin_floor_bp is not None:
        over = (10_000 - rule.margin_floor_bp) * E4
        bounds.append(_ceiled(f"s.costs * (10000 + {c.vat_bp}) * {scale}", over))
    if rule.keep_map:
        bounds.append(_ceiled(f"nullif({c.map_e4}, 0)::numeric * {scale}", E4))
    return f"GREATEST({', '.join(bounds)})"


def _net(rule: Rule, currency: str, c: Columns) -> str:
    steps = [_step(step, currency, c) for step in rule.steps]
    net = steps[0]
    if len(steps) > 1:
        whens = " ".join(
            f"WHEN {c.cost_e4} >= {int(rule.steps[n].from_cost_e4)} THEN {steps[n]}"
            for n in range(len(steps) - 1, 0, -1)
        )
        net = f"(CASE {whens} ELSE {steps[0]} END)"
    return f"({net} + coalesce({c.freight_e4}, 0))" if rule.shipping_included else net


def _step(step: Step, currency: str, c: Columns) -> str:
    net = f"{c.cost_e4}::numeric"
    if step.multiplier_bp != 10_000:
        net = _rounded(f"{net} * {int(step.multiplier_bp)}", 10_000)
    if step.markup_bp:
        net = _rounded(f"{net} * {10_000 + int(step.markup_bp)}", 10_000)
    if step.addition:
        net = f"GREATEST(0, {net} + {e4_from_minor(int(step.addition), currency)})"
    return net


def _rounded(amount: str, by: int) -> str:
    """To the nearest, halves up: what is rounded here is never negative."""
    return f"div(2 * {amount} + {by}, {2 * by})"


def _ceiled(amount: str, by: int) -> str:
    """Up, in whole numbers: numeric division would round at its scale first."""
    return f"div({amount} + {by - 1}, {by})"


def _text(text: str) -> str:
    return f"convert_from(decode('{text.encode().hex()}', 'hex'), 'UTF8')"


def _folded(text: str) -> str:
    return f"translate({text}, {_text(UPPER)}, {_text(LOWER)})"
