"""A feed is fetched from its server: unchanged costs one request, and what goes wrong has a name."""

import asyncio
import gzip
from contextvars import Context
from datetime import timedelta

import pytest

from marketplace.kernel import json
from marketplace.kernel.vault import seal
from marketplace.sourcing.change_feed import change_feed
from marketplace.sourcing.sync import run as applying
from tests.support.feeds import Feed, events, feed, lamps, rows
from tests.support.loopback import Server, answer, saying, serving

pytestmark = pytest.mark.usefixtures("database")
CSV = rows(*lamps(3)).encode()


@pytest.fixture
def allow(monkeypatch: pytest.MonkeyPatch):
    def open_to(server: Server) -> None:
        monkeypatch.setenv("FETCH_ALLOW", f"127.0.0.1:{server.port}")

    return open_to


async def at(server: Server, path: str = "/feed.csv", **more) -> Feed:
    return await feed(transport="http", url=server.url(path), **more)


async def test_an_etag_makes_an_unchanged_file_cost_one_request_without_a_body(allow):
    async with serving(
        saying(answer(200, CSV, etag='"one"', last_modified="Mon, 02 Nov 2026 10:00:00 GMT"), answer(304))
    ) as server:
        allow(server)
        vera = await at(server)
        first, second = await vera.fetch(), await vera.fetch()
    assert (first["state"], second["state"]) == ("applied", "unchanged")
    assert [a.headers.get("if-none-match") for a in server.asked] == [None, '"one"']
    assert first["source_time"].isoformat() == "2026-11-02T10:00:00+00:00"


async def test_another_address_given_while_a_file_is_read_is_not_asked_whether_that_file_changed(
    allow, monkeypatch
):
    write = applying._write

    async def while_it_writes(*run):
        moved = change_feed(vera.supplier, vera.id, url=server.url("/moved.csv"), by="Vera")
        await asyncio.create_task(moved, context=Context())
        return await write(*run)

    monkeypatch.setattr(applying, "_write", while_it_writes)
    async with serving(
        saying(
            answer(200, CSV, etag='"one"', last_modified="Mon, 02 Nov 2026 10:00:00 GMT"), answer(200, CSV)
        )
    ) as server:
        allow(server)
        vera = await at(server)
        await vera.fetch()
        await vera.fetch()
    assert [a.target for a in server.asked] == ["/feed.csv", "/moved.csv"]
    assert {"if-none-match", "if-modified-since"}.isdisjoint(server.asked[1].headers)


async def test_the_same_bytes_without_an_etag_are_unchanged_too_and_confirm_the_stock(allow):
    async with serving(saying(answer(200, CSV))) as server:
        allow(server)
        vera = await at(server)
        await vera.fetch()
        run = await vera.fetch()
    assert (run["state"], len(server.asked)) == ("unchanged", 2)
    assert (await vera.offer())["as_of"] == run["source_time"]


async def test_a_new_mapping_reads_the_same_file_again(allow):
    async with serving(saying(answer(200, CSV, etag='"one"'))) as server:
        allow(server)
        vera = await at(server)
        await vera.fetch()
        mapping = json.loads(await vera.value("mapping"))
        mapping["columns"]["brand"] = "title"
        await vera.set(mapping=json.dumps(mapping), mapping_version=2)
        run = await vera.fetch()
    assert (run["state"], run["changed"]) == ("applied", 3)
    assert server.asked[1].headers.get("if-none-match") is None


async def test_credentials_are_sealed_and_sent(allow):
    async with serving(saying(answer(200, CSV))) as server:
        allow(server)
        vera = await at(server)
        sealed = seal(json.dumps({"kind": "bearer", "secret": "s3cret"}), about=f"feed:{vera.id}")
        await vera.set(credentials=sealed)
        assert (await vera.fetch())["state"] == "applied"
    assert server.asked[0].headers["authorization"] == "Bearer s3cret"


async def test_credentials_of_another_feed_do_not_open(allow):
    async with serving(saying(answer(200, CSV))) as server:
        allow(server)
        vera = await at(server)
        await vera.set(credentials=seal("{}", about="feed:0"))
        run = await vera.fetch()
    assert (run["state"], run["error"], len(server.asked)) == ("failed", "secret_unreadable", 0)


