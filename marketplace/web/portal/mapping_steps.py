"""The pages of a mapping's steps, as they are shown at first and with what was typed when something is wrong."""

from __future__ import annotations

from typing import Any

from litestar import Response
from litestar_htmx import HTMXRequest

from marketplace.kernel.errors import NotFound
from marketplace.sourcing.drafts.draft import Draft
from marketplace.sourcing.drafts.preview import preview
from marketplace.sourcing.drafts.proposals import reading_of, shape_of
from marketplace.sourcing.screens.feed_page import feed_facts
from marketplace.sourcing.screens.run_findings import changes
from marketplace.sourcing.screens.templates import templates_of
from marketplace.web.access import Desk
from marketplace.web.forms import Form
from marketplace.web.portal.feeds import format_names
from marketplace.web.staff.sourcing.mapping_forms import read_reading
from marketplace.web.staff.sourcing.mapping_pages import columns_context, meaning_context, words_context
from marketplace.web.staff.sourcing.mapping_words import DELIMITERS, ENCODINGS
from marketplace.web.staff.sourcing.pages import show


def _step(
    request: HTMXRequest,
    desk: Desk,
    draft: Draft,
    step: str,
    form: Form,
    *,
    status: int = 200,
    **context: Any,
) -> Response[str]:
    return show(
        request,
        desk,
        f"portal/mapping/{step}.html",
        f"portal/mapping/_{step}.html",
        current="feeds",
        status=status,
        draft=draft,
        feed_id=draft.feed,
        step=step,
        form=form,
        formats=format_names(),
        **context,
    )


async def start_page(
    request: HTMXRequest, desk: Desk, feed: int, draft: Draft | None, form: Form, *, status: int = 200
) -> Response[str]:
    return show(
        request,
        desk,
        "portal/mapping/start.html",
        "portal/mapping/_start.html",
        current="feeds",
        status=status,
        feed=await feed_facts(desk.tenant, feed),
        draft=draft,
        form=form,
        formats=format_names(),
        templates=await templates_of(desk.tenant),
    )


async def file_page(
    request: HTMXRequest, desk: Desk, draft: Draft, form: Form, *, status: int = 200
) -> Response[str]:
    if draft.mapping is None or draft.file_key is None:
        raise NotFound
    format, tried = read_reading(form, draft)
    reading = {**reading_of(draft.mapping), **tried}
    seen = await preview(draft.file_key, draft.file_name or "", reading)
    return _step(
        request,
        desk,
        draft,
        "file",
        form,
        status=status,
        seen=seen,
        reading=reading,
        chosen=format,
        shape=shape_of(format) if seen.problem else seen.shape,
        encodings=_listed(ENCODINGS, reading["encoding"]),
        delimiters=DELIMITERS,
        templates=await templates_of(desk.tenant),
    )


def _listed(known: tuple[tuple[str, str], ...], present: str) -> list[tuple[str, str]]:
    return [*known, *([(present, present)] if present not in dict(known) else [])]


def columns_page(
    request: HTMXRequest, desk: Desk, draft: Draft, form: Form, *, status: int = 200
) -> Response[str]:
    return _step(request, desk, draft, "columns", form, status=status, **columns_context(draft, form))


def meaning_page(
    request: HTMXRequest, desk: Desk, draft: Draft, form: Form | None, *, status: int = 200
) -> Response[str]:
    filled, context = meaning_context(draft, form, desk.currency)
    return _step(request, desk, draft, "meaning", filled, status=status, **context)


def words_page(
    request: HTMXRequest, desk: Desk, draft: Draft, form: Form, *, status: int = 200
) -> Response[str]:
    return _step(request, desk, draft, "words", form, status=status, **words_context(draft, form))


async def trial_page(
    request: HTMXRequest, desk: Desk, draft: Draft, form: Form, *, status: int = 200, kept: str = ""
) -> Response[str]:
    return _step(
        request,
        desk,
        draft,
        "trial",
        form,
        status=status,
        kept=kept,
        templates=await templates_of(desk.tenant),
        changes=changes,
    )
