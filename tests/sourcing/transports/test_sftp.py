"""A feed on an SFTP server, whose key is remembered."""

import asyncio
import hashlib
import os
import time
from contextlib import asynccontextmanager
from functools import cache

import asyncssh
import pytest

from marketplace.kernel.fetching import (
    Auth,
    BadAnswer,
    BadUrl,
    CutShort,
    HostKeyChanged,
    LoginFailed,
    NotAFile,
    RefusedAddress,
    Timeout,
    TooLarge,
    TooSlow,
)
from marketplace.kernel.reach import Reach
from marketplace.sourcing.transports import sftp
from marketplace.sourcing.transports.shape import Limits, Source
from tests.support.loopback import names

CSV = b"sku;title;stock\n1;Mug;4\n" * 20_000
SHOP = Auth.basic("shop", "s3cret")


@cache
def key(name, kind="ssh-ed25519"):
    return asyncssh.generate_private_key(kind, comment=name)


class Door(asyncssh.SSHServer):
    """Lets in the user `shop` with the password s3cret or the key `client`; remembers every name and password it was shown."""

    shown: list

    def begin_auth(self, username):
        Door.shown.append(username)
        return True

    def password_auth_supported(self):
        return True

    def validate_password(self, username, password):
        Door.shown.append(password)
        return (username, password) == ("shop", "s3cret")

    def public_key_auth_supported(self):
        return True

    def validate_public_key(self, username, shown):
        return username == "shop" and shown == key("client").convert_to_public()


@asynccontextmanager
async def serving(folder, *host_keys, factory=None):
    Door.shown = []

    class Files(asyncssh.SFTPServer):
        def __init__(self, chan):
            super().__init__(chan, chroot=os.fsencode(folder))

    listener = await asyncssh.listen(
        "127.0.0.1",
        0,
        server_factory=Door,
        server_host_keys=list(host_keys) or [key("server")],
        sftp_factory=factory or Files,
    )
    async with listener:
        yield listener.get_port()


@pytest.fixture
def folder(tmp_path):
    served = tmp_path / "served"
    (served / "stock").mkdir(parents=True)
    (served / "stock" / "feed 1.csv").write_bytes(CSV)
    os.utime(served / "stock" / "feed 1.csv", (1_700_000_000, 1_700_000_000))
    return served


def public(private):
    return private.convert_to_public().export_public_key("openssh").decode().strip()


async def fetch(
    port, tmp_path, path="/stock/feed%201.csv", host="127.0.0.1", limits=None, reach=None, **known
):
    known.setdefault("auth", SHOP)
    source = Source(f"sftp://{host}:{port}{path}", **known)
    reach = reach or Reach(allow=frozenset([("127.0.0.1", port)]))
    return await sftp.fetch(source, into=tmp_path / "feed", limits=limits or Limits(), reach=reach)


async def test_the_first_fetch_brings_the_file_and_the_servers_key(folder, tmp_path):
    async with serving(folder) as port:
        got = await fetch(port, tmp_path)
    assert got.path.read_bytes() == CSV
    assert (got.status, got.sha256, got.bytes) == ("ok", hashlib.sha256(CSV).hexdigest(), len(CSV))
    assert got.modified.timestamp() == 1_700_000_000
    assert got.host_key.split()[:2] == public(key("server")).split()[:2]
    assert got.final_url == f"sftp://127.0.0.1:{port}/stock/feed%201.csv"


async def test_the_stored_key_is_accepted_from_then_on(folder, tmp_path):
    async with serving(folder) as port:
        first = await fetch(port, tmp_path)
        again = await fetch(port, tmp_path, host_key=first.host_key)
    assert again.host_key == first.host_key


