"""The queue of decisions: a feed changed what the merchant had written itself, and somebody says whose value holds."""

from litestar import Controller, Response, get, post
from litestar.response import Redirect
from litestar_htmx import HTMXRequest

from marketplace.catalogue.decide_field import decide_fields
from marketplace.catalogue.merge import Choice
from marketplace.catalogue.read_catalogue import catalogue_counts
from marketplace.catalogue.read_queues import pending_decisions
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
        self, request: HTMXRequest, desk: Desk, after: str = "", done: int | None = None
    ) -> Response[str]:
        return await _page(request, desk, after=after, done=done)

    @post(opt={"may": "catalogue"})
    async def decide(self, request: HTMXRequest, desk: Desk) -> Response[str] | Redirect:
        """The same answer to the ticked ones, or (`one` = "id:choice") to one of them."""
        form = await Form.read(request)
        one, _, its_choice = form.raw("one").partition(":")
        ids = [int(one)] if one.isdecimal() and len(one) < 19 else form.ids("id")
        try:
            choice = Choice(its_choice or form.raw("choice"))
        except ValueError:
            raise NotFound from None
        if not ids:
            form.problem("", "Tick the decisions first.")
            return await _page(request, desk, form=form, status=422)
        decided = await decide_fields(desk.tenant, ids, choice, who=desk.person_name)
        return Redirect(f"{desk.home}/decisions?done={decided}", status_code=303)


async def _page(
    request: HTMXRequest,
    desk: Desk,
    *,
    after: str = "",
    done: int | None = None,
    form: Form | None = None,
    status: int = 200,
) -> Response[str]:
    return page(
        request,
        "dashboard/decisions/index.html",
        status=status,
        desk=desk,
        current="decisions",
        found=await pending_decisions(desk.tenant, after=after or None),
        counts=(await catalogue_counts(desk.tenant))["todo"],
        after=after,
        done=done,
        form=form or Form.empty(),
        pieces=pieces,
        here=lambda **more: (
            f"{desk.home}/decisions" + (f"?after={more['after']}" if more.get("after") else "")
        ),
        may_change=desk.may("catalogue"),
        **words_of(request.state.locale),
    )
