"""A shopper complains from the order's link, and is told why when that cannot be."""

from datetime import timedelta

import pytest

from marketplace.claims.claim_page import read_claim_page
from marketplace.claims.file_claim import file_claim
from marketplace.claims.photos import MOST, SentPhoto
from marketplace.claims.shopper_pages import read_own_claim, read_own_claims, read_own_photo
from marketplace.kernel.clock import now
from marketplace.kernel.errors import Invalid, NotFound, Refused
from tests.claims.scenes import photo, sold, value
from tests.support import world

pytestmark = pytest.mark.usefixtures("database")


async def complain(one, units: int = 1, **more):
    values = {
        "cause": "damaged",
        "wish": "refund",
        "text": "The neck is broken.",
        "key": world.unique("form"),
        **more,
    }
    return await file_claim(one.merchant, one.order, units={one.line: units}, **values)


async def test_simone_sees_her_complaint_and_so_does_the_shop():
    one = await sold()
    filed = await complain(one, photos=[SentPhoto("IMG_1.jpg", photo())])
    [listed] = await read_own_claims(one.merchant, one.order)
    assert (listed["number"], listed["titles"]) == (filed.number, ["Dune carafe"])
    page = await read_claim_page(one.merchant, filed.id)
    [message] = page.shopper
    assert (message["body"], message["author_name"]) == ("The neck is broken.", "Simone Shopper")
    assert page.claim["answer_by"] - page.claim["opened_at"] == timedelta(days=3)
    assert [step["what"] for step in page.timeline] == ["filed"]


async def test_a_photo_is_made_our_own_and_tells_nothing_of_the_telephone():
    one = await sold()
    filed = await complain(one, photos=[SentPhoto("C:\\fotos\\me.jpg", photo(3000, 2000))])
    [message] = (await read_own_claim(one.merchant, one.order, filed.id))["messages"]
    [shown] = message["photos"]
    assert (shown["name"], shown["width"], shown["height"]) == ("me.jpg", 1600, 1067)
    kind, body = await read_own_photo(one.merchant, one.order, filed.id, shown["id"])
    assert kind in ("image/avif", "image/webp")
    assert b"Telephone" not in body


@pytest.mark.parametrize(
    ("files", "field"),
    [
        ([SentPhoto("notes.txt", b"hello, I am not a picture")], "photos"),
        ([SentPhoto("page.html", b"<html>")], "photos"),
        ([SentPhoto("half.jpg", photo()[:2000])], "photos"),
        ([SentPhoto("a.jpg", photo())] * (MOST + 1), "photos"),
    ],
)
async def test_what_is_no_picture_is_said_beside_the_field_and_nothing_is_filed(files, field):
    one = await sold()
    with pytest.raises(Refused) as refused:
        await complain(one, photos=files)
    assert refused.value.field == field
    assert await value('SELECT count(*) FROM claim WHERE "order" = $1', one.order) == 0


async def test_the_same_form_sent_twice_is_one_complaint():
    one = await sold()
    first = await complain(one, key="same form")
    second = await complain(one, key="same form")
    assert first == second
    assert await value('SELECT count(*) FROM claim WHERE "order" = $1', one.order) == 1


async def test_more_units_than_are_not_complained_about_yet_are_refused_with_their_number():
    one = await sold(units=2)
    await complain(one, units=1)
    with pytest.raises(Invalid) as refused:
        await complain(one, units=2)
    assert refused.value.problems == {f"line_{one.line}": "At most 1 of it can be named."}


async def test_what_has_not_left_is_cancelled_rather_than_complained_about():
    one = await sold(shipped=0)
    with pytest.raises(Invalid, match="another look") as refused:
        await complain(one)
    assert "has not left yet" in refused.value.problems[f"line_{one.line}"]


async def test_the_guarantee_ends_after_two_years():
    one = await sold(delivered_at=now() - timedelta(days=800))
    with pytest.raises(Invalid) as refused:
        await complain(one, cause="defective")
    assert "two-year guarantee" in refused.value.problems[f"line_{one.line}"]


async def test_nothing_chosen_an_unknown_cause_and_a_stranger_s_line_are_each_refused():
    one, other = await sold(), await sold()
    with pytest.raises(Invalid) as nothing:
        await complain(one, units=0)
    assert nothing.value.problems == {"lines": "Please choose at least one article."}
    with pytest.raises(Invalid) as cause:
        await complain(one, cause="changed_mind")
    assert list(cause.value.problems) == ["cause"]
    with pytest.raises(NotFound):
        await file_claim(
            one.merchant, one.order, units={other.line: 1}, cause="other", wish="refund", text="x", key="k"
        )


async def test_a_link_to_one_order_opens_no_other_order_s_complaint():
    one, other = await sold(), await sold()
    filed = await complain(one)
    with pytest.raises(NotFound):
        await read_own_claim(other.merchant, other.order, filed.id)
    with pytest.raises(NotFound):
        await read_own_claim(one.merchant, other.order, filed.id)
