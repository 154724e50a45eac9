"""Two threads that never mix: the shopper's with the merchant, the merchant's with the supplier."""

import pytest

from marketplace.claims.answer_claim import answer_claim
from marketplace.claims.claim_page import read_claim_page
from marketplace.claims.file_claim import file_claim
from marketplace.claims.forward_to_supplier import forward_to_supplier
from marketplace.claims.note_on_claim import note_on_claim
from marketplace.claims.photos import SentPhoto
from marketplace.claims.recovery_pages import read_forwarded_photo, read_open_questions, read_supplier_thread
from marketplace.claims.reply_to_claim import reply_to_claim
from marketplace.claims.reply_to_merchant import reply_to_merchant
from marketplace.claims.shopper_pages import read_own_claim
from marketplace.claims.withdraw_claim import withdraw_claim
from marketplace.kernel.database import fetch
from marketplace.kernel.errors import NotFound, Refused, Stale
from tenants.scope import acting_as, shop_scope
from tests.claims.scenes import photo, sold, value
from tests.support import world

pytestmark = pytest.mark.usefixtures("database")
SECRET = "My neighbour Paulette dropped it"


async def complaint(one) -> int:
    filed = await file_claim(
        one.merchant,
        one.order,
        units={one.line: 1},
        cause="damaged",
        wish="refund",
        text=SECRET,
        key=world.unique("form"),
        photos=[SentPhoto("a.jpg", photo()), SentPhoto("b.jpg", photo(colour="#204080"))],
    )
    return filed.id


async def all_a_supplier_can_read(supplier: int) -> str:
    """Every row of every table that has a text in it, as this supplier."""
    said = []
    async with acting_as(supplier):
        tables = await fetch(
            "SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
            " AND has_table_privilege(oid, 'SELECT') ORDER BY 1"
        )
        for table in tables:
            said += [str(row) for row in await fetch(f'SELECT t::text FROM "{table["name"]}" t')]
    return "\n".join(said)


async def test_the_supplier_reads_nothing_of_a_complaint_that_was_not_forwarded():
    one = await sold()
    claim = await complaint(one)
    await note_on_claim(one.merchant, claim, text="She writes that Paulette did it", by="Alice")
    readable = await all_a_supplier_can_read(one.supplier)
    assert "V-1" in readable  # it does read its own lines
    assert "Paulette" not in readable
    assert "simone@shopper.example" not in readable
    assert await read_open_questions(one.supplier) == []


async def test_the_supplier_reads_the_copy_as_the_merchant_edited_it_and_only_the_photo_it_chose():
    one = await sold()
    claim = await complaint(one)
    page = await read_claim_page(one.merchant, claim)
    first = page.shopper[0]["photos"][0]["id"]
    await forward_to_supplier(
        one.merchant,
        claim,
        one.supplier_order,
        text="The customer says the neck is broken.",
        by="Alice",
        attachments=[first],
    )
    [message] = await read_supplier_thread(one.supplier, one.supplier_order)
    assert (message["body"], len(message["photos"])) == ("The customer says the neck is broken.", 1)
    kind, body = await read_forwarded_photo(one.supplier, message["photos"][0]["id"])
    assert kind.startswith("image/")
    assert body
    assert "Paulette" not in await all_a_supplier_can_read(one.supplier)


async def test_the_supplier_s_answer_reaches_the_merchant_and_never_the_shopper():
    one = await sold()
    claim = await complaint(one)
    message = await forward_to_supplier(
        one.merchant, claim, one.supplier_order, text="Broken neck?", by="Alice"
    )
    [question] = await read_open_questions(one.supplier)
    assert question["message"] == message
    await reply_to_merchant(one.supplier, message, text="We packed it well.", by="Vera")
    assert await read_open_questions(one.supplier) == []
    [thread] = (await read_claim_page(one.merchant, claim)).suppliers
    assert [m["author"] for m in thread.messages] == ["merchant", "supplier"]
    shopper = await read_own_claim(one.merchant, one.order, claim)
    assert [m["body"] for m in shopper["messages"]] == [SECRET]
    with pytest.raises(Exception, match="permission denied"):
        async with shop_scope(one.merchant):
            await fetch("SELECT * FROM forwarded_message")


