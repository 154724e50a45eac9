"""Fetching a file from a real server on loopback: what is kept, and how each trouble is told."""

import asyncio
import gzip
import hashlib
import resource
import zlib
from datetime import UTC, datetime, timedelta

import pytest

from marketplace.kernel import outside as module
from marketplace.kernel.fetching import (
    Auth,
    BadAnswer,
    BadEncoding,
    BadStatus,
    BadUrl,
    ConnectFailed,
    CutShort,
    FetchFailed,
    NotStored,
    RefusedAddress,
    Timeout,
    TooLarge,
    TooSlow,
)
from marketplace.kernel.outside import Outside
from tests.support.loopback import answer, calm, reach_to, saying, serving

CSV = b"sku;title;stock\n1;Mug;4\n"


async def fetch(server, tmp_path, path="/feed.csv", silence=5.0, manners=None, **how):
    how.setdefault("into", tmp_path / "feed.csv")
    async with Outside(reach=reach_to(server), manners=manners or calm(), silence=silence) as outside:
        return await outside.fetch(server.url(path), **how)


async def test_a_file_is_kept_with_all_that_is_known_of_it(tmp_path):
    said = {"etag": '"v1"', "last_modified": "Mon, 23 Nov 2026 08:00:00 GMT", "content_type": "text/csv"}
    async with serving(saying(answer(200, CSV, **said))) as server:
        got = await fetch(server, tmp_path)
    assert got.status == "ok"
    assert got.path.read_bytes() == CSV
    assert (got.sha256, got.bytes) == (hashlib.sha256(CSV).hexdigest(), len(CSV))
    assert (got.etag, got.last_modified, got.content_type) == tuple(said.values())
    assert got.modified == datetime(2026, 11, 23, 8, tzinfo=UTC)
    assert datetime.now(UTC) - got.fetch_started < timedelta(seconds=30)
    assert [p.name for p in tmp_path.iterdir()] == ["feed.csv"]


async def test_the_short_form_fetches_what_the_environment_allows_and_nothing_else(tmp_path, monkeypatch):
    async with serving(saying(answer(200, CSV))) as server:
        monkeypatch.delenv("FETCH_ALLOW", raising=False)
        with pytest.raises(RefusedAddress):
            await module.fetch(server.url(), into=tmp_path / "f")
        assert server.connections == 0
        monkeypatch.setenv("FETCH_ALLOW", f"127.0.0.1:{server.port}")
        assert (await module.fetch(server.url(), into=tmp_path / "f")).bytes == len(CSV)


async def test_an_unchanged_file_costs_one_request_and_leaves_the_old_one(tmp_path):
    (tmp_path / "feed.csv").write_bytes(b"old")
    async with serving(saying(answer(304, etag='"v1"'))) as server:
        got = await fetch(server, tmp_path, etag='"v1"', last_modified="Mon, 23 Nov 2026 08:00:00 GMT")
    assert (got.status, got.path, got.etag) == ("unchanged", None, '"v1"')
    assert got.last_modified == "Mon, 23 Nov 2026 08:00:00 GMT"
    assert server.asked[0].headers["if-none-match"] == '"v1"'
    assert server.asked[0].headers["if-modified-since"] == "Mon, 23 Nov 2026 08:00:00 GMT"
    assert (tmp_path / "feed.csv").read_bytes() == b"old"


async def test_a_304_that_nobody_asked_for_is_a_failure(tmp_path):
    async with serving(saying(answer(304))) as server:
        with pytest.raises(BadStatus):
            await fetch(server, tmp_path)


