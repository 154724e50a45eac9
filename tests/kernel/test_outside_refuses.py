"""Hostile addresses: nothing leaves the machine. The stub records where a connection would have gone."""

import socket

import pytest

from marketplace.kernel.fetching import Auth, BadUrl, RefusedAddress, ResolveFailed, TooManyRedirects
from marketplace.kernel.outside import Outside
from marketplace.kernel.reach import Reach, system_dialer
from tests.support.loopback import Recorder, answer, calm, names, saying, serving

PUBLIC = "93.184.216.34"
OTHER = "8.8.4.4"
CSV = answer(200, b"sku;title\n1;Mug\n", content_type="text/csv")


def to(where):
    return answer(302, location=where)


async def fetch(tmp_path, url, recorder, resolver=None, allow=frozenset(), **how):
    reach = Reach(allow=allow, resolver=resolver or names())
    async with Outside(reach=reach, backend=recorder, manners=calm()) as outside:
        return await outside.fetch(url, into=tmp_path / "feed", **how)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "10.0.0.8", "169.254.169.254", "[::1]", "[::ffff:127.0.0.1]", "[::127.0.0.1]", "[64:ff9b::7f00:1]",
     "[64:ff9b::a9fe:a9fe]", "[2002:7f00:1::]", "[fd00:ec2::254]", "[fe80::1]", "224.0.0.1", "100.100.100.200"],
)  # fmt: skip
async def test_a_private_number_is_refused_before_any_connection(tmp_path, host):
    recorder = Recorder()
    with pytest.raises(RefusedAddress):
        await fetch(tmp_path, f"http://{host}/feed.csv", recorder)
    assert recorder.connected == []
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "127.1", "0177.0.0.1", "localhost", "localhost."])
async def test_other_spellings_of_this_machine_are_refused_by_what_the_system_makes_of_them(tmp_path, host):
    recorder = Recorder()
    async with Outside(reach=Reach(allow=frozenset()), backend=recorder, manners=calm()) as outside:
        with pytest.raises((RefusedAddress, ResolveFailed, BadUrl)):
            await outside.fetch(f"http://{host}/", into=tmp_path / "feed")
    assert recorder.connected == []


@pytest.mark.parametrize("bad", ["10.0.0.1", "64:ff9b::7f00:1", "::1", "fe80::1%lo", "not-a-number"])
async def test_one_bad_answer_among_good_ones_refuses_the_name(tmp_path, bad):
    for answers in ([PUBLIC, bad], [bad, PUBLIC]):
        recorder = Recorder(CSV)
        with pytest.raises(RefusedAddress) as failure:
            await fetch(tmp_path, "https://shop.example/f", recorder, names(shop_example=answers))
        assert recorder.connected == []
        assert failure.value.code == "refused_address"
        assert "shop.example" in str(failure.value)


async def test_a_name_that_changes_its_answer_is_connected_to_by_the_number_that_was_judged(tmp_path):
    rebinding = names(shop_example=[[PUBLIC], ["127.0.0.1"]])
    recorder = Recorder(CSV, CSV)
    got = await fetch(tmp_path, "https://shop.example/f", recorder, rebinding)
    assert got.status == "ok"
    assert recorder.connected == [(PUBLIC, 443)]  # the number, so nobody asks for the name again
    with pytest.raises(RefusedAddress):
        await fetch(tmp_path, "https://shop.example/f", recorder, rebinding)
    assert recorder.connected == [(PUBLIC, 443)]


async def test_tls_and_the_host_header_keep_the_name(tmp_path):
    recorder = Recorder(CSV)
    await fetch(tmp_path, "https://shop.example/f", recorder, names(shop_example=[PUBLIC]))
    assert recorder.named == ["shop.example"]
    assert b"Host: shop.example\r\n" in b"".join(recorder.sent)


@pytest.mark.parametrize(
    "where",
    [
        "http://127.0.0.1/admin",
        "http://[64:ff9b::7f00:1]/",
        "//169.254.169.254/latest",
        "http://inside.example/",
    ],
)
async def test_a_redirect_to_a_private_address_is_refused(tmp_path, where):
    recorder = Recorder(to(where), CSV)
    with pytest.raises(RefusedAddress):
        await fetch(
            tmp_path, "http://a.example/f", recorder, names(a_example=[PUBLIC], inside_example=["10.0.0.1"])
        )
    assert recorder.connected == [(PUBLIC, 80)]


@pytest.mark.parametrize("where", ["file:///etc/passwd", "ftp://x.example/", "gopher://x/", "javascript:1"])
async def test_a_redirect_out_of_the_web_is_refused(tmp_path, where):
    recorder = Recorder(to(where), CSV)
    with pytest.raises(BadUrl):
        await fetch(tmp_path, "http://a.example/f", recorder, names(a_example=[PUBLIC]))
    assert recorder.connected == [(PUBLIC, 80)]


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "ftp://a.example/f", "shop.example/feed.csv", "http://", "https://:80/", "", "http://a:b/",
     "http://a.example:99999/", "http://a.example/\x00", "http://a.example/" + "x" * 9000],
)  # fmt: skip
async def test_what_is_no_address_of_the_web_is_refused_with_a_reason(tmp_path, url):
    recorder = Recorder()
    with pytest.raises(BadUrl):
        await fetch(tmp_path, url, recorder)
    assert recorder.connected == []


