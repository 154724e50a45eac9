"""Merchants and suppliers find each other, agree on terms, change them, pause and end."""

import pytest

from marketplace.kernel.clock import now
from marketplace.kernel.database import fetch_one, fetch_value
from tenants.scope import acting_as, platform_scope
from tests.support import world
from tests.web.sourcing.desk import seated

pytestmark = pytest.mark.usefixtures("database")

TERMS = {
    "currency": "EUR", "discount": "12,5", "franco_threshold": "250", "minimum_order": "50", "order_fee": "6", "shipping_fee": "6.90",
    "parcel_fee": "", "cutoff": "14:00", "lead_days": "1", "safety_stock": "2", "ack_hours": "12", "return_days": "14",
    "returns_to": "supplier", "pays_damage": "1", "net_of": "acceptance", "ships_to": ["FR", "BE"],
}  # fmt: skip


async def _professional() -> int:
    return await world.merchant(identity_verified_at=now())


async def _agreement(merchant: int) -> dict[str, object]:
    async with acting_as(merchant):
        row = await fetch_one("SELECT * FROM agreement WHERE merchant = $1", merchant)
    assert row is not None
    return row


async def test_a_merchant_is_shown_the_way_to_its_identity_first():
    merchant = await world.merchant()
    async with seated(merchant, kind="merchant") as alice:
        assert "First say who you are" in await alice.see("/suppliers")
        page = await alice.see("/suppliers/new")
        assert "Give the number" in page
        assert "disabled" in page
        answer = await alice.post("/suppliers/new", way="managed", name="Mori", country="FR", **TERMS)
    assert answer.status_code == 422
    assert "Verify your professional identity first" in answer.text
    assert 'value="Mori"' in answer.text


async def test_a_supplier_that_is_here_already_is_asked_and_accepts():
    merchant, supplier = await _professional(), await world.supplier()
    async with seated(merchant, kind="merchant") as alice, seated(supplier) as vera:
        made = await alice.post("/suppliers/new", way="known", slug=await world.slug_of(supplier), **TERMS)
        assert made.status_code == 303
        waiting = await alice.browser.get(made.headers["location"])
        assert "Waiting for Vera" in waiting.text
        agreement = (await _agreement(merchant))["id"]
        asked = await vera.see(f"/agreements/{agreement}")
        for said in ("less 12.5%", "€6.90 an order. Freight is free from €250.00.", "Orders below €50.00 cost €6.00 more.",
                     "Ordered by 14:00, it leaves within 1 working day.", "The last 2 units are kept back.", "Belgium, France"):  # fmt: skip
            assert said in asked
        assert (await vera.post(f"/agreements/{agreement}/acceptance")).status_code == 303
        assert "Terms that hold" in await vera.see(f"/agreements/{agreement}")
        assert "Active" in await alice.see("/suppliers")
        again = await vera.post(f"/agreements/{agreement}/acceptance")
    assert again.status_code == 422
    assert "There is nothing here to agree to any more." in again.text


async def test_changed_terms_are_shown_beside_those_that_hold():
    merchant, supplier = await _professional(), await world.supplier()
    agreement = await world.agreement(merchant, supplier, shipping_fee=500, lead_days=1)
    async with seated(merchant, kind="merchant") as alice, seated(supplier) as vera:
        form = await vera.see(f"/agreements/{agreement}/proposal")
        assert 'value="5.00"' in form
        same = {**TERMS, "discount": "", "franco_threshold": "", "minimum_order": "", "order_fee": "", "shipping_fee": "5", "cutoff": "15:00",
                "safety_stock": "", "ack_hours": "24", "net_of": "shipment", "ships_to": ["FR", "BE", "DE"]}  # fmt: skip
        nothing = await vera.post(f"/agreements/{agreement}/proposal", **same)
        assert "These are the terms that hold already." in nothing.text
        assert (
            await vera.post(f"/agreements/{agreement}/proposal", **{**same, "lead_days": "3"})
        ).status_code == 303
        page = await alice.see(f"/agreements/{agreement}")
        assert "Vera proposes other terms" in page
        proposal = page.split("proposes other terms")[1].split("</dl>")[0]
        assert "within 3 working days" in proposal
        assert "€5.00" not in proposal
        await alice.post(f"/agreements/{agreement}/acceptance")
        after = await alice.see(f"/suppliers/{await world.slug_of(supplier)}")
    assert "within 3 working days" in after
    assert "version 2" in after


async def test_a_form_with_wrong_terms_keeps_what_was_typed():
    merchant = await _professional()
    wrong = {**TERMS, "discount": "120", "shipping_fee": "six", "cutoff": "noon", "lead_days": ""}
    async with seated(merchant, kind="merchant") as alice:
        answer = await alice.post("/suppliers/new", way="managed", name="Mori", country="BE", **wrong)
    assert answer.status_code == 422
    for kept in ("120", "six", "noon", "Mori"):
        assert f'value="{kept}"' in answer.text
    assert "A discount is between 0 and 100 %." in answer.text
    assert "Please enter an amount" in answer.text
    assert "Please enter a time" in answer.text
    assert 'value="BE" checked' in answer.text


