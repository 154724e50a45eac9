"""How a feed's file is read: a draft that is worked on in steps, tried, and saved as the feed's next version."""

from __future__ import annotations

from typing import Any

from litestar import Controller, Response, get, post
from litestar.response import Redirect
from litestar_htmx import ClientRedirect, HTMXRequest

from marketplace.kernel.errors import Invalid, NotFound, Refused
from marketplace.sourcing.begin_mapping import begin_mapping, discard_mapping
from marketplace.sourcing.change_draft import ask_trial, change_draft, change_reading
from marketplace.sourcing.change_mapping import forget_mapping_template, save_mapping_template
from marketplace.sourcing.drafts.draft import need_draft, read_draft
from marketplace.sourcing.save_draft import require_enough, save_draft
from marketplace.sourcing.screens.feed_page import feed_facts
from marketplace.sourcing.screens.templates import template as find_template
from marketplace.web.access import Desk, seat_guard
from marketplace.web.forms import Form
from marketplace.web.portal.mapping_steps import (
    columns_page,
    file_page,
    meaning_page,
    start_page,
    trial_page,
    words_page,
)
from marketplace.web.rendering import wants_fragment
from marketplace.web.staff.sourcing.mapping_forms import read_columns, read_meaning, read_reading, read_words
from marketplace.web.staff.sourcing.uploads import name_of, on_disk


