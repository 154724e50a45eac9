"""Price rules are changed as a draft that shows what it would do, then applied to everything at once."""

import html
import re
from typing import Any

import httpx
import pytest

import marketplace.reactions  # noqa: F401 — imports the jobs
from marketplace.catalogue.keep_price_rules import keep_price_rules, read_kept_rules, stamp
from marketplace.catalogue.price_rule import Rule, Scope, Step
from marketplace.catalogue.rounding import Rounding
from marketplace.kernel.database import execute
from marketplace.relay import drain
from marketplace.web.dashboard.price_rules_form import filled, typed_rule
from marketplace.web.dashboard.price_rules_words import RuleWords
from tenants.scope import platform_scope
from tests.web.dashboard.catalogue.desk import Seated, seated

pytestmark = pytest.mark.usefixtures("database")


def carried(page: httpx.Response) -> dict[str, str]:
    """The draft and the stamp that the page's forms carry."""
    found = dict(re.findall(r'name="(draft|seen)" value="([^"]*)"', page.text))
    return {name: html.unescape(value) for name, value in found.items()}


async def typed(desk: Seated, **more: Any) -> httpx.Response:
    draft = carried(await desk.get("/price-rules"))["draft"]
    form = {"name": "Plus cher", "markup_0": "150", "rounding": ".90", "keep_map": "1", **more}
    return await desk.post("/price-rules/draft/rule", draft=draft, place="9", **form)


async def test_a_rule_in_force_is_said_in_words_with_how_many_prices_it_sets():
    async with seated() as desk:
        await desk.product()
        page = await desk.get("/price-rules")
        assert page.status_code == 200
        assert "cost × 2" in page.text
        assert "Everything" in page.text
        assert "Not applied yet" not in page.text


async def test_a_new_rule_shows_what_it_would_do_and_changes_nothing_until_it_is_applied():
    async with seated() as desk:
        product = await desk.product()
        draft = await typed(desk)
        assert draft.status_code == 200
        assert "Plus cher" in draft.text
        up = await desk.post("/price-rules/draft", draft=carried(draft)["draft"], do="up:1")
        assert "€24.00" in up.text
        assert "€29.90" in up.text
        assert (await desk.variant(product))["price"] == 2400
        applied = await desk.post("/price-rules", **carried(up))
        assert applied.status_code == 303
        assert (await desk.variant(product))["price"] == 2990
        assert "1 price changed" in (await desk.browser.get(applied.headers["location"])).text


async def test_what_a_draft_would_change_is_shown_without_costs_until_the_identity_is_verified():
    async with seated() as desk:
        await desk.product(price_e4=123_400)
        draft = carried(await typed(desk))["draft"]
        shown = await desk.post("/price-rules/draft", draft=draft, do="up:1")
        async with platform_scope("a test"):
            await execute("UPDATE tenant SET identity_verified_at = NULL WHERE id = $1", desk.shop.merchant)
        hidden = await desk.post("/price-rules/draft", draft=draft, do="up:1")
    assert "12.34" in shown.text
    assert "12.34" not in hidden.text
    assert "The largest changes" in hidden.text


async def test_the_prices_of_a_large_catalogue_follow_later_and_the_page_says_how_many_are_left(monkeypatch):
    monkeypatch.setattr("marketplace.catalogue.keep_price_rules.AT_ONCE", 1)
    async with seated() as desk:
        products = [await desk.product(sku=f"S-{n}", title=f"Vase {n}") for n in range(2)]
        draft = await typed(desk)
        up = await desk.post("/price-rules/draft", draft=carried(draft)["draft"], do="up:1")
        applied = await desk.post("/price-rules", **carried(up))
        page = await desk.browser.get(applied.headers["location"])
        assert "2 prices are still being worked out" in page.text
        assert [(await desk.variant(product))["price"] for product in products] == [2400, 2400]
        await drain()
        assert [(await desk.variant(product))["price"] for product in products] == [2990, 2990]
        assert "every price follows them" in (await desk.browser.get(applied.headers["location"])).text


async def test_a_rule_that_is_off_keeps_its_place_and_sets_no_price():
    async with seated() as desk:
        product = await desk.product()
        draft = carried(await desk.get("/price-rules"))["draft"]
        off = await desk.post("/price-rules/draft", draft=draft, do="off:0")
        await desk.post("/price-rules", **carried(off))
        kept = await read_kept_rules(desk.shop.merchant)
        assert [(one.rule.name, one.enabled) for one in kept] == [("Double", False)]
        later = await desk.product(sku="B", title="Vase")
        assert (await desk.variant(later))["price"] is None
        on = await desk.post(
            "/price-rules/draft", draft=carried(await desk.get("/price-rules"))["draft"], do="on:0"
        )
        await desk.post("/price-rules", **carried(on))
        assert (await desk.variant(later))["price"] == (await desk.variant(product))["price"] == 2400


