import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marketplace.catalogue.price import Did, Item, margin_bp, price
from marketplace.catalogue.price_rule import BadRule, Rule, Scope, Step, check_rule
from marketplace.catalogue.rounding import Rounding, ending
from marketplace.kernel.money import minor_from_e4


def item(cost_e4=100_000, **more):
    return Item(cost_e4=cost_e4, **{"currency": "EUR", "vat_bp": 2_000, **more})


def rule(*, markup_bp=0, multiplier_bp=10_000, addition=0, **more):
    return Rule(steps=[Step(markup_bp=markup_bp, multiplier_bp=multiplier_bp, addition=addition)], **more)


@pytest.mark.parametrize(
    ("a_rule", "an_item", "gross"),
    [
        (rule(markup_bp=5_000), item(), 1_800),
        (rule(multiplier_bp=25_000), item(), 3_000),
        (rule(addition=250), item(), 1_500),
        (rule(multiplier_bp=20_000, markup_bp=1_000, addition=100), item(), 2_760),
        (rule(addition=-20_000), item(), 1),
        (rule(), item(vat_bp=0), 1_000),
        (rule(), item(vat_bp=550), 1_055),
        (rule(), item(cost_e4=1), 1),
        (rule(), item(cost_e4=10_042), 121),  # 1.20504
        (rule(), item(cost_e4=10_046), 121),  # 1.20552
        (rule(shipping_included=True), item(freight_e4=50_000), 1_800),
        (rule(shipping_included=False), item(freight_e4=50_000), 1_200),
        (rule(), item(cost_e4=10_000_000, currency="JPY", vat_bp=1_000), 1_100),
        (rule(), item(currency="KWD", vat_bp=0), 10_000),
    ],
)
def test_a_cost_becomes_a_price_with_vat(a_rule, an_item, gross):
    assert price([a_rule], an_item).price == gross


def test_the_first_rule_that_holds_sets_the_price_and_the_rest_are_not_asked():
    rules = [
        rule(rule_id=1, markup_bp=10_000, scope=Scope(brands=["Acme"])),
        rule(rule_id=2, markup_bp=5_000, scope=Scope(suppliers=[7])),
        rule(rule_id=3, markup_bp=2_000),
    ]
    assert price(rules, item(brand="ACME", supplier=7)).rule_id == 1
    assert price(rules, item(brand="Other", supplier=7)).rule_id == 2
    assert price(rules, item()).rule_id == 3


@pytest.mark.parametrize(
    ("scope", "an_item", "holds"),
    [
        (Scope(), item(), True),
        (Scope(suppliers=[1, 2]), item(supplier=2), True),
        (Scope(suppliers=[1, 2]), item(supplier=3), False),
        (Scope(suppliers=[1]), item(), False),
        (Scope(categories=[5]), item(category=5), True),
        (Scope(brands=["Élan"]), item(brand="ÉLAN"), True),
        (Scope(brands=["Élan"]), item(brand="Elan"), False),
        (Scope(brands=["Élan"]), item(), False),
        (Scope(cost_from_e4=100_000), item(), True),
        (Scope(cost_from_e4=100_001), item(), False),
        (Scope(cost_below_e4=100_000), item(), False),
        (Scope(cost_below_e4=100_001), item(), True),
        (Scope(suppliers=[1], brands=["A"]), item(supplier=1, brand="b"), False),
    ],
)
def test_a_rule_holds_only_where_all_of_its_scope_does(scope, an_item, holds):
    assert (price([Rule(scope=scope)], an_item).price is not None) == holds


@pytest.mark.parametrize(
    ("cost_e4", "net_cents"),
    [(99_999, 2_000), (100_000, 1_500), (499_999, 7_500), (500_000, 6_000)],
)
def test_a_tier_begins_at_its_cost(cost_e4, net_cents):
    tiers = Rule(
        steps=[
            Step(multiplier_bp=20_000),
            Step(from_cost_e4=100_000, markup_bp=5_000),
            Step(from_cost_e4=500_000, addition=1_000),
        ]
    )
    assert price([tiers], item(cost_e4=cost_e4, vat_bp=0)).price == net_cents


