"""The merchant's price rules as it keeps them: in order, those switched off too, replaced only by somebody who saw the present ones."""

import hashlib
from collections.abc import Sequence
from typing import Any

import msgspec

from marketplace.catalogue.bulk import lock_catalogue
from marketplace.catalogue.preview_price_rules import as_plain, checked
from marketplace.catalogue.price_listings import price_listings
from marketplace.catalogue.price_rule import Rule
from marketplace.catalogue.reckoning import ALL
from marketplace.kernel import json
from marketplace.kernel.database import execute, fetch, fetch_value
from marketplace.kernel.errors import Stale
from marketplace.kernel.outbox import emit
from tenants.scope import acting_as

AT_ONCE = 5_000
"""Variants that are priced while the person waits; of more, all are priced by a worker."""


class KeptRule(msgspec.Struct, frozen=True, kw_only=True):
    """A rule that is off sets no price and keeps its place."""

    rule: Rule
    enabled: bool = True


async def read_kept_rules(merchant: int) -> list[KeptRule]:
    """All of them, in order."""
    async with acting_as(merchant):
        return await _stored(merchant)


async def keep_price_rules(merchant: int, kept: Sequence[KeptRule], *, seen: str) -> int | None:
    """Replace the rules and price everything by them. `seen` is `stamp` of the rules that were looked at. Answers how many prices
    changed; None when there are more than `AT_ONCE`, which a worker prices in slices.

    Raises Invalid ("rules.{place}.{field}"), Refused for too many, Stale when somebody changed the rules meanwhile.
    """
    rules = checked([one.rule for one in kept])
    async with acting_as(merchant):
        await lock_catalogue(merchant)
        if stamp(await _stored(merchant)) != seen:
            raise Stale("The price rules have changed since you looked.")
        await execute("DELETE FROM price_rule WHERE merchant = $1", merchant)
        for rule, one in zip(rules, kept, strict=True):
            await execute(
                "INSERT INTO price_rule (merchant, position, name, rule, enabled) VALUES ($1, $2, $3, $4::jsonb, $5)",
                merchant,
                rule.rule_id,
                rule.name.strip(),
                json.dumps(as_plain(rule)),
                one.enabled,
            )
        if await fetch_value(f"SELECT count(*) FROM ({ALL} LIMIT $1) v", AT_ONCE + 1) > AT_ONCE:
            await emit("price_rules.changed", merchant=merchant)
            return None
        return (await price_listings(merchant, ALL)).repriced


def stamp(kept: Sequence[KeptRule]) -> str:
    """The same for the same rules in the same order, whatever their ids."""
    said: list[Any] = [[one.enabled, one.rule.name, as_plain(one.rule)] for one in kept]
    return hashlib.sha256(msgspec.json.encode(said, order="deterministic")).hexdigest()[:24]


async def _stored(merchant: int) -> list[KeptRule]:
    rows = await fetch(
        "SELECT name, rule, enabled FROM price_rule WHERE merchant = $1 ORDER BY position, id", merchant
    )
    return [
        KeptRule(
            rule=msgspec.structs.replace(
                msgspec.convert(json.loads(row["rule"]), type=Rule), rule_id=place, name=row["name"]
            ),
            enabled=row["enabled"],
        )
        for place, row in enumerate(rows, start=1)
    ]
