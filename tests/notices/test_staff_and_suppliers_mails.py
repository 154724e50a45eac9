"""What merchants' and suppliers' people get by mail: those who may act, in their tenant's language."""

from datetime import timedelta

import msgspec
import pytest

from marketplace.claims.answer_recovery import answer_recovery
from marketplace.claims.decision import Decision
from marketplace.claims.declare_withdrawal import declare_withdrawal
from marketplace.claims.file_claim import file_claim
from marketplace.claims.forward_to_supplier import forward_to_supplier
from marketplace.claims.reply_to_claim import reply_to_claim
from marketplace.claims.reply_to_merchant import reply_to_merchant
from marketplace.claims.resolve_claim import resolve_claim
from marketplace.claims.sound_alarms import give_up_returns, sound_alarms
from marketplace.kernel.database import fetch
from marketplace.kernel.outbox import emit
from marketplace.kernel.signing import unsign
from marketplace.notices.agreement_mails import agreement_agreed, agreement_proposed
from marketplace.notices.feed_alert import feed_alert
from marketplace.notices.password_reset import password_reset
from marketplace.notices.supplier_order_changed import supplier_order_changed
from marketplace.notices.supplier_order_reminder import supplier_order_reminder
from marketplace.notices.supplier_order_sent import supplier_order_sent
from marketplace.sourcing.breaker import Alarm, Reason
from tenants.invite import invite, withdraw_invitation
from tenants.reset_password import set_password
from tenants.scope import acting_as
from tenants.tables import Role
from tests.claims.scenes import change, sold, value
from tests.notices.post import deliver, letters, the_letter
from tests.support import world

pytestmark = pytest.mark.usefixtures("database")
REASONS = msgspec.json.encode(
    [Reason(alarm=Alarm.VANISHED, count=1060, of=1200, share_bp=8833, limit_bp=3000)]
).decode()  # as a run keeps them


async def staff(tenant: int, role: str) -> str:
    """Somebody who works there; answers the address."""
    address = f"{world.unique(role)}@people.example"
    person = await world.person(address)
    await world.insert(
        "membership", person=person, tenant=tenant, role=role, person_name="Paula", person_email=address
    )
    return address


async def complaint(one) -> int:
    filed = await file_claim(
        one.merchant,
        one.order,
        units={one.line: 1},
        cause="damaged",
        wish="refund",
        text="Paulette dropped it",
        key=world.unique("form"),
    )
    return filed.id


async def test_a_new_complaint_reaches_those_who_may_answer_it_and_nobody_else():
    one = await sold()
    support, reader = await staff(one.merchant, "support"), await staff(one.merchant, "read_only")
    claim = await complaint(one)
    await reply_to_claim(one.merchant, one.order, claim, text="And the box too", author="Simone Shopper")
    await deliver(one.merchant)
    subjects = [m["subject"] for m in await letters(to=support)]
    assert len(subjects) == 2
    assert "signale" in subjects[0]  # the shop's people read French, the shopper English
    assert "a répondu" in subjects[1]
    assert await letters(to=reader) == []


async def test_a_shop_without_people_is_told_at_its_public_address():
    one = await sold()
    await complaint(one)
    await deliver(one.merchant)
    assert (await the_letter(tenant=one.merchant, kind="claim_to_answer"))["to"] == "alice@shop.example"


async def test_the_supplier_s_order_has_a_link_that_works_without_signing_in_and_nothing_of_the_shopper():
    one = await sold(shipped=0)
    vera = await staff(one.supplier, "warehouse")
    await change(
        "UPDATE supplier_order SET state = 'sent', ack_by = now() + interval '1 day' WHERE id = $1",
        one.supplier_order,
    )
    await supplier_order_sent(one.supplier, one.supplier_order)
    await supplier_order_sent(one.supplier, one.supplier_order)
    mails = await letters(tenant=one.supplier, kind="supplier_order_sent")
    assert sorted(m["to"] for m in mails) == sorted([vera, "vera@supply.example"])
    assert {m["sender_name"] for m in mails} == {"Alice"}
    text = mails[0]["text_body"]
    link = unsign("supplier_order", text.split("/supplier-orders/", 1)[1].split()[0])
    assert (link.tenant, link.subject) == (one.supplier, one.supplier_order)
    assert "2 × Carafe, sand (V-1 · 10,00\xa0€ l’unité)\xa0: 20,00\xa0€" in text
    for secret in ("Simone", one.email, "rue Basse", "24,90"):
        assert secret not in text + mails[0]["html_body"]


