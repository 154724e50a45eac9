"""A mail is handed over once, by a job, with no transaction open; and again under the same Message-ID when it must be."""

import asyncio
import email
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email import policy
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, AuthResult

from marketplace.kernel.errors import NotFound
from marketplace.kernel.settings import settings
from marketplace.notices.mail_pages import read_failed_mails, read_mails_about, send_again
from marketplace.notices.rendering import Letter
from marketplace.notices.send_mail import send_mail
from marketplace.notices.smtp import BadMailUrl, MailUnavailable, Server
from marketplace.notices.write_mail import write_mail
from tenants.scope import acting_as
from tests.claims.scenes import value
from tests.notices.post import deliver
from tests.support import world

pytestmark = pytest.mark.usefixtures("database")
LETTER = Letter("Votre commande n° 1 à Lille", "Bonjour Zoé\n", "<p>Bonjour Zoé</p>")


class Postbox:
    """A mail server's memory, and what it says to recipients."""

    def __init__(self) -> None:
        self.received: list[Any] = []
        self.answer = "250 OK"
        self.after_data = "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.answer

    async def handle_DATA(self, server, session, envelope):
        self.received.append((envelope, email.message_from_bytes(envelope.content, policy=policy.default)))
        return self.after_data


@asynccontextmanager
async def listening(
    monkeypatch: pytest.MonkeyPatch, url: str, box: Postbox, **how: Any
) -> AsyncIterator[None]:
    """A mail server on this machine, and MAIL_URL pointing at it; `{port}` in `url` is its port."""
    server = await asyncio.get_running_loop().create_server(lambda: SMTP(box, **how), "127.0.0.1", 0)
    monkeypatch.setenv("MAIL_URL", url.format(port=server.sockets[0].getsockname()[1]))
    settings.cache_clear()
    try:
        yield
    finally:
        server.close()
        monkeypatch.delenv("MAIL_URL")
        settings.cache_clear()


@pytest.fixture
async def postbox(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Postbox]:
    box = Postbox()
    async with listening(monkeypatch, "smtp://127.0.0.1:{port}?from=post@mail.example", box):
        yield box


async def written(**more: Any) -> tuple[int, int]:
    alice = await world.merchant()
    async with acting_as(alice):
        values = {
            "to": "zoe@shopper.example",
            "letter": LETTER,
            "sender_name": "Chez Alice & Zoé",
            "reply_to": "alice@shop.example",
            "about": "order:1",
            "once": "1",
            **more,
        }
        mail = await write_mail(alice, "order_confirmation", **values)
    assert mail is not None
    return alice, mail


async def test_it_arrives_from_the_shop_with_both_bodies_and_answers_go_to_the_shop(postbox):
    alice, mail = await written()
    await deliver(alice)
    [(envelope, message)] = postbox.received
    assert (envelope.mail_from, envelope.rcpt_tos) == ("post@mail.example", ["zoe@shopper.example"])
    assert message["From"].addresses[0].display_name == "Chez Alice & Zoé"
    assert (message["Reply-To"], message["Subject"]) == ("alice@shop.example", LETTER.subject)
    assert message.get_body(("plain",)).get_content().split() == LETTER.text.split()
    assert message.get_body(("html",)).get_content().strip() == LETTER.html
    assert await value("SELECT sent_at FROM mail WHERE id = $1", mail) is not None


async def test_a_job_that_runs_twice_hands_it_over_once(postbox):
    alice, mail = await written()
    assert await send_mail(alice, mail) is True
    assert await send_mail(alice, mail) is False
    assert len(postbox.received) == 1


async def test_a_server_that_says_later_is_asked_again_under_the_same_message_id(postbox):
    alice, mail = await written()
    postbox.after_data = "451 busy"
    with pytest.raises(MailUnavailable, match="451"):
        await send_mail(alice, mail)
    assert "451" in await value("SELECT error FROM mail WHERE id = $1", mail)
    postbox.after_data = "250 OK"
    assert await send_mail(alice, mail) is True
    first, second = (message["Message-ID"] for _, message in postbox.received)
    assert first == second
    assert await value("SELECT error FROM mail WHERE id = $1", mail) is None


