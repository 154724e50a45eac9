"""A demo supplier's server, asked over real sockets: conditional feeds, pictures, stock that moves, and clear refusals."""

import asyncio
import csv
import io
import os
import re
import signal
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from marketplace.demo.feed_server import Site
from marketplace.demo.serving.export import Export
from marketplace.demo.serving.gallery import Gallery
from marketplace.demo.serving.http import HEAD_LIMIT, talk
from marketplace.demo.serving.movement import DIALECTS, Movement, overlaid, stock_of
from marketplace.demo.world import WORLD
from marketplace.demo.write_feeds import feed_path
from marketplace.demo.writing.nordhavn import QUANTITY_COLUMN, STATUS_COLUMN

NOON = datetime(2026, 11, 23, 12, 0, 10, tzinfo=UTC)


class Clock:
    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


class Client:
    """Speaks plain HTTP to one address."""

    def __init__(self, port: int, clock: Clock) -> None:
        self.port, self.clock = port, clock

    async def raw(self, sent: bytes) -> tuple[int, dict[str, str], bytes]:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(sent)
        await writer.drain()
        answer = await asyncio.wait_for(reader.read(), 30)
        writer.close()
        head, _, body = answer.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines[1:])}
        return int(lines[0].split(" ")[1]), headers, body

    async def get(self, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
        more = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
        return await self.raw(
            f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{more}\r\n".encode()
        )


async def _client(supplier: str, folder: Path, move_every: int) -> AsyncIterator[Client]:
    clock = Clock()
    one = WORLD.supplier(supplier)
    export = Export(supplier, feed_path(supplier), "http://localhost:9999", move_every=move_every, now=clock)
    site = Site(one, export, Gallery(folder / "demo-pictures"))
    server = await asyncio.start_server(
        lambda r, w: talk(site.answer, r, w), "127.0.0.1", 0, limit=HEAD_LIMIT
    )
    async with server:
        yield Client(server.sockets[0].getsockname()[1], clock)


@pytest.fixture
async def still(tmp_path: Path) -> AsyncIterator[Client]:
    async for client in _client("verrier", tmp_path, 0):
        yield client


@pytest.fixture
async def moving(tmp_path: Path) -> AsyncIterator[Client]:
    async for client in _client("nordhavn", tmp_path, 20):
        yield client


FEED = WORLD.supplier("verrier").feed.path
LIST = WORLD.supplier("nordhavn").feed.path


async def test_a_feed_comes_with_its_addresses_filled_in_and_its_kind_told(still: Client) -> None:
    status, headers, body = await still.get(FEED)
    assert status == 200
    assert headers["content-type"].startswith("application/rss+xml")
    assert int(headers["content-length"]) == len(body)
    assert b"{port}" not in body
    assert b"http://localhost:9999/pictures/" in body
    assert b"<lastBuildDate>2026-11-23T12:00:00Z</lastBuildDate>" in body
    assert headers["last-modified"] == "Mon, 23 Nov 2026 12:00:00 GMT"


async def test_an_asker_who_has_it_is_told_so_in_a_few_bytes(still: Client) -> None:
    _, headers, _ = await still.get(FEED)
    for asked in (
        {"If_None_Match": headers["etag"]},
        {"If_None_Match": f'"old", W/{headers["etag"]}'},
        {"If_None_Match": "*"},
        {"If_Modified_Since": headers["last-modified"]},
    ):
        status, again, body = await still.get(FEED, **asked)
        assert (status, body) == (304, b"")
        assert again["etag"] == headers["etag"]


async def test_an_asker_who_has_something_else_gets_the_feed(still: Client) -> None:
    _, headers, _ = await still.get(FEED)
    for asked in (
        {"If_None_Match": '"other"'},
        {"If_Modified_Since": "Mon, 23 Nov 2026 11:59:59 GMT"},
        {"If_Modified_Since": "yesterday"},
        {"If_None_Match": '"other"', "If_Modified_Since": headers["last-modified"]},
    ):
        assert (await still.get(FEED, **asked))[0] == 200


async def test_the_supplier_exports_anew_every_hour(still: Client) -> None:
    _, before, _ = await still.get(FEED)
    still.clock.now += timedelta(minutes=59)
    assert (await still.get(FEED, If_None_Match=before["etag"]))[0] == 304
    still.clock.now += timedelta(minutes=1)
    status, after, _ = await still.get(FEED, If_None_Match=before["etag"])
    assert status == 200
    assert after["last-modified"] == "Mon, 23 Nov 2026 13:00:00 GMT"


async def test_stock_moves_while_you_watch(moving: Client) -> None:
    _, before, old = await moving.get(LIST)
    moving.clock.now += timedelta(seconds=19)
    assert (await moving.get(LIST, If_None_Match=before["etag"]))[0] == 304
    moving.clock.now += timedelta(seconds=1)
    status, after, new = await moving.get(LIST, If_None_Match=before["etag"])
    assert status == 200
    assert after["etag"] != before["etag"]
    assert after["last-modified"] == "Mon, 23 Nov 2026 12:00:30 GMT"
    changed = [(a, b) for a, b in zip(_rows(old), _rows(new), strict=True) if a != b]
    assert 1 <= len(changed) <= 20
    for a, b in changed:
        assert _without_stock(a) == _without_stock(b), "only stock moves"


async def test_a_picture_is_drawn_once_and_kept_for_the_next_start(still: Client, tmp_path: Path) -> None:
    path = "/pictures/mug-galet-chalk-main.png"
    status, headers, body = await still.get(path)
    assert (status, headers["content-type"]) == (200, "image/png")
    assert body.startswith(b"\x89PNG")
    kept = list((tmp_path / "demo-pictures").iterdir())
    assert [file.name.split(".")[0] for file in kept] == ["mug-galet-chalk-main"]
    stamp = kept[0].stat().st_mtime_ns
    assert (await still.get(path))[2] == body
    assert (await still.get(path, If_None_Match=headers["etag"]))[0] == 304
    png, etag = await Gallery(tmp_path / "demo-pictures").picture("mug-galet-chalk", "main")
    assert (png, etag) == (body, headers["etag"])
    assert kept[0].stat().st_mtime_ns == stamp


@pytest.mark.parametrize(
    "path",
    [
        "/pictures/no-such-thing-main.png",
        "/pictures/mug-galet-chalk-back.png",
        "/pictures/../../etc/passwd",
        "/%2e%2e/x",
        "/feed",
    ],
)
async def test_what_is_not_there_is_not_found(still: Client, path: str) -> None:
    assert (await still.get(path))[0] == 404


async def test_a_person_sees_whose_server_it_is(moving: Client) -> None:
    status, headers, body = await moving.get("/")
    assert (status, headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert b"Nordhavn Supply" in body
    assert b"every 20 seconds" in body
    assert (await moving.get("/health"))[0] == 200


async def test_asking_for_the_head_gives_no_body(still: Client) -> None:
    status, headers, body = await still.get(FEED, method="HEAD")
    assert (status, body) == (200, b"")
    assert int(headers["content-length"]) > 100_000


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"POST / HTTP/1.1\r\nConnection: close\r\n\r\n", 405),
        (b"GET / HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello", 400),
        (b"hello\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nno colon here\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nX: " + b"x" * 20_000 + b"\r\n\r\n", 400),
        (b"GET /health HTTP/1.0\r\n\r\n", 200),
    ],
)
async def test_odd_requests_are_answered_and_closed(still: Client, sent: bytes, status: int) -> None:
    assert (await still.raw(sent))[0] == status


