"""From a paid order to money back and a debit note, through the events: what each of the three gets by mail."""

import pytest

from marketplace.claims.decision import Decision
from marketplace.claims.declare_withdrawal import declare_withdrawal
from marketplace.claims.file_claim import file_claim
from marketplace.claims.resolve_claim import resolve_claim
from marketplace.fulfilment.answer_cancellation import answer_cancellation
from marketplace.fulfilment.move_shipment import mark_delivered
from marketplace.ledger.post import check_books
from marketplace.relay import drain
from tests.claims.scenes import value
from tests.notices.post import letters
from tests.support import world
from tests.support.sale import Sale, sold

pytestmark = pytest.mark.usefixtures("database")


async def kinds(tenant: int, to: str | None = None) -> list[str]:
    return [mail["kind"] for mail in await letters(tenant=tenant, to=to)]


async def delivered(deal: world.Trade, quantity: int = 2) -> Sale:
    sale = await sold(deal.merchant, deal.variant, quantity=quantity)
    [order] = await sale.supplier_orders()
    await sale.answers(order)
    await mark_delivered(deal.merchant, await sale.ships(order), source="carrier")
    await drain()
    return sale


async def test_a_damaged_article_becomes_a_refund_a_debit_note_and_the_mails_that_tell_of_them():
    deal = await world.trade()
    sale = await delivered(deal)
    [line] = await sale.lines()
    filed = await file_claim(
        deal.merchant,
        sale.order,
        units={line["id"]: 1},
        cause="damaged",
        wish="refund",
        text="Broken.",
        key="k",
    )
    await resolve_claim(deal.merchant, filed.id, Decision("refund"), by="Alice")
    await drain()
    [line] = await sale.lines()
    charge = await sale.charge()
    assert (line["refund_reserved"], line["refunded"], charge["refunded"]) == (2490, 2490, 2490)
    assert await check_books() == []
    shopper = (await sale.header())["email"]
    assert await kinds(deal.merchant, shopper) == [
        "order_confirmation", "order_shipped", "order_delivered", "claim_received", "claim_resolved", "refund_done",
    ]  # fmt: skip
    assert await kinds(deal.supplier) == ["supplier_order_sent", "recovery_issued"]


async def test_a_replacement_goes_to_a_supplier_ships_and_is_told_like_any_parcel():
    deal = await world.trade()
    sale = await delivered(deal)
    [line] = await sale.lines()
    filed = await file_claim(
        deal.merchant,
        sale.order,
        units={line["id"]: 1},
        cause="damaged",
        wish="replacement",
        text="Broken.",
        key="k",
    )
    await resolve_claim(deal.merchant, filed.id, Decision("replacement"), by="Alice")
    await drain()
    _, again = await sale.supplier_orders()
    assert (again["purpose"], again["state"]) == ("replacement", "sent")
    await sale.answers(again)
    await sale.ships(again)
    shopper = (await sale.header())["email"]
    assert (await kinds(deal.merchant, shopper))[-1] == "order_shipped"
    assert (await sale.charge())["refunded"] == 0


async def test_a_withdrawal_before_it_left_is_asked_back_and_nobody_is_charged():
    deal = await world.trade()
    sale = await sold(deal.merchant, deal.variant, quantity=2)
    [order] = await sale.supplier_orders()
    [line] = await sale.lines()
    declared = await declare_withdrawal(
        deal.merchant, sale.order, lines={line["id"]: 2}, name="Simone", email="simone@home.example", key="k"
    )
    await drain()
    assert await kinds(deal.supplier) == ["supplier_order_sent", "supplier_order_changed"]
    await answer_cancellation(deal.supplier, order["id"], grant=True, who="Vera")
    await drain()
    assert (await sale.header())["state"] == "cancelled"
    charge = await sale.charge()
    assert (charge["state"], charge["captured"]) == ("voided", 0)
    assert await value("SELECT state FROM withdrawal WHERE id = $1", declared.id) == "refunded"
    assert await kinds(deal.merchant, "simone@home.example") == ["withdrawal_receipt"]


async def test_a_withdrawal_after_acceptance_and_capture_is_given_back_by_itself():
    deal = await world.trade()
    sale = await sold(deal.merchant, deal.variant, quantity=2)
    [order] = await sale.supplier_orders()
    await sale.answers(order)
    assert (await sale.charge())["captured"] > 0
    [line] = await sale.lines()
    await declare_withdrawal(
        deal.merchant, sale.order, lines={line["id"]: 2}, name="Simone", email="simone@home.example", key="k"
    )
    await drain()
    await answer_cancellation(deal.supplier, order["id"], grant=True, who="Vera")
    await drain()
    charge = await sale.charge()
    assert charge["refunded"] == charge["captured"] > 0
    assert await check_books() == []