async def test_a_gzipped_feed_is_read(allow):
    async with serving(saying(answer(200, gzip.compress(CSV)))) as server:
        allow(server)
        assert (await (await at(server, "/feed.csv.gz")).fetch())["new"] == 3


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (answer(404, b"gone"), "bad_status"),
        (answer(200, b""), "empty"),
        (
            answer(
                200, b"<!doctype html><html><body><h1>Log in</h1></body></html>", content_type="text/html"
            ),
            "html",
        ),
        (answer(302, b"", location="http://169.254.169.254/latest/meta-data"), "refused_address"),
        (
            b"HTTP/1.1 200 OK\r\ncontent-length: 9000\r\nconnection: close\r\n\r\nsku,title\n1,Lamp\n",
            "cut_short",
        ),
        (answer(200, b'<?xml version="1.0"?><rss version="2.0"><channel><item><title>Lamp</title>'), None),
        (answer(200, b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "b">]><rss><channel/></rss>'), None),
        (answer(200, b"\x89PNG\r\n\x1a\n0000"), "container"),
    ],
)
async def test_what_goes_wrong_is_named_and_changes_nothing(allow, said, code):
    async with serving(saying(answer(200, CSV), said)) as server:
        allow(server)
        vera = await at(server)
        await vera.fetch()

        async def close_after(asked, writer):  # a server that hangs up in the middle
            writer.write(said)
            await writer.drain()
            if b"connection: close" in said:
                writer.close()

        async with serving(close_after) as broken:
            allow(broken)
            await vera.set(url=broken.url())
            run = await vera.fetch()
    assert run["state"] == "failed"
    assert run["error"] == (code or run["error"])
    assert len(run["message"]) > 10
    assert len(await vera.offers()) == 3
    assert await vera.value("failures") == 1


async def test_broken_xml_says_where(allow):
    body = b'<?xml version="1.0"?>\n<rss version="2.0"><channel>\n<item><title>Lamp</title><g:id>1</g:id></item>\n<item></rss>'
    async with serving(saying(answer(200, body))) as server:
        allow(server)
        run = await (await at(server)).fetch()
    assert run["state"] == "failed"
    assert run["error_line"] in (3, 4)
    assert run["error_column"]


async def test_a_private_address_is_refused_by_default():
    async with serving(saying(answer(200, CSV))) as server:
        vera = await at(server)
        run = await vera.fetch()
    assert (run["state"], run["error"], server.connections) == ("failed", "refused_address", 0)


async def test_people_hear_of_the_third_failure_in_a_row_and_the_feed_is_asked_less_often(allow):
    async with serving(saying(answer(500))) as server:
        allow(server)
        vera = await at(server)
        await vera.set(every_minutes=60)
        for _ in range(4):
            await vera.fetch()
        assert [e["feed"] for e in await events("feed.failing", vera.supplier)] == [vera.id]
        assert await vera.value("failures") == 4
        allow(server)
        async with serving(saying(answer(200, CSV))) as good:
            allow(good)
            await vera.set(url=good.url())
            await vera.fetch()
    assert await vera.value("failures") == 0


async def test_a_run_that_is_dropped_while_it_fetches_stops_and_writes_nothing(allow):
    from marketplace.sourcing.drop_run import drop_run
    from marketplace.sourcing.start_run import start_run
    from marketplace.sourcing.sync_feed import sync_feed

    asked = asyncio.Event()

    async def silent(request, writer):
        asked.set()
        await asyncio.Event().wait()

    async with serving(silent) as server:
        allow(server)
        vera = await at(server)
        run = await start_run(vera.supplier, vera.id)
        work = asyncio.create_task(sync_feed(vera.supplier, run))
        await asked.wait()
        await drop_run(vera.supplier, run, by="Vera")
        assert await work is None
    assert (await vera.run(run))["state"] == "dropped"
    assert await vera.offers() == {}


@pytest.mark.parametrize("said", ["Thu, 01 Jan 1970 00:00:00 GMT", "Tue, 01 Jan 1980 00:00:00 GMT"])
async def test_a_server_whose_clock_was_never_set_does_not_make_the_stock_half_a_century_old(allow, said):
    """Some say so to keep caches away."""
    async with serving(saying(answer(200, CSV, last_modified=said))) as server:
        allow(server)
        vera = await at(server)
        run = await vera.fetch()
    assert run["state"] == "applied"
    assert run["source_time"] > run["created_at"] - timedelta(minutes=5)
