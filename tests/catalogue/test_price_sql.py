"""The SQL twin of the price rules against the pure ones, on a real PostgreSQL."""

import asyncpg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marketplace.catalogue.price import Item, price
from marketplace.catalogue.price_rule import BadRule, Rule, Scope, Step
from marketplace.catalogue.price_sql import Columns, compile_rules
from marketplace.catalogue.rounding import Rounding

BRANDS = ["Acme", "Élan", "ΣΟΦΟΣ", "Ø'Brien", '"; DROP TABLE offer; --', "{}", "%s", "$1", "\\", ""]
COSTS = st.one_of(
    st.integers(1, 5_000_000), st.integers(1, 10**12), st.sampled_from([0, -5, 10**12 + 1, 100_000])
)

SCOPES = st.builds(
    Scope,
    suppliers=st.lists(st.integers(1, 3), max_size=2),
    categories=st.lists(st.integers(1, 3), max_size=2),
    brands=st.lists(st.sampled_from(BRANDS), max_size=2),
    cost_from_e4=st.none() | st.sampled_from([0, 100_000]),
    cost_below_e4=st.none() | st.sampled_from([100_001, 2_000_000]),
)
STEPS = st.lists(
    st.builds(
        Step,
        multiplier_bp=st.sampled_from([10_000, 1, 15_001, 1_000_000]),
        markup_bp=st.sampled_from([0, -9_999, 3_333, 1_000_000]),
        addition=st.sampled_from([0, 99, -500, 10**9]),
    ),
    min_size=1,
    max_size=3,
).map(lambda steps: [Step(**{**_fields(s), "from_cost_e4": n * 90_000}) for n, s in enumerate(steps)])
RULES = st.builds(
    Rule,
    rule_id=st.integers(1, 2**40),
    scope=SCOPES,
    steps=STEPS,
    shipping_included=st.booleans(),
    rounding=st.sampled_from(Rounding),
    margin_floor_bp=st.none() | st.integers(0, 9_900),
    keep_map=st.booleans(),
    keep_msrp=st.booleans(),
)
ITEMS = st.builds(
    Item,
    cost_e4=st.none() | COSTS,
    currency=st.just("EUR"),
    vat_bp=st.sampled_from([0, 550, 2_000, 2_550]),
    supplier=st.none() | st.integers(1, 3),
    category=st.none() | st.integers(1, 3),
    brand=st.none() | st.sampled_from([*BRANDS, "ACME", "éLAN", "σοφοσ", "σοφος"]),
    freight_e4=st.sampled_from([0, 1, 69_000]),
    map_e4=st.none() | st.integers(0, 10**7),
    msrp_e4=st.none() | st.integers(0, 10**7),
)


def _fields(struct):
    return {f: getattr(struct, f) for f in struct.__struct_fields__}


@pytest.fixture(scope="module")
async def postgres(admin_url):
    connection = await asyncpg.connect(admin_url)
    yield connection
    await connection.close()


async def prices_in_sql(postgres, rules, items, currency):
    compiled = compile_rules(rules, currency, Columns(supplier="i.supplier", brand="i.brand"))
    columns = list(zip(*[[getattr(i, f) for f in _COLUMNS] for i in items], strict=True))
    rows = await postgres.fetch(
        f"SELECT {compiled.price} AS price, {compiled.rule} AS rule FROM unnest($1::bigint[], $2::int[],"
        " $3::bigint[], $4::bigint[], $5::text[], $6::bigint[], $7::bigint[], $8::bigint[]) WITH ORDINALITY"
        " AS i(cost_e4, vat_bp, supplier, category, brand, freight_e4, map_e4, msrp_e4, n) ORDER BY n",
        *columns,
    )
    return [(row["price"], row["rule"]) for row in rows]


_COLUMNS = ("cost_e4", "vat_bp", "supplier", "category", "brand", "freight_e4", "map_e4", "msrp_e4")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rules=st.lists(RULES, max_size=4),
    items=st.lists(ITEMS, min_size=5, max_size=30),
    currency=st.sampled_from(["EUR", "EUR", "JPY", "KWD"]),
)
async def test_sql_prices_a_catalogue_exactly_as_the_preview_does(postgres, rules, items, currency):
    items = [Item(**{**_fields(i), "currency": currency}) for i in items]
    preview = [price(rules, i) for i in items]
    assert await prices_in_sql(postgres, rules, items, currency) == [(p.price, p.rule_id) for p in preview]


async def test_what_a_person_typed_as_a_brand_is_never_sql(postgres):
    rules = [Rule(rule_id=1, scope=Scope(brands=BRANDS))]
    items = [Item(cost_e4=100, currency="EUR", vat_bp=0, brand=brand) for brand in BRANDS]
    assert await prices_in_sql(postgres, rules, items, "EUR") == [(1, 1)] * len(BRANDS)
    sql = compile_rules(rules, "EUR").price
    assert not any(sign in sql for sign in ("DROP", "{", "}", "%", "$", "\\"))


def test_a_bad_rule_is_not_compiled():
    with pytest.raises(BadRule):
        compile_rules([Rule(steps=[])], "EUR")
