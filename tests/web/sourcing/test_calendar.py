"""A supplier says when it does not ship."""

from datetime import timedelta

import pytest

from marketplace.kernel.clock import now
from marketplace.kernel.database import fetch_value
from tenants.scope import acting_as
from tests.support import world
from tests.web.sourcing.desk import seated

pytestmark = pytest.mark.usefixtures("database")


async def test_days_are_closed_shown_and_opened_again():
    supplier = await world.supplier()
    first, last = now().date() + timedelta(days=7), now().date() + timedelta(days=9)
    async with seated(supplier, "warehouse") as sam:
        answer = await sam.post(
            "/calendar/closures", first_day=first.isoformat(), last_day=last.isoformat(), name="Stocktaking"
        )
        assert answer.status_code == 303
        page = await sam.see("/calendar")
        assert 'class="sub">Stocktaking' in page
        assert page.count('<li class="closed') >= 3
        async with acting_as(supplier):
            closure = await fetch_value("SELECT id FROM holiday WHERE supplier = $1", supplier)
        await sam.post(f"/calendar/closures/{closure}/removal")
        assert 'class="sub">Stocktaking' not in await sam.see("/calendar")


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [("", "", "Please enter a date."), ("2030-01-10", "2030-01-09", "cannot be before the first"), ("2030-01-01", "2031-01-01", "four months"),
     ("2020-01-01", "2020-01-02", "over already")],
)  # fmt: skip
async def test_a_closure_that_makes_no_sense_keeps_what_was_typed(first, last, said):
    async with seated(await world.supplier()) as vera:
        answer = await vera.post("/calendar/closures", first_day=first, last_day=last, name="Why not")
    assert answer.status_code == 422
    assert said in answer.text
    assert 'value="Why not"' in answer.text


async def test_cut_offs_of_agreements_are_shown_and_a_stranger_opens_no_days():
    deal = await world.trade()
    closure = await world.insert(
        "holiday", supplier=deal.supplier, first_day="2030-01-01", last_day="2030-01-02"
    )
    async with seated(deal.supplier) as vera, seated(await world.supplier()) as stranger:
        assert "15:00" in await vera.see("/calendar")
        assert (await stranger.post(f"/calendar/closures/{closure}/removal")).status_code == 404
