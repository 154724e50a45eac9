"""What ordered price rules would do to the whole catalogue, looked at before they apply."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from marketplace.catalogue.offer_terms import house
from marketplace.catalogue.price_rule import BadRule, Rule, check_rule
from marketplace.catalogue.reckoning import ALL, reckoned
from marketplace.kernel import json
from marketplace.kernel.database import fetch
from marketplace.kernel.errors import Invalid, Refused
from tenants.scope import acting_as

MOST_RULES = 100


@dataclass(frozen=True)
class Example:
    """One variant under the proposed rules; prices gross, minor units."""

    variant: int
    product: int
    title: str
    sku: str
    cost_e4: int | None
    price: int | None
    new_price: int | None
    rule: str | None
    paused: bool  # it would be below the floor


@dataclass(frozen=True)
class Preview:
    """Counts over the whole catalogue. `moved` are not priced so now; `own` keep the merchant's price whatever the rules; `without`
    would have none; `paused` would fall below the floor. `by_rule` is how many each rule sets, in order. `examples`: the largest changes first."""

    variants: int
    moved: int
    up: int
    down: int
    same: int
    own: int
    without: int
    paused: int
    by_rule: list[tuple[str, int]]
    examples: list[Example]


def checked(rules: Sequence[Rule]) -> list[Rule]:
    """The rules numbered by their place. Raises Invalid: "rules.{place}.{field}" → what is wrong, Refused for too many."""
    if len(rules) > MOST_RULES:
        raise Refused("At most {most} rules.", most=MOST_RULES)
    problems = {}
    for place, rule in enumerate(rules):
        try:
            check_rule(rule)
        except BadRule as wrong:
            problems[f"rules.{place}.{wrong.field}"] = str(wrong)
        if not rule.name.strip():
            problems[f"rules.{place}.name"] = "Give the rule a name."
    if problems:
        raise Invalid(problems)
    return [msgspec.structs.replace(rule, rule_id=place + 1) for place, rule in enumerate(rules)]


async def preview_price_rules(merchant: int, rules: Sequence[Rule], *, examples: int = 20) -> Preview:
    """What these rules would do, nothing written. Raises Invalid, Refused."""
    proposed = checked(rules)
    async with acting_as(merchant):
        at = await house(merchant)
        [row] = await fetch(reckoned(at, proposed, ALL) + _PREVIEW, examples)
    counts = {r["rule"]: r["n"] for r in json.loads(row["by_rule"])}
    names = {rule.rule_id: rule.name for rule in proposed}
    return Preview(
        **{
            name: int(row[name])
            for name in ("variants", "moved", "up", "down", "same", "own", "without", "paused")
        },
        by_rule=[(rule.name, counts.get(rule.rule_id, 0)) for rule in proposed],
        examples=[Example(**{**e, "rule": names.get(e["rule"])}) for e in json.loads(row["examples"])],
    )


_PREVIEW = """
SELECT count(*) AS variants, count(*) FILTER (WHERE r.price IS DISTINCT FROM r.was_price) AS moved,
       count(*) FILTER (WHERE r.price > r.was_price) AS up,
       count(*) FILTER (WHERE r.price < r.was_price) AS down, count(*) FILTER (WHERE r.price = r.was_price) AS same,
       count(*) FILTER (WHERE r.own_price IS NOT NULL) AS own, count(*) FILTER (WHERE r.price IS NULL) AS without,
       count(*) FILTER (WHERE r.paused_why IS NOT NULL) AS paused,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('rule', b.rule, 'n', b.n)), '[]') FROM
         (SELECT rule, count(*) AS n FROM result WHERE own_price IS NULL AND rule IS NOT NULL GROUP BY 1) b) AS by_rule,
       (SELECT coalesce(jsonb_agg(to_jsonb(e) - 'weight' ORDER BY e.weight DESC NULLS FIRST, e.variant), '[]') FROM
         (SELECT x.variant, x.product, p.title, v.sku, x.cost_e4, x.was_price AS price, x.price AS new_price, x.rule,
                 x.paused_why IS NOT NULL AS paused, abs(x.price - x.was_price)::numeric / nullif(x.was_price, 0) AS weight
            FROM result x JOIN product p ON p.id = x.product JOIN variant v ON v.id = x.variant
           ORDER BY 10 DESC NULLS FIRST, 1 LIMIT $1) e) AS examples
  FROM result r"""


def as_plain(rule: Rule) -> dict[str, Any]:
    """A rule as it is stored: its name and number are columns."""
    plain = dict(msgspec.to_builtins(rule))
    return {key: value for key, value in plain.items() if key not in ("rule_id", "name")}
