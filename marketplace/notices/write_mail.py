"""Write a mail in the open scope. It is sent after that transaction's commit, by a job of its own."""

from hashlib import sha256

from marketplace.kernel.database import fetch_value
from marketplace.kernel.outbox import emit
from marketplace.kernel.settings import settings
from marketplace.notices.rendering import Letter

_INSERT = """
INSERT INTO mail (tenant, kind, about, "to", reply_to, sender_name, subject, text_body, html_body, message_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
ON CONFLICT (message_id) DO NOTHING RETURNING id
"""


async def write_mail(
    tenant: int | None,
    kind: str,
    *,
    to: str,
    letter: Letter,
    sender_name: str,
    reply_to: str | None = None,
    about: str,
    once: str,
) -> int | None:
    """Keep `letter` for `to` and ring for its sending. Answers its id, or None when it was written before.

    `once` names the occasion: the same kind, occasion and address are one mail, whoever asks how often, under one
    Message-ID. `about` is what it tells of, as "order:12". `tenant` None is the platform itself, in its scope.
    """
    made: int | None = await fetch_value(
        _INSERT,
        tenant,
        kind,
        about,
        to,
        reply_to,
        _line(sender_name),
        letter.subject,
        letter.text,
        letter.html,
        message_id(tenant, kind, once, to),
    )
    if made is not None:
        await emit("mail.written", tenant=tenant, mail=made)
    return made


def message_id(tenant: int | None, kind: str, once: str, to: str) -> str:
    """RFC 5322 Message-ID, the same for the same mail."""
    occasion = sha256(f"{tenant}\0{kind}\0{once}\0{to}".encode()).hexdigest()[:32]
    return f"<{kind}.{occasion}@{settings().platform_hosts[0]}>"


def _line(name: str) -> str:
    return " ".join(name.split())[:120]