@pytest.mark.parametrize("port", [22, 25, 6379, 5432, 6000])
async def test_ports_of_other_services_are_refused(tmp_path, port):
    recorder = Recorder()
    with pytest.raises(RefusedAddress):
        await fetch(tmp_path, f"http://a.example:{port}/", recorder, names(a_example=[PUBLIC]))
    assert recorder.connected == []


async def test_an_allowed_pair_opens_itself_and_nothing_else(tmp_path):
    allow = frozenset([("localhost", 9101)])
    resolver = names(localhost=["127.0.0.1"])
    recorder = Recorder(CSV, to("http://localhost:9102/"))
    assert (await fetch(tmp_path, "http://LOCALHOST:9101/f", recorder, resolver, allow)).bytes == 16
    for url in (
        "http://localhost:9102/",
        "http://127.0.0.1:9101/",
        "http://localhost/",
        "http://localhost:9101/again",
    ):
        with pytest.raises(RefusedAddress):
            await fetch(tmp_path, url, recorder, resolver, allow)
    assert recorder.connected == [("127.0.0.1", 9101), ("127.0.0.1", 9101)]


async def test_nothing_is_open_by_default_and_the_environment_is_read_at_each_call(tmp_path, monkeypatch):
    monkeypatch.delenv("FETCH_ALLOW", raising=False)
    assert Reach().allow == frozenset()
    monkeypatch.setenv("FETCH_ALLOW", "localhost:9101")
    assert Reach().allow == {("localhost", 9101)}


async def test_after_five_redirects_we_stop(tmp_path):
    recorder = Recorder(*[to(f"http://a.example/{n}") for n in range(9)])
    with pytest.raises(TooManyRedirects):
        await fetch(tmp_path, "http://a.example/", recorder, names(a_example=[PUBLIC]))
    assert len(recorder.connected) == 6


def authorizations(recorder):
    sent = b"".join(recorder.sent).lower()
    return [b"authorization:" in part for part in sent.split(b"\r\n\r\n")[:-1]]


async def test_credentials_and_private_headers_stay_with_their_origin(tmp_path):
    recorder = Recorder(to("/again"), to("https://b.example/"), CSV)
    await fetch(
        tmp_path,
        "https://a.example/f",
        recorder,
        names(a_example=[PUBLIC], b_example=[OTHER]),
        auth=Auth.basic("shop", "s3cret"),
        headers={"X-Api-Key": "k3y", "Accept-Language": "fr"},
    )
    first, second, third = b"".join(recorder.sent).split(b"\r\n\r\n")[:3]
    assert b"Authorization: Basic" in first
    assert b"Authorization: Basic" in second
    assert b"X-Api-Key: k3y" in second
    assert b"Authorization" not in third
    assert b"k3y" not in third
    assert b"Accept-Language: fr" in third


async def test_a_move_to_https_on_the_same_host_keeps_the_credentials_and_the_way_back_drops_them(tmp_path):
    recorder = Recorder(to("https://a.example/f"), to("http://a.example/f"), CSV)
    await fetch(
        tmp_path, "http://a.example/f", recorder, names(a_example=[PUBLIC]), auth=Auth.bearer("t0ken")
    )
    assert authorizations(recorder) == [True, True, False]


async def test_another_port_of_the_same_host_is_another_origin(tmp_path):
    recorder = Recorder(to("https://a.example:8443/f"), CSV)
    await fetch(tmp_path, "https://a.example/f", recorder, names(a_example=[PUBLIC]), auth=Auth.bearer("t"))
    assert authorizations(recorder) == [True, False]


async def test_no_proxy_of_the_environment_is_used(tmp_path, monkeypatch):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:3128")
    recorder = Recorder(CSV)
    await fetch(tmp_path, "http://a.example/f", recorder, names(a_example=[PUBLIC]))
    assert recorder.connected == [(PUBLIC, 80)]


async def test_a_judged_number_is_connected_to_without_asking_anybody_again(monkeypatch):
    def never(*_, **__):
        raise AssertionError("the name was looked up again")

    async with serving(saying(CSV)) as server:
        monkeypatch.setattr(socket, "getaddrinfo", never)
        sock = await system_dialer("127.0.0.1", server.port)
        assert sock.getpeername() == ("127.0.0.1", server.port)
        sock.close()
        for odd in ("localhost", "127.0.0.1.example", "fe80::1%nowhere"):
            with pytest.raises(OSError, match=r"."):
                await system_dialer(odd, server.port)
