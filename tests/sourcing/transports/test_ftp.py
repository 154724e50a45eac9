"""A feed on an FTP server."""

import asyncio
import hashlib
from datetime import UTC, datetime

import aioftp
import pytest

from marketplace.kernel.fetching import (
    Auth,
    BadAnswer,
    BadStatus,
    BadUrl,
    ConnectFailed,
    CutShort,
    LoginFailed,
    NotAFile,
    RefusedAddress,
    Timeout,
    TlsFailed,
    TooLarge,
    TooSlow,
)
from marketplace.kernel.reach import Reach, system_dialer
from marketplace.sourcing.transports import ftp, remote
from marketplace.sourcing.transports.shape import Limits, Source
from tests.support.certificates import serving_as, trusting
from tests.support.ftp_double import FtpDouble, ftp_double
from tests.support.loopback import names

CSV = b"sku;title;stock\n1;Mug;4\n" * 20_000
SHOP = Auth.basic("shop", "s3cret")


@pytest.fixture
async def server(tmp_path):
    """aioftp's own server, with one user and the folder `served`."""
    folder = tmp_path / "served"
    folder.mkdir()
    (folder / "stock").mkdir()
    (folder / "stock" / "feed 1.csv").write_bytes(CSV)
    running = aioftp.Server([aioftp.User("shop", "s3cret", base_path=folder)], socket_timeout=5)
    await running.start("127.0.0.1", 0)
    yield running
    await running.close()


async def fetch(
    port,
    tmp_path,
    path="/stock/feed%201.csv",
    scheme="ftp",
    host="127.0.0.1",
    limits=None,
    reach=None,
    **known,
):
    known.setdefault("auth", SHOP)
    source = Source(f"{scheme}://{host}:{port}{path}", **known)
    reach = reach or Reach(allow=frozenset([(host, port)]))
    return await ftp.fetch(source, into=tmp_path / "feed", limits=limits or Limits(), reach=reach)


async def test_a_file_is_fetched_with_its_time(server, tmp_path):
    got = await fetch(server.server_port, tmp_path)
    assert got.status == "ok"
    assert got.path.read_bytes() == CSV
    assert (got.sha256, got.bytes) == (hashlib.sha256(CSV).hexdigest(), len(CSV))
    served = (tmp_path / "served/stock/feed 1.csv").stat().st_mtime
    assert abs(got.modified.timestamp() - served) < 2
    assert got.final_url == f"ftp://127.0.0.1:{server.server_port}/stock/feed%201.csv"


async def test_a_password_in_the_url_works_and_never_comes_back(server, tmp_path):
    got = await fetch(
        server.server_port,
        tmp_path,
        host="shop:s3cret@127.0.0.1",
        auth=None,
        reach=Reach(allow=frozenset([("127.0.0.1", server.server_port)])),
    )
    assert got.bytes == len(CSV)
    assert "s3cret" not in repr(got)


async def test_the_same_file_again_is_unchanged_by_its_digest(server, tmp_path):
    got = await fetch(server.server_port, tmp_path, sha256=hashlib.sha256(CSV).hexdigest())
    assert (got.status, got.path) == ("unchanged", None)


async def test_an_older_file_is_unchanged_by_size_and_time_without_being_sent(tmp_path):
    async with ftp_double(FtpDouble(CSV)) as double:
        first = await fetch(double.port, tmp_path)
        again = await fetch(double.port, tmp_path, etag=first.etag, sha256=first.sha256)
        double.modified = "20261101080001"
        later = await fetch(double.port, tmp_path, etag=first.etag)
    assert (first.status, again.status, later.status) == ("ok", "unchanged", "ok")
    assert first.modified == datetime(2026, 11, 1, 8, tzinfo=UTC)
    assert double.verbs.count("RETR") == 2


async def test_a_file_written_this_second_is_never_called_unchanged_by_its_time(tmp_path):
    async with ftp_double(FtpDouble(CSV, modified=f"{datetime.now(UTC):%Y%m%d%H%M%S}")) as double:
        assert (await fetch(double.port, tmp_path)).etag is None


async def test_a_server_without_mlst_tells_size_and_time_in_the_old_way_or_not_at_all(tmp_path):
    for replies, known in (
        ({"MLST": "500 ?"}, True),
        ({"MLST": "500 ?", "SIZE": "500 ?", "MDTM": "550 ?"}, False),
    ):
        async with ftp_double(FtpDouble(CSV, replies)) as double:
            got = await fetch(double.port, tmp_path)
        assert got.bytes == len(CSV)
        assert (got.etag is not None, got.modified is not None) == (known, known)


