"""Secure connections: the certificate must be for the name that was asked for, by an authority we trust."""

import asyncio
import os

import pytest

from marketplace.kernel.fetching import CutShort, TlsFailed
from marketplace.kernel.outside import Outside
from marketplace.kernel.reach import Reach
from tests.support.certificates import self_signed, serving_as, trusting
from tests.support.loopback import Server, answer, calm, names, saying, serving


async def fetch(server, tmp_path, host, **how):
    reach = Reach(
        allow=frozenset([(host, server.port)]),
        resolver=names(shop_test=["127.0.0.1"], other_test=["127.0.0.1"]),
    )
    async with Outside(reach=reach, manners=calm(), **how) as outside:
        return await outside.fetch(server.url("/f", "https", host), into=tmp_path / "f")


async def test_a_certificate_for_the_name_is_accepted_though_we_connect_to_a_number(tmp_path):
    async with serving(saying(answer(200, b"x")), serving_as("shop.test")) as server:
        got = await fetch(server, tmp_path, "shop.test", ssl_context=trusting("shop.test"))
    assert got.status == "ok"


async def test_a_certificate_for_another_name_is_refused(tmp_path):
    async with serving(saying(answer(200, b"x")), serving_as("shop.test")) as server:
        with pytest.raises(TlsFailed) as failure:
            await fetch(server, tmp_path, "other.test", ssl_context=trusting("shop.test"))
        assert "not valid for 'other.test'" in str(failure.value)
        assert server.asked == []


async def test_an_authority_nobody_trusts_is_refused_even_when_the_environment_trusts_it(
    tmp_path, monkeypatch
):
    (tmp_path / "ca.pem").write_text(self_signed("shop.test")[0])
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    async with serving(saying(answer(200, b"x")), serving_as("shop.test")) as server:
        with pytest.raises(TlsFailed) as failure:
            await fetch(server, tmp_path, "shop.test")
    assert "self-signed certificate" in str(failure.value)


async def test_a_server_that_speaks_plain_text_on_a_secure_port_is_told(tmp_path):
    async def shout(reader, writer):
        writer.write(b"hello\r\n")

    listener = await asyncio.start_server(shout, "127.0.0.1", 0)
    async with listener:
        server = Server(listener.sockets[0].getsockname()[1])
        with pytest.raises(TlsFailed):
            await fetch(server, tmp_path, "shop.test")


async def test_a_secure_connection_that_breaks_in_the_middle_is_told_as_a_cut(tmp_path):
    async def garble(asked, writer):
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\nsku")
        await writer.drain()
        # below the encryption: a record that nobody can decipher
        os.write(writer.transport.get_extra_info("socket").fileno(), b"\x17\x03\x03\x00\x20" + b"z" * 32)

    async with serving(garble, serving_as("shop.test")) as server:
        with pytest.raises(CutShort):
            await fetch(server, tmp_path, "shop.test", ssl_context=trusting("shop.test"))
    assert list(tmp_path.iterdir()) == []