@pytest.mark.parametrize(
    ("rounding", "gross", "label"),
    [
        (Rounding.NONE, 1_234, 1_234),
        (Rounding.END_99, 1_300, 1_299),
        (Rounding.END_99, 1_349, 1_399),
        (Rounding.END_99, 1_348, 1_299),
        (Rounding.END_99, 20, 99),
        (Rounding.END_95, 1_300, 1_295),
        (Rounding.END_90, 1_345, 1_390),
        (Rounding.WHOLE, 1_250, 1_300),
        (Rounding.WHOLE, 1_249, 1_200),
        (Rounding.WHOLE, 30, 100),
        (Rounding.TO_5, 1_249, 1_000),
        (Rounding.TO_5, 1_250, 1_500),
    ],
)
def test_a_label_ends_as_the_merchant_likes_it(rounding, gross, label):
    assert price([Rule(rounding=rounding)], item(cost_e4=gross * 100, vat_bp=0)).price == label


def test_yen_have_no_cents_to_end_in():
    yen = item(cost_e4=13_000_000, currency="JPY", vat_bp=0)
    assert price([Rule(rounding=Rounding.END_99)], yen).price == 1_299
    assert price([Rule(rounding=Rounding.WHOLE)], yen).price == 1_300


def test_a_margin_floor_lifts_the_price_to_the_next_ending():
    a_rule = rule(markup_bp=1_000, margin_floor_bp=2_500, rounding=Rounding.END_99)
    priced = price([a_rule], item())
    assert priced.price == 1_699  # 13.34 net is the floor, 16.00 gross
    assert priced.margin_bp >= 2_500
    assert priced.steps[-1].did is Did.MARGIN_FLOOR
    assert price([rule(markup_bp=1_000, margin_floor_bp=2_500)], item()).price == 1_600


def test_freight_that_is_included_is_a_cost_to_the_floor():
    a_rule = rule(margin_floor_bp=5_000, shipping_included=True)
    assert price([a_rule], item(vat_bp=0, freight_e4=20_000)).price == 2_400


@pytest.mark.parametrize(
    ("a_rule", "an_item", "gross"),
    [
        (rule(markup_bp=1_000), item(map_e4=150_000), 1_500),
        (rule(markup_bp=1_000, rounding=Rounding.END_99), item(map_e4=150_000), 1_599),
        (rule(markup_bp=1_000, rounding=Rounding.END_99), item(map_e4=150_000, msrp_e4=155_000), 1_550),
        (rule(markup_bp=1_000), item(map_e4=150_001), 1_501),
        (rule(markup_bp=1_000, keep_map=False), item(map_e4=150_000), 1_320),
        (rule(markup_bp=9_000), item(msrp_e4=199_000), 1_990),
        (rule(markup_bp=9_000, rounding=Rounding.END_99), item(msrp_e4=199_000), 1_990),
        (rule(markup_bp=9_000, keep_msrp=False), item(msrp_e4=199_000), 2_280),
        (rule(markup_bp=9_000, margin_floor_bp=5_000), item(msrp_e4=199_000), 2_400),
        (rule(markup_bp=9_000), item(map_e4=210_000, msrp_e4=199_000), 2_100),
        (rule(), item(map_e4=0, msrp_e4=0), 1_200),
    ],
    ids=[
        "MAP lifts",
        "to the next ending",
        "or to the MSRP when that comes first",
        "a minimum rounds up",
        "MAP waived",
        "MSRP caps",
        "at the MSRP itself, whatever the ending",
        "MSRP waived",
        "the margin floor goes before the MSRP",
        "so does MAP",
        "nought is none",
    ],
)
def test_bounds_hold_the_price(a_rule, an_item, gross):
    assert price([a_rule], an_item).price == gross


@pytest.mark.parametrize("cost", [None, 0, -1, 10**12 + 1])
def test_what_has_no_cost_gets_no_price_and_says_so(cost):
    priced = price([Rule()], item(cost_e4=cost))
    assert priced.price is None
    assert [s.did for s in priced.steps] == [Did.NO_COST]


