"""A debit note is the merchant's to issue and the supplier's to answer; neither answers for the other."""

import asyncio

import pytest

from marketplace.claims.answer_recovery import answer_recovery
from marketplace.claims.cause import Code, Reason
from marketplace.claims.issue_recovery import RecoveryLine, issue_recovery
from marketplace.claims.maintain_recovery import maintain_recovery
from marketplace.claims.recovery_pages import count_recoveries, read_recoveries, read_recovery_page
from marketplace.claims.settle_recovery import settle_recovery
from marketplace.claims.waive_recovery import waive_recovery
from marketplace.kernel.database import execute
from marketplace.kernel.errors import NotFound, Refused, Stale
from tenants.scope import acting_as
from tests.claims.scenes import sold, value
from tests.support import world

pytestmark = pytest.mark.usefixtures("database")


async def debit(one, amount: int = 1000, **more) -> int:
    lines = [RecoveryLine(one.supplier_order_line, "V-1", "Carafe, sand", 1, amount)]
    return await issue_recovery(
        one.merchant, one.supplier_order, lines=lines, reason="damaged", why=[Reason(Code.OWES_GOODS)], **more
    )


async def test_vera_sees_what_she_owes_and_why_and_accepts_it():
    one = await sold()
    recovery = await debit(one, freight=250)
    [row], more = await read_recoveries(one.supplier, side="supplier", tab="todo")
    assert (row.amount, row.currency, row.title, row.other, more) == (
        1250,
        "EUR",
        "Carafe, sand",
        one.merchant,
        None,
    )
    page = await read_recovery_page(one.supplier, recovery, side="supplier")
    assert page["recovery"]["why"] == [{"code": "owes_goods", "params": {}}]
    await answer_recovery(one.supplier, recovery, accept=True, text="", by="Vera")
    assert await count_recoveries(one.supplier, side="supplier") == {
        "todo": 0,
        "accepted": 1,
        "disputed": 0,
        "closed": 0,
        "all": 1,
    }
    await settle_recovery(one.merchant, recovery, by="Alice")
    assert await value("SELECT state FROM recovery WHERE id = $1", recovery) == "settled"


async def test_vera_disputes_with_words_alice_stands_by_it_and_vera_gives_in():
    one = await sold()
    recovery = await debit(one)
    with pytest.raises(Refused, match="few words"):
        await answer_recovery(one.supplier, recovery, accept=False, text=" ", by="Vera")
    await answer_recovery(one.supplier, recovery, accept=False, text="It left here whole.", by="Vera")
    with pytest.raises(Stale):
        await settle_recovery(one.merchant, recovery, by="Alice")
    await maintain_recovery(one.merchant, recovery, text="See the photo.", by="Alice")
    await answer_recovery(one.supplier, recovery, accept=True, text="Very well.", by="Vera")
    page = await read_recovery_page(one.merchant, recovery, side="merchant")
    assert [m["body"] for m in page["messages"]] == ["It left here whole.", "See the photo.", "Very well."]


async def test_alice_gives_it_up_with_a_reason_and_then_nobody_answers_it_any_more():
    one = await sold()
    recovery = await debit(one)
    await waive_recovery(one.merchant, recovery, text="For the good relations.", by="Alice")
    with pytest.raises(Stale):
        await answer_recovery(one.supplier, recovery, accept=True, text="", by="Vera")


async def test_numbers_have_no_gaps_even_when_one_is_refused_and_many_come_at_once():
    one = await sold()
    first = await debit(one, claim=1)
    with pytest.raises(Refused, match="already"):
        await debit(one, claim=1)
    rest = await asyncio.gather(*(debit(one, claim=n) for n in range(2, 8)))
    numbers = [await value("SELECT number FROM recovery WHERE id = $1", r) for r in (first, *rest)]
    assert sorted(int(n.rsplit("-", 1)[1]) for n in numbers) == list(range(1, 8))


async def test_nothing_owed_is_no_debit_note():
    with pytest.raises(Refused, match="nothing to recover"):
        await debit(await sold(), amount=0)


async def test_a_stranger_finds_no_debit_note_on_either_side():
    one, sven, charlie = await sold(), await world.supplier("sven"), await world.merchant("charlie")
    recovery = await debit(one)
    with pytest.raises(NotFound):
        await answer_recovery(sven, recovery, accept=True, text="", by="Sven")
    with pytest.raises(NotFound):
        await settle_recovery(charlie, recovery, by="Charlie")
    with pytest.raises(NotFound):
        await read_recovery_page(charlie, recovery, side="merchant")
    with pytest.raises(NotFound):
        await issue_recovery(
            charlie, one.supplier_order, lines=[RecoveryLine(1, "", "", 1, 1)], reason="other", why=[]
        )


@pytest.mark.parametrize(
    ("side", "change"),
    [
        ("supplier", "SET amount = 1"),
        ("merchant", "SET amount = 1"),
        ("merchant", "SET state = 'accepted'"),
        ("merchant", "SET state = 'disputed'"),
        ("supplier", "SET state = 'settled'"),
        ("supplier", "SET state = 'waived'"),
    ],
)
async def test_the_database_itself_lets_neither_side_write_for_the_other(side, change):
    one = await sold()
    recovery = await debit(one)
    with pytest.raises(Exception, match=r"only|does not change"):
        async with acting_as(getattr(one, side)):
            await execute(f"UPDATE recovery {change} WHERE id = $1", recovery)