async def test_a_rule_is_edited_and_deleted_in_the_draft():
    async with seated() as desk:
        draft = carried(await desk.get("/price-rules"))["draft"]
        form = await desk.post("/price-rules/draft", draft=draft, do="edit:0")
        assert 'value="Double"' in form.text
        assert 'name="times_0" value="2"' in form.text
        gone = await desk.post("/price-rules/draft", draft=draft, do="delete:0")
        await desk.post("/price-rules", **carried(gone))
        assert await read_kept_rules(desk.shop.merchant) == []


async def test_two_people_who_change_the_rules_at_once_do_not_undo_each_other():
    async with seated() as desk:
        mine = carried(await typed(desk))
        await keep_price_rules(desk.shop.merchant, [], seen=stamp(await read_kept_rules(desk.shop.merchant)))
        assert (await desk.post("/price-rules", **mine)).status_code == 409
        assert await read_kept_rules(desk.shop.merchant) == []


@pytest.mark.parametrize(
    ("wrong", "text"),
    [
        ({"name": ""}, "Please fill this in."),
        ({"markup_0": "beaucoup"}, "Please enter an amount"),
        ({"floor": "100"}, "margin floor lies between"),
        ({"cost_from": "50", "cost_below": "10"}, "The cost range is empty."),
        ({"from_1": "0", "markup_1": "5"}, "Each tier begins above the one before it."),
        ({"times_0": "500"}, "A multiplier lies between"),
        ({"rounding": "pi"}, "Please choose one of the list."),
    ],
)
async def test_a_rule_that_cannot_be_meant_is_told_beside_its_field_and_stays_typed(wrong, text):
    async with seated() as desk:
        answer = await typed(desk, brands="Galet, Lune", **wrong)
        assert answer.status_code == 422
        assert text in answer.text
        assert 'value="Galet, Lune"' in answer.text


async def test_a_draft_that_no_page_made_and_steps_that_cannot_be_meant_are_not_there():
    async with seated() as desk:
        good = carried(await desk.get("/price-rules"))["draft"]
        for draft, do in (("{", "up:0"), ("", "up:0"), (good, "up:7"), (good, "dance:0"), (good, "")):
            answer = await desk.post("/price-rules/draft", draft=draft, do=do)
            assert answer.status_code == 404, (draft, do)


async def test_who_may_not_change_the_catalogue_reads_the_rules_only():
    async with seated("support") as desk:
        page = await desk.get("/price-rules")
        assert page.status_code == 200
        assert "Add a rule" not in page.text
        for path in ("/price-rules", "/price-rules/draft", "/price-rules/draft/rule"):
            assert (await desk.post(path, draft="[]")).status_code == 403


RULE = Rule(
    name="Tiers",
    scope=Scope(suppliers=[7], categories=[3], brands=["Galet"], cost_from_e4=12_500, cost_below_e4=990_000),
    steps=[
        Step(multiplier_bp=25_000),
        Step(from_cost_e4=500_000, markup_bp=4_250, addition=150),
        Step(from_cost_e4=900_000, markup_bp=-500, addition=-150),
    ],
    rounding=Rounding.TO_5,
    margin_floor_bp=3_000,
    keep_map=False,
    shipping_included=True,
)


@pytest.mark.parametrize("locale", ["en", "fr"])
def test_a_rule_shown_in_its_form_and_sent_back_is_the_same_rule(locale: str):
    assert typed_rule(filled(RULE, "EUR", locale), "EUR", [7], [3]) == RULE


def test_a_rule_of_suppliers_and_categories_that_are_not_the_merchants_holds_for_none_of_them():
    made = typed_rule(filled(RULE, "EUR", "en"), "EUR", [], [])
    assert made.scope.suppliers == made.scope.categories == []


def test_a_rule_is_said_in_words():
    say = RuleWords("en", "EUR", {7: "Nordhavn"}, {3: "Vases"})
    assert say.holds_for(RULE.scope) == "Of Nordhavn, in Vases, brand Galet, cost from €1.25 to below €99.00"
    assert say.does(RULE) == [
        "from €0.00: cost × 2.5",
        "from €50.00: cost + 42.5% + €1.50",
        "from €90.00: cost − 5% − €1.50",
    ]
    assert "margin of at least 30%" in say.within(RULE)
    assert say.holds_for(Scope()) == "Everything"