def test_what_no_rule_is_for_gets_no_price_and_says_so():
    priced = price([Rule(scope=Scope(suppliers=[9]))], item())
    assert (priced.price, priced.rule_id, priced.steps[0].did) == (None, None, Did.NO_RULE)


def test_the_preview_tells_the_whole_way_from_cost_to_label():
    a_rule = rule(rule_id=4, name="Lamps", markup_bp=5_000, addition=200, rounding=Rounding.END_99)
    priced = price([a_rule], item(msrp_e4=200_000))
    assert [(s.did, s.by, s.net_e4, s.gross) for s in priced.steps] == [
        (Did.COST, None, 100_000, None),
        (Did.MARKUP, 5_000, 150_000, None),
        (Did.ADDITION, 200, 170_000, None),
        (Did.VAT, 2_000, None, 2_040),
        (Did.ENDING, ".99", None, 1_999),
    ]
    assert (priced.rule_id, priced.rule_name, priced.margin_bp) == (4, "Lamps", 3_996)
    assert msgspec.json.decode(msgspec.json.encode(priced), type=type(priced)) == priced


@pytest.mark.parametrize(
    ("a_rule", "field"),
    [
        (Rule(steps=[]), "steps"),
        (Rule(steps=[Step(from_cost_e4=5)]), "steps"),
        (Rule(steps=[Step(), Step(from_cost_e4=5), Step(from_cost_e4=5)]), "steps"),
        (rule(markup_bp=-10_000), "markup_bp"),
        (rule(multiplier_bp=0), "multiplier_bp"),
        (rule(addition=10**10), "addition"),
        (rule(margin_floor_bp=10_000), "margin_floor_bp"),
        (Rule(scope=Scope(cost_from_e4=5, cost_below_e4=5)), "cost_below_e4"),
    ],
)
def test_a_rule_that_cannot_be_meant_is_refused_beside_its_field(a_rule, field):
    with pytest.raises(BadRule) as refusal:
        check_rule(a_rule)
    assert refusal.value.field == field


def test_rules_survive_json():
    a_rule = rule(markup_bp=5, scope=Scope(brands=["É"]), rounding=Rounding.TO_5)
    assert msgspec.json.decode(msgspec.json.encode(a_rule), type=Rule) == a_rule


@given(st.sampled_from(Rounding), st.integers(0, 10**7), st.sampled_from(["EUR", "JPY", "KWD"]))
def test_no_allowed_label_is_nearer_and_none_is_lower_than_asked(rounding, amount, currency):
    labels = ending(rounding, currency)
    near, up = labels.nearest(amount), labels.up(amount)
    assert up >= amount
    assert up - labels.step < amount or up == labels.offset
    for other in (near - labels.step, near + labels.step):
        if other >= 0:
            assert abs(near - amount) <= abs(other - amount)
    assert (near - labels.offset) % labels.step == (up - labels.offset) % labels.step == 0


@settings(max_examples=200)
@given(
    st.integers(1, 10**10),
    st.integers(-5_000, 30_000),
    st.integers(0, 9_900),
    st.sampled_from(Rounding),
    st.sampled_from([0, 550, 2_000, 2_550]),
    st.none() | st.integers(1, 10**10),
    st.none() | st.integers(1, 10**10),
)
def test_no_price_goes_below_its_floor_or_map_nor_needlessly_above_its_msrp(
    cost, markup, floor, rounding, vat, least, most
):
    a_rule = rule(markup_bp=markup, margin_floor_bp=floor, rounding=rounding)
    priced_item = item(cost_e4=cost, vat_bp=vat, map_e4=least, msrp_e4=most)
    priced = price([a_rule], priced_item)
    assert priced.price > 0
    assert priced.margin_bp == margin_bp(priced.price, cost, priced_item) >= floor
    assert priced.price * 100 >= (least or 0)
    recommended = minor_from_e4(most, "EUR") if most else None
    if recommended is not None and priced.price > recommended:
        too_low = recommended < 1 or recommended * 100 < (least or 0)
        assert too_low or margin_bp(recommended, cost, priced_item) < floor
