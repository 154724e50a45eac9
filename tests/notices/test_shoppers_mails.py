"""What a shopper gets by mail: from the merchant, in the order's language, and never a word of a supplier."""

from datetime import timedelta

import pytest

from marketplace.claims.answer_claim import answer_claim
from marketplace.claims.authorise_return import authorise_return
from marketplace.claims.decision import Decision
from marketplace.claims.declare_withdrawal import declare_withdrawal
from marketplace.claims.file_claim import file_claim
from marketplace.claims.refuse_withdrawal import refuse_withdrawal
from marketplace.claims.resolve_claim import resolve_claim
from marketplace.kernel.clock import now
from marketplace.kernel.outbox import emit
from marketplace.kernel.signing import unsign
from marketplace.notices.lines_cancelled import lines_cancelled
from marketplace.notices.order_confirmation import order_confirmation
from marketplace.notices.order_delivered import order_delivered
from marketplace.notices.order_link import order_link
from marketplace.notices.order_shipped import order_shipped
from marketplace.ordering.refund_order import send_refund
from tenants.scope import acting_as
from tests.claims.scenes import change, sold, value
from tests.notices.post import deliver, letters, the_letter
from tests.support import world

pytestmark = pytest.mark.usefixtures("database")


def token_of(letter) -> str:
    return letter["text_body"].split("/orders/", 1)[1].split()[0].split("/")[0]


async def test_the_confirmation_carries_the_contract_the_withdrawal_and_a_link_to_the_order_only():
    one = await sold(units=2)
    await order_confirmation(one.merchant, one.order)
    await order_confirmation(one.merchant, one.order)
    letter = await the_letter(tenant=one.merchant, kind="order_confirmation")
    assert (letter["to"], letter["sender_name"], letter["reply_to"]) == (
        one.email,
        "Alice",
        "alice@shop.example",
    )
    assert letter["subject"] == f"Your order {one.number} at Alice"
    for said in (
        "Dune carafe",
        "€49.80",
        "€54.70",
        "version 1",
        "Model withdrawal form",
        "two years",
        "Alice SAS",
    ):
        assert said in letter["text_body"]
        assert said in letter["html_body"]
    link = unsign("order", token_of(letter))
    assert (link.tenant, link.subject) == (one.merchant, one.order)


async def test_french_orders_are_confirmed_in_french():
    one = await sold(units=2, locale="fr")
    await order_confirmation(one.merchant, one.order)
    letter = await the_letter(tenant=one.merchant, kind="order_confirmation")
    assert letter["subject"] == f"Votre commande {one.number} chez Alice"
    for said in ("Total TTC", "49,80\xa0€", "Renoncer au contrat ici", "Veuillez compléter et renvoyer"):
        assert said in letter["text_body"]


async def test_an_article_without_the_right_says_so_and_gives_no_form_for_it():
    one = await sold()
    await change("UPDATE order_line SET withdrawal_excluded = 'made to measure' WHERE id = $1", one.line)
    await order_confirmation(one.merchant, one.order)
    text = (await the_letter(tenant=one.merchant, kind="order_confirmation"))["text_body"]
    assert "Dune carafe: no right of withdrawal (made to measure)." in text
    assert "Model withdrawal form" not in text


async def test_the_parcel_s_mail_tells_carrier_number_and_what_is_still_to_come():
    one = await sold(units=3, shipped=2)
    parcel = await value("SELECT id FROM shipment WHERE supplier_order = $1", one.supplier_order)
    await order_shipped(one.merchant, parcel)
    letter = await the_letter(tenant=one.merchant, kind="order_shipped")
    for said in ("Colissimo", "6A1", "2 × Dune carafe (sand)", "STILL TO COME", "1 × Dune carafe (sand)"):
        assert said in letter["text_body"]


async def test_a_delivered_order_says_until_when_it_can_be_withdrawn_from():
    one = await sold(delivered_at=now() - timedelta(hours=2))
    await order_delivered(one.merchant, one.order)
    text = (await the_letter(tenant=one.merchant, kind="order_delivered"))["text_body"]
    assert "You may withdraw from the contract until" in text
    assert "/claims/new" in text


@pytest.mark.parametrize(
    ("captured", "said"), [(False, "You have not been charged"), (True, "goes back to your means")]
)
async def test_a_line_nobody_can_serve_tells_what_becomes_of_the_money(captured, said):
    one = await sold(units=2, shipped=0, captured=captured)
    await change("UPDATE order_line SET accepted = 1, cancelled = 1 WHERE id = $1", one.line)
    await lines_cancelled(one.merchant, one.order, {str(one.line): 1}, "no_source")
    letter = await the_letter(tenant=one.merchant, kind="lines_cancelled")
    assert said in letter["text_body"]
    assert "€24.90" in letter["text_body"]
    assert letter["subject"].startswith("A change to your order")


