"""The queue of decisions: a feed changed what the merchant had written itself, and somebody says whose value holds."""

from typing import Any
from urllib.parse import urlencode

from litestar import Controller, Response, get, post
from litestar.response import Redirect
from litestar_htmx import HTMXRequest

from marketplace.catalogue.decide_fields import decide_fields
from marketplace.catalogue.fields import FEED_FIELDS
from marketplace.catalogue.merge import Choice
from marketplace.catalogue.photos.broken_photos import broken_photos
from marketplace.catalogue.read_catalogue import catalogue_counts
from marketplace.catalogue.read_queues import Waiting, all_pending, kinds_pending, pending_decisions
from marketplace.kernel.errors import NotFound
from marketplace.web.access import Desk, seat_guard
from marketplace.web.dashboard.decisions_diff import pieces
from marketplace.web.dashboard.listings_words import words_of
from marketplace.web.forms import Form
from marketplace.web.rendering import page


class Decisions(Controller):
    path = "/dashboard/{merchant:str}/decisions"
    guards = [seat_guard]

    @get(opt={"may": "read"})
    async def index(
        self,
        request: HTMXRequest,
        desk: Desk,
        after: str = "",
        field: str = "",
        supplier: str = "",
        done: int | None = None,
        left: int = 0,
    ) -> Response[str]:
        return await _page(request, desk, _asked(field, supplier), after=after, done=done, left=left)

    @post(opt={"may": "catalogue"})
    async def decide(self, request: HTMXRequest, desk: Desk) -> Response[str] | Redirect:
        """The same answer to the ticked ones, to all that match (`all`), or (`one` = "id:choice") to one of them; to none whose feed
        said something else meanwhile than the page showed."""
        form = await Form.read(request)
        asked = _asked(form.raw("on_field"), form.raw("on_supplier"))
        one, _, its_choice = form.raw("one").partition(":")
        ids = [int(one)] if one.isdecimal() and len(one) < 19 else form.ids("id")
        try:
            choice = Choice(its_choice or form.raw("choice"))
        except ValueError:
            raise NotFound from None
        if not its_choice and form.flag("all"):
            ids = await all_pending(desk.tenant, asked)
        if not ids:
            form.problem("", "Tick the decisions first.")
            return await _page(request, desk, asked, form=form, status=422)
        seen = {one: mark for one in ids if (mark := form.raw(f"saw_{one}"))}
        decided = await decide_fields(desk.tenant, ids, choice, seen=seen, who=desk.person_name)
        words = _words(asked, done=decided, left=len(ids) - decided or None)
        return Redirect(f"{desk.home}/decisions?{words}", status_code=303)

    @get("/photos", opt={"may": "read"})
    async def photos(self, request: HTMXRequest, desk: Desk, after: str = "") -> Response[str]:
        """Pictures of what is sold that could not be had: nobody decides, but somebody should know."""
        return page(
            request,
            "dashboard/decisions/photos.html",
            desk=desk,
            current="decisions",
            found=await broken_photos(desk.tenant, after=after or None),
            counts=(await catalogue_counts(desk.tenant))["todo"],
            after=after,
            done=None,
            left=0,
            form=Form.empty(),
            here=lambda **more: (
                f"{desk.home}/decisions/photos" + (f"?{urlencode(more)}" if more.get("after") else "")
            ),
            **words_of(request.state.locale),
        )


def _asked(field: str, supplier: str) -> Waiting:
    known = supplier.isdecimal() and len(supplier) < 19
    return Waiting(
        field=field if field in FEED_FIELDS else None,
        supplier=int(supplier) if known else None,
    )


def _words(asked: Waiting, **more: Any) -> str:
    """The part of an address that keeps what the queue is narrowed to."""
    said = {"field": asked.field, "supplier": asked.supplier, **more}
    return urlencode({name: value for name, value in said.items() if value is not None and value != ""})


async def _page(
    request: HTMXRequest,
    desk: Desk,
    asked: Waiting,
    *,
    after: str = "",
    done: int | None = None,
    left: int = 0,
    form: Form | None = None,
    status: int = 200,
) -> Response[str]:
    return page(
        request,
        "dashboard/decisions/index.html",
        status=status,
        desk=desk,
        current="decisions",
        found=await pending_decisions(desk.tenant, after=after or None, of=asked),
        kinds=await kinds_pending(desk.tenant),
        asked=asked,
        counts=(await catalogue_counts(desk.tenant))["todo"],
        after=after,
        done=done,
        left=left,
        form=form or Form.empty(),
        pieces=pieces,
        here=lambda **more: f"{desk.home}/decisions?{_words(asked, **more)}".rstrip("?"),
        may_change=desk.may("catalogue"),
        **words_of(request.state.locale),
    )
