"""The 14-day right, online, for guests: declared once, receipted, and paid back under its caps."""

import asyncio
from datetime import timedelta

import pytest

from marketplace.claims.accept_proof_of_sending import accept_proof_of_sending
from marketplace.claims.book_return import book_return
from marketplace.claims.declare_withdrawal import declare_withdrawal
from marketplace.claims.expect_back import expect_back
from marketplace.claims.follow_cancellation import follow_cancellation
from marketplace.claims.note_refund import note_refund
from marketplace.claims.receive_return import receive_return
from marketplace.claims.refuse_withdrawal import refuse_withdrawal
from marketplace.claims.settle_withdrawal import preview_withdrawal_refund, settle_withdrawal
from marketplace.claims.shopper_pages import find_own_order, read_own_withdrawals
from marketplace.fulfilment.answer_cancellation import answer_cancellation
from marketplace.fulfilment.take_over_cancellation import take_over_cancellation
from marketplace.kernel.clock import now
from marketplace.kernel.errors import Invalid, NotFound, Refused, Stale
from marketplace.ordering.refund_order import send_refund
from tests.claims.scenes import change, sold, value
from tests.support import world

pytestmark = pytest.mark.usefixtures("database")


async def withdraw(one, units: int = 2, **more):
    values = {"name": "Simone Shopper", "email": one.email, "key": world.unique("form"), **more}
    return await declare_withdrawal(one.merchant, one.order, lines={one.line: units}, **values)


async def test_simone_withdraws_from_everything_and_is_paid_back_with_the_delivery():
    one = await sold(units=2)
    declared = await withdraw(one)
    assert declared.refund_by - declared.declared_at == timedelta(days=14)
    assert declared.declaration.splitlines()[1:] == ["– 2 × Dune carafe (sand)", "Simone Shopper"]
    assert await value("SELECT state FROM withdrawal WHERE id = $1", declared.id) == "awaiting_goods"
    await accept_proof_of_sending(one.merchant, declared.id, by="Alice")
    due = await preview_withdrawal_refund(one.merchant, declared.id)
    assert (due.lines, due.shipping, due.recoveries) == ({one.line: 4980}, 490, [])
    refund = await settle_withdrawal(one.merchant, declared.id, by="Alice")
    await send_refund(one.merchant, refund)
    await note_refund(one.merchant, refund)
    await note_refund(one.merchant, refund)
    assert await value("SELECT amount FROM refund WHERE id = $1", refund) == 5470
    assert await value("SELECT state FROM withdrawal WHERE id = $1", declared.id) == "refunded"


async def test_a_part_is_withdrawn_from_then_the_rest_and_the_delivery_goes_back_with_the_rest():
    one = await sold(units=3)
    first = await withdraw(one, units=1)
    may, _ = await read_own_withdrawals(one.merchant, one.order)
    assert may.lines[0].quantity == 2
    with pytest.raises(Invalid) as refused:
        await withdraw(one, units=3)
    assert refused.value.problems == {f"line_{one.line}": "You can no longer withdraw from that many."}
    rest = await withdraw(one, units=2)
    due = [await preview_withdrawal_refund(one.merchant, d.id) for d in (first, rest)]
    assert [(d.total, d.shipping) for d in due] == [(2490, 0), (2 * 2490 + 490, 490)]


async def test_what_has_not_left_is_asked_back_and_when_it_is_granted_there_is_nothing_to_do():
    one = await sold(units=2, shipped=0, captured=False)
    declared = await withdraw(one)
    assert await value("SELECT state FROM withdrawal WHERE id = $1", declared.id) == "declared"
    assert (
        await value("SELECT cancel_wanted FROM supplier_order_line WHERE id = $1", one.supplier_order_line)
        == 2
    )
    await answer_cancellation(one.supplier, one.supplier_order, grant=True, who="Vera")
    await take_over_cancellation(one.merchant, one.supplier_order, granted=True)
    await follow_cancellation(one.merchant, one.order)
    await follow_cancellation(one.merchant, one.order)
    assert await value("SELECT state FROM withdrawal WHERE id = $1", declared.id) == "refunded"
    assert await value("SELECT state FROM orders WHERE id = $1", one.order) == "cancelled"


async def test_what_had_left_after_all_is_awaited_back():
    one = await sold(units=2, shipped=0)
    declared = await withdraw(one, units=1)
    await answer_cancellation(one.supplier, one.supplier_order, grant=False, who="Vera", why="It has left.")
    await take_over_cancellation(one.merchant, one.supplier_order, granted=False)
    await follow_cancellation(one.merchant, one.order)
    assert await value("SELECT state FROM withdrawal WHERE id = $1", declared.id) == "awaiting_goods"
    assert await value("SELECT (lines->0->>'unshipped')::int FROM withdrawal WHERE id = $1", declared.id) == 0
    assert await expect_back(one.merchant, one.order) == []  # its shipment is not confirmed yet
    await change("UPDATE supplier_order_line SET shipped = 2 WHERE id = $1", one.supplier_order_line)
    [goods] = await expect_back(one.merchant, one.order)
    assert await expect_back(one.merchant, one.order) == []
    assert await value("SELECT quantity FROM goods_return_line WHERE goods_return = $1", goods) == 1