async def test_the_same_bytes_again_are_unchanged_even_when_the_server_does_not_know(tmp_path):
    async with serving(saying(answer(200, CSV, etag='"v2"'))) as server:
        got = await fetch(server, tmp_path, sha256=hashlib.sha256(CSV).hexdigest())
    assert (got.status, got.etag) == ("unchanged", '"v2"')
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("gzip", gzip.compress(CSV, mtime=0)),
        ("x-gzip", gzip.compress(CSV, mtime=0)),
        ("gzip", gzip.compress(CSV[:9], mtime=0) + gzip.compress(CSV[9:], mtime=0) + b"\0\0\0"),
        ("deflate", zlib.compress(CSV)),
        ("deflate", zlib.compress(CSV, wbits=-15)),
        ("gzip", CSV),  # claimed, not done
        ("identity", CSV),
    ],
)
async def test_packed_answers_are_unpacked(tmp_path, encoding, packed):
    async with serving(saying(answer(200, packed, content_encoding=encoding))) as server:
        got = await fetch(server, tmp_path)
    assert got.path.read_bytes() == CSV
    assert server.asked[0].headers["accept-encoding"] == "gzip, deflate"


async def test_a_bomb_meets_the_cap_on_unpacked_bytes(tmp_path):
    bomb = gzip.compress(bytes(50_000_000))
    assert len(bomb) < 60_000
    async with serving(saying(answer(200, bomb, content_encoding="gzip"))) as server:
        with pytest.raises(TooLarge) as failure:
            await fetch(server, tmp_path, max_bytes=1_000_000)
    assert "1000000 bytes" in str(failure.value)
    assert list(tmp_path.iterdir()) == []


async def test_endless_empty_gzip_members_meet_the_cap_too(tmp_path):
    async with serving(
        saying(answer(200, gzip.compress(b"", mtime=0) * 9000, content_encoding="gzip"))
    ) as server:
        with pytest.raises(TooLarge):
            await fetch(server, tmp_path, max_bytes=100_000)


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip"])
async def test_an_encoding_we_did_not_ask_for_is_refused(tmp_path, encoding):
    async with serving(saying(answer(200, CSV, content_encoding=encoding))) as server:
        with pytest.raises(BadEncoding):
            await fetch(server, tmp_path)


async def test_damaged_packing_is_told_apart_from_a_cut(tmp_path):
    packed = gzip.compress(CSV * 50, mtime=0)
    damaged = packed[:20] + b"\xff\xff\xff" + packed[23:]
    said = [answer(200, data, content_encoding="gzip") for data in (damaged, packed[:-9])]
    async with serving(saying(*said)) as server:
        with pytest.raises(BadEncoding):
            await fetch(server, tmp_path)
        with pytest.raises(CutShort):
            await fetch(server, tmp_path)


async def test_a_declared_length_over_the_cap_is_refused_before_the_body(tmp_path):
    head = b"HTTP/1.1 200 OK\r\ncontent-length: 9000000000\r\n\r\n"
    async with serving(saying(head)) as server:
        with pytest.raises(TooLarge):
            await fetch(server, tmp_path, max_bytes=10_000)


async def test_half_a_file_is_not_a_file(tmp_path):
    async def half(asked, writer):
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 5000\r\n\r\n" + CSV)
        writer.close()

    async with serving(half) as server:
        with pytest.raises(CutShort):
            await fetch(server, tmp_path)
    assert list(tmp_path.iterdir()) == []


async def test_a_failed_fetch_leaves_the_file_that_was_there(tmp_path):
    (tmp_path / "feed.csv").write_bytes(b"old")
    async with serving(saying(answer(200, CSV))) as server:
        with pytest.raises(TooLarge):
            await fetch(server, tmp_path, max_bytes=5)
    assert (tmp_path / "feed.csv").read_bytes() == b"old"


async def test_an_endless_slow_server_is_stopped_by_the_deadline(tmp_path):
    async def drip(asked, writer):
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            writer.write(b"x;")
            await writer.drain()
            await asyncio.sleep(0.02)

    async with serving(drip) as server:
        with pytest.raises(TooSlow) as failure:
            await fetch(server, tmp_path, max_seconds=0.3)
    assert failure.value.passing
    assert list(tmp_path.iterdir()) == []