async def test_a_server_that_only_knows_pasv_is_spoken_to_at_its_own_address(tmp_path):
    """Whatever address the answer names: here it names a cloud's metadata service."""
    dialled = []

    async def dial(address, port):
        dialled.append(address)
        return await system_dialer(address, port)

    class Old(FtpDouble):
        async def _answer(self, line, writer, data_port):
            if line == "PASV":
                self.replies["PASV"] = f"227 here (169,254,169,254,{data_port >> 8},{data_port & 255})"
            await super()._answer(line, writer, data_port)

    async with ftp_double(Old(CSV, {"EPSV": "500 ?"})) as double:
        reach = Reach(allow=frozenset([("127.0.0.1", double.port)]), dialer=dial)
        assert (await fetch(double.port, tmp_path, reach=reach)).bytes == len(CSV)
    assert "PASV" in double.verbs
    assert dialled == ["127.0.0.1", "127.0.0.1"]


@pytest.mark.parametrize("port", [22, 25, 5432, 6379, 0])
async def test_a_data_port_of_another_service_is_refused(tmp_path, port):
    async with ftp_double(FtpDouble(CSV, {"EPSV": f"229 go (|||{port}|)"})) as double:
        with pytest.raises(RefusedAddress):
            await fetch(double.port, tmp_path)


async def no_connection(address, port):
    raise AssertionError(f"a connection to {address}:{port} was tried")


@pytest.mark.parametrize(
    "answers", [["127.0.0.1"], ["93.184.216.34", "10.0.0.1"], ["64:ff9b::7f00:1"], ["::1"]]
)
async def test_a_private_server_is_refused_before_any_connection(tmp_path, answers):
    reach = Reach(allow=frozenset(), resolver=names(shop_example=answers), dialer=no_connection)
    for port in (21, 2121):
        with pytest.raises(RefusedAddress):
            await fetch(port, tmp_path, host="shop.example", reach=reach)


async def test_the_connection_goes_to_the_number_that_was_judged(tmp_path):
    dialled = []

    async def dial(address, port):
        dialled.append((address, port))
        raise OSError

    rebinding = names(shop_example=[["93.184.216.34"], ["127.0.0.1"]])
    with pytest.raises(ConnectFailed):
        await fetch(
            21, tmp_path, host="shop.example", reach=Reach(allow=frozenset(), resolver=rebinding, dialer=dial)
        )
    assert dialled == [("93.184.216.34", 21)]


async def test_wrong_credentials_a_missing_file_and_a_folder_are_told_apart(server, tmp_path):
    with pytest.raises(LoginFailed) as failure:
        await fetch(server.server_port, tmp_path, auth=Auth.basic("shop", "wr0ng"))
    assert "wr0ng" not in str(failure.value)
    with pytest.raises(NotAFile):
        await fetch(server.server_port, tmp_path, "/stock/none.csv")
    with pytest.raises(NotAFile):
        await fetch(server.server_port, tmp_path, "/stock")
    assert not (tmp_path / "feed").exists()


@pytest.mark.parametrize(
    ("command", "said"),
    [("USER", "421 too many users"), ("PASS", "421 try later"), ("RETR", "450 being written")],
)
async def test_a_server_that_only_says_not_now_is_not_taken_at_another_word(tmp_path, command, said):
    async with ftp_double(FtpDouble(CSV, replies={command: said})) as double:
        with pytest.raises(BadStatus) as failure:
            await fetch(double.port, tmp_path)
    assert failure.value.passing
    assert "not available just now" in str(failure.value)


async def test_a_file_over_the_cap_is_refused_by_its_size_or_when_it_gets_there(tmp_path):
    limits = Limits(max_bytes=1000)
    async with ftp_double(FtpDouble(CSV)) as double:
        with pytest.raises(TooLarge):
            await fetch(double.port, tmp_path, limits=limits)
        assert "RETR" not in double.verbs
    async with ftp_double(FtpDouble(b"x" * 10, sent=CSV)) as double:
        with pytest.raises(TooLarge):
            await fetch(double.port, tmp_path, limits=limits)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("how", [{"sent": CSV[:100]}, {"end": "426 broken off"}, {"end": "451 disk trouble"}])
async def test_half_a_file_is_not_a_file(tmp_path, how):
    async with ftp_double(FtpDouble(CSV, **how)) as double:
        with pytest.raises(CutShort):
            await fetch(double.port, tmp_path)
    assert list(tmp_path.iterdir()) == []


async def silent(reader, writer):
    await asyncio.sleep(30)