async def test_staff_notes_are_not_on_the_shopper_s_page():
    one = await sold()
    claim = await complaint(one)
    await note_on_claim(one.merchant, claim, text="A regular", by="Alice")
    async with shop_scope(one.merchant):
        assert [
            m["audience"] for m in await fetch("SELECT * FROM claim_message WHERE claim = $1", claim)
        ] == ["shopper"]


async def test_a_complaint_is_forwarded_only_to_the_supplier_that_served_it_and_with_its_own_photos():
    one, other = await sold(), await sold()
    mine, theirs = await complaint(one), await complaint(other)
    with pytest.raises(NotFound):
        await forward_to_supplier(one.merchant, mine, other.supplier_order, text="?", by="Alice")
    foreign = (await read_claim_page(other.merchant, theirs)).shopper[0]["photos"][0]["id"]
    with pytest.raises(Refused, match="not of this complaint"):
        await forward_to_supplier(
            one.merchant, mine, one.supplier_order, text="?", by="Alice", attachments=[foreign]
        )
    assert await read_supplier_thread(one.supplier, one.supplier_order) == []


async def test_a_stranger_supplier_neither_reads_nor_answers():
    one = await sold()
    sven = await world.supplier("sven")
    claim = await complaint(one)
    message = await forward_to_supplier(one.merchant, claim, one.supplier_order, text="?", by="Alice")
    assert await read_supplier_thread(sven, one.supplier_order) == []
    with pytest.raises(NotFound):
        await reply_to_merchant(sven, message, text="Me too", by="Sven")


async def test_a_question_stops_the_merchant_s_clock_and_the_answer_starts_it_again():
    one = await sold()
    claim = await complaint(one)
    await answer_claim(
        one.merchant, claim, text="Could you send us a photo of the box?", by="Alice", asks=True
    )
    assert await value("SELECT state FROM claim WHERE id = $1", claim) == "awaiting_shopper"
    assert await value("SELECT answer_by FROM claim WHERE id = $1", claim) is None
    await reply_to_claim(
        one.merchant,
        one.order,
        claim,
        text="",
        author="Simone Shopper",
        photos=[SentPhoto("box.jpg", photo())],
    )
    assert await value("SELECT state FROM claim WHERE id = $1", claim) == "open"
    assert await value("SELECT answer_by FROM claim WHERE id = $1", claim) is not None
    shopper = await read_own_claim(one.merchant, one.order, claim)
    assert [m["author"] for m in shopper["messages"]] == ["shopper", "merchant", "shopper"]
    assert len(shopper["messages"][2]["photos"]) == 1


async def test_an_empty_answer_and_one_to_a_closed_complaint_are_refused():
    one = await sold()
    claim = await complaint(one)
    with pytest.raises(Refused, match="few words"):
        await answer_claim(one.merchant, claim, text="  ", by="Alice")
    await withdraw_claim(one.merchant, one.order, claim)
    with pytest.raises(Refused, match="closed"):
        await answer_claim(one.merchant, claim, text="Hello?", by="Alice")
    with pytest.raises(Refused, match="settled"):
        await reply_to_claim(one.merchant, one.order, claim, text="Hello?", author="Simone")
    with pytest.raises(Stale):
        await withdraw_claim(one.merchant, one.order, claim)


async def test_a_form_sent_twice_is_one_message_on_either_thread():
    one = await sold()
    claim = await complaint(one)
    for _ in range(2):
        await answer_claim(one.merchant, claim, text="We are looking into it.", by="Alice")
        await reply_to_claim(one.merchant, one.order, claim, text="Thank you.", author="Simone Shopper")
        forwarded = await forward_to_supplier(
            one.merchant, claim, one.supplier_order, text="Broken?", by="Alice"
        )
        await reply_to_merchant(one.supplier, forwarded, text="No.", by="Vera")
    page = await read_claim_page(one.merchant, claim)
    assert [m["body"] for m in page.shopper] == [SECRET, "We are looking into it.", "Thank you."]
    assert [m["body"] for m in page.suppliers[0].messages] == ["Broken?", "No."]
