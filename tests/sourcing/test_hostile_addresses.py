"""Whatever address a supplier types, and whatever its server answers, nothing inside is reached. Everything is real but the last
step: the sockets record where a connection would go, and no packet leaves the machine.
"""

import pytest

from marketplace.catalogue.photos.fetch_photos import fetch_photos
from marketplace.kernel.database import fetch, fetch_one
from marketplace.kernel.fetching import Auth
from marketplace.sourcing.begin_mapping import begin_mapping
from marketplace.sourcing.probe_feed import probe_feed
from marketplace.sourcing.sync.failure import NAMED
from marketplace.sourcing.transports import transport_for
from marketplace.sourcing.transports.shape import Source
from tenants.scope import acting_as
from tests.support import wire as wires
from tests.support import world
from tests.support.feeds import feed, lamps, rows
from tests.support.ftp_double import FtpDouble, ftp_double
from tests.support.loopback import answer, saying, serving
from tests.support.wire import OTHER, PUBLIC, Wire

pytestmark = pytest.mark.usefixtures("database")
CSV = rows(*lamps(2)).encode()
REFUSALS = {"refused_address", "resolve_failed", "bad_url"}

#: ways to write an address that leads inside
INSIDE = [
    "127.0.0.1", "127.1", "0", "0.0.0.0", "2130706433", "0x7f000001", "0x7f.0.0.1", "017700000001", "0177.0.0.1", "127.0.0.1.",
    "10.0.0.8", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.100.100.200", "168.63.129.16", "192.0.0.192", "224.0.0.1",
    "255.255.255.255", "[::]", "[::1]", "[::127.0.0.1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::ffff:0:127.0.0.1]",
    "[64:ff9b::7f00:1]", "[64:ff9b::10.0.0.1]", "[64:ff9b:1::7f00:1]", "[2002:7f00:1::]", "[2002:a00:1::1]", "[2001::1]",
    "[fc00::1]", "[fd00:ec2::254]", "[fe80::1]", "[fe80::1%25lo]", "[ff02::1]", "[fec0::1]", "[2001:db8::1]",
    "localhost", "LOCALHOST.", "inside.example", "mixed.example", "mapped.example", "nat64.example", "sixtofour.example",
    "１２７.0.0.1", "127。0。0。1", "①②⑦.0.0.1", "ⓛocalhost",
]  # fmt: skip
#: whole addresses that look as if they led outside
TRICKS = [
    "http://shop.example@127.0.0.1/f", "http://shop.example:80@127.0.0.1/f", "http://shop.example%40127.0.0.1/f",
    "http://127.0.0.1\\@shop.example/f", "http://127.0.0.1#@shop.example/", "http://127.0.0.1?@shop.example/",
    "http://127.0.0.1%00.shop.example/f", "http://127.0.0.1%2f.shop.example/f", "http://127.0.0.1\t/f", "http://127.0.0.1\n.shop.example/",
    "http:\\\\127.0.0.1\\f", "http:///127.0.0.1/f", "http:127.0.0.1/f", "http://[::1]:80:80/", "http://[::1", "http://:80/",
    "http://127.0.0.1:80:443/", "http://shop.example:6379/f", "http://shop.example:22/f", "http://shop.example:25/f",
    "http://inside.example:443/f", "http://shop.example:70000/f", "gopher://127.0.0.1:70/x", "file:///etc/passwd", "dict://127.0.0.1/",
    "ftp://shop.example@127.0.0.1/f", "ftp://127.0.0.1\\@shop.example/f", "sftp://u:p@127.0.0.1\\@shop.example/f",
    "sftp://shop.example:p@[::1]/f", "ftp://shop.example:6379/f", "sftp://u:p@shop.example:80/f", "ftps://u:p@[::ffff:10.0.0.1]/f",
]  # fmt: skip


@pytest.fixture
def wire(monkeypatch: pytest.MonkeyPatch) -> Wire:
    monkeypatch.setenv("FETCH_ALLOW", "")
    made = wires.record(monkeypatch)
    made.name("shop.example", [PUBLIC])
    made.name("other.example", [OTHER])
    made.name("inside.example", ["10.0.0.1"])
    made.name("mixed.example", [PUBLIC, "10.0.0.1"])
    made.name("mapped.example", ["::ffff:10.0.0.1"])
    made.name("nat64.example", ["64:ff9b::7f00:1"])
    made.name("sixtofour.example", ["2002:7f00:1::"])
    made.name("localhost", ["127.0.0.1"])
    return made