async def test_a_supplier_that_a_merchant_runs_itself_is_active_at_once():
    merchant = await _professional()
    async with seated(merchant, kind="merchant") as alice:
        made = await alice.post(
            "/suppliers/new", way="managed", name="Atelier Mori", country="FR", email="", **TERMS
        )
        page = (await alice.browser.get(made.headers["location"])).text
        assert "run by you" in page
        assert "Open its portal" in page
        row = await _agreement(merchant)
        assert row["state"] == "active"
        assert (
            await alice.post(f"/agreements/{row['id']}/proposal", **{**TERMS, "lead_days": "4"})
        ).status_code == 303
        assert (await _agreement(merchant))["lead_days"] == 4
        async with platform_scope("look"):
            slug = await fetch_value("SELECT slug FROM tenant WHERE id = $1", row["supplier"])
        handed = await alice.post(f"/suppliers/{slug}/handover", email="mori@supply.example")
        assert handed.status_code == 303
        assert "mori@supply.example was invited" in await alice.see(f"/suppliers/{slug}")
        wrong = await alice.post(f"/suppliers/{slug}/handover", email="nobody")
    assert wrong.status_code == 422
    assert 'value="nobody"' in wrong.text


async def test_an_invited_supplier_finds_the_proposal_in_its_account():
    merchant = await _professional()
    async with seated(merchant, kind="merchant") as alice:
        missing = await alice.post(
            "/suppliers/new", way="invite", name="Nordlys", country="DK", email="", **TERMS
        )
        assert missing.status_code == 422
        made = await alice.post(
            "/suppliers/new", way="invite", name="Nordlys", country="DK", email="n@supply.example", **TERMS
        )
        assert "Waiting for Nordlys" in (await alice.browser.get(made.headers["location"])).text
    row = await _agreement(merchant)
    async with acting_as(int(str(row["supplier"]))):
        assert (
            await fetch_value("SELECT email FROM invitation WHERE purpose = 'claim_managed'")
            == "n@supply.example"
        )


async def test_a_supplier_makes_the_first_step_by_the_address_of_a_shop():
    merchant, supplier = await _professional(), await world.supplier()
    slug = await world.slug_of(merchant)
    async with seated(supplier) as vera:
        nobody = await vera.post("/merchants/new", address="no-such-shop.example", **TERMS)
        assert nobody.status_code == 422
        assert "There is no shop at this address here." in nobody.text
        made = await vera.post("/merchants/new", address=f"http://{slug}.localhost:8000/", **TERMS)
        assert made.status_code == 303
        assert "Waiting for Alice" in (await vera.browser.get(made.headers["location"])).text
        assert "Alice" in await vera.see("/merchants")


async def test_either_side_pauses_and_only_it_resumes_then_ends():
    merchant, supplier = await _professional(), await world.supplier()
    agreement = await world.agreement(merchant, supplier)
    async with seated(merchant, kind="merchant") as alice, seated(supplier) as vera:
        assert (await vera.post(f"/agreements/{agreement}/pause")).status_code == 303
        assert "Paused by Vera" in await alice.see(f"/agreements/{agreement}")
        refused = await alice.post(f"/agreements/{agreement}/resumption")
        assert refused.status_code == 422
        assert "The other side paused this agreement" in refused.text
        assert (await vera.post(f"/agreements/{agreement}/resumption")).status_code == 303
        assert (await alice.post(f"/agreements/{agreement}/end")).status_code == 303
        assert "This agreement has ended" in await vera.see(f"/agreements/{agreement}")
        assert "Propose terms again" in await alice.see(f"/agreements/{agreement}")


async def test_a_proposal_is_declined_or_taken_back():
    merchant, supplier = await _professional(), await world.supplier()
    async with seated(merchant, kind="merchant") as alice, seated(supplier) as vera:
        await alice.post("/suppliers/new", way="known", slug=await world.slug_of(supplier), **TERMS)
        agreement = (await _agreement(merchant))["id"]
        await vera.post(f"/agreements/{agreement}/refusal")
        assert "This was declined" in await alice.see(f"/agreements/{agreement}")
        await alice.post(f"/agreements/{agreement}/proposal", **TERMS)
        await alice.post(f"/agreements/{agreement}/refusal")
        assert "This proposal was taken back" in await vera.see(f"/agreements/{agreement}")


async def test_terms_are_for_those_who_may_and_nothing_to_strangers():
    merchant, supplier = await _professional(), await world.supplier()
    agreement = await world.agreement(merchant, supplier)
    slug = await world.slug_of(supplier)
    async with (
        seated(supplier, "warehouse") as sam,
        seated(merchant, "support", kind="merchant") as sue,
        seated(await _professional(), kind="merchant") as charlie,
        seated(await world.supplier("dora")) as dora,
    ):
        for path in ("/merchants", f"/agreements/{agreement}", "/merchants/new"):
            assert (await sam.get(path)).status_code == 403
        for path in ("/suppliers", f"/suppliers/{slug}", f"/agreements/{agreement}"):
            assert (await sue.get(path)).status_code == 403
        assert (await sue.get("/feeds")).status_code == 200
        for who in (charlie, dora):
            assert (await who.get(f"/agreements/{agreement}")).status_code == 404
            for verb in ("acceptance", "refusal", "pause", "resumption", "end", "proposal"):
                assert (await who.post(f"/agreements/{agreement}/{verb}", **TERMS)).status_code == 404
        assert (await charlie.get(f"/suppliers/{slug}")).status_code == 404
