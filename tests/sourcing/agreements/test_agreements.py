"""Alice and Vera come to terms, change them, pause and part."""

from datetime import time

import asyncpg
import pytest

from marketplace.kernel import json
from marketplace.kernel.clock import now
from marketplace.kernel.database import execute, fetch, fetch_one
from marketplace.kernel.errors import Invalid, NotFound, Refused
from marketplace.sourcing.agree import agree
from marketplace.sourcing.change_terms import change_terms
from marketplace.sourcing.decline_agreement import decline_agreement
from marketplace.sourcing.end_agreement import end_agreement
from marketplace.sourcing.invite_supplier import (
    add_managed_supplier,
    find_supplier,
    invite_supplier,
    link_managed_supplier,
)
from marketplace.sourcing.pause_agreement import pause_agreement, resume_agreement
from marketplace.sourcing.propose_agreement import propose_agreement
from tenants.scope import acting_as, platform_scope
from tests.support import world
from tests.support.feeds import events

pytestmark = pytest.mark.usefixtures("database")
TERMS = {
    "discount_bp": 3000,
    "franco_threshold": 20_000,
    "cutoff": "14:30",
    "lead_days": 2,
    "ships_to": ["FR", "BE"],
}


async def alice(**more) -> int:
    return await world.merchant(**{"identity_verified_at": now(), **more})


async def read(tenant: int, agreement: int) -> dict:
    async with acting_as(tenant):
        row = await fetch_one("SELECT * FROM agreement WHERE id = $1", agreement)
    assert row is not None
    return row


async def agreed() -> tuple[int, int, int]:
    merchant, supplier = await alice(), await world.supplier()
    made = await propose_agreement(merchant, supplier, TERMS, by="Alice")
    await agree(supplier, made, by="Vera")
    return merchant, supplier, made


async def test_a_merchant_proposes_and_the_supplier_agrees():
    merchant, supplier = await alice(), await world.supplier()
    made = await propose_agreement(merchant, supplier, TERMS, by="Alice")
    assert (await read(supplier, made))["state"] == "proposed"
    assert await agree(supplier, made, by="Vera") == 1
    row = await read(merchant, made)
    assert (row["state"], row["discount_bp"], row["cutoff"], row["ships_to"]) == (
        "active",
        3000,
        time(14, 30),
        ["FR", "BE"],
    )
    assert row["active_since"] is not None
    async with acting_as(merchant):
        [version] = await fetch(
            "SELECT number, terms, agreed_by FROM agreement_version WHERE agreement = $1", made
        )
    assert (version["number"], json.loads(version["terms"])["lead_days"], version["agreed_by"]) == (
        1,
        2,
        "Vera",
    )
    assert [e["other"] for e in await events("agreement.proposed", supplier)] == [supplier]
    assert [e["merchant"] for e in await events("agreement.agreed", supplier)] == [merchant]


async def test_a_supplier_proposes_and_the_merchant_agrees_once_its_identity_is_verified():
    merchant, supplier = await alice(identity_verified_at=None), await world.supplier()
    made = await propose_agreement(supplier, merchant, TERMS, by="Vera")
    with pytest.raises(Refused, match="identity"):
        await agree(merchant, made, by="Alice")
    async with platform_scope("verified"):
        await execute("UPDATE tenant SET identity_verified_at = now() WHERE id = $1", merchant)
    assert await agree(merchant, made, by="Alice") == 1


async def test_a_merchant_without_identity_proposes_nothing():
    with pytest.raises(Refused, match="identity"):
        await propose_agreement(
            await alice(identity_verified_at=None), await world.supplier(), TERMS, by="Alice"
        )


async def test_nobody_agrees_to_their_own_proposal_and_strangers_find_nothing():
    merchant, supplier = await alice(), await world.supplier()
    made = await propose_agreement(merchant, supplier, TERMS, by="Alice")
    with pytest.raises(Refused, match="other side"):
        await agree(merchant, made, by="Alice")
    for use in (agree, decline_agreement, pause_agreement, end_agreement):
        with pytest.raises(NotFound):
            await use(await world.supplier("charlie"), made, by="Charlie")


async def test_the_database_itself_keeps_a_side_from_agreeing_for_the_other():
    merchant, supplier = await alice(), await world.supplier()
    made = await propose_agreement(merchant, supplier, TERMS, by="Alice")
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with acting_as(merchant):
            await execute("UPDATE agreement SET supplier_agreed_at = now() WHERE id = $1", made)


@pytest.mark.parametrize(
    ("field", "value"),
    [("discount_bp", 10_001), ("currency", "EURO"), ("lead_days", -1), ("lead_days", "soon"), ("net_of", "sometime"),
     ("ships_to", ["France"]), ("minimum_order", -5), ("cutoff", "half past two"), ("ack_hours", 0)],
)  # fmt: skip
async def test_wrong_terms_are_said_beside_their_field(field, value):
    with pytest.raises(Invalid) as said:
        await propose_agreement(await alice(), await world.supplier(), {**TERMS, field: value}, by="Alice")
    assert list(said.value.problems) == [field]


async def test_two_merchants_or_nobody_cannot_agree():
    one, two = await alice(), await alice()
    for other in (two, one, 999_999_999):
        with pytest.raises(NotFound):
            await propose_agreement(one, other, TERMS, by="Alice")


