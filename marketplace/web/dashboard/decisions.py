"""The queue of decisions: a feed changed what the merchant had written itself, and somebody says whose value holds."""

from typing import Any

from litestar import Controller, Response, get, post
from litestar.response import Redirect
from litestar_htmx import HTMXRequest

from marketplace.catalogue.decide_fields import decide_fields
from marketplace.catalogue.fields import FEED_FIELDS
from marketplace.catalogue.merge import Choice
from marketplace.catalogue.photos.broken_photos import broken_photos
from marketplace.catalogue.read_queues import Waiting, all_pending, kinds_pending, pending_decisions
from marketplace.kernel.errors import NotFound
from marketplace.web.access import Desk, seat_guard
from marketplace.web.dashboard.decisions_diff import pieces
from marketplace.web.dashboard.queues import address, queue_page
from marketplace.web.forms import Form


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
        seen = {number: mark for number in ids if (mark := form.raw(f"saw_{number}"))}
        decided = await decide_fields(desk.tenant, ids, choice, seen=seen, who=desk.person_name)
        left = len(ids) - decided
        return Redirect(address(_at(desk, asked), done=decided, left=left or None), status_code=303)

    @get("/photos", opt={"may": "read"})
    async def photos(self, request: HTMXRequest, desk: Desk, after: str = "") -> Response[str]:
        """Pictures of what is sold that could not be had: nobody decides, but somebody should know."""
        found = await broken_photos(desk.tenant, after=after or None)
        return await queue_page(
            request,
            desk,
            "dashboard/decisions/photos.html",
            found,
            f"{desk.home}/decisions/photos",
            after=after,
            broken=True,
        )


def _asked(field: str, supplier: str) -> Waiting:
    known = supplier.isdecimal() and len(supplier) < 19
    return Waiting(
        field=field if field in FEED_FIELDS else None,
        supplier=int(supplier) if known else None,
    )


def _at(desk: Desk, asked: Waiting) -> str:
    """The queue's address, which keeps what it is narrowed to."""
    return address(f"{desk.home}/decisions", field=asked.field, supplier=asked.supplier)


async def _page(
    request: HTMXRequest, desk: Desk, asked: Waiting, *, after: str = "", **more: Any
) -> Response[str]:
    found = await pending_decisions(desk.tenant, after=after or None, of=asked)
    return await queue_page(
        request,
        desk,
        "dashboard/decisions/index.html",
        found,
        _at(desk, asked),
        after=after,
        kinds=await kinds_pending(desk.tenant),
        asked=asked,
        pieces=pieces,
        **more,
    )
