"""The pages of what waits for a person: tabs over each, what was just decided, and addresses that keep what it is narrowed to."""

from typing import Any
from urllib.parse import urlencode

from litestar import Response
from litestar_htmx import HTMXRequest

from marketplace.catalogue.keyset import Page
from marketplace.catalogue.photos.broken_photos import count_broken_photos
from marketplace.catalogue.read_catalogue import catalogue_counts
from marketplace.web.access import Desk
from marketplace.web.dashboard.listings_words import words_of
from marketplace.web.forms import Form
from marketplace.web.rendering import page


async def queue_page(
    request: HTMXRequest,
    desk: Desk,
    template: str,
    found: Page[Any],
    base: str,
    *,
    done: int | None = None,
    left: int = 0,
    form: Form | None = None,
    status: int = 200,
    broken: bool = False,
    **context: Any,
) -> Response[str]:
    """`found` at the address `base`; `done` were decided just now, `left` were not. `broken`: what was found are broken photos."""
    return page(
        request,
        template,
        status=status,
        desk=desk,
        current="decisions",
        found=found,
        here=lambda **more: address(base, **more),
        counts={
            **(await catalogue_counts(desk.tenant))["todo"],
            "photos": found.total if broken else await count_broken_photos(desk.tenant),
        },
        done=done,
        left=left,
        form=form or Form.empty(),
        may_change=desk.may("catalogue"),
        **words_of(request.state.locale),
        **context,
    )


def address(base: str, **said: Any) -> str:
    """`base`, which may ask for something already, asking for what is said, too."""
    query = urlencode({name: value for name, value in said.items() if value is not None and value != ""})
    return f"{base}{'&' if '?' in base else '?'}{query}" if query else base