async def test_another_key_stops_us_before_we_say_who_we_are(folder, tmp_path):
    async with serving(folder, key("impostor")) as port:
        with pytest.raises(HostKeyChanged) as failure:
            await fetch(port, tmp_path, host_key=public(key("server")))
    assert Door.shown == []
    assert failure.value.found.split()[1] == public(key("impostor")).split()[1]
    assert "SHA256:" in str(failure.value)
    assert not (tmp_path / "feed").exists()


async def test_a_server_with_several_keys_shows_the_one_we_know(folder, tmp_path):
    ecdsa = key("second", "ecdsa-sha2-nistp256")
    async with serving(folder, key("server"), ecdsa) as port:
        for known in (public(ecdsa), public(key("server"))):
            assert (await fetch(port, tmp_path, host_key=known)).host_key == known


async def test_a_private_key_opens_the_door(folder, tmp_path):
    for private in (
        key("client").export_private_key("openssh").decode(),
        key("client").export_private_key("pkcs8-pem", passphrase="w0rds").decode(),
    ):
        async with serving(folder) as port:
            got = await fetch(port, tmp_path, auth=Auth.key("shop", private, "w0rds"))
        assert got.bytes == len(CSV)


async def test_a_private_key_that_cannot_be_read_is_told(folder, tmp_path):
    locked = key("client").export_private_key("pkcs8-pem", passphrase="w0rds").decode()
    for private, words in (("rubbish", None), (locked, "wrong"), (locked, None)):
        async with serving(folder) as port:
            with pytest.raises(BadUrl):
                await fetch(port, tmp_path, auth=Auth.key("shop", private, words))


async def test_an_unchanged_file_is_told_by_size_and_time_or_by_its_digest(folder, tmp_path):
    file = folder / "stock" / "feed 1.csv"
    async with serving(folder) as port:
        first = await fetch(port, tmp_path)
        assert (await fetch(port, tmp_path, etag=first.etag)).status == "unchanged"
        os.utime(file, (1_700_000_001, 1_700_000_001))
        assert (await fetch(port, tmp_path, etag=first.etag)).status == "ok"
        assert (await fetch(port, tmp_path, etag=first.etag, sha256=first.sha256)).status == "unchanged"
        os.utime(file, (time.time(), time.time()))
        assert (await fetch(port, tmp_path)).etag is None


async def test_a_path_from_the_home_folder(folder, tmp_path):
    async with serving(folder) as port:
        assert (await fetch(port, tmp_path, "/~/stock/feed%201.csv")).bytes == len(CSV)


async def test_wrong_credentials_a_missing_file_and_a_folder_are_told_apart(folder, tmp_path):
    async with serving(folder) as port:
        with pytest.raises(LoginFailed) as failure:
            await fetch(port, tmp_path, auth=Auth.basic("shop", "wr0ng"))
        assert "wr0ng" not in str(failure.value)
        for path in ("/none.csv", "/stock"):
            with pytest.raises(NotAFile):
                await fetch(port, tmp_path, path)
    assert not (tmp_path / "feed").exists()


async def test_no_name_is_no_login(tmp_path):
    for auth in (None, Auth.basic("", "s3cret")):
        with pytest.raises(BadUrl):
            await fetch(22, tmp_path, auth=auth)


async def test_nothing_of_this_machines_own_ssh_settings_is_used(folder, tmp_path, monkeypatch):
    ssh = tmp_path / "home" / ".ssh"
    ssh.mkdir(parents=True, mode=0o700)
    (ssh / "config").write_text("Host *\n  Hostname 192.0.2.1\n  User somebody\n  ProxyCommand false\n")
    (ssh / "id_ed25519").write_bytes(key("client").export_private_key("openssh"))
    (ssh / "known_hosts").write_text(f"* {public(key('impostor'))}\n")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    async with serving(folder) as port:
        assert (await fetch(port, tmp_path)).status == "ok"
        with pytest.raises(LoginFailed):  # the operator's own key would have opened the door
            await fetch(port, tmp_path, auth=Auth.basic("shop", "wr0ng"))
    assert set(Door.shown) == {"shop", "s3cret", "wr0ng"}