async def test_a_silent_server_is_a_timeout(tmp_path):
    async def silent(asked, writer):
        await asyncio.sleep(30)

    async with serving(silent) as server:
        with pytest.raises(Timeout):
            await fetch(server, tmp_path, silence=0.2)


async def test_a_server_that_keeps_redirecting_slowly_meets_the_same_deadline(tmp_path):
    async def slowly_elsewhere(asked, writer):
        await asyncio.sleep(0.15)
        writer.write(answer(302, location="/again"))

    async with serving(slowly_elsewhere) as server:
        with pytest.raises(TooSlow):
            await fetch(server, tmp_path, max_seconds=0.4)
    assert len(server.asked) < 5


@pytest.mark.parametrize("status", [204, 206, 300, 400, 401, 403, 404, 410, 500, 503])
async def test_another_status_is_told_in_words(tmp_path, status):
    async with serving(saying(answer(status))) as server:
        with pytest.raises(BadStatus) as failure:
            await fetch(server, tmp_path)
    assert failure.value.status == status
    assert str(status) in str(failure.value)
    assert failure.value.passing == (status >= 500)
    assert list(tmp_path.iterdir()) == []


async def test_no_listener_is_a_refused_connection(tmp_path):
    async with serving(saying(answer())) as server:
        pass
    with pytest.raises(ConnectFailed) as failure:
        await fetch(server, tmp_path)
    assert failure.value.values["port"] == server.port


async def test_what_is_not_http_is_told(tmp_path):
    async with serving(saying(b"220 mail ready\r\n\r\n")) as server:
        with pytest.raises(BadAnswer):
            await fetch(server, tmp_path)


async def test_a_connection_closed_without_a_word_is_told(tmp_path):
    async def close(asked, writer):
        writer.close()

    async with serving(close) as server:
        with pytest.raises(CutShort):
            await fetch(server, tmp_path)


async def test_a_place_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "taken").write_bytes(b"")
    async with serving(saying(answer(200, CSV))) as server:
        with pytest.raises(NotStored):
            await fetch(server, tmp_path, into=tmp_path / "taken" / "feed.csv")


async def test_redirects_are_followed_and_their_cookies_given_back(tmp_path):
    said = [answer(302, location="/real.csv?day=1", set_cookie="gate=open; Path=/"), answer(200, CSV)]
    async with serving(saying(*said)) as server:
        got = await fetch(server, tmp_path)
    assert got.final_url == server.url("/real.csv?day=1")
    assert server.asked[1].headers["cookie"] == "gate=open"


async def test_cookies_do_not_travel_from_one_fetch_to_the_next(tmp_path):
    async with serving(saying(answer(200, CSV, set_cookie="who=merchant-a"))) as server:
        async with Outside(reach=reach_to(server), manners=calm()) as outside:
            for _ in range(2):
                await outside.fetch(server.url(), into=tmp_path / "f")
        assert server.connections == 1  # the connection is kept, the cookie is not
    assert "cookie" not in server.asked[1].headers


@pytest.mark.parametrize(
    ("auth", "header"),
    [
        (Auth.basic("shop", "s3cret:é"), "Basic c2hvcDpzM2NyZXQ6w6k="),
        (Auth.bearer("t0ken"), "Bearer t0ken"),
    ],
)
async def test_credentials_are_sent_in_the_header(tmp_path, auth, header):
    async with serving(saying(answer(200, CSV))) as server:
        await fetch(server, tmp_path, auth=auth)
    assert server.asked[0].headers["authorization"] == header


async def test_a_query_token_is_added_and_never_comes_back(tmp_path):
    async with serving(saying(answer(302, location="/b.csv"), answer(200, CSV))) as server:
        got = await fetch(server, tmp_path, "/a.csv?lang=fr", auth=Auth.query("key", "s3 c&ret"))
    assert [asked.target for asked in server.asked] == [
        "/a.csv?lang=fr&key=s3%20c%26ret",
        "/b.csv?key=s3%20c%26ret",
    ]
    assert got.final_url == server.url("/b.csv")


