"""A price rule in plain words: for what it holds, what it does, within which bounds."""

from collections.abc import Mapping
from typing import Any

from marketplace.catalogue.price_rule import Rule, Scope, Step
from marketplace.catalogue.rounding import Rounding
from marketplace.kernel.i18n import format_e4, format_money, format_percent_bp, translator


def N_(text: str) -> str:  # noqa: N802 — the usual mark for gettext's extraction
    return text


FOR_ALL = N_("Everything")
LINES = {
    "suppliers": N_("of {names}"),
    "categories": N_("in {names}"),
    "brands": N_("brand {names}"),
    "cost_between": N_("cost from {low} to below {high}"),
    "cost_from": N_("cost from {low}"),
    "cost_below": N_("cost below {high}"),
    "multiplier": N_("cost × {n}"),
    "cost": N_("cost"),
    "markup": N_("+ {share}"),
    "cut": N_("− {share}"),
    "addition": N_("+ {amount}"),
    "less": N_("− {amount}"),
    "tier": N_("from {cost}: {what}"),
    "freight": N_("the supplier's freight within the price"),
    "floor": N_("margin of at least {share}"),
    "msrp": N_("never above the recommended price"),
    "map": N_("never below the minimum advertised price"),
}
ENDINGS = {
    Rounding.END_99: N_("ends in .99"),
    Rounding.END_95: N_("ends in .95"),
    Rounding.END_90: N_("ends in .90"),
    Rounding.WHOLE: N_("a whole amount"),
    Rounding.TO_5: N_("a multiple of 5"),
}


class RuleWords:
    """Says rules in a reader's language, with the merchant's own names for suppliers and categories."""

    def __init__(
        self, locale: str, currency: str, suppliers: Mapping[int, str], categories: Mapping[int, str]
    ) -> None:
        self.locale, self.currency = locale, currency
        self.suppliers, self.categories = suppliers, categories
        self._translate = translator(locale)

    def holds_for(self, scope: Scope) -> str:
        """ "of Nordhavn, in Vases, cost from 10,00 €", or "Everything"."""
        parts = []
        for name, ids, known in (
            ("suppliers", scope.suppliers, self.suppliers),
            ("categories", scope.categories, self.categories),
        ):
            if ids:
                parts.append(self._say(name, names=", ".join(known.get(one, f"#{one}") for one in ids)))
        if scope.brands:
            parts.append(self._say("brands", names=", ".join(scope.brands)))
        low, high = scope.cost_from_e4, scope.cost_below_e4
        if low is not None and high is not None:
            parts.append(self._say("cost_between", low=self._e4(low), high=self._e4(high)))
        elif low is not None:
            parts.append(self._say("cost_from", low=self._e4(low)))
        elif high is not None:
            parts.append(self._say("cost_below", high=self._e4(high)))
        text = ", ".join(parts)
        return text[:1].upper() + text[1:] if text else self._translate(FOR_ALL)

    def does(self, rule: Rule) -> list[str]:
        """What it does to a cost; one line, or one a tier."""
        if len(rule.steps) == 1:
            return [self._step(rule.steps[0])]
        return [
            self._say("tier", cost=self._e4(step.from_cost_e4), what=self._step(step)) for step in rule.steps
        ]

    def within(self, rule: Rule) -> list[str]:
        """Its ending and bounds."""
        said = [self._translate(ENDINGS[rule.rounding])] if rule.rounding in ENDINGS else []
        if rule.shipping_included:
            said.append(self._say("freight"))
        if rule.margin_floor_bp is not None:
            said.append(self._say("floor", share=format_percent_bp(rule.margin_floor_bp, self.locale)))
        return said + [
            self._say(name) for name, on in (("msrp", rule.keep_msrp), ("map", rule.keep_map)) if on
        ]

    def _step(self, step: Step) -> str:
        times = step.multiplier_bp
        said = [self._say("multiplier", n=self._number(times)) if times != 10_000 else self._say("cost")]
        if step.markup_bp:
            share = format_percent_bp(abs(step.markup_bp), self.locale)
            said.append(self._say("markup" if step.markup_bp > 0 else "cut", share=share))
        if step.addition:
            amount = format_money(abs(step.addition), self.currency, self.locale)
            said.append(self._say("addition" if step.addition > 0 else "less", amount=amount))
        return " ".join(said)

    def _number(self, basis_points: int) -> str:
        whole, rest = divmod(basis_points, 10_000)
        digits = f"{rest:04d}".rstrip("0")
        return f"{whole}{(',' if self.locale == 'fr' else '.') + digits if digits else ''}"

    def _e4(self, amount: int) -> str:
        return format_e4(amount, self.currency, self.locale)

    def _say(self, name: str, **values: Any) -> str:
        return self._translate(LINES[name], **values)
