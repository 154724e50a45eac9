"""A run is watched, looked at, decided about once, and undone."""

import asyncio
import csv
import io
from contextvars import Context

import pytest
from lxml import html

from marketplace.kernel.database import execute, fetch_value
from marketplace.relay import drain
from marketplace.sourcing import undo_soon
from marketplace.sourcing.edit_offers import edit_offers
from marketplace.sourcing.sync.lock import lock_offers
from tenants.scope import acting_as
from tests.support import feeds, world
from tests.web.sourcing.desk import seated

pytestmark = pytest.mark.usefixtures("database")


async def _held() -> tuple[feeds.Feed, int]:
    """A feed of thirty lamps, and a run that would lose twenty of them."""
    feed = await feeds.feed()
    await feed.send(feeds.rows(*feeds.lamps(30)))
    run = await feed.send(feeds.rows(*feeds.lamps(10)))
    assert run["state"] == "held"
    return feed, run["id"]


async def test_a_file_that_is_sent_becomes_a_run_with_its_counts():
    feed = await feeds.feed()
    async with seated(feed.supplier) as vera:
        answer = await vera.post(
            f"/feeds/{feed.id}/runs",
            files={"file": ("C:\\fakepath\\lamps.csv", feeds.rows(*feeds.lamps(3)), "text/csv")},
            sending="1",
        )
        assert answer.status_code == 303
        there = answer.headers["location"].removeprefix(vera.home)
        waiting = await vera.see(there)
        assert "Waiting for a worker" in waiting
        assert "hx-sse:connect" in waiting
        await drain()
        text = await vera.see(there)
    assert "lamps.csv" in text
    assert "fakepath" not in text
    assert "Applied" in text
    assert "3 rows" in text


async def test_a_file_that_was_dropped_by_mistake_is_used_after_all_from_its_page():
    feed, run = await _held()
    here = f"/feeds/{feed.id}/runs/{run}"
    async with seated(feed.supplier) as vera:
        await vera.post(f"{here}/drop")
        assert "Use this file after all" in await vera.see(here)
        answer = await vera.post(f"{here}/repetition")
        assert answer.status_code == 303
        await drain()
        text = await vera.see(answer.headers["location"].removeprefix(vera.home))
        assert "This import is held" in text
        assert "See the import that waits now" in await vera.see(here)


async def test_sending_no_file_says_so_beside_the_field():
    feed = await feeds.feed()
    async with seated(feed.supplier) as vera:
        answer = await vera.post(f"/feeds/{feed.id}/runs", sending="1")
    assert answer.status_code == 422
    assert "Choose the file to send first." in answer.text


async def test_a_feed_without_an_address_cannot_be_run_without_a_file():
    feed = await feeds.feed()
    async with seated(feed.supplier) as vera:
        answer = await vera.post(f"/feeds/{feed.id}/runs")
    assert answer.status_code == 422
    assert "has no address to fetch from" in answer.text


async def test_progress_is_told_as_events_until_the_run_has_ended():
    feed = await feeds.feed()
    run = await feed.start(feeds.rows(*feeds.lamps(3)))
    async with seated(feed.supplier) as vera:
        working = asyncio.ensure_future(_work_soon(feed, run))
        stream = await vera.get(f"/feeds/{feed.id}/runs/{run}/events")
        await working
    assert stream.headers["content-type"].startswith("text/event-stream")
    assert "content-encoding" not in stream.headers
    assert 'class="runsteps"' in stream.text
    assert stream.text.endswith("event: ended\ndata: 1\n\n")


async def _work_soon(feed: feeds.Feed, run: int) -> None:
    await asyncio.sleep(0)  # the stream is asked first
    await feed.work(run)


async def test_changes_are_shown_field_by_field_before_and_after():
    feed = await feeds.feed()
    await feed.send(feeds.rows(feeds.lamp(1), feeds.lamp(2)))
    run = await feed.send(
        feeds.rows(feeds.lamp(1, price="25.00", quantity="0"), feeds.lamp(2), feeds.lamp(3))
    )
    async with seated(feed.supplier) as vera:
        here = f"/feeds/{feed.id}/runs/{run['id']}"
        changed = await vera.see(f"{here}?tab=changed")
        new = await vera.fragment(f"{here}?tab=new")
        gone = await vera.see(f"{here}?tab=vanished")
    assert "€12.50" in changed
    assert "€25.00" in changed
    assert "+100%" in changed
    assert "Lamp 3" in new.text
    assert "Lamp 1" not in gone.split('id="found"')[1]