async def test_a_password_in_the_url_is_used_and_never_comes_back(tmp_path):
    async with serving(saying(answer(200, CSV))) as server, Outside(reach=reach_to(server)) as outside:
        url = f"http://shop:p%40ss@127.0.0.1:{server.port}/feed.csv#top"
        got = await outside.fetch(url, into=tmp_path / "f")
    assert server.asked[0].headers["authorization"] == "Basic c2hvcDpwQHNz"
    assert got.final_url == server.url()
    assert "p@ss" not in repr(got)


async def test_no_failure_or_repr_shows_a_secret(tmp_path):
    assert "s3cret" not in repr(Auth.basic("u", "s3cret")) + repr(Auth.key("u", "s3cret", "s3cret"))
    async with serving(saying(answer(401))) as server:
        with pytest.raises(FetchFailed) as failure:
            await fetch(server, tmp_path, auth=Auth.query("key", "s3cret"))
    assert "s3cret" not in f"{failure.value!r} {failure.value.values}"


@pytest.mark.parametrize("token", ["two\r\nX-Admin: 1", "clé", "nul\x00"])
async def test_a_token_that_cannot_be_sent_is_told_and_smuggles_nothing(tmp_path, token):
    async with serving(saying(answer(200, CSV))) as server:
        with pytest.raises(BadUrl):
            await fetch(server, tmp_path, auth=Auth.bearer(token))
        assert server.asked == []


async def test_a_busy_server_that_names_a_short_time_is_asked_again(tmp_path):
    waited = []
    manners = calm()
    now = [100.0]

    async def sleep(seconds):
        waited.append(seconds)
        now[0] += seconds

    manners.clock, manners.sleep = lambda: now[0], sleep
    async with serving(saying(answer(503, retry_after="7"), answer(200, CSV))) as server:
        got = await fetch(server, tmp_path, manners=manners)
    assert got.status == "ok"
    assert waited == [7.0]


async def test_a_busy_server_that_names_a_long_time_is_told_and_left_alone(tmp_path):
    manners = calm()
    async with serving(saying(answer(429, retry_after="3600"))) as server:
        with pytest.raises(BadStatus) as failure:
            await fetch(server, tmp_path, manners=manners)
        assert failure.value.retry_after == 3600
        with pytest.raises(FetchFailed) as again:
            await fetch(server, tmp_path, manners=manners)
    assert again.value.code == "asked_to_wait"
    assert len(server.asked) == 1


async def test_no_more_than_four_calls_reach_a_host_at_once(tmp_path):
    now = most = 0

    async def count(asked, writer):
        nonlocal now, most
        now += 1
        most = max(most, now)
        await asyncio.sleep(0.02)
        now -= 1
        writer.write(answer(200, CSV))

    async with serving(count) as server, Outside(reach=reach_to(server), manners=calm()) as outside:
        files = [outside.fetch(server.url(), into=tmp_path / f"{n}", max_seconds=0.5) for n in range(12)]
        assert {got.status for got in await asyncio.gather(*files)} == {"ok"}
    assert most == 4


async def test_waiting_for_a_turn_does_not_use_up_the_deadline(tmp_path):
    async def slow(asked, writer):
        await asyncio.sleep(0.1)
        writer.write(answer(200, CSV))

    manners = calm()
    manners.at_once = 1
    async with serving(slow) as server, Outside(reach=reach_to(server), manners=manners) as outside:
        files = [outside.fetch(server.url(), into=tmp_path / f"{n}", max_seconds=0.3) for n in range(6)]
        assert {got.status for got in await asyncio.gather(*files)} == {"ok"}