async def test_a_draft_is_not_mailed_before_it_is_sent():
    one = await sold(shipped=0)
    await change("UPDATE supplier_order SET state = 'drafted' WHERE id = $1", one.supplier_order)
    await supplier_order_sent(one.supplier, one.supplier_order)
    assert await letters(tenant=one.supplier) == []


async def test_reminders_are_for_what_still_waits():
    one = await sold(shipped=0)
    await change(
        "UPDATE supplier_order SET ship_by = now(), ack_by = now() WHERE id = $1", one.supplier_order
    )
    await supplier_order_reminder(one.supplier, one.supplier_order, unanswered=True)  # it is answered
    await supplier_order_reminder(one.supplier, one.supplier_order, unanswered=False)
    assert "devrait être partie" in (await the_letter(tenant=one.supplier))["text_body"]


async def test_units_asked_back_are_named_to_the_supplier():
    one = await sold(shipped=0)
    await change("UPDATE supplier_order_line SET cancel_wanted = 1 WHERE id = $1", one.supplier_order_line)
    await supplier_order_changed(one.supplier, one.supplier_order, taken_back=False)
    letter = await the_letter(tenant=one.supplier)
    assert "Peut-on encore l’arrêter" in letter["subject"]
    assert "1 × Carafe, sand" in letter["text_body"]


async def test_the_supplier_is_mailed_the_copy_and_the_debit_note_and_not_the_shopper_s_words():
    one = await sold()
    claim = await complaint(one)
    message = await forward_to_supplier(
        one.merchant, claim, one.supplier_order, text="Le col est cassé.", by="Alice"
    )
    done = await resolve_claim(one.merchant, claim, Decision("refund"), by="Alice")
    await deliver(one.merchant)
    mails = {m["kind"]: m for m in await letters(tenant=one.supplier)}
    assert set(mails) == {"complaint_forwarded", "recovery_issued"}
    assert "Le col est cassé." in mails["complaint_forwarded"]["text_body"]
    assert "12,50\xa0€" in mails["recovery_issued"]["subject"]
    assert "Le fournisseur doit ce qu’il a facturé" in mails["recovery_issued"]["text_body"]
    for mail in mails.values():
        assert "Paulette" not in mail["text_body"]
        assert one.email not in mail["text_body"]
    await reply_to_merchant(one.supplier, message, text="Bien emballé !", by="Vera")
    await answer_recovery(one.supplier, done.recoveries[0], accept=False, text="Pas nous.", by="Vera")
    await deliver(one.supplier)
    answers = await letters(tenant=one.merchant, kind="supplier_replied")
    assert [("conteste" in m["subject"], m["to"]) for m in answers] == [
        (False, "alice@shop.example"),
        (True, "alice@shop.example"),
    ]


async def test_limits_are_told_once_before_they_pass():
    one = await sold(units=2)
    claim = await complaint(one)
    declared = await declare_withdrawal(
        one.merchant, one.order, lines={one.line: 1}, name="Simone", email=one.email, key="k"
    )
    await deliver(one.merchant)
    await change("UPDATE claim SET answer_by = now() + interval '2 hours' WHERE id = $1", claim)
    await change("UPDATE withdrawal SET refund_by = now() + interval '3 days' WHERE id = $1", declared.id)
    await sound_alarms()
    await sound_alarms()
    async with acting_as(one.merchant):
        await emit("limits.near", merchant=one.merchant, claims=[claim], withdrawals=[declared.id])
    await deliver_limits(one.merchant)
    text = (await the_letter(tenant=one.merchant, kind="limits_near"))["text_body"]
    assert declared.number in text
    assert "remboursement avant le" in text


async def deliver_limits(merchant: int) -> None:
    """Alarms are the platform's events: run them, too."""
    from marketplace.notices.limits_near import limits_near

    claims = await value(
        "SELECT array_agg(id) FROM claim WHERE merchant = $1 AND alerted_at IS NOT NULL", merchant
    )
    found = await value(
        "SELECT array_agg(id) FROM withdrawal WHERE merchant = $1 AND alerted_at IS NOT NULL", merchant
    )
    await limits_near(merchant, claims, found)
    await deliver(merchant)


async def test_a_return_that_never_came_gives_the_complaint_back_to_the_merchant():
    from marketplace.claims.authorise_return import authorise_return

    one = await sold()
    claim = await complaint(one)
    [goods] = await authorise_return(
        one.merchant, lines={one.line: 1}, reason="damaged", by="Alice", claim=claim
    )
    await change("UPDATE goods_return SET return_by = now() - interval '1 day' WHERE id = $1", goods)
    await give_up_returns()
    await deliver(one.merchant)
    assert await value("SELECT state FROM goods_return WHERE id = $1", goods) == "expired"
    assert await value("SELECT state FROM claim WHERE id = $1", claim) == "open"