async def test_the_link_again_is_a_mail_a_request():
    one = await sold()
    for asked_at in ("2026-11-23T10:00:00", "2026-11-23T10:00:00", "2026-11-24T10:00:00"):
        await order_link(one.merchant, one.order, asked_at)
    assert len(await letters(tenant=one.merchant, kind="order_link")) == 2


async def test_a_complaint_s_whole_correspondence():
    one = await sold(units=2)
    filed = await file_claim(
        one.merchant,
        one.order,
        units={one.line: 1},
        cause="damaged",
        wish="refund",
        text="The <neck> is broken",
        key="k",
    )
    await answer_claim(one.merchant, filed.id, text="Could we see the box?", by="Alice", asks=True)
    [_] = await authorise_return(
        one.merchant, lines={one.line: 1}, reason="damaged", by="Alice", claim=filed.id
    )
    done = await resolve_claim(one.merchant, filed.id, Decision("refund", note="Sorry!"), by="Alice")
    await send_refund(one.merchant, done.refund)
    await deliver(one.merchant)
    mails = {m["kind"]: m for m in await letters(to=one.email, tenant=one.merchant)}
    assert set(mails) == {
        "claim_received",
        "claim_answered",
        "return_authorised",
        "claim_resolved",
        "refund_done",
    }
    assert filed.number in mails["claim_received"]["subject"]
    assert "&lt;neck&gt;" in mails["claim_received"]["html_body"]
    assert "<neck>" not in mails["claim_received"]["html_body"]
    assert "Could we see the box?" in mails["claim_answered"]["text_body"]
    assert "RMA-" in mails["return_authorised"]["subject"]
    assert "€24.90" in mails["claim_resolved"]["subject"] + mails["claim_resolved"]["text_body"]
    assert "Sorry!" in mails["claim_resolved"]["text_body"]
    assert "Visa …4242" in mails["refund_done"]["text_body"]
    supplier = await value("SELECT name FROM tenant WHERE id = $1", one.supplier)
    for mail in mails.values():
        assert supplier not in mail["subject"] + mail["text_body"] + mail["html_body"]
        assert "V-1" not in mail["text_body"]


async def test_the_receipt_of_a_withdrawal_has_its_content_its_date_and_its_time():
    one = await sold(units=2, locale="fr")
    declared = await declare_withdrawal(
        one.merchant,
        one.order,
        lines={one.line: 2},
        name="Simone Shopper",
        email="home@shopper.example",
        key="k",
    )
    await deliver(one.merchant)
    letter = await the_letter(tenant=one.merchant, kind="withdrawal_receipt")
    assert letter["to"] == "home@shopper.example"
    assert letter["subject"] == f"Accusé de réception de votre rétractation {declared.number}"
    for line in declared.declaration.splitlines():
        assert line in letter["text_body"]
    local = declared.declared_at.astimezone(__import__("zoneinfo").ZoneInfo("Europe/Paris"))
    assert local.strftime("%H:%M") in letter["text_body"]
    assert str(local.year) in letter["text_body"]
    assert (
        await value("SELECT rma_number FROM goods_return WHERE withdrawal_id = $1", declared.id)
        in letter["text_body"]
    )
    assert await value("SELECT receipt_sent_at FROM withdrawal WHERE id = $1", declared.id) is not None


async def test_a_refused_withdrawal_is_told_with_its_reason():
    one = await sold()
    declared = await declare_withdrawal(
        one.merchant, one.order, lines={one.line: 1}, name="Simone", email=one.email, key="k"
    )
    await refuse_withdrawal(one.merchant, declared.id, text="The seal is broken (L221-28, 9°).", by="Alice")
    await deliver(one.merchant)
    assert "L221-28, 9°" in (await the_letter(tenant=one.merchant, kind="withdrawal_refused"))["text_body"]


async def test_placed_orders_are_confirmed_by_the_event():
    one = await sold()
    async with acting_as(one.merchant):
        await emit("order.placed", merchant=one.merchant, order=one.order)
    await deliver(one.merchant)
    assert (await the_letter(tenant=one.merchant, kind="order_confirmation"))["to"] == one.email


async def test_charlie_reads_none_of_alice_s_mails():
    from marketplace.notices.tables import Mail

    one, charlie = await sold(), await world.merchant("charlie")
    await order_confirmation(one.merchant, one.order)
    async with acting_as(charlie):
        assert await Mail.count() == 0
