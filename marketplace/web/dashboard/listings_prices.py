"""Prices of many listings changed at once: asked, looked at, then applied."""

from litestar import Controller, Response, post
from litestar.response import Redirect
from litestar_htmx import HTMXRequest

from marketplace.catalogue.change_prices import PriceChange, change_prices, preview_price_change
from marketplace.catalogue.rounding import Rounding
from marketplace.kernel.errors import Refused
from marketplace.web.access import Desk, seat_guard
from marketplace.web.dashboard.listings import question_of, selection
from marketplace.web.dashboard.listings_page import row_context, table
from marketplace.web.dashboard.listings_words import ROUNDINGS
from marketplace.web.forms import Form
from marketplace.web.rendering import page

WAYS = ("up", "down", "rules")


class Prices(Controller):
    path = "/dashboard/{merchant:str}/listings/prices"
    guards = [seat_guard]

    @post(opt={"may": "catalogue"})
    async def ask(self, request: HTMXRequest, desk: Desk) -> Response[str]:
        """The form, and what it would do once it is filled in; nothing is written."""
        form = await Form.read(request)
        chosen = await selection(desk, form)
        if not chosen:
            form.problem("", "Tick the listings first.")
            return await table(request, desk, question_of(desk, form), form=form, status=422)
        if not form.raw("way"):
            return _page(
                request, desk, Form({**_kept(form), "way": ["up"], "rounding": ["none"]}), len(chosen)
            )
        try:
            preview = await preview_price_change(desk.tenant, chosen, read_change(form))
        except Refused as refusal:
            form.take(refusal)
            return _page(request, desk, form, len(chosen), status=422)
        return _page(request, desk, form, len(chosen), preview=preview)

    @post("/application", opt={"may": "catalogue"})
    async def apply(self, request: HTMXRequest, desk: Desk) -> Response[str] | Redirect:
        form = await Form.read(request)
        chosen = await selection(desk, form)
        try:
            changed = await change_prices(desk.tenant, chosen, read_change(form), seen=form.raw("seen"))
        except Refused as refusal:
            form.take(refusal)
            return _page(request, desk, form, len(chosen), status=422)
        question = question_of(desk, form)
        where = question.address(f"{desk.home}/listings", done="priced", n=str(changed))
        return Redirect(where, status_code=303)


def read_change(form: Form) -> PriceChange:
    """Raises Invalid."""
    way = form.one_of("way", WAYS)
    if way == "rules":
        return PriceChange(to_rules=True)
    share = form.decimal("by", places=2)
    rounding = form.one_of("rounding", ROUNDINGS)
    if share is None:
        form.problem("by", "Please fill this in.")
    form.check()
    return PriceChange(
        by_bp=(share or 0) * (-1 if way == "down" else 1), rounding=Rounding(rounding or "none")
    )


def _kept(form: Form) -> dict[str, list[str]]:
    """What was selected, carried along."""
    return {
        name: list(form.all(name)) for name in form.values if name in ("id", "all") or name.startswith("on_")
    }


def _page(
    request: HTMXRequest, desk: Desk, form: Form, listings: int, *, preview: object = None, status: int = 200
) -> Response[str]:
    return page(
        request,
        "dashboard/listings/prices.html",
        status=status,
        form=form,
        listings=listings,
        preview=preview,
        kept=_kept(form),
        roundings=ROUNDINGS,
        **row_context(request, desk),
    )