@pytest.mark.parametrize(
    ("state", "said"), [("held", "attend votre décision"), ("failed", "n’a pas pu être lu")]
)
async def test_a_feed_that_is_held_or_failed_alerts_its_owner_but_not_the_warehouse(state, said):
    supplier = await world.supplier()
    owner, warehouse = await staff(supplier, "owner"), await staff(supplier, "warehouse")
    feed = await world.feed(supplier)
    run = await world.insert(
        "feed_run",
        supplier=supplier,
        feed=feed,
        state=state,
        rows=120,
        message="The file is empty.",
        reasons=REASONS,
    )
    await feed_alert(supplier, run)
    letter = await the_letter(to=owner)
    assert said in letter["subject"]
    assert (
        "1\u202f060 articles sur 1\u202f200 ne sont plus dans le fichier."
        if state == "held"
        else "Le fichier est vide."
    ) in letter["text_body"]
    assert await letters(to=warehouse) == []


async def test_a_colleague_is_invited_and_an_invitation_taken_back_is_not_mailed():
    alice = await world.merchant()
    made = await invite(alice, "new@people.example", Role.SUPPORT, by="Paula")
    gone = await invite(alice, "gone@people.example", Role.SUPPORT, by="Paula")
    await withdraw_invitation(alice, gone, by="Paula")
    await deliver(alice)
    letter = await the_letter(tenant=alice)
    assert (letter["to"], letter["kind"]) == ("new@people.example", "colleague_invited")
    token = letter["text_body"].split("/invitations/", 1)[1].split()[0]
    assert unsign("invitation", token).subject == made


@pytest.mark.parametrize(
    ("purpose", "kind"), [("supplier", "supplier_invited"), ("claim_managed", "account_handed_over")]
)
async def test_suppliers_and_owners_of_managed_accounts_are_invited_in_other_words(purpose, kind):
    alice = await world.merchant()
    await invite(alice, f"{purpose}@supply.example", Role.OWNER, by="Paula", purpose=purpose)
    await deliver(alice)
    assert (await the_letter(tenant=alice))["kind"] == kind


async def test_a_password_s_mail_is_nobody_s_but_the_person_s():
    alice = await world.merchant()
    address = await staff(alice, "owner")
    await password_reset(await value("SELECT id FROM person WHERE email = $1", address))
    letter = await the_letter(to=address, kind="password_reset")
    assert letter["tenant"] is None
    token = letter["text_body"].split("/password-resets/", 1)[1].split()[0]
    await set_password(token, "a long enough passphrase")
    async with acting_as(alice):
        assert await fetch("SELECT 1 FROM mail WHERE kind = 'password_reset'") == []


async def test_terms_are_told_to_the_side_that_has_to_agree_and_agreement_to_both():
    deal = await world.trade(minimum_order=5000)
    await agreement_proposed(deal.supplier, deal.agreement)
    await agreement_agreed(deal.supplier, deal.agreement)
    await agreement_agreed(deal.merchant, deal.agreement)
    mails = await letters(tenant=deal.supplier)
    assert [m["kind"] for m in mails] == ["agreement_proposed", "agreement_agreed"]
    assert "Minimum de commande\xa0: 50,00\xa0€" in mails[0]["text_body"]
    assert "Vera" in (await the_letter(tenant=deal.merchant))["subject"]


async def test_the_clock_of_an_answer_runs_three_days():
    one = await sold()
    claim = await complaint(one)
    assert await value("SELECT answer_by - opened_at FROM claim WHERE id = $1", claim) == timedelta(days=3)


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("declined", "n’est pas d’accord"),
        ("paused", "en pause"),
        ("active", "reprennent"),
        ("ended", "met fin"),
    ],
)
async def test_the_other_side_is_told_what_becomes_of_an_agreement(state, said):
    deal = await world.trade()
    await change("UPDATE agreement SET state = $2 WHERE id = $1", deal.agreement, state)
    async with acting_as(deal.supplier):
        payload = {
            "merchant": deal.merchant,
            "supplier": deal.supplier,
            "agreement": deal.agreement,
            "other": deal.merchant,
        }
        await emit("agreement.declined", **payload)
    await deliver(deal.supplier)
    assert said in (await the_letter(tenant=deal.merchant))["subject"]