class MappingSteps(Controller):
    path = "/portal/{supplier:str}/feeds/{feed:int}/mapping"
    guards = [seat_guard]

    @get(opt={"may": "feeds"})
    async def start(self, request: HTMXRequest, desk: Desk, feed: int) -> Response[Any]:
        draft = await read_draft(desk.tenant, feed)
        if draft is not None and draft.state == "ready":
            there = f"{desk.home}/feeds/{feed}/mapping/file"
            return ClientRedirect(there) if wants_fragment(request) else Redirect(there, status_code=303)
        return await start_page(request, desk, feed, draft, Form.empty())

    @post("/draft", opt={"may": "feeds"})
    async def begin(self, request: HTMXRequest, desk: Desk, feed: int) -> Response[str] | Redirect:
        """Look at the address, at a file that is sent, or at the file there is with a template's eyes."""
        form = await Form.read(request)
        chosen = form.integer("template")
        mapping = await find_template(desk.tenant, chosen) if chosen else None
        files = form.files("file")
        try:
            if files:
                async with on_disk(files[0]) as path:
                    await begin_mapping(
                        desk.tenant,
                        feed,
                        path=path,
                        name=name_of(files[0]),
                        mapping=mapping,
                        by=desk.person_name,
                    )
            else:
                await begin_mapping(desk.tenant, feed, mapping=mapping, by=desk.person_name)
        except Refused as refusal:
            form.take(refusal)
            return await start_page(
                request, desk, feed, await read_draft(desk.tenant, feed), form, status=422
            )
        return _to(desk, feed, "")

    @post("/draft/removal", opt={"may": "feeds"})
    async def discard(self, desk: Desk, feed: int) -> Redirect:
        await discard_mapping(desk.tenant, feed)
        return Redirect(f"{desk.home}/feeds/{feed}", status_code=303)

    @get("/file", opt={"may": "feeds"})
    async def file(self, request: HTMXRequest, desk: Desk, feed: int) -> Response[str]:
        draft = await need_draft(desk.tenant, feed)
        tried = Form({key: request.query_params.getall(key) for key in request.query_params})
        return await file_page(request, desk, draft, tried)

    @post("/file", opt={"may": "feeds"})
    async def take_file(self, request: HTMXRequest, desk: Desk, feed: int) -> Response[str] | Redirect:
        draft = await need_draft(desk.tenant, feed)
        form = await Form.read(request)
        format, reading = read_reading(form, draft)
        try:
            form.check()
            await change_reading(desk.tenant, feed, format, reading, by=desk.person_name)
        except Refused as refusal:
            form.take(refusal)
            return await file_page(request, desk, draft, form, status=422)
        return _to(desk, feed, "/columns")

    @get("/columns", opt={"may": "feeds"})
    async def columns(self, request: HTMXRequest, desk: Desk, feed: int) -> Response[str]:
        return columns_page(request, desk, await need_draft(desk.tenant, feed), Form.empty())

    @post("/columns", opt={"may": "feeds"})
    async def take_columns(self, request: HTMXRequest, desk: Desk, feed: int) -> Response[str] | Redirect:
        draft = await need_draft(desk.tenant, feed)
        form = await Form.read(request)
        mapping = read_columns(form, draft)
        facts = await feed_facts(desk.tenant, feed)
        try:
            form.check()
            await change_draft(desk.tenant, feed, mapping, by=desk.person_name)
            require_enough(mapping, makes_offers=facts["speed"] == "full" and facts["agreement"] is None)
        except Refused as refusal:
            form.take(refusal)
            draft = await need_draft(desk.tenant, feed)  # what is missing is judged by what was just kept
            return columns_page(request, desk, draft, form, status=422)
        return _to(desk, feed, "/meaning")

    @get("/meaning", opt={"may": "feeds"})
    async def meaning(self, request: HTMXRequest, desk: Desk, feed: int) -> Response[str]:
        return meaning_page(request, desk, await need_draft(desk.tenant, feed), None)

    @post("/meaning", opt={"may": "feeds"})
    async def take_meaning(self, request: HTMXRequest, desk: Desk, feed: int) -> Response[str] | Redirect:
        draft = await need_draft(desk.tenant, feed)
        form = await Form.read(request)
        mapping = read_meaning(form, draft)
        try:
            form.check()
            await change_draft(desk.tenant, feed, mapping, by=desk.person_name)
            await ask_trial(desk.tenant, feed)
        except Refused as refusal:
            form.take(refusal)
            return meaning_page(request, desk, draft, form, status=422)
        return _to(desk, feed, "/words")

    @get("/words", opt={"may": "feeds"})
    async def words(self, request: HTMXRequest, desk: Desk, feed: int) -> Response[str]:
        return words_page(request, desk, await need_draft(desk.tenant, feed), Form.empty())

    @post("/words", opt={"may": "feeds"})
    async def take_words(self, request: HTMXRequest, desk: Desk, feed: int) -> Response[str] | Redirect:
        draft = await need_draft(desk.tenant, feed)
        form = await Form.read(request)
        mapping = read_words(form, draft)
        try:
            form.check()
            await change_draft(desk.tenant, feed, mapping, by=desk.person_name)
            await ask_trial(desk.tenant, feed)
        except Refused as refusal:
            form.take(refusal)
            return words_page(request, desk, draft, form, status=422)
        return _to(desk, feed, "/trial")

    @get("/trial", opt={"may": "feeds"})
    async def trial(self, request: HTMXRequest, desk: Desk, feed: int, kept: str = "") -> Response[str]:
        draft = await need_draft(desk.tenant, feed)
        return await trial_page(request, desk, draft, Form.empty(), kept=kept)

    @post("/trial", opt={"may": "feeds"})
    async def ask(self, request: HTMXRequest, desk: Desk, feed: int) -> Response[str] | Redirect:
        try:
            await ask_trial(desk.tenant, feed)
        except Invalid as refusal:
            form = Form.empty()
            form.take(refusal)
            return await start_page(
                request, desk, feed, await read_draft(desk.tenant, feed), form, status=422
            )
        return _to(desk, feed, "/trial")

    @post("/version", opt={"may": "feeds"})
    async def save(self, request: HTMXRequest, desk: Desk, feed: int) -> Response[str] | Redirect:
        draft = await need_draft(desk.tenant, feed)
        form = await Form.read(request)
        try:
            run = await save_draft(desk.tenant, feed, sync=form.flag("sync"), by=desk.person_name)
        except Refused as refusal:
            form.take(refusal)
            return await trial_page(request, desk, draft, form, status=422)
        return Redirect(f"{desk.home}/feeds/{feed}" + (f"/runs/{run}" if run else ""), status_code=303)

    @post("/templates", opt={"may": "feeds"})
    async def keep_template(self, request: HTMXRequest, desk: Desk, feed: int) -> Response[str] | Redirect:
        draft = await need_draft(desk.tenant, feed)
        if draft.mapping is None:
            raise NotFound
        form = await Form.read(request)
        name = form.need("name", most=80)
        try:
            form.check()
            await save_mapping_template(desk.tenant, name, draft.mapping, by=desk.person_name)
        except Refused as refusal:
            form.take(refusal)
            return await trial_page(request, desk, draft, form, status=422)
        return _to(desk, feed, "/trial?kept=1")

    @post("/templates/{template:int}/removal", opt={"may": "feeds"})
    async def forget_template(self, desk: Desk, feed: int, template: int) -> Redirect:
        await forget_mapping_template(desk.tenant, template, by=desk.person_name)
        return _to(desk, feed, "")


def _to(desk: Desk, feed: int, step: str) -> Redirect:
    return Redirect(f"{desk.home}/feeds/{feed}/mapping{step}", status_code=303)
