"""The queue of proposed matches: an offer may be the same goods as something that is sold already."""

from typing import Any

from litestar import Controller, Response, get, post
from litestar.response import Redirect
from litestar_htmx import HTMXRequest

from marketplace.catalogue.decide_match import confirm_match, decide_matches, reject_match
from marketplace.catalogue.proposed_matches import all_proposed, proposed_matches
from marketplace.catalogue.tables import MatchState
from marketplace.kernel.errors import NotFound, Refused
from marketplace.web.access import Desk, seat_guard
from marketplace.web.dashboard.queues import queue_page
from marketplace.web.forms import Form

_ANSWERS = {"confirm": MatchState.CONFIRMED, "reject": MatchState.REJECTED}


class Matches(Controller):
    path = "/dashboard/{merchant:str}/matches"
    guards = [seat_guard]

    @get(opt={"may": "read"})
    async def index(
        self, request: HTMXRequest, desk: Desk, after: str = "", done: int | None = None
    ) -> Response[str]:
        return await _page(request, desk, after=after, done=done)

    @post(opt={"may": "catalogue"})
    async def decide_many(self, request: HTMXRequest, desk: Desk) -> Response[str] | Redirect:
        """The ticked ones, or all; what somebody decided meanwhile stays as it was decided."""
        form = await Form.read(request)
        state = _ANSWERS.get(form.raw("choice"))
        if state is None:
            raise NotFound
        ids = await all_proposed(desk.tenant) if form.flag("all") else form.ids("id")
        if not ids:
            form.problem("", "Tick the proposals first.")
            return await _page(request, desk, form=form, status=422)
        done = await decide_matches(desk.tenant, ids, state)
        return Redirect(f"{desk.home}/matches?done={done}", status_code=303)

    @post("/{match:int}/confirmation", opt={"may": "catalogue"})
    async def confirm(self, request: HTMXRequest, desk: Desk, match: int) -> Response[str] | Redirect:
        form = await Form.read(request)
        try:
            pack = form.integer("pack_quantity", least=1, most=10_000, required=True)
            form.check()
            await confirm_match(desk.tenant, match, pack_quantity=pack or 1)
        except Refused as refusal:
            form.take(refusal)
            return await _page(request, desk, form=form, wrong=match, status=422)
        return Redirect(f"{desk.home}/matches?done=1", status_code=303)

    @post("/{match:int}/rejection", opt={"may": "catalogue"})
    async def reject(self, desk: Desk, match: int) -> Redirect:
        await reject_match(desk.tenant, match)
        return Redirect(f"{desk.home}/matches?done=1", status_code=303)


async def _page(
    request: HTMXRequest, desk: Desk, *, after: str = "", wrong: int | None = None, **more: Any
) -> Response[str]:
    """`wrong` is the proposal whose form has a problem."""
    return await queue_page(
        request,
        desk,
        "dashboard/matches/index.html",
        await proposed_matches(desk.tenant, after=after or None),
        f"{desk.home}/matches",
        after=after,
        wrong=wrong,
        may_see_costs=desk.may_see_costs,
        **more,
    )