async def test_changed_terms_hold_once_the_other_side_agreed():
    merchant, supplier, made = await agreed()
    await change_terms(supplier, made, {"discount_bp": 2500}, by="Vera")
    assert (await read(merchant, made))["discount_bp"] == 3000
    with pytest.raises(Refused):
        await agree(supplier, made, by="Vera")
    with pytest.raises(Refused, match="answer these first"):
        await change_terms(merchant, made, {"discount_bp": 3500}, by="Alice")
    assert await agree(merchant, made, by="Alice") == 2
    row = await read(merchant, made)
    assert (row["discount_bp"], row["lead_days"], row["version"], row["pending_terms"]) == (2500, 2, 2, None)
    async with acting_as(supplier):
        assert len(await fetch("SELECT 1 FROM agreement_version WHERE agreement = $1", made)) == 2


async def test_changed_terms_can_be_declined_or_taken_back_and_the_old_ones_hold():
    merchant, supplier, made = await agreed()
    await change_terms(supplier, made, {"discount_bp": 2500}, by="Vera")
    await decline_agreement(merchant, made, by="Alice")
    await change_terms(supplier, made, {"discount_bp": 2600}, by="Vera")
    await decline_agreement(supplier, made, by="Vera")
    row = await read(merchant, made)
    assert (row["state"], row["discount_bp"], row["version"], row["pending_by"]) == ("active", 3000, 1, None)
    with pytest.raises(Refused):
        await agree(merchant, made, by="Alice")
    with pytest.raises(Refused, match="hold already"):
        await change_terms(merchant, made, {"discount_bp": 3000}, by="Alice")


async def test_a_counter_proposal_before_the_first_yes_turns_the_question_round():
    merchant, supplier = await alice(), await world.supplier()
    made = await propose_agreement(merchant, supplier, TERMS, by="Alice")
    await change_terms(supplier, made, {"discount_bp": 2000}, by="Vera")
    with pytest.raises(Refused):
        await agree(supplier, made, by="Vera")
    await agree(merchant, made, by="Alice")
    assert (await read(merchant, made))["discount_bp"] == 2000


async def test_who_paused_resumes_and_new_terms_do_not():
    merchant, supplier, made = await agreed()
    await pause_agreement(supplier, made, by="Vera")
    with pytest.raises(Refused, match="theirs to resume"):
        await resume_agreement(merchant, made, by="Alice")
    await change_terms(merchant, made, {"safety_stock": 3}, by="Alice")
    await agree(supplier, made, by="Vera")
    assert (await read(merchant, made))["state"] == "paused"
    await resume_agreement(supplier, made, by="Vera")
    assert (await read(merchant, made))["state"] == "active"
    assert (
        len(await events("agreement.paused", supplier))
        == len(await events("agreement.resumed", supplier))
        == 1
    )


async def test_what_has_ended_may_be_agreed_anew_with_other_terms():
    merchant, supplier, made = await agreed()
    await end_agreement(merchant, made, by="Alice")
    with pytest.raises(Refused):
        await pause_agreement(merchant, made, by="Alice")
    assert await propose_agreement(supplier, merchant, {**TERMS, "discount_bp": 1000}, by="Vera") == made
    assert (await read(merchant, made))["discount_bp"] == 3000
    assert await agree(merchant, made, by="Alice") == 2
    row = await read(merchant, made)
    assert (row["state"], row["discount_bp"], row["ended_at"]) == ("active", 1000, None)
    with pytest.raises(Refused, match="already"):
        await propose_agreement(merchant, supplier, TERMS, by="Alice")


async def test_a_declined_proposal_may_be_made_again_and_a_second_no_ends_it():
    merchant, supplier = await alice(), await world.supplier()
    made = await propose_agreement(merchant, supplier, TERMS, by="Alice")
    await decline_agreement(supplier, made, by="Vera")
    assert (await read(merchant, made))["state"] == "declined"
    await propose_agreement(merchant, supplier, {**TERMS, "discount_bp": 10}, by="Alice")
    await decline_agreement(merchant, made, by="Alice")
    row = await read(merchant, made)
    assert (row["state"], row["discount_bp"], row["active_since"]) == ("withdrawn", 10, None)


async def test_a_managed_suppliers_agreement_is_active_at_once():
    merchant = await alice()
    linked = await add_managed_supplier(merchant, "Atelier Sans Compte", "FR", TERMS, by="Alice")
    assert (await read(merchant, linked.agreement))["state"] == "active"
    with pytest.raises(Refused, match="its own account"):
        await link_managed_supplier(merchant, await world.supplier(), TERMS, by="Alice")


async def test_an_invited_supplier_finds_the_proposal_and_says_yes_itself():
    merchant = await alice()
    linked = await invite_supplier(merchant, "Nordlicht", "DE", "hallo@nordlicht.example", TERMS, by="Alice")
    assert (await read(merchant, linked.agreement))["state"] == "proposed"
    async with acting_as(linked.supplier):
        row = await fetch_one("SELECT email, purpose FROM invitation WHERE tenant = $1", linked.supplier)
    assert row == {"email": "hallo@nordlicht.example", "purpose": "claim_managed"}


async def test_suppliers_are_found_by_their_exact_name_only():
    vera = await world.supplier(slug=(slug := world.unique("vera")))
    assert await find_supplier(f" {slug.upper()} ") == vera
    for name in (slug[:4], "%", await _slug_of(await alice())):
        with pytest.raises(NotFound):
            await find_supplier(name)


async def _slug_of(tenant: int) -> str:
    async with acting_as(tenant):
        row = await fetch_one("SELECT slug FROM tenant WHERE id = $1", tenant)
    assert row is not None
    return str(row["slug"])