def _cells(page: str) -> list[str]:
    """What a person reads of rejected rows: each cell under its column's name."""
    found = html.fromstring(page).find_class("rawcell")
    return [" ".join(cell.text_content().split()) for cell in found]


async def test_rejected_rows_are_listed_with_line_reason_and_cells_and_downloaded():
    feed = await feeds.feed()
    run = await feed.send(feeds.rows(feeds.lamp(1)) + "L-77,,1.00,4,EUR\n,=HYPERLINK(1),2.00,1,EUR\n")
    async with seated(feed.supplier) as vera:
        text = await vera.see(f"/feeds/{feed.id}/runs/{run['id']}?tab=rejected")
        sheet = await vera.get(f"/feeds/{feed.id}/runs/{run['id']}/issues.csv")
    assert "It has no title" in text
    assert _cells(text)[:3] == ["sku L-77", "title empty", "price 1.00"]
    lines = list(csv.reader(io.StringIO(sheet.content.decode("utf-8-sig"))))
    assert lines[0][4:] == ["sku", "title", "price", "quantity", "currency"]
    assert lines[1][:4] == ["rejected", "3", "", "It has no title"]
    assert "'=HYPERLINK(1)" in lines[2]


async def test_reasons_are_said_in_the_reader_s_language():
    feed = await feeds.feed()
    run = await feed.send(feeds.rows(feeds.lamp(1)) + "L-77,,1.00,4,EUR\n")
    async with seated(feed.supplier, locale="fr") as vera:
        text = await vera.see(f"/feeds/{feed.id}/runs/{run['id']}?tab=rejected")
    assert "It has no title" not in text


async def test_a_held_run_says_why_and_is_applied_when_a_person_says_so():
    feed, run = await _held()
    async with seated(feed.supplier) as vera:
        text = await vera.see(f"/feeds/{feed.id}/runs/{run}")
        assert "20 of 30 offers are gone from the file (66.66%; the limit is 30%)." in text
        assert (await vera.post(f"/feeds/{feed.id}/runs/{run}/application")).status_code == 303
        await drain()
        assert "Held by its safety limits, applied by Paula Person." in await vera.see(
            f"/feeds/{feed.id}/runs/{run}"
        )
    assert (await feed.run(run))["state"] == "applied"


async def test_two_people_apply_a_held_run_at_once_and_it_is_applied_once():
    feed, run = await _held()
    async with seated(feed.supplier) as vera, seated(feed.supplier) as sven:
        answers = await asyncio.gather(
            *(who.post(f"/feeds/{feed.id}/runs/{run}/application") for who in (vera, sven))
        )
    assert sorted(a.status_code for a in answers) == [303, 409]
    assert "Somebody was faster" in next(a.text for a in answers if a.status_code == 409)
    await drain()
    assert (await feed.run(run))["state"] == "applied"
    assert len(await feeds.events("feed_run.wanted", feed.supplier)) == 3  # two files sent, one decision


async def test_a_dropped_run_changes_nothing():
    feed, run = await _held()
    async with seated(feed.supplier) as vera:
        assert (await vera.post(f"/feeds/{feed.id}/runs/{run}/drop")).status_code == 303
        assert "Dropped by Paula Person" in await vera.see(f"/feeds/{feed.id}/runs/{run}")
        assert (await vera.post(f"/feeds/{feed.id}/runs/{run}/drop")).status_code == 409
    assert sum(o["not_sellable"] is None for o in (await feed.offers()).values()) == 30


async def test_undo_says_what_it_does_not_bring_back_and_then_does_it():
    feed = await feeds.feed()
    await feed.send(feeds.rows(feeds.lamp(1)))
    run = (await feed.send(feeds.rows(feeds.lamp(1, price="99.00", quantity="3"))))["id"]
    async with seated(feed.supplier) as vera:
        question = await vera.see(f"/feeds/{feed.id}/runs/{run}/undo")
        assert "Quantities: goods were sold since" in question
        assert (await vera.post(f"/feeds/{feed.id}/runs/{run}/undo")).status_code == 303
        text = await vera.see(f"/feeds/{feed.id}/runs/{run}")
        assert "Undone by Paula Person" in text
        assert (await vera.post(f"/feeds/{feed.id}/runs/{run}/undo")).status_code == 409
        assert (await vera.get(f"/feeds/{feed.id}/runs/{run}/undo")).status_code == 303
    offer = await feed.offer()
    assert (offer["price_e4"], offer["quantity"]) == (125_000, 3)