async def test_an_address_that_does_not_exist_is_written_down_and_not_tried_for_ever(postbox):
    alice, mail = await written()
    postbox.answer = "550 no such person"
    assert await send_mail(alice, mail) is False
    assert await value("SELECT error FROM mail WHERE id = $1", mail) == "refused: 550 no such person"


async def test_alice_sees_what_was_not_taken_and_sends_it_again(postbox):
    alice, mail = await written()
    charlie = await world.merchant("charlie")
    postbox.answer = "550 no such person"
    await deliver(alice)
    [failed] = await read_failed_mails(alice)
    assert (failed["id"], failed["to"]) == (mail, "zoe@shopper.example")
    with pytest.raises(NotFound):
        await send_again(charlie, mail)
    postbox.answer = "250 OK"
    await send_again(alice, mail)
    await deliver(alice)
    [told] = await read_mails_about(alice, "order:1")
    assert told["sent_at"] is not None
    assert await read_failed_mails(alice) == await read_mails_about(charlie, "order:1") == []


@pytest.mark.parametrize(
    "wrong", [{"to": "zoe@shopper.example\r\nBcc: all@shopper.example"}, {"reply_to": "a@b.example\nX: y"}]
)
async def test_nobody_slips_a_header_in(postbox, wrong):
    alice, mail = await written(**wrong)
    assert await send_mail(alice, mail) is False
    assert postbox.received == []
    assert "cannot be written" in await value("SELECT error FROM mail WHERE id = $1", mail)


async def test_the_same_occasion_is_written_once():
    alice, first = await written()
    async with acting_as(alice):
        again = await write_mail(
            alice,
            "order_confirmation",
            to="zoe@shopper.example",
            letter=LETTER,
            sender_name="A",
            about="order:1",
            once="1",
        )
        other = await write_mail(
            alice,
            "order_confirmation",
            to="zoe@shopper.example",
            letter=LETTER,
            sender_name="A",
            about="order:2",
            once="2",
        )
    assert again is None
    assert other not in (None, first)


async def test_without_a_server_it_is_kept():
    alice, mail = await written()
    assert await send_mail(alice, mail) is False
    assert await value("SELECT sent_at IS NULL AND attempts = 0 FROM mail WHERE id = $1", mail)


async def test_nobody_listens_so_it_is_tried_again(monkeypatch):
    monkeypatch.setenv("MAIL_URL", "smtp://127.0.0.1:1")
    settings.cache_clear()
    alice, mail = await written()
    try:
        with pytest.raises(MailUnavailable, match=r"127\.0\.0\.1:1"):
            await send_mail(alice, mail)
    finally:
        monkeypatch.delenv("MAIL_URL")
        settings.cache_clear()


async def test_a_wrong_password_is_the_operator_s_to_mend_so_it_is_tried_again(monkeypatch):
    def never(server, session, envelope, mechanism, data):
        return AuthResult(success=False, handled=False)

    alice, mail = await written()
    how = {"authenticator": never, "auth_require_tls": False}
    async with listening(monkeypatch, "smtp://alice:wrong@127.0.0.1:{port}", Postbox(), **how):
        with pytest.raises(MailUnavailable, match="535"):
            await send_mail(alice, mail)


def test_the_url_says_everything():
    server = Server.at("smtps://us%40er:p%3Aw@mail.example?from=hello@shop.example")
    assert (server.host, server.port, server.tls_at_once) == ("mail.example", 465, True)
    assert (server.user, server.password, server.sender) == ("us@er", "p:w", "hello@shop.example")
    assert Server.at("smtp://mail.example").port == 587
    for wrong in ("mail.example:25", "http://mail.example", "smtp://mail.example:many", "smtp://"):
        with pytest.raises(BadMailUrl):
            Server.at(wrong)