async def test_one_connection_carries_several_requests(still: Client) -> None:
    twice = b"GET /health HTTP/1.1\r\n\r\nGET /health HTTP/1.1\r\nConnection: close\r\n\r\n"
    _, _, rest = await still.raw(twice)
    assert rest.count(b"HTTP/1.1 200 OK") == 1


def test_the_same_ticks_give_the_same_stock_and_never_less_than_none() -> None:
    stock = {f"A{i}": i % 7 for i in range(300)}
    one, other = Movement("seed", dict(stock)), Movement("seed", dict(stock))
    one.advance_to(400)
    for tick in range(0, 401, 7):
        other.advance_to(tick)
    other.advance_to(400)
    assert one.stock == other.stock
    assert one.stock != stock
    assert min(one.stock.values()) >= 0
    assert sum(quantity > 0 for quantity in one.stock.values()) > 200, "pallets arrive too"


def test_a_row_with_an_unexplained_word_is_left_as_it_is() -> None:
    dialect, body = DIALECTS["nordhavn"], feed_path("nordhavn").read_bytes()
    stock = stock_of(body, dialect)
    odd = [row for row in _rows(body) if row[STATUS_COLUMN] in ("Spørg Jens", "Kontakt lager")]
    assert len(odd) == 2
    changed = _rows(overlaid(body, dialect, dict.fromkeys(stock, 3) | {row[0]: 3 for row in odd}))
    assert all(row in changed for row in odd)
    assert sum(row[QUANTITY_COLUMN] == "3" and row[STATUS_COLUMN] == "Få på lager" for row in changed) > 600


def test_an_edit_of_the_file_shows_at_once(tmp_path: Path) -> None:
    path = tmp_path / "petit-bois.json"
    path.write_bytes(feed_path("petit-bois").read_bytes())
    export = Export("petit-bois", path, "http://localhost:1", now=Clock())
    before = export.current()
    assert export.current() is before
    path.write_bytes(path.read_bytes().replace(b"Petit Bois", b"Petit  Bois"))
    os.utime(path, ns=(1, 1))
    assert export.current().etag != before.etag


async def test_the_command_serves_until_it_is_told_to_stop(tmp_path: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "marketplace.demo.feed_server", "--supplier", "petit-bois", "--port", "0"),
        *("--data-dir", str(tmp_path)),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    said = (await asyncio.wait_for(process.stdout.readline(), 60)).decode()
    found = re.fullmatch(r"Petit Bois at http://localhost:(\d+)/catalogue\.json\n", said)
    assert found, said
    status, _, body = await Client(int(found[1]), Clock()).get("/catalogue.json")
    assert status == 200
    assert f"http://localhost:{found[1]}/pictures/".encode() in body
    _, kept_open = await asyncio.open_connection("127.0.0.1", int(found[1]))
    process.send_signal(signal.SIGTERM)
    assert await asyncio.wait_for(process.wait(), 30) == 0
    kept_open.close()
    assert b"Traceback" not in await process.stderr.read()


async def test_a_port_that_is_taken_is_named(still: Client, tmp_path: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        *(
            sys.executable,
            "-m",
            "marketplace.demo.feed_server",
            "--supplier",
            "verrier",
            "--port",
            str(still.port),
        ),
        *("--data-dir", str(tmp_path)),
        stderr=asyncio.subprocess.PIPE,
    )
    _, said = await asyncio.wait_for(process.communicate(), 60)
    assert process.returncode == 1
    assert f"cannot listen on port {still.port}" in said.decode()


def _rows(body: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(body.decode("cp1252"), newline=""), delimiter=";"))[1:]


def _without_stock(row: list[str]) -> list[str]:
    return [cell for i, cell in enumerate(row) if i not in (QUANTITY_COLUMN, STATUS_COLUMN)]
