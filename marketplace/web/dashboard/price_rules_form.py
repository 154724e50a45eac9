"""One price rule as a form: read from what was typed, or filled from a rule."""

from collections.abc import Sequence

from marketplace.catalogue.price_rule import BadRule, Rule, Scope, Step, check_rule
from marketplace.catalogue.rounding import Rounding
from marketplace.web.dashboard.listings_amounts import typed_amount, typed_e4, typed_share
from marketplace.web.dashboard.listings_words import ROUNDINGS
from marketplace.web.forms import Form

TIERS = 6  # lines of the table of tiers on the page
_PARTS = ("from", "times", "markup", "add")


def filled(rule: Rule, currency: str, locale: str) -> Form:
    """A form that shows this rule."""
    scope = rule.scope
    said: dict[str, list[str]] = {
        "name": [rule.name],
        "supplier": [str(one) for one in scope.suppliers],
        "category": [str(one) for one in scope.categories],
        "brands": [", ".join(scope.brands)],
        "cost_from": [typed_e4(scope.cost_from_e4, currency, locale)],
        "cost_below": [typed_e4(scope.cost_below_e4, currency, locale)],
        "rounding": [rule.rounding.value],
        "floor": [typed_share(rule.margin_floor_bp, locale)],
        "keep_map": ["1" if rule.keep_map else ""],
        "keep_msrp": ["1" if rule.keep_msrp else ""],
        "freight": ["1" if rule.shipping_included else ""],
    }
    for n, step in enumerate(rule.steps):
        said |= {
            f"from_{n}": [typed_e4(step.from_cost_e4, currency, locale)],
            f"times_{n}": ["" if step.multiplier_bp == 10_000 else _number(step.multiplier_bp, locale)],
            f"markup_{n}": [typed_share(step.markup_bp, locale) if step.markup_bp else ""],
            f"add_{n}": [
                typed_amount(step.addition, currency, locale)
                if step.addition > 0
                else _less(step.addition, currency, locale)
            ],
        }
    return Form(said)


def typed_rule(form: Form, currency: str, suppliers: Sequence[int], categories: Sequence[int]) -> Rule:
    """The rule that was typed. Raises Invalid naming every field that is wrong."""
    cost_from, cost_below = (form.decimal(name, places=4) for name in ("cost_from", "cost_below"))
    rounding = form.one_of("rounding", ROUNDINGS) or "none"
    made = Rule(
        name=form.need("name", most=80),
        scope=Scope(
            suppliers=[one for one in form.ids("supplier") if one in suppliers],
            categories=[one for one in form.ids("category") if one in categories],
            brands=[
                b for b in dict.fromkeys(" ".join(b.split()) for b in form.raw("brands").split(",")) if b
            ],
            cost_from_e4=cost_from,
            cost_below_e4=cost_below,
        ),
        steps=_steps(form, currency),
        shipping_included=form.flag("freight"),
        rounding=Rounding(rounding) if rounding in ROUNDINGS else Rounding.NONE,
        margin_floor_bp=form.decimal("floor", places=2),
        keep_map=form.flag("keep_map"),
        keep_msrp=form.flag("keep_msrp"),
    )
    form.check()
    try:
        check_rule(made)
    except BadRule as wrong:
        form.problem(_FIELDS.get(wrong.field, "steps"), str(wrong)[:1].upper() + str(wrong)[1:] + ".")
    form.check()
    return made


_FIELDS = {"margin_floor_bp": "floor", "cost_below_e4": "cost_below"}


def _steps(form: Form, currency: str) -> list[Step]:
    """The first line is the rule for every cost; the further ones begin at the cost they name."""
    steps = []
    for n in range(TIERS):
        if n and not any(form.raw(f"{part}_{n}") for part in _PARTS):
            continue
        begins = form.decimal(f"from_{n}", places=4, required=True) if n else 0
        steps.append(
            Step(
                from_cost_e4=begins or 0,
                multiplier_bp=_or(form.decimal(f"times_{n}", places=4, least=1), 10_000),
                markup_bp=_or(form.decimal(f"markup_{n}", places=2, least=-9_999), 0),
                addition=_or(form.money(f"add_{n}", currency, least=-(10**9)), 0),
            )
        )
    return steps


def _or(value: int | None, other: int) -> int:
    return other if value is None else value


def _number(ten_thousandths: int, locale: str) -> str:
    whole, rest = divmod(ten_thousandths, 10_000)
    digits = f"{rest:04d}".rstrip("0")
    return f"{whole}{(',' if locale == 'fr' else '.') + digits if digits else ''}"


def _less(addition: int, currency: str, locale: str) -> str:
    return f"-{typed_amount(-addition, currency, locale)}" if addition else ""
