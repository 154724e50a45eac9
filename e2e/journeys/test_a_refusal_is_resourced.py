"""A supplier declines what a shopper paid for; the order finds its other source, and the shopper notices nothing."""

import re

from playwright.sync_api import expect

from e2e.conftest import shop_url
from e2e.pages.desk import at_desk, open_order, reload_until
from e2e.pages.shop import Shop
from marketplace.demo.writing.stocked import stocked

PORTALS = {
    "Maison Verrier": ("verrier", "depot@maisonverrier.example"),
    "Nordhavn Supply": ("nordhavn", "jens@nordhavn-supply.example"),
}


def _held_by_both() -> str:
    """The French title of an article that two of Atelier Rivage's suppliers have plenty of, in one colour and size."""
    nordhavn = {row.variant.gtin: row for row in stocked("nordhavn")}
    return next(
        row.product.title[1]
        for row in stocked("verrier")
        if (other := nordhavn.get(row.variant.gtin))
        and (row.quantity or 0) >= 12
        and (other.quantity or 0) >= 12
        and len(row.product.variants) == 1
        and row.product.family == "home"
    )


def test_a_refusal_is_resourced(platform, open_browser):
    title = _held_by_both()
    shopper = Shop(open_browser("fr-FR", 390).new_page(), shop_url(platform, "rivage"))
    shopper.find(title)
    shopper.put_into_cart()
    order_page = shopper.check_out()
    number = shopper.order_number()

    merchant = at_desk(open_browser().new_page(), platform, "yann@atelier-rivage.example")
    open_order(merchant, f"{platform}/dashboard/rivage", number)
    first = reload_until(
        merchant, lambda: merchant.get_by_role("heading", name=re.compile("|".join(PORTALS)))
    )
    first_name = next(name for name in PORTALS if name in first.inner_text())
    second_name = next(name for name in PORTALS if name != first_name)

    slug, email = PORTALS[first_name]
    supplier = at_desk(open_browser("en-GB", 390).new_page(), platform, email)
    open_order(supplier, f"{platform}/portal/{slug}", number)
    supplier.get_by_label(re.compile("^(Accept, of|Accepter, de)")).fill("0")
    supplier.get_by_label(re.compile("^(Decline, of|Refuser, de)")).fill("1")
    supplier.get_by_label(re.compile("^(Reason|Motif)$")).select_option("out_of_stock")
    supplier.get_by_role("button", name=re.compile("Send this answer|Envoyer cette réponse")).click()
    expect(supplier.get_by_text(re.compile("Declined|Refusé")).first).to_be_visible()

    merchant.reload()
    reload_until(merchant, lambda: merchant.get_by_role("heading", name=re.compile(second_name)))
    expect(
        merchant.get_by_text(re.compile("Another source was found|Une autre source a été trouvée"))
    ).to_be_visible()

    slug, email = PORTALS[second_name]
    other = at_desk(open_browser().new_page(), platform, email)
    open_order(other, f"{platform}/portal/{slug}", number)
    other.get_by_role("button", name=re.compile("Accept everything|Tout accepter")).click()

    shopper.page.goto(order_page)
    assert shopper.order_number() == number
    expect(shopper.page.get_by_text(first_name)).to_have_count(0)
    expect(shopper.page.get_by_text(second_name)).to_have_count(0)