async def _fails(url: str, tmp_path) -> str:
    """The code a transport refuses this address with."""
    with pytest.raises(NAMED) as failure:
        await transport_for(url).fetch(Source(url), into=tmp_path / "feed")
    return failure.value.code


@pytest.mark.parametrize(
    "scheme",
    ["http://{}/f", "https://{}/f", "http://{}:8080/f", "ftp://{}/f", "ftps://u:p@{}/f", "sftp://u:p@{}/f"],
)
async def test_no_spelling_of_an_address_inside_is_connected_to(wire, tmp_path, scheme):
    for host in INSIDE:
        code = await _fails(scheme.format(host), tmp_path)
        assert code in REFUSALS, (host, code)
        assert wire.tried == [], host


@pytest.mark.parametrize("url", TRICKS)
async def test_an_address_that_hides_where_it_leads_is_not_connected_to(wire, tmp_path, url):
    try:
        code = await _fails(url, tmp_path)
    finally:
        assert wire.inside == []
        assert all(port in (21, 22, 80, 443) for _, port in wire.tried)
    # what is left may be read as the public host that it names, and reaches nobody here
    assert code in REFUSALS | {"connect_failed"}


async def test_a_feed_that_leads_inside_fails_with_the_reason_also_when_its_mapping_is_begun(wire):
    for url in (
        "http://inside.example/f.csv",
        "ftp://[::1]/f.csv",
        "sftp://u:p@169.254.169.254/f.csv",
        "http://mixed.example/f",
    ):
        vera = await feed(transport="http", url=url)
        run = await vera.fetch()
        assert (run["state"], run["error"]) == ("failed", "refused_address"), url
        await begin_mapping(vera.supplier, vera.id, by="Vera")
        await probe_feed(vera.supplier, vera.id, 1)
        async with acting_as(vera.supplier):
            draft = await fetch_one("SELECT state, error FROM mapping_draft WHERE feed = $1", vera.id)
        assert draft == {"state": "failed", "error": "refused_address"}
    assert wire.tried == []


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirect_inside_is_not_followed(wire, tmp_path, status):
    places = (
        [f"{scheme}://{host}/f" for host in INSIDE for scheme in ("http", "https")] if status == 302 else []
    )
    for where in [*places, "//127.0.0.1/", "http://shop.example@127.0.0.1/", "http://inside.example/", "http://shop.example:22/",
                  "ftp://shop.example/f", "sftp://u:p@shop.example/f", "file:///etc/passwd", "upload:0", "data:text/csv,a"]:  # fmt: skip
        wire.tried.clear()
        async with serving(saying(answer(status, location=where))) as server:
            wire.play(PUBLIC, 80, server.port)
            code = await _fails("http://shop.example/f", tmp_path)
        assert code in REFUSALS, (where, code)
        assert wire.tried == [(PUBLIC, 80)], where


async def test_a_name_that_changes_its_answer_on_the_way_gains_nothing(wire, tmp_path):
    """The first answer is public, the next ones are not: for the redirect to itself, for the next run, for FTP's second connection."""
    async with serving(saying(answer(302, location="/again"))) as server:
        for inside in ("127.0.0.1", "::1", "64:ff9b::7f00:1", "::ffff:127.0.0.1"):
            wire.tried.clear()
            wire.name("turns.example", [PUBLIC], [inside])
            wire.play(PUBLIC, 80, server.port)
            assert await _fails("http://turns.example:80/f", tmp_path) in {*REFUSALS, "too_many_redirects"}
            assert wire.inside == []
    wire.tried.clear()
    wire.asked.clear()
    wire.name("turns.example", [PUBLIC], ["127.0.0.1"])
    wire.plays_all.add(PUBLIC)
    async with ftp_double(FtpDouble(CSV)) as double:
        wire.play(PUBLIC, 21, double.port)
        got = await transport_for("ftp://").fetch(Source("ftp://turns.example/f"), into=tmp_path / "feed")
        assert got.bytes == len(CSV)
        assert {address for address, _ in wire.tried} == {PUBLIC}
        assert wire.asked == ["turns.example"]  # once for both connections
        assert await _fails("ftp://turns.example/f", tmp_path) == "refused_address"
    assert wire.inside == []