async def test_a_file_over_the_cap_is_refused(folder, tmp_path):
    async with serving(folder) as port:
        with pytest.raises(TooLarge):
            await fetch(port, tmp_path, limits=Limits(max_bytes=1000))
    assert not (tmp_path / "feed").exists()


class Growing(asyncssh.SFTPServer):
    """Says that the file is small, and never stops sending it."""

    def stat(self, path):
        return asyncssh.SFTPAttrs(
            type=asyncssh.FILEXFER_TYPE_REGULAR, size=10, permissions=0o100644, mtime=1_700_000_000
        )

    def open(self, path, pflags, attrs):
        return object()

    def read(self, file_obj, offset, size):
        return b"x" * size

    def close(self, file_obj):
        return None


class Shrinking(Growing):
    """Says that the file is long, and ends it early."""

    def stat(self, path):
        return asyncssh.SFTPAttrs(
            type=asyncssh.FILEXFER_TYPE_REGULAR, size=10_000, permissions=0o100644, mtime=1
        )

    def read(self, file_obj, offset, size):
        return b"x" * max(0, min(size, 100 - offset))


async def test_a_file_that_never_ends_meets_the_cap_and_a_cut_one_is_told(folder, tmp_path):
    async with serving(folder, factory=Growing) as port:
        with pytest.raises(TooLarge):
            await fetch(port, tmp_path, limits=Limits(max_bytes=3_000_000))
    async with serving(folder, factory=Shrinking) as port:
        with pytest.raises(CutShort):
            await fetch(port, tmp_path)
    assert not (tmp_path / "feed").exists()


async def test_a_silent_server_is_a_timeout_and_a_slow_one_meets_the_deadline(tmp_path, monkeypatch):
    async def silent(reader, writer):
        await asyncio.sleep(30)

    listener = await asyncio.start_server(silent, "127.0.0.1", 0)
    async with listener:
        port = listener.sockets[0].getsockname()[1]
        with pytest.raises(TooSlow):
            await fetch(port, tmp_path, limits=Limits(max_seconds=0.2))
        monkeypatch.setattr(sftp, "SILENCE_SECONDS", 0.2)
        with pytest.raises(Timeout):
            await fetch(port, tmp_path)


@pytest.mark.parametrize(
    "greeting", [b"HTTP/1.1 400 Bad\r\n\r\n", b"SSH-2.0-x\r\n" + b"\xff" * 5000, b"x" * 100_000, b""]
)
async def test_what_is_not_ssh_is_told(tmp_path, greeting):
    async def shout(reader, writer):
        writer.write(greeting)
        writer.close()

    listener = await asyncio.start_server(shout, "127.0.0.1", 0)
    async with listener:
        with pytest.raises((BadAnswer, CutShort)):
            await fetch(listener.sockets[0].getsockname()[1], tmp_path, limits=Limits(max_seconds=5))


async def no_connection(address, port):
    raise AssertionError(f"a connection to {address}:{port} was tried")


@pytest.mark.parametrize(
    "answers", [["127.0.0.1"], ["93.184.216.34", "10.0.0.1"], ["64:ff9b::7f00:1"], ["fe80::1%lo"]]
)
async def test_a_private_server_is_refused_before_any_connection(tmp_path, answers):
    reach = Reach(allow=frozenset(), resolver=names(shop_example=answers), dialer=no_connection)
    for port in (22, 2222):
        with pytest.raises(RefusedAddress):
            await fetch(port, tmp_path, host="shop.example", reach=reach)


async def test_the_webs_ports_are_not_ours(tmp_path):
    reach = Reach(allow=frozenset(), resolver=names(shop_example=["93.184.216.34"]), dialer=no_connection)
    for port in (21, 25, 80, 443, 5432):
        with pytest.raises(RefusedAddress):
            await fetch(port, tmp_path, host="shop.example", reach=reach)
