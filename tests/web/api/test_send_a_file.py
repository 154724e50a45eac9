"""A supplier's system drops a feed's file at the API, and asks how it was read."""

import asyncio
import gzip
from datetime import timedelta

import pytest

from marketplace.kernel.clock import now
from marketplace.kernel.media import media_store
from marketplace.relay import drain
from marketplace.sourcing.transports.upload import AREA, key_of
from marketplace.web.api import bodies
from tests.support import feeds, world
from tests.web.api.machine import code, machine
from tests.web.storefront.shop import change

pytestmark = pytest.mark.usefixtures("database")


async def test_a_file_is_taken_at_once_and_its_run_says_how_it_was_read():
    feed = await feeds.feed(transport="api")
    async with machine(feed.supplier) as vera:
        answer = await vera.send(
            feed,
            feeds.rows(*feeds.lamps(3), {"sku": "L-009", "title": "", "price": "1", "quantity": "1"}),
            content_type="text/csv",
            content_disposition='attachment; filename="lamps.csv"',
        )
        assert answer.status_code == 202
        accepted = answer.json()
        assert answer.headers["location"] == f"/api/v1/runs/{accepted['id']}" == accepted["url"]
        assert (accepted["state"], accepted["ended"], accepted["feed"]) == ("pending", False, feed.id)
        assert "set-cookie" not in answer.headers
        waiting = await vera.get(answer.headers["location"])
        assert waiting.headers["retry-after"] == "2"
        await drain()
        run = await vera.run(answer)
    assert (run["state"], run["ended"], run["trigger"]) == ("applied", True, "api")
    assert run["file"]["name"] == "lamps.csv"
    assert run["started_by"].startswith("warehouse")
    counts = run["counts"]
    assert (counts["rows"], counts["accepted"], counts["rejected"], counts["new"]) == (4, 3, 1, 3)
    (row,) = run["rejected"]["rows"]
    assert (row["line"], row["cells"][0]) == (5, "L-009")
    assert "title" in row["reason"]
    assert run["columns"][:2] == ["sku", "title"]
    assert run["rejected"]["next_url"] is None
    assert set(await feed.offers()) == {"L-001", "L-002", "L-003"}


async def test_the_same_bytes_again_cost_nothing_and_confirm_the_stock():
    feed = await feeds.feed(transport="api")
    text = feeds.rows(*feeds.lamps(2))
    async with machine(feed.supplier) as vera:
        first = await vera.send(feed, text)
        await drain()
        again = await vera.send(feed, text)
        assert again.json()["id"] != first.json()["id"]
        await drain()
        run = await vera.run(again)
    assert (run["state"], run["counts"]["rows"]) == ("unchanged", 0)
    assert run["finished_at"] is not None


async def test_a_file_sent_again_while_it_waits_is_one_run():
    feed = await feeds.feed(transport="api")
    text = feeds.rows(*feeds.lamps(2))
    async with machine(feed.supplier) as vera:
        answers = await asyncio.gather(*(vera.send(feed, text) for _ in range(4)))
    assert {a.status_code for a in answers} == {202}
    assert len({a.json()["id"] for a in answers}) == 1


async def test_a_delivery_is_started_once_under_its_key_whatever_happened_since():
    feed = await feeds.feed(transport="api")
    first, second = feeds.rows(*feeds.lamps(2)), feeds.rows(*feeds.lamps(3))
    async with machine(feed.supplier) as vera:
        one = await vera.send(feed, first, idempotency_key="monday-0600")
        await drain()
        await vera.send(feed, second, idempotency_key="monday-0700")
        await drain()
        again = await vera.send(feed, first, idempotency_key="monday-0600")
        assert (again.status_code, again.json()["id"]) == (202, one.json()["id"])
        other = await vera.send(feed, second, idempotency_key="monday-0600")
        assert code(other) == (422, "key-reused")
        bad = await vera.send(feed, second, idempotency_key="two words")
        assert code(bad) == (422, "invalid")
        assert bad.json()["errors"][0]["name"] == "Idempotency-Key"
    assert len(await feed.offers()) == 3


async def test_a_newer_file_takes_the_place_of_one_that_waits():
    feed = await feeds.feed(transport="api")
    async with machine(feed.supplier) as vera:
        first = await vera.send(feed, feeds.rows(*feeds.lamps(2)), idempotency_key="0600")
        second = await vera.send(feed, feeds.rows(*feeds.lamps(3)), idempotency_key="0700")
        assert (first.status_code, second.status_code) == (202, 202)
        await drain()
        old, new = await vera.run(first), await vera.run(second)
        assert (old["state"], old["ended"], old["message"]) == (
            "dropped", True, "A newer file came before this one was begun.")  # fmt: skip
        assert (new["state"], len(await feed.offers())) == ("applied", 3)
        again = await vera.send(feed, feeds.rows(*feeds.lamps(2)), idempotency_key="0600")
        assert again.json()["id"] == first.json()["id"], "the delivery is known, and done with"


