"""A shopper complains with a photo; the merchant refunds; the supplier finds a debit note, and never the shopper's words."""

import re
from io import BytesIO

from PIL import Image
from playwright.sync_api import expect

from e2e.conftest import shop_url
from e2e.pages.desk import at_desk, open_order, reload_until
from e2e.pages.shop import Shop, either
from marketplace.demo.writing.stocked import stocked

WORDS = "Le bord est ébréché sur deux centimètres, je suis déçue."
NORDHAVN_ONLY = "Nordhavn Supply"


def _photo() -> bytes:
    out = BytesIO()
    Image.new("RGB", (900, 700), "#b5651d").save(out, "JPEG")
    return out.getvalue()


def _at_nordhavn_only() -> str:
    verrier = {row.variant.gtin for row in stocked("verrier")}
    return next(
        row.product.title[1]
        for row in stocked("nordhavn")
        if row.variant.gtin not in verrier and (row.quantity or 0) >= 20 and len(row.product.variants) == 1
        and row.product.family == "home"
    )  # fmt: skip


def test_a_claim_becomes_a_refund_and_a_debit(platform, open_browser):
    shopper = Shop(open_browser("fr-FR").new_page(), shop_url(platform, "rivage"))
    shopper.find(_at_nordhavn_only())
    shopper.put_into_cart()
    order_page = shopper.check_out(name="Irène Roche", email="irene@shopper.example")
    number = shopper.order_number()

    supplier = at_desk(open_browser().new_page(), platform, "mette@nordhavn-supply.example")
    open_order(supplier, f"{platform}/portal/nordhavn", number)
    supplier.get_by_role("button", name=re.compile("Accept everything|Tout accepter")).click()
    supplier.get_by_label(re.compile("Tracking number|Numéro de suivi")).fill("8R41000987654")
    supplier.get_by_role("button", name=re.compile("The parcel has left|Le colis est parti")).click()
    expect(supplier.get_by_text("8R41000987654").first).to_be_visible()

    merchant = at_desk(open_browser().new_page(), platform, "claire@atelier-rivage.example")
    open_order(merchant, f"{platform}/dashboard/rivage", number)
    reload_until(
        merchant, lambda: merchant.get_by_role("button", name=re.compile("It arrived|Il est arrivé"))
    ).click()
    reload_until(merchant, lambda: merchant.get_by_text(re.compile("^(Charged|Débitée)$")))

    shopper.page.goto(f"{order_page}/claims/new")
    shopper.page.get_by_role("checkbox").first.check()
    shopper.page.get_by_label(re.compile("damaged|abîmé", re.IGNORECASE)).check()
    shopper.page.get_by_label(either("In your words", "Avec vos mots|Dans vos mots")).fill(WORDS)
    shopper.page.locator("#photos").set_input_files(
        {"name": "bord.jpg", "mimeType": "image/jpeg", "buffer": _photo()}
    )
    shopper.page.get_by_label(re.compile("My money back|remboursé|Mon argent", re.IGNORECASE)).check()
    shopper.page.get_by_role("button", name=re.compile("Send to|Envoyer")).click()
    shopper.page.wait_for_url(re.compile(r"/claims/\d+"))

    merchant.goto(f"{platform}/dashboard/rivage/claims")
    reload_until(
        merchant, lambda: merchant.get_by_role("row", name=re.compile(number)).get_by_role("link")
    ).click()
    expect(merchant.get_by_text(WORDS)).to_be_visible()
    expect(merchant.get_by_role("img", name=re.compile("Photo"))).to_be_visible()
    merchant.get_by_role("button", name=re.compile("^(Preview|Aperçu)$")).click()
    expect(merchant.get_by_text(re.compile("Nordhavn Supply (owes you|vous doit)"))).to_be_visible()
    merchant.get_by_role("button", name=re.compile("^(Refund|Rembourser) ")).click()
    expect(merchant.get_by_role("heading", name=re.compile("^(Decision|Décision)$"))).to_be_visible()
    reload_until(merchant, lambda: merchant.get_by_text(re.compile("^(Paid back|Remboursé)$")))

    supplier.goto(f"{platform}/portal/nordhavn/recoveries")
    reload_until(
        supplier, lambda: supplier.get_by_role("row", name=re.compile(number)).get_by_role("link")
    ).click()
    expect(supplier.get_by_role("heading", level=1)).to_contain_text(re.compile("Debit note|Note de débit"))
    expect(supplier.get_by_text(WORDS)).to_have_count(0)
    supplier.get_by_label(re.compile("I accept|J’accepte")).check()
    supplier.get_by_role("button", name=re.compile("Send the answer|Envoyer la réponse")).click()
    expect(supplier.get_by_text(re.compile("^(Accepted|Accepté)$")).first).to_be_visible()