async def test_a_silent_server_is_a_timeout_and_a_slow_one_meets_the_deadline(tmp_path, monkeypatch):
    listener = await asyncio.start_server(silent, "127.0.0.1", 0)
    async with listener:
        port = listener.sockets[0].getsockname()[1]
        with pytest.raises(TooSlow):
            await fetch(port, tmp_path, limits=Limits(max_seconds=0.2))
        monkeypatch.setattr(ftp, "SILENCE_SECONDS", 0.2)
        with pytest.raises(Timeout):
            await fetch(port, tmp_path)


@pytest.mark.parametrize(
    "replies",
    [
        {"connect": "no code at all\r\n" * 30_000},
        {"connect": "220-" + "\r\n220-".join(["x" * 1000] * 400)},
        {"connect": "x" * 200_000},
        {"connect": "500 go away"},
        {"EPSV": "229 nonsense"},
        {"EPSV": "229 (|||999999|)"},
        {"EPSV": "500 ?", "PASV": "227 nonsense"},
        {"EPSV": "500 ?", "PASV": "227 (1,2,3)"},
        {"TYPE": "504 no"},
    ],
)
async def test_answers_that_make_no_sense_are_told(tmp_path, replies):
    async with ftp_double(FtpDouble(CSV, replies)) as double:
        with pytest.raises((BadAnswer, RefusedAddress)):
            await fetch(double.port, tmp_path, limits=Limits(max_seconds=5))


async def test_a_greeting_in_another_charset_does_no_harm(tmp_path):
    async with ftp_double(FtpDouble(CSV, {"connect": "220 Bienvenue à bord é"})) as double:
        assert (await fetch(double.port, tmp_path)).status == "ok"


@pytest.mark.parametrize(
    "url",
    [
        "ftp://",
        "ftp:///f",
        "ftp://h/",
        "ftp://h",
        "ftp://h/a%0d%0aDELE%20b",
        "ftp://h:x/f",
        "sftp://h/f",
        "ftp://u%0a:p@h/f",
    ],
)
async def test_a_url_that_leads_nowhere_is_told(tmp_path, url):
    with pytest.raises(BadUrl):
        await ftp.fetch(
            Source(url), into=tmp_path / "feed", reach=Reach(allow=frozenset(), dialer=no_connection)
        )


def secure(port, real=None):
    async def dial(address, wanted):
        return await system_dialer(address, real if wanted == port and real else wanted)

    return Reach(allow=frozenset([("shop.test", port)]), resolver=names(shop_test=["127.0.0.1"]), dialer=dial)


async def test_both_connections_of_ftps_are_secure(tmp_path, monkeypatch):
    monkeypatch.setattr(ftp, "tls_context", lambda: trusting("shop.test"))
    async with ftp_double(FtpDouble(CSV, tls=serving_as("shop.test"))) as double:
        got = await fetch(double.port, tmp_path, scheme="ftps", host="shop.test", reach=secure(double.port))
    assert got.bytes == len(CSV)
    assert double.verbs[:3] == ["AUTH", "PBSZ", "PROT"]
    assert double.verbs.index("USER") > double.verbs.index("AUTH")


async def test_ftps_on_port_990_is_secure_from_the_first_byte(server, tmp_path, monkeypatch):
    monkeypatch.setattr(ftp, "tls_context", lambda: trusting("shop.test"))
    running = aioftp.Server(
        [aioftp.User("shop", "s3cret", base_path=tmp_path / "served")],
        ssl=serving_as("shop.test"),
        socket_timeout=5,
    )
    await running.start("127.0.0.1", 0)
    try:
        reach = secure(990, running.server_port)
        got = await fetch(990, tmp_path, scheme="ftps", host="shop.test", reach=reach)
    finally:
        await running.close()
    assert got.bytes == len(CSV)


async def test_ftps_never_falls_back_to_the_open(tmp_path, monkeypatch):
    monkeypatch.setattr(ftp, "tls_context", lambda: trusting("shop.test"))
    async with ftp_double(FtpDouble(CSV)) as double:
        with pytest.raises(BadAnswer):
            await fetch(double.port, tmp_path, scheme="ftps", host="shop.test", reach=secure(double.port))
        assert "USER" not in double.verbs
    async with ftp_double(FtpDouble(CSV, tls=serving_as("other.test"))) as double:
        with pytest.raises(TlsFailed):
            await fetch(double.port, tmp_path, scheme="ftps", host="shop.test", reach=secure(double.port))
        assert "USER" not in double.verbs


def test_a_time_is_read_or_left_out():
    assert remote.stamp(" 20261123081500.123 ") == datetime(2026, 11, 23, 8, 15, tzinfo=UTC)
    for text in ("", "2026", "20261323081500", "yesterday"):
        assert remote.stamp(text) is None
