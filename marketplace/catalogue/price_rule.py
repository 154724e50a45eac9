"""A merchant's price rule as data: for what it holds, and what it does to a cost. Pure; stored as JSON."""

from collections.abc import Sequence
from itertools import pairwise

import msgspec

from marketplace.catalogue.rounding import Rounding

MOST_COST_E4 = 10**12
"""Costs above 100,000,000 of the currency's unit are a feed's mistake and get no price."""


class BadRule(ValueError):
    """A rule that cannot be meant. `field` says where (a form shows the text beside it)."""

    def __init__(self, field: str, text: str) -> None:
        super().__init__(text)
        self.field = field


class Scope(msgspec.Struct, frozen=True, kw_only=True):
    """What a rule holds for; an empty list holds for all. Costs are net, 1/10,000 of the merchant's currency."""

    suppliers: list[int] = []
    categories: list[int] = []
    brands: list[str] = []  # upper and lower case are the same
    cost_from_e4: int | None = None
    cost_below_e4: int | None = None


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """cost × multiplier, + markup, + addition. `from_cost_e4` is where this step of a tier table begins."""

    from_cost_e4: int = 0
    multiplier_bp: int = 10_000  # 25,000 is × 2.5
    markup_bp: int = 0  # 4,000 is 40 % on the cost
    addition: int = 0  # minor units, net


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """The first rule whose scope holds sets the price; `steps` has one entry, or a tier table by cost."""

    rule_id: int = 0
    name: str = ""
    scope: Scope = Scope()
    steps: list[Step] = msgspec.field(default_factory=lambda: [Step()])
    shipping_included: bool = False  # the supplier's freight is passed on within the price, at cost
    rounding: Rounding = Rounding.NONE
    margin_floor_bp: int | None = None  # least share of the net price that is left after the cost
    keep_map: bool = True  # never below the minimum advertised price
    keep_msrp: bool = True  # never above the recommended price, unless MAP or the margin floor asks


def fold_case(text: str) -> str:
    """Lower case for the alphabets brands are written in, letter by letter: SQL's twin does the very same."""
    return text.translate(_FOLDING)


def check_rule(rule: Rule) -> None:
    """Raises BadRule for the first thing that cannot be meant."""
    if not rule.steps or rule.steps[0].from_cost_e4 != 0:
        raise BadRule("steps", "the first tier begins at a cost of 0")
    starts = [step.from_cost_e4 for step in rule.steps]
    if any(after <= before for before, after in pairwise(starts)):
        raise BadRule("steps", "each tier begins above the one before it")
    for step in rule.steps:
        _between(
            step.multiplier_bp, 1, 1_000_000, "multiplier_bp", "a multiplier lies between 0.0001 and 100"
        )
        _between(
            step.markup_bp, -9_999, 1_000_000, "markup_bp", "a markup lies between -99.99 % and 10,000 %"
        )
        _between(step.addition, -(10**9), 10**9, "addition", "an addition is at most 10,000,000")
    if rule.margin_floor_bp is not None:
        _between(rule.margin_floor_bp, 0, 9_900, "margin_floor_bp", "a margin floor lies between 0 and 99 %")
    low, high = rule.scope.cost_from_e4, rule.scope.cost_below_e4
    if low is not None and high is not None and low >= high:
        raise BadRule("cost_below_e4", "the cost range is empty")


def check_rules(rules: Sequence[Rule]) -> None:
    for rule in rules:
        check_rule(rule)


def _between(value: int, least: int, most: int, field: str, text: str) -> None:
    if not least <= value <= most:
        raise BadRule(field, text)


_ALPHABETS = (*range(0x41, 0x250), *range(0x370, 0x530))
UPPER = "".join(c for c in map(chr, _ALPHABETS) if c != c.lower() and len(c.lower()) == 1)
LOWER = "".join(c.lower() for c in UPPER)  # one by one: a sigma has two lower cases in a word
_FOLDING = str.maketrans(UPPER, LOWER)
