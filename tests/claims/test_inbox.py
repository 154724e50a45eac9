"""The merchant's inbox: what waits for it first, found and paged."""

from datetime import timedelta

import pytest

from marketplace.claims.answer_claim import answer_claim
from marketplace.claims.decision import Decision
from marketplace.claims.file_claim import file_claim
from marketplace.claims.inbox import count_inbox, read_inbox
from marketplace.claims.resolve_claim import resolve_claim
from marketplace.claims.withdrawal_pages import count_withdrawals, read_withdrawal_page, read_withdrawals
from marketplace.kernel.clock import now
from marketplace.kernel.errors import NotFound
from tests.claims.scenes import change, sold
from tests.support import world

pytestmark = pytest.mark.usefixtures("database")


async def complaint(one, cause: str = "damaged") -> int:
    filed = await file_claim(
        one.merchant,
        one.order,
        units={one.line: 1},
        cause=cause,
        wish="refund",
        text="!",
        key=world.unique("form"),
    )
    return filed.id


async def test_what_is_due_first_stands_first_and_what_is_late_says_so():
    one = await sold(units=3)
    ids = [await complaint(one, cause) for cause in ("damaged", "defective", "other")]
    for claim, hours in zip(ids, (30, -2, 5), strict=True):
        await change("UPDATE claim SET answer_by = $2 WHERE id = $1", claim, now() + timedelta(hours=hours))
    page = await read_inbox(one.merchant)
    assert [row.id for row in page.rows] == [ids[1], ids[2], ids[0]]
    assert [row.late for row in page.rows] == [True, False, False]
    first = page.rows[0]
    assert (first.name, first.title, first.units, first.order_number) == (
        "Simone Shopper",
        "Dune carafe",
        1,
        one.number,
    )
    assert await count_inbox(one.merchant) == {"todo": 3, "waiting": 0, "closed": 0, "all": 3, "late": 1}


async def test_a_complaint_moves_from_tab_to_tab():
    one = await sold(units=2)
    asked, settled = await complaint(one), await complaint(one)
    await answer_claim(one.merchant, asked, text="A photo?", by="Alice", asks=True)
    await resolve_claim(one.merchant, settled, Decision("refund"), by="Alice")
    assert [r.id for r in (await read_inbox(one.merchant, tab="waiting")).rows] == [asked]
    assert [r.id for r in (await read_inbox(one.merchant, tab="closed")).rows] == [settled]
    assert (await read_inbox(one.merchant, tab="closed")).rows[0].recovered == 1250


@pytest.mark.parametrize("tab", ["todo", "all"])
async def test_pages_leave_nothing_out_and_show_nothing_twice(tab):
    one = await sold(units=7)
    ids = [await complaint(one) for _ in range(7)]
    await change(
        "UPDATE claim SET answer_by = date_trunc('day', now()), opened_at = date_trunc('day', now()) WHERE merchant = $1",
        one.merchant,
    )
    seen, after = [], None
    while True:
        page = await read_inbox(one.merchant, tab=tab, after=after, limit=3)
        seen += [row.id for row in page.rows]
        if (after := page.next) is None:
            break
    assert sorted(seen) == ids
    assert seen == (ids if tab == "todo" else ids[::-1])


async def test_it_is_found_by_name_number_and_cause():
    one = await sold(units=2)
    broken, other = await complaint(one, "damaged"), await complaint(one, "other")
    assert {r.id for r in (await read_inbox(one.merchant, text="simone")).rows} == {broken, other}
    assert {r.id for r in (await read_inbox(one.merchant, text=one.number.lower())).rows} == {broken, other}
    assert [r.id for r in (await read_inbox(one.merchant, cause="other")).rows] == [other]
    assert (await read_inbox(one.merchant, text="100%_")).rows == []


async def test_charlie_s_inbox_is_empty_and_a_made_up_cursor_is_refused():
    one, charlie = await sold(), await world.merchant("charlie")
    await complaint(one)
    assert (await read_inbox(charlie, tab="all")).rows == []
    with pytest.raises(ValueError):
        await read_inbox(one.merchant, after="not~1~a~cursor")


async def test_withdrawals_have_their_own_list_with_the_law_s_clock():
    from marketplace.claims.accept_proof_of_sending import accept_proof_of_sending
    from marketplace.claims.declare_withdrawal import declare_withdrawal

    one, charlie = await sold(units=2), await world.merchant("charlie")
    made = [
        await declare_withdrawal(
            one.merchant, one.order, lines={one.line: 1}, name="Simone", email=one.email, key=key
        )
        for key in ("a", "b")
    ]
    await accept_proof_of_sending(one.merchant, made[1].id, by="Alice")
    [due], _ = await read_withdrawals(one.merchant)
    assert (due.id, due.title, due.units, due.late, due.entire) == (made[1].id, "Dune carafe", 1, False, True)
    assert await count_withdrawals(one.merchant) == {
        "todo": 1,
        "waiting": 1,
        "closed": 0,
        "all": 2,
        "late": 0,
    }
    page = await read_withdrawal_page(one.merchant, made[0].id)
    assert page["withdrawal"]["lines"][0]["quantity"] == 1
    assert len(page["returns"]) == 1
    with pytest.raises(NotFound):
        await read_withdrawal_page(charlie, made[0].id)
