"""The list of transports, and the two that call nobody or the web."""

import hashlib
import traceback

import pytest

from marketplace.kernel import media
from marketplace.kernel.errors import Invalid
from marketplace.kernel.fetching import Auth, BadUrl, FetchFailed, NotAFile, NotStored, TooLarge
from marketplace.kernel.settings import settings
from marketplace.sourcing.feed_settings import read_url
from marketplace.sourcing.transports import http, local, transport, transport_for, transports, upload
from marketplace.sourcing.transports.shape import Limits, Source
from tests.support.loopback import answer, reach_to, saying, serving

CSV = b"sku;title\n1;Mug\n"
SHA = hashlib.sha256(CSV).hexdigest()


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("MEDIA_URL", str(tmp_path / "media"))
    settings.cache_clear()
    yield tmp_path
    monkeypatch.undo()
    settings.cache_clear()
    media._store_at.cache_clear()


def test_the_list_on_screen_comes_from_the_modules():
    assert list(transports()) == ["http", "ftp", "sftp", "upload", "api"]
    for name, each in transports().items():
        assert name == each.NAME
        assert each.LABEL
        assert each.HINT
        assert transport(name) is each


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://a/f", "http"),
        (" HTTP://a/f", "http"),
        ("ftps://a/f", "ftp"),
        ("sftp://a/f", "sftp"),
        ("upload:ab", "upload"),
    ],
)
def test_a_url_finds_its_transport(url, name):
    assert name == transport_for(url).NAME


@pytest.mark.parametrize(
    "url",
    [
        "/etc/passwd",
        "file:///etc/passwd",
        "local:/etc/passwd",
        "",
        "shop.example/feed.csv",
        "C:\\feed.csv",
        "http://[::1",
    ],
)
def test_no_feed_can_name_a_file_of_this_machine(url):
    with pytest.raises(BadUrl):
        transport_for(url)


async def test_the_web_transport_passes_on_all_that_is_known(tmp_path):
    async with serving(saying(answer(304))) as server:
        source = Source(
            server.url(),
            Auth.basic("u", "p"),
            etag='"1"',
            last_modified="Mon",
            sha256=SHA,
            headers={"X-Shop": "7"},
        )
        got = await http.fetch(source, into=tmp_path / "f", reach=reach_to(server))
    assert (got.status, got.sha256) == ("unchanged", SHA)
    sent = server.asked[0].headers
    assert (sent["if-none-match"], sent["if-modified-since"], sent["x-shop"]) == ('"1"', "Mon", "7")
    assert sent["authorization"].startswith("Basic ")


async def test_the_web_transport_keeps_the_limits(tmp_path):
    async with serving(saying(answer(200, CSV))) as server:
        with pytest.raises(TooLarge):
            await http.fetch(
                Source(server.url()), into=tmp_path / "f", limits=Limits(5), reach=reach_to(server)
            )


async def test_an_uploaded_file_waits_for_the_worker(folder):
    (folder / "sent.csv").write_bytes(CSV)
    url = await upload.keep(folder / "sent.csv")
    (folder / "sent.csv").unlink()
    got = await transport_for(url).fetch(Source(url), into=folder / "work" / "feed")
    assert got.path.read_bytes() == CSV
    assert (got.status, got.sha256, got.bytes, got.final_url) == ("ok", SHA, len(CSV), url)
    assert (await upload.fetch(Source(url, sha256=SHA), into=folder / "again")).status == "unchanged"
    with pytest.raises(TooLarge):
        await upload.fetch(Source(url), into=folder / "again", limits=Limits(5))


async def test_an_upload_that_is_gone_damaged_or_never_was_is_told(folder):
    (folder / "sent.csv").write_bytes(CSV)
    url = await upload.keep(folder / "sent.csv")
    with pytest.raises(NotStored):
        await upload.fetch(Source("upload:" + "0" * 64), into=folder / "f")
    with pytest.raises(BadUrl):
        await upload.fetch(Source("upload:../../etc/passwd"), into=folder / "f")
    next(p for p in (folder / "media").rglob("*") if p.is_file()).write_bytes(b"other")
    with pytest.raises(FetchFailed):
        await upload.fetch(Source(url), into=folder / "f")
    assert not (folder / "f").exists()


async def test_the_command_line_reads_a_file_of_this_machine(tmp_path):
    (tmp_path / "feed.csv").write_bytes(CSV)
    got = await local.fetch(Source(str(tmp_path / "feed.csv")), into=tmp_path / "copy")
    assert got.path.read_bytes() == CSV
    assert got.modified is not None
    again = await local.fetch(Source(str(tmp_path / "feed.csv"), sha256=SHA), into=tmp_path / "copy")
    assert again.status == "unchanged"
    for missing in ("none.csv", "."):
        with pytest.raises(NotAFile):
            await local.fetch(Source(str(tmp_path / missing)), into=tmp_path / "other")


def test_credentials_travel_to_the_vault_and_back():
    for auth in (
        Auth.basic("u", "p"),
        Auth.query("key", "t"),
        Auth.key("u", "PRIVATE", "words"),
        Auth.bearer("t"),
    ):
        assert Auth.from_text(auth.to_text()) == auth
    for text in ("", "[]", '{"kind": "basic"}', "{"):
        with pytest.raises(ValueError):
            Auth.from_text(text)


@pytest.mark.parametrize("scheme", ["http", "https", "ftp", "ftps", "sftp"])
@pytest.mark.parametrize("password", ["s3cret/word", "s3cret#word", "s3cret?word"])
async def test_a_password_that_breaks_the_address_is_not_repeated(scheme, password, tmp_path):
    url = f"{scheme}://shop:{password}@shop.example/feed.csv"
    with pytest.raises(BadUrl) as failure:
        await transport_for(url).fetch(Source(url), into=tmp_path / "f")
    assert "s3cret" not in "".join(traceback.format_exception(failure.value))
    with pytest.raises(Invalid) as refused:  # nor is it kept in the clear
        read_url(url)
    assert "s3cret" not in "".join(traceback.format_exception(refused.value))


async def test_every_secret_of_an_address_is_sealed_and_sent_as_it_was_typed(tmp_path):
    name, bare, auth = read_url("https://a.example/f?key=a%2Bb&lang=fr&Signature=x%3D")
    assert (name, bare) == ("http", "https://a.example/f?lang=fr")
    async with serving(saying(answer(200, CSV))) as server:
        await http.fetch(Source(server.url("/f?lang=fr"), auth), into=tmp_path / "f", reach=reach_to(server))
    assert server.asked[0].target == "/f?lang=fr&key=a%2Bb&Signature=x%3D"