async def test_an_older_file_does_not_take_the_place_of_a_newer_one_that_waits():
    feed = await feeds.feed(transport="api")
    async with machine(feed.supplier) as vera:
        await vera.send(feed, feeds.rows(*feeds.lamps(3)))
        hour_ago = (now() - timedelta(hours=1)).isoformat()
        assert code(await vera.send(feed, feeds.rows(*feeds.lamps(2)), source_time=hour_ago)) == (
            429,
            "feed-busy",
        )
        await drain()
    assert len(await feed.offers()) == 3


async def test_of_files_that_hold_only_what_changed_none_is_skipped():
    feed = await feeds.feed(transport="api", vanished="keep")
    async with machine(feed.supplier) as vera:
        await vera.send(feed, feeds.rows(feeds.lamp(1)))
        assert code(await vera.send(feed, feeds.rows(feeds.lamp(2)))) == (429, "feed-busy")
        await drain()
        assert (await vera.send(feed, feeds.rows(feeds.lamp(2)))).status_code == 202
        await drain()
    assert set(await feed.offers()) == {"L-001", "L-002"}


async def test_another_file_while_one_is_read_is_told_to_wait_and_not_kept(tmp_path):
    feed = await feeds.feed(transport="api")
    late = tmp_path / "late.csv"
    late.write_text(feeds.rows(feeds.lamp(title=world.unique("lamp"))))
    digest = key_of(late).partition(":")[2]
    async with machine(feed.supplier) as vera:
        run = (await vera.send(feed, feeds.rows(*feeds.lamps(2)))).json()["id"]
        await change("feed_run", run, state="fetching")
        answer = await vera.send(feed, late.read_bytes())
        assert code(answer) == (429, "feed-busy")
        assert int(answer.headers["retry-after"]) > 0
        assert not await media_store(AREA).exists(digest)
        await change("feed_run", run, state="pending")
        await drain()
        assert (await vera.send(feed, late.read_bytes())).status_code == 202
        assert await media_store(AREA).exists(digest)


async def test_the_time_the_numbers_are_true_of_is_taken_from_the_sender():
    feed = await feeds.feed(transport="api")
    moment = (now() - timedelta(hours=5)).replace(microsecond=0)
    async with machine(feed.supplier) as vera:
        answer = await vera.send(
            feed, feeds.rows(*feeds.lamps(1)), source_time=moment.isoformat().replace("+00:00", "Z")
        )
        await drain()
        assert (await vera.run(answer))["state"] == "applied"
    assert (await feed.offer())["as_of"] == moment


@pytest.mark.parametrize(
    "said", ["yesterday", "2026-03-01T06:00:00", "2999-01-01T00:00:00Z", "2001-01-01T00:00:00Z"]
)
async def test_a_time_that_cannot_be_is_refused_before_anything_is_kept(said):
    feed = await feeds.feed(transport="api")
    async with machine(feed.supplier) as vera:
        answer = await vera.send(feed, feeds.rows(*feeds.lamps(1)), source_time=said)
        assert code(answer) == (422, "invalid")
        assert answer.json()["errors"][0]["name"] == "Source-Time"
    assert await feeds.events("feed_run.wanted", feed.supplier) == []


async def test_a_form_with_one_file_and_a_gzipped_body_are_read_too():
    feed = await feeds.feed(transport="api")
    text = feeds.rows(*feeds.lamps(2))
    async with machine(feed.supplier) as vera:
        sent = await vera.wire.post(
            f"/api/v1/feeds/{feed.id}/files",
            data={"comment": "x" * 5_000},
            files={"file": ("C:\\exports\\lamps.csv", text, "text/csv")},
            headers={"Authorization": f"Bearer {vera.key}"},
        )
        assert sent.status_code == 202
        await drain()
        run = await vera.run(sent)
        assert (run["state"], run["file"]["name"]) == ("applied", "lamps.csv")
        packed = await vera.send(
            feed,
            gzip.compress(feeds.rows(*feeds.lamps(4)).encode()),
            content_encoding="gzip",
            content_type="text/csv",
        )
        await drain()
        assert (await vera.run(packed))["counts"]["rows"] == 4