async def test_the_period_is_over():
    one = await sold(delivered_at=now() - timedelta(days=20))
    with pytest.raises(Refused, match="is over"):
        await withdraw(one)
    may, _ = await read_own_withdrawals(one.merchant, one.order)
    assert not may.possible


async def test_the_last_parcel_has_not_come_so_the_period_is_open():
    one = await sold(units=2, shipped=1)
    await change("UPDATE orders SET placed_at = now() - interval '60 days' WHERE id = $1", one.order)
    declared = await withdraw(one)
    assert declared.number.startswith("W-")


async def test_an_excluded_product_is_refused_with_its_legal_reason():
    one = await sold()
    reason = "Made to measure (L221-28, 3°)"
    await change("UPDATE order_line SET withdrawal_excluded = $2 WHERE id = $1", one.line, reason)
    with pytest.raises(Invalid) as refused:
        await withdraw(one)
    assert refused.value.problems == {f"line_{one.line}": reason}


async def test_the_same_form_sent_twice_or_at_once_is_one_declaration():
    one = await sold()
    answers = await asyncio.gather(*(withdraw(one, key="one form") for _ in range(4)))
    assert len({a.number for a in answers}) == 1
    assert await value('SELECT count(*) FROM withdrawal WHERE "order" = $1', one.order) == 1


async def test_what_is_missing_is_said_beside_its_field():
    one = await sold()
    with pytest.raises(Invalid) as refused:
        await withdraw(one, units=0, name=" ", email="nobody")
    assert list(refused.value.problems) == ["lines", "name", "email"]


async def test_two_operators_settle_at_once_and_one_refund_is_made():
    one = await sold()
    declared = await withdraw(one)
    await accept_proof_of_sending(one.merchant, declared.id, by="Alice")
    answers = await asyncio.gather(
        *(settle_withdrawal(one.merchant, declared.id, by="Alice") for _ in range(4)), return_exceptions=True
    )
    assert sorted(type(a).__name__ for a in answers) == ["Stale"] * 3 + ["int"]


async def test_goods_back_at_the_supplier_make_the_refund_due_and_the_supplier_owe_them():
    one = await sold(units=2)
    declared = await withdraw(one)
    goods = await value("SELECT id FROM goods_return WHERE withdrawal_id = $1", declared.id)
    line = await value("SELECT id FROM goods_return_line WHERE goods_return = $1", goods)
    await receive_return(one.supplier, goods, received={line: 2}, accept=True, by="Vera")
    await book_return(one.merchant, goods, "Vera")
    due = await preview_withdrawal_refund(one.merchant, declared.id)
    assert [(r.amount, r.freight) for r in due.recoveries] == [(2000, 0)]
    await settle_withdrawal(one.merchant, declared.id, by="Alice")
    assert await value("SELECT amount FROM recovery WHERE withdrawal_id = $1", declared.id) == 2000


async def test_worn_goods_are_paid_back_less_their_loss_of_value_with_a_reason():
    one = await sold(units=2)
    declared = await withdraw(one)
    await accept_proof_of_sending(one.merchant, declared.id, by="Alice")
    with pytest.raises(Invalid) as refused:
        await settle_withdrawal(one.merchant, declared.id, by="Alice", less={one.line: 1000})
    assert list(refused.value.problems) == ["why_less"]
    refund = await settle_withdrawal(
        one.merchant, declared.id, by="Alice", less={one.line: 1000}, why_less="The handle is scratched."
    )
    assert await value("SELECT amount FROM refund WHERE id = $1", refund) == 4980 - 1000 + 490


async def test_it_is_not_settled_before_it_is_due_nor_refused_after():
    one = await sold()
    declared = await withdraw(one)
    with pytest.raises(Stale):
        await settle_withdrawal(one.merchant, declared.id, by="Alice")
    await accept_proof_of_sending(one.merchant, declared.id, by="Alice")
    with pytest.raises(Stale):
        await refuse_withdrawal(one.merchant, declared.id, text="Too late.", by="Alice")


async def test_a_refused_withdrawal_frees_its_units():
    one = await sold()
    declared = await withdraw(one)
    await refuse_withdrawal(one.merchant, declared.id, text="The seal is broken.", by="Alice")
    may, [shown] = await read_own_withdrawals(one.merchant, one.order)
    assert (may.lines[0].quantity, shown["refused_why"]) == (2, "The seal is broken.")


async def test_a_guest_finds_the_order_by_number_and_address_and_not_with_one_of_them_wrong():
    one, charlie = await sold(), await world.merchant("charlie")
    assert (
        await find_own_order(one.merchant, f" #{one.number.lower()} ", "SIMONE@shopper.example") == one.order
    )
    for merchant, number, email in (
        (one.merchant, one.number, "other@shopper.example"),
        (one.merchant, "A-0", one.email),
        (charlie, one.number, one.email),
    ):
        with pytest.raises(NotFound):
            await find_own_order(merchant, number, email)
