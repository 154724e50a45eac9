"""/dev/mailbox: what would have been sent, in demo mode only. Elsewhere the page does not exist."""

from litestar import Response, get
from litestar_htmx import HTMXRequest
from markupsafe import Markup

from marketplace.kernel.database import fetch, fetch_one
from marketplace.kernel.errors import NotFound
from marketplace.kernel.settings import settings
from marketplace.web.rendering import page
from tenants.scope import platform_scope


@get("/dev/mailbox", opt={"public": True})
async def mailbox(request: HTMXRequest, to: str = "") -> Response[str]:
    _only_in_demo()
    async with platform_scope("the demo's mailbox"):
        mails = await fetch(
            'SELECT m.id, m.kind, m."to", m.sender_name, m.subject, m.created_at, m.sent_at, t.name AS tenant'
            " FROM mail m LEFT JOIN tenant t ON t.id = m.tenant WHERE $1 = '' OR m.\"to\" = $1 ORDER BY m.id DESC LIMIT 100",
            to,
        )
    return page(request, "platform/mailbox.html", mails=mails, to=to)


@get("/dev/mailbox/{mail:int}", opt={"public": True})
async def read_mail(request: HTMXRequest, mail: int) -> Response[str]:
    _only_in_demo()
    async with platform_scope("the demo's mailbox"):
        row = await fetch_one(
            "SELECT m.*, coalesce(t.name, 'Comptoir') AS tenant FROM mail m LEFT JOIN tenant t ON t.id = m.tenant WHERE m.id = $1",
            mail,
        )
    if row is None:
        raise NotFound
    # links in the text are made clickable; the HTML version is what a mail program shows, and may style itself
    return page(request, "platform/mail.html", mail=row, linked=_linked(row["text_body"]))


def _only_in_demo() -> None:
    if not settings().demo:
        raise NotFound


def _linked(text: str) -> Markup:
    import re

    parts = re.split(r"(https?://[^\s<>\"]+)", text)
    return Markup("").join(
        Markup('<a href="{0}">{0}</a>').format(part) if i % 2 else Markup.escape(part)
        for i, part in enumerate(parts)
    )