async def test_what_an_undo_left_alone_is_listed_with_its_fields():
    feed = await feeds.feed()
    await feed.send(feeds.rows(*feeds.lamps(3)))
    run = (await feed.send(feeds.rows(*feeds.lamps(3, title="Bad", price="13.00"))))["id"]
    await edit_offers(feed.supplier, [{"sku": "L-002", "title": "By hand", "price": "14"}], by="Vera")
    async with seated(feed.supplier) as vera:
        await vera.post(f"/feeds/{feed.id}/runs/{run}/undo")
        text = await vera.see(f"/feeds/{feed.id}/runs/{run}")
    left = text.split("Left alone</summary>")[1].split("</ul>")[0]
    assert "offers?q=L-002" in left
    assert left.rstrip().endswith("By hand: Price, Title</li>")


@pytest.mark.parametrize("why", ["it is much", "a feed is being applied"])
async def test_an_undo_that_takes_its_time_is_done_by_a_worker_and_the_page_says_so(why, monkeypatch):
    monkeypatch.setattr(undo_soon, "WAIT_SECONDS", 0.05)
    feed = await feeds.feed()
    await feed.send(feeds.rows(*feeds.lamps(3)))
    run = (await feed.send(feeds.rows(*feeds.lamps(3, title="Bad"))))["id"]
    locked, done = asyncio.Event(), asyncio.Event()

    async def apply() -> None:
        async with acting_as(feed.supplier):
            await lock_offers(feed.supplier)
            locked.set()
            await done.wait()

    if why == "it is much":
        monkeypatch.setattr(undo_soon, "AT_ONCE", 2)
        done.set()
    applying = asyncio.get_running_loop().create_task(apply(), context=Context())
    await locked.wait()
    async with seated(feed.supplier) as vera:
        here = f"/feeds/{feed.id}/runs/{run}"
        assert (await vera.post(f"{here}/undo")).status_code == 303
        page = await vera.see(here)
        assert "This import is being undone" in page
        assert "Undo this import" not in page
        assert (await vera.post(f"{here}/undo")).status_code == 409
        assert (await feed.offer())["title"] == "Bad"
        done.set()
        await applying
        await drain()
        assert "Undone by Paula Person" in await vera.see(here)
    assert (await feed.offer())["title"] == "Lamp 1"


async def test_a_failed_run_names_line_and_column():
    feed = await feeds.feed()
    run = await feed.send('{"products": [{"sku": "A", "title": "Lamp"}, {"sku": }]}')
    assert run["state"] == "failed"
    async with seated(feed.supplier) as vera:
        text = await vera.see(f"/feeds/{feed.id}/runs/{run['id']}")
    assert "Line 1" in text
    assert "Nothing was changed" in text


async def test_a_run_of_another_feed_is_nothing_here():
    one, other = await feeds.feed(), await feeds.feed()
    run = (await one.send(feeds.rows(feeds.lamp(1))))["id"]
    second = await feeds.feed(one.supplier)
    async with seated(one.supplier) as vera, seated(other.supplier) as sven:
        assert (await vera.get(f"/feeds/{second.id}/runs/{run}")).status_code == 404
        for path in ("", "/events", "/issues.csv", "/undo"):
            assert (await sven.get(f"/feeds/{one.id}/runs/{run}{path}")).status_code == 404


async def test_diffs_and_runs_page_by_their_ids():
    feed = await feeds.feed()
    run = (await feed.send(feeds.rows(*feeds.lamps(60))))["id"]
    async with acting_as(feed.supplier):
        await execute(
            "INSERT INTO feed_run (supplier, feed, state) SELECT $1, $2, 'unchanged' FROM generate_series(1, 55)",
            feed.supplier,
            feed.id,
        )
        last = await fetch_value("SELECT max(id) FROM feed_run WHERE feed = $1", feed.id)
    async with seated(feed.supplier) as vera:
        first = await vera.see(f"/feeds/{feed.id}/runs/{run}?tab=new")
        rest = await vera.see("/" + first.split("tab=new&amp;after=")[0].rsplit('href="', 1)[1].split(vera.home + "/")[1] + "tab=new&after=" + first.split("tab=new&amp;after=")[1].split('"')[0])  # fmt: skip
        runs = await vera.see(f"/feeds/{feed.id}?before={last - 50}")
    assert first.count('class="article"') == 50
    assert rest.count('class="article"') == 10
    assert f"/runs/{run}" in runs