@pytest.mark.parametrize(
    "reply",
    [
        {"EPSV": "500 ?", "PASV": "227 go (127,0,0,1,21,56)"},
        {"EPSV": "500 ?", "PASV": "227 go (169,254,169,254,0,80)"},
        {"EPSV": "500 ?", "PASV": "227 go (10,0,0,1,200,1)"},
        {"EPSV": "500 ?", "PASV": "227 go (256,1,1,1,1,1)"},
        {"EPSV": "500 ?", "PASV": "227 go (1,2,3)"},
        {"EPSV": "229 go (|1|127.0.0.1|5555|)"},
        {"EPSV": "229 go (|2|::1|5555|)"},
        {"EPSV": "229 go (|||6379|)"},
        {"EPSV": "229 go (|||99999|)"},
        {"EPSV": "229 go (|||-1|)"},
    ],
)
async def test_an_ftp_server_cannot_send_us_inside(wire, tmp_path, reply):
    async with ftp_double(FtpDouble(CSV, reply)) as double:
        wire.play(PUBLIC, 21, double.port)
        await _fails("ftp://shop.example/f", tmp_path)
    assert wire.inside == []
    assert wire.tried[0] == (PUBLIC, 21)
    assert all(port > 1023 for _, port in wire.tried[1:])


async def test_what_is_allowed_opens_that_pair_and_nothing_beside_it(wire, tmp_path, monkeypatch):
    async with serving(saying(answer(302, location="http://127.0.0.1:9/"))) as server:
        monkeypatch.setenv("FETCH_ALLOW", f"127.0.0.1:{server.port}")
        wire.play("127.0.0.1", server.port, server.port)
        for url in (
            server.url(),
            f"http://localhost:{server.port}/",
            f"http://2130706433:{server.port}/",
            f"http://[::ffff:127.0.0.1]:{server.port}/",
            f"http://127.0.0.1:{server.port + 1}/",
            f"ftp://127.0.0.1:{server.port + 1}/f",
        ):
            assert await _fails(url, tmp_path) in REFUSALS, url
    assert wire.tried == [("127.0.0.1", server.port)]


async def test_credentials_are_not_shown_to_where_a_redirect_leads(wire, tmp_path):
    """Another host is another place; what the first one was told stays there."""
    for auth in (Auth.basic("vera", "s3cret"), Auth.bearer("s3cret"), Auth.query("token", "s3cret")):
        async with (
            serving(saying(answer(200, CSV))) as second,
            serving(saying(answer(302, location="http://other.example/f"))) as first,
        ):
            wire.play(PUBLIC, 80, first.port)
            wire.play(OTHER, 80, second.port)
            url = "http://shop.example/f"
            await transport_for(url).fetch(Source(url, auth=auth), into=tmp_path / "feed")
        shown = str(first.asked[0].headers) + first.asked[0].target
        assert "authorization" in shown or "s3cret" in shown
        leaked = str(second.asked[0].headers) + second.asked[0].target
        assert "s3cret" not in leaked
        assert "authorization" not in leaked
    assert wire.inside == []


async def test_pictures_are_asked_for_under_the_same_rules(wire):
    supplier = await world.supplier()
    one = await world.offer(supplier)
    async with serving(saying(answer(302, location="http://127.0.0.1/admin.png"))) as server:
        wire.play(PUBLIC, 80, server.port)
        for place, host in enumerate(["shop.example", *INSIDE]):
            await world.insert(
                "offer_photo", supplier=supplier, offer=one, url=f"http://{host}/{place}.png", position=place
            )
        for _ in range(10):
            await fetch_photos(supplier)
    async with acting_as(supplier):
        found = await fetch("SELECT url, state, error FROM offer_photo WHERE supplier = $1", supplier)
    assert len(found) == len(INSIDE) + 1
    for row in found:
        assert row["error"].partition(":")[0] in REFUSALS, row
    assert set(wire.tried) == {(PUBLIC, 80)}