@pytest.mark.parametrize(
    ("headers", "body", "said"),
    [
        ({"content_type": "image/png"}, b"x", (415, "wrong-type")),
        ({"content_type": "text/html; charset=utf-8"}, b"x", (415, "wrong-type")),
        ({"content_encoding": "br"}, b"x", (415, "wrong-type")),
        ({"content_type": "multipart/form-data"}, b"x", (400, "bad-request")),
        ({"content_type": "multipart/form-data; boundary=b"}, b"x", (400, "bad-request")),
        ({"content_type": "multipart/form-data; boundary=b"}, b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--b--\r\n', (400, "bad-request")),
        ({"content_type": "multipart/form-data; boundary=b"}, b'--b\r\nContent-Disposition: form-data; name="a"; filename="f"\r\n\r\nhalf', (400, "bad-request")),
        ({}, b"", (422, "empty-file")),
    ],
)  # fmt: skip
async def test_what_is_no_file_is_refused_by_name_and_starts_nothing(headers, body, said):
    feed = await feeds.feed(transport="api")
    async with machine(feed.supplier) as vera:
        assert code(await vera.send(feed, body, **headers)) == said
    assert await feeds.events("feed_run.wanted", feed.supplier) == []


async def test_curls_own_idea_of_the_type_does_no_harm():
    """`curl --data-binary @file` says application/x-www-form-urlencoded unless it is told otherwise."""
    feed = await feeds.feed(transport="api")
    async with machine(feed.supplier) as vera:
        answer = await vera.send(
            feed, feeds.rows(*feeds.lamps(2)), content_type="application/x-www-form-urlencoded"
        )
        await drain()
        assert (await vera.run(answer))["state"] == "applied"


async def test_a_file_over_the_cap_is_refused_by_its_length_or_when_it_gets_there(monkeypatch):
    feed = await feeds.feed(transport="api")
    monkeypatch.setattr("litestar.handlers.HTTPRouteHandler.resolve_request_max_body_size", lambda _: 1_000)

    async def endless():
        while True:
            yield b"x" * 400

    async with machine(feed.supplier) as vera:
        assert code(await vera.send(feed, b"x" * 1_001)) == (413, "too-large")
        assert code(await vera.send(feed, endless())) == (413, "too-large")


async def test_a_sender_that_falls_silent_is_given_up(monkeypatch):
    monkeypatch.setattr(bodies, "SILENCE_SECONDS", 0.05)
    feed = await feeds.feed(transport="api")

    async def stuck():
        yield b"sku,title\n"
        await asyncio.sleep(5)

    async with machine(feed.supplier) as vera:
        assert code(await vera.send(feed, stuck())) == (408, "too-slow")


async def test_a_file_that_cannot_be_read_says_where_it_is_broken():
    feed = await feeds.feed(transport="api")
    async with machine(feed.supplier) as vera:
        answer = await vera.send(feed, "<rss><channel><item></channel></rss>", content_type="application/xml")
        await drain()
        run = await vera.run(answer)
    assert (run["state"], run["file"]["name"]) == ("failed", "feed.xml")
    assert run["failure"]["line"] == 1
    assert run["failure"]["detail"]
    assert run["message"] is None


async def test_a_held_run_says_why_and_where_a_person_decides():
    feed = await feeds.feed(transport="api")
    async with machine(feed.supplier) as vera:
        await vera.send(feed, feeds.rows(*feeds.lamps(40)))
        await drain()
        answer = await vera.send(feed, feeds.rows(*feeds.lamps(5)))
        await drain()
        run = await vera.run(answer)
        health = (await vera.get(f"/api/v1/feeds/{feed.id}")).json()["health"]
    assert (run["state"], run["ended"], health) == ("held", True, "held")
    (brake,) = run["held_because"]
    assert (brake["alarm"], brake["count"], brake["of"]) == ("vanished", 35, 40)
    assert brake["detail"].startswith("35 of 40 offers are gone from the file (87.5%; the limit is ")
    assert run["page_url"].startswith("/portal/vera-")


async def test_rejected_rows_are_paged_in_the_order_of_the_file():
    feed = await feeds.feed(transport="api")
    wrong = [{"sku": f"W-{n:03}", "title": "", "price": "1", "quantity": "1"} for n in range(60)]
    async with machine(feed.supplier) as vera:
        answer = await vera.send(feed, feeds.rows(*feeds.lamps(2), *wrong))
        await drain()
        run = await vera.run(answer)
        seen = run["rejected"]["rows"]
        assert len(seen) == 50
        following = run["rejected"]["next_url"]
        while following:
            page = (await vera.get(following.replace("limit=50", "limit=4"))).json()
            seen += page["rows"]
            following = page["next_url"]
        assert [row["line"] for row in seen] == list(range(4, 64))
        assert code(await vera.get(f"/api/v1/runs/{run['id']}/rows", after="x")) == (422, "invalid")
        assert code(await vera.get(f"/api/v1/runs/{run['id']}/rows", limit="0")) == (400, "bad-request")