async def test_of_a_long_text_only_what_differs_is_marked_and_of_pictures_what_came_and_went():
    feed = await feeds.feed()
    shade = "A lamp of brass with a shade of {}, two metres of cable."
    await feed.send(
        feeds.rows(feeds.lamp(1, description=shade.format("linen"), image="https://x.example/a.jpg"))
    )
    sent = feeds.lamp(1, description=shade.format("paper"), image="https://x.example/b.jpg")
    run = (await feed.send(feeds.rows(sent)))["id"]
    async with seated(feed.supplier) as vera:
        text = await vera.see(f"/feeds/{feed.id}/runs/{run}?tab=changed")
    assert "<del>linen,</del>" in text
    assert "<ins>paper,</ins>" in text
    assert '<span title="https://x.example/b.jpg">b.jpg</span>' in text


async def test_a_quantity_that_says_it_all_is_not_repeated_in_other_words():
    feed = await feeds.feed()
    await feed.send(feeds.rows(feeds.lamp(1)))
    run = await feed.send(feeds.rows(feeds.lamp(1, quantity="0")))
    async with seated(feed.supplier) as vera:
        found = (await vera.see(f"/feeds/{feed.id}/runs/{run['id']}?tab=changed")).split('id="found"')[1]
    assert "Quantity" in found
    assert "Sale</span>" not in found


async def test_remarks_are_gathered_by_reason_and_narrowed_to_one():
    feed = await feeds.feed()
    words = [feeds.lamp(n, quantity="ask us Q3" if n % 2 else "perhaps") for n in range(21, 28)]
    run = await feed.send(feeds.rows(*feeds.lamps(20), *words))
    here = f"/feeds/{feed.id}/runs/{run['id']}?tab=warning"
    async with seated(feed.supplier) as vera:
        text = await vera.see(here)
        key = text.split("tab=warning&amp;why=")[1].split('"')[0]
        narrowed = await vera.see(f"{here}&why={key}")
        strange = await vera.see(f"{here}&why=nonsense")
    assert text.count('class="right i-line"') == strange.count('class="right i-line"') > 7
    assert narrowed.count('class="right i-line"') == 4
    assert "4 in all" in narrowed
    assert "Say what these words mean" in text
    async with seated(feed.supplier, locale="fr") as vera:
        assert "stock «\xa0ask us Q3\xa0» inconnu" in await vera.see(here)


async def test_a_held_run_is_the_first_thing_to_do():
    feed, run = await _held()
    async with seated(feed.supplier) as vera:
        text = await vera.see("")
        assert "waits for your decision" in text
        assert f"/feeds/{feed.id}/runs/{run}" in text
        await vera.post(f"/feeds/{feed.id}/runs/{run}/drop")
        assert "waits for your decision" not in await vera.see("")


async def test_a_run_that_somebody_dropped_took_no_time_of_ours():
    feed, run = await _held()
    async with acting_as(feed.supplier):
        await execute("UPDATE feed_run SET started_at = now() - interval '3 hours' WHERE id = $1", run)
    async with seated(feed.supplier) as vera:
        await vera.post(f"/feeds/{feed.id}/runs/{run}/drop")
        assert "3 h" not in await vera.see(f"/feeds/{feed.id}/runs/{run}")
        assert "3 h" not in await vera.see(f"/feeds/{feed.id}")


async def test_the_run_of_a_price_list_shows_what_one_merchant_pays():
    deal = await world.trade()
    await (await feeds.feed(deal.supplier)).send(feeds.rows(feeds.lamp(1)))
    prices = await feeds.feed(deal.supplier, agreement=deal.agreement)
    run = await prices.send("sku,price,currency\nL-001,7.40,EUR\n")
    assert run["state"] == "applied"
    async with seated(deal.supplier) as vera:
        assert "€7.40" in await vera.see(f"/feeds/{prices.id}/runs/{run['id']}?tab=new")
        assert "Never imported" not in await vera.see(f"/feeds/{prices.id}")