async def test_json_goes_out_and_comes_back(monkeypatch):
    async with serving(saying(answer(201, b'{"id": 7}', content_type="application/json"))) as server:
        monkeypatch.setenv("FETCH_ALLOW", f"127.0.0.1:{server.port}")
        got = await module.post_json(server.url("/hooks"), {"order": "C-1"}, auth=Auth.bearer("t"))
    assert (got.status, got.json()) == (201, {"id": 7})
    assert got.check() is got
    assert (server.asked[0].method, server.asked[0].body) == ("POST", b'{"order":"C-1"}')
    assert server.asked[0].headers["content-type"] == "application/json"


async def test_an_api_answer_is_returned_whatever_its_status_and_never_retried_or_redirected(monkeypatch):
    for said in (answer(422, b"no"), answer(302, location="/x"), answer(503, retry_after="0")):
        async with serving(saying(said)) as server:
            async with Outside(reach=reach_to(server), manners=calm()) as outside:
                got = await outside.request("POST", server.url(), content=b"x")
            assert len(server.asked) == 1
            with pytest.raises(BadStatus):
                got.check()
            with pytest.raises(BadAnswer):
                got.json()


async def test_an_api_answer_has_a_cap_and_a_deadline():
    async with (
        serving(saying(answer(200, b"x" * 2000))) as server,
        Outside(reach=reach_to(server)) as outside,
    ):
        with pytest.raises(TooLarge):
            await outside.request("GET", server.url(), max_bytes=1000)

    async def silent(asked, writer):
        await asyncio.sleep(30)

    async with serving(silent) as server, Outside(reach=reach_to(server), manners=calm()) as outside:
        with pytest.raises(TooSlow):
            await outside.request("GET", server.url(), max_seconds=0.2)


@pytest.mark.parametrize("etag", ['"\xe9t\xe9"', '"' + "e" * 5_000 + '"'])
async def test_a_name_for_the_file_that_cannot_be_sent_back_is_forgotten(tmp_path, etag):
    head = f"HTTP/1.1 200 OK\r\ncontent-length: {len(CSV)}\r\netag: {etag}\r\n\r\n".encode("latin-1")
    async with serving(saying(head + CSV)) as server:
        first = await fetch(server, tmp_path)
        assert first.etag is None
        again = await fetch(server, tmp_path, etag=etag, sha256=first.sha256)  # as an earlier release kept it
    assert again.status == "unchanged"
    assert "if-none-match" not in server.asked[1].headers


@pytest.mark.parametrize("encoding", ["UTF-8", "none", "binary", "aws-chunked"])
async def test_a_charset_where_the_packing_is_told_is_passed_over(tmp_path, encoding):
    async with serving(saying(answer(200, CSV, content_encoding=encoding))) as server:
        assert (await fetch(server, tmp_path)).path.read_bytes() == CSV


@pytest.mark.parametrize(
    "where", ["http://xn--.example/", "http://[::1", "http://user:s3cret/word@shop.example/"]
)
async def test_a_redirect_to_nowhere_is_told(tmp_path, where):
    async with serving(saying(answer(302, location=where))) as server:
        with pytest.raises(BadUrl) as failure:
            await fetch(server, tmp_path)
    assert "s3cret" not in str(failure.value)


async def test_a_disk_that_is_full_is_told_and_keeps_nothing(tmp_path):
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    async with serving(saying(answer(200, b"x" * 200_000))) as server:
        resource.setrlimit(resource.RLIMIT_FSIZE, (64_000, limits[1]))
        try:
            with pytest.raises(NotStored):
                await fetch(server, tmp_path)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert list(tmp_path.iterdir()) == []


async def test_what_is_not_http_is_told_as_it_was_said(tmp_path):
    async with serving(saying(b"ICY 200 OK\r\n\r\n")) as server:
        with pytest.raises(BadAnswer, match=r"'ICY 200 OK'\.$"):
            await fetch(server, tmp_path)
