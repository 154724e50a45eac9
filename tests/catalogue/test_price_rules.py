"""A merchant sees what its rules would do before they do it; then the whole catalogue follows, as the pure rules say."""

from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marketplace.catalogue.curate import curate
from marketplace.catalogue.edit_variant import edit_variant
from marketplace.catalogue.explain_price import explain_price
from marketplace.catalogue.keep_price_rules import KeptRule, keep_price_rules, read_kept_rules, stamp
from marketplace.catalogue.preview_price_rules import preview_price_rules
from marketplace.catalogue.price_rule import Rule, Scope, Step
from marketplace.catalogue.rounding import Rounding
from marketplace.kernel.database import execute, fetch
from marketplace.kernel.errors import Invalid, NotFound, Refused
from tenants.scope import acting_as, platform_scope
from tests.catalogue.shop import COMPLETE, Shop, open_shop

pytestmark = pytest.mark.usefixtures("database")


def rule(name: str = "Rule", multiplier_bp: int = 20_000, **more: Any) -> Rule:
    return Rule(name=name, steps=[Step(multiplier_bp=multiplier_bp)], **more)


async def stocked(shop: Shop, *costs: int) -> list[int]:
    """Variants that cost this much."""
    return (
        await curate(shop.merchant, [await shop.offer(**{**COMPLETE, "price_e4": cost}) for cost in costs])
    ).variants


async def prices(shop: Shop) -> list[int | None]:
    async with acting_as(shop.merchant):
        return [row["price"] for row in await fetch("SELECT price FROM variant ORDER BY id")]


async def test_a_preview_counts_and_shows_and_writes_nothing():
    shop = await open_shop()
    one, two, three, four = await stocked(shop, 100_000, 200_000, 300_000, 400_000)
    await edit_variant(shop.merchant, four, {"own_price": 99_900})
    cheap = rule("Cheap", 30_000, scope=Scope(cost_below_e4=150_000))
    seen = await preview_price_rules(
        shop.merchant, [cheap, rule("Loss", 9_000, scope=Scope(cost_from_e4=250_000))]
    )
    assert (seen.variants, seen.up, seen.down, seen.same, seen.own, seen.without, seen.paused) == (
        4,
        1,
        1,
        1,
        1,
        1,
        1,
    )
    assert seen.by_rule == [("Cheap", 1), ("Loss", 1)]
    by_variant = {e.variant: e for e in seen.examples}
    assert (by_variant[one].price, by_variant[one].new_price, by_variant[one].rule) == (2400, 3600, "Cheap")
    assert by_variant[two].new_price is None
    assert by_variant[three].paused
    assert await prices(shop) == [2400, 4800, 7200, 99_900]


async def keep(shop: Shop, rules: list[Rule]) -> int | None:
    """Put these in the place of those that are in force, as somebody who saw them."""
    seen = stamp(await read_kept_rules(shop.merchant))
    return await keep_price_rules(shop.merchant, [KeptRule(rule=r) for r in rules], seen=seen)


async def test_rules_set_are_kept_in_order_and_price_everything():
    shop = await open_shop()
    await stocked(shop, 100_000, 200_000)
    rules = [
        rule("Cheap", 30_000, scope=Scope(cost_below_e4=150_000)),
        rule("Rest", 15_000, rounding=Rounding.END_99),
    ]
    assert (await keep(shop, rules), await prices(shop)) == (2, [3600, 3599])
    kept = [one.rule for one in await read_kept_rules(shop.merchant)]
    assert [msgspec.structs.replace(r, rule_id=0) for r in kept] == rules
    await keep(shop, kept[::-1])
    assert await prices(shop) == [1799, 3599]


async def test_a_rule_that_cannot_be_meant_is_named_with_its_field():
    shop = await open_shop()
    with pytest.raises(Invalid) as refused:
        await keep(shop, [rule("Good"), rule("", 0)])
    assert set(refused.value.problems) == {"rules.1.multiplier_bp", "rules.1.name"}
    with pytest.raises(Refused):
        await keep(shop, [rule()] * 101)


async def test_a_price_is_explained_by_its_steps_and_its_sources():
    shop = await open_shop()
    [variant] = await stocked(shop, 100_000)
    seen = await explain_price(shop.merchant, variant)
    assert (seen.price, seen.priced.price, seen.priced.rule_name, seen.priced.margin_bp) == (
        2400,
        2400,
        "Double",
        5000,
    )
    [source] = seen.sources
    assert (source.cost_e4, source.units, source.chosen, source.why) == (100_000, 10, True, None)
    other = await open_shop()
    with pytest.raises(NotFound):
        await explain_price(other.merchant, variant)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    cost=st.integers(1, 10**8),
    msrp=st.none() | st.integers(1, 10**8),
    minimum=st.none() | st.integers(1, 10**8),
    multiplier=st.integers(1, 50_000),
    rounding=st.sampled_from(list(Rounding)),
    floor=st.none() | st.integers(0, 5_000),
)
async def test_the_catalogues_prices_are_those_of_the_pure_rules(
    cost: int, msrp: int | None, minimum: int | None, multiplier: int, rounding: Rounding, floor: int | None
):
    shop, variant = await _one()
    async with platform_scope("a test"):
        await execute(
            "UPDATE offer SET price_e4 = $2, msrp_e4 = $3, map_e4 = $4 WHERE supplier = $1",
            shop.supplier,
            cost,
            msrp,
            minimum,
        )
    await keep(
        shop, [rule("Any", multiplier, rounding=rounding, margin_floor_bp=floor, shipping_included=True)]
    )
    seen = await explain_price(shop.merchant, variant)
    assert seen.price == seen.priced.price


_made: list[tuple[Shop, int]] = []


async def _one() -> tuple[Shop, int]:
    if not _made:
        shop = await open_shop()
        _made.append((shop, (await stocked(shop, 100_000))[0]))
    return _made[0]
