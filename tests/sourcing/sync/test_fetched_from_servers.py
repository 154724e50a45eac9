"""A feed on an FTP or an SFTP server, from the first look to an unchanged file and a server that shows another key."""

import logging
import os

import aioftp
import pytest

from marketplace.kernel.database import fetch
from marketplace.kernel.fetching import Auth
from marketplace.sourcing.begin_mapping import begin_mapping
from marketplace.sourcing.change_feed import change_feed
from marketplace.sourcing.create_feed import create_feed
from marketplace.sourcing.probe_feed import probe_feed
from tenants.scope import platform_scope
from tests.sourcing.transports.test_sftp import Door, key, public
from tests.sourcing.transports.test_sftp import serving as sftp_serving
from tests.support import world
from tests.support.feeds import Feed, lamps, rows
from tests.support.loopback import answer, saying, serving
from tests.web.sourcing.desk import seated

pytestmark = pytest.mark.usefixtures("database")
SHOP = Auth.basic("shop", "s3cret")


@pytest.fixture
def folder(tmp_path):
    served = tmp_path / "served"
    served.mkdir()
    _put(served, rows(*lamps(3)))
    return served


def _put(served, text: str, age: int = 1_700_000_000) -> None:
    (served / "feed.csv").write_text(text)
    os.utime(served / "feed.csv", (age, age))


async def _feed(url: str) -> Feed:
    supplier = await world.supplier()
    return Feed(
        supplier, await create_feed(supplier, "Main feed", url=url, auth=SHOP, start=False, by="Vera")
    )


async def test_a_feed_on_an_ftp_server_is_synced_and_an_unchanged_file_is_not_sent_again(folder, monkeypatch):
    server = aioftp.Server([aioftp.User("shop", "s3cret", base_path=folder)], socket_timeout=5)
    await server.start("127.0.0.1", 0)
    try:
        monkeypatch.setenv("FETCH_ALLOW", f"127.0.0.1:{server.server_port}")
        vera = await _feed(f"ftp://127.0.0.1:{server.server_port}/feed.csv")
        first, second = await vera.fetch(), await vera.fetch()
        _put(folder, rows(*lamps(4)), 1_700_000_100)
        third = await vera.fetch()
    finally:
        await server.close()
    assert [run["state"] for run in (first, second, third)] == ["applied", "unchanged", "applied"]
    assert first["source_time"].timestamp() == 1_700_000_000
    assert len(await vera.offers()) == 4
    assert "s3cret" not in await vera.value("credentials") + await vera.value("url")


async def test_a_server_is_known_by_its_key_from_the_first_look_on_until_a_person_trusts_another(
    folder, monkeypatch
):
    async with sftp_serving(folder) as port:
        monkeypatch.setenv("FETCH_ALLOW", f"127.0.0.1:{port}")
        vera = await _feed(f"sftp://127.0.0.1:{port}/feed.csv")
        await begin_mapping(vera.supplier, vera.id, by="Vera")
        await probe_feed(vera.supplier, vera.id, 1)
        assert (await vera.value("host_key")).split()[1] == public(key("server")).split()[1]
        assert (await vera.fetch())["state"] == "applied"
    async with sftp_serving(folder, key("impostor")) as port:
        monkeypatch.setenv("FETCH_ALLOW", f"127.0.0.1:{port}")
        await vera.set(url=f"sftp://127.0.0.1:{port}/feed.csv")  # the double has another port each time
        run = await vera.fetch()
        assert (run["state"], run["error"], Door.shown) == ("failed", "host_key_changed", [])
        async with seated(vera.supplier) as desk:
            page = await desk.see(f"/feeds/{vera.id}/settings")
            assert key("server").get_fingerprint() in page
            assert "s3cret" not in page
        await change_feed(vera.supplier, vera.id, forget_host_key=True, by="Vera")
        assert (await vera.fetch())["state"] in ("applied", "unchanged")
    assert (await vera.value("host_key")).split()[1] == public(key("impostor")).split()[1]


async def test_a_secret_is_in_no_log_no_run_and_no_event(folder, monkeypatch, caplog):
    """At the loudest level of every library, whether the server lets us in or not."""
    caplog.set_level(logging.DEBUG)
    server = aioftp.Server([aioftp.User("shop", "another", base_path=folder)], socket_timeout=5)
    logging.getLogger("aioftp.server").setLevel(logging.CRITICAL)  # the double's own log is not ours
    await server.start("127.0.0.1", 0)
    try:
        async with (
            serving(saying(answer(401), answer(200, rows(*lamps(1)).encode()))) as web,
            sftp_serving(folder) as sftp,
        ):
            allowed = [f"127.0.0.1:{port}" for port in (web.port, server.server_port, sftp)]
            monkeypatch.setenv("FETCH_ALLOW", ",".join(allowed))
            runs = []
            for url, auth in (
                (web.url(), Auth.basic("shop", "s3cret")),
                (web.url(), Auth.bearer("s3cret")),
                (web.url(), Auth.query("token", "s3cret")),
                (f"ftp://shop:s3cret@127.0.0.1:{server.server_port}/feed.csv", None),
                (f"sftp://127.0.0.1:{sftp}/feed.csv", SHOP),
            ):
                supplier = await world.supplier()
                made = await create_feed(supplier, "Main feed", url=url, auth=auth, start=False, by="Vera")
                vera = Feed(supplier, made)
                runs.append(await vera.fetch())
                row = {name: await vera.value(name) for name in ("url", "credentials", "etag")}
                assert "s3cret" not in str(row) + str(runs[-1])
                async with platform_scope("a test reads what was said"):
                    said = await fetch("SELECT payload FROM outbox WHERE tenant = $1", supplier)
                    trail = await fetch("SELECT * FROM audit_event WHERE tenant = $1", supplier)
                assert "s3cret" not in str(said) + str(trail)
    finally:
        await server.close()
    assert [run["error"] for run in runs] == ["bad_status", None, None, "login_failed", None]
    assert caplog.records
    assert "s3cret" not in caplog.text
