"""The merchant's listings: the table, edits within its rows, and what is done to many at once."""

from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from urllib.parse import urlencode

from litestar import Controller, Response, get, post
from litestar.response import Redirect
from litestar_htmx import HTMXRequest

from marketplace.catalogue.edit_product import edit_product
from marketplace.catalogue.edit_variant import edit_variant
from marketplace.catalogue.file_products import file_products
from marketplace.catalogue.pause import pause
from marketplace.catalogue.publish import publish
from marketplace.catalogue.read_catalogue import products_matching
from marketplace.catalogue.retire import bring_back, retire
from marketplace.kernel.errors import Invalid, NotFound, Refused
from marketplace.web.access import Desk, seat_guard
from marketplace.web.dashboard.listings_amounts import typed_amount
from marketplace.web.dashboard.listings_asked import Asked, asked
from marketplace.web.dashboard.listings_page import one_row, row_context, table, what_was_done
from marketplace.web.forms import Form
from marketplace.web.rendering import page, wants_fragment


class Listings(Controller):
    path = "/dashboard/{merchant:str}/listings"
    guards = [seat_guard]

    @get(opt={"may": "read"})
    async def index(self, request: HTMXRequest, desk: Desk) -> Response[str]:
        said = request.query_params
        question = asked(lambda name: said.get(name, ""), costs=desk.may_see_costs)
        return await table(request, desk, question, after=said.get("after", ""), done=what_was_done(said))

    @get("/{product:int}/row", opt={"may": "read"})
    async def row(self, request: HTMXRequest, desk: Desk, product: int) -> Response[str] | Redirect:
        row = await _row(request, desk, product)
        return (
            row if wants_fragment(request) else Redirect(f"{desk.home}/listings/{product}", status_code=303)
        )

    @get("/{product:int}/edit/{what:str}", opt={"may": "catalogue"})
    async def ask(self, request: HTMXRequest, desk: Desk, product: int, what: str) -> Response[str]:
        return await _inline(request, desk, product, what)

    @post("/{product:int}/title", opt={"may": "catalogue"})
    async def title(self, request: HTMXRequest, desk: Desk, product: int) -> Response[str] | Redirect:
        form = await Form.read(request)
        try:
            await edit_product(
                desk.tenant, product, {"title": form.need("title", most=200)}, who=desk.person_name
            )
        except Refused as refusal:
            form.take(refusal)
            return await _inline(request, desk, product, "title", form=form, status=422)
        return await _row_or_page(request, desk, product)

    @post("/{product:int}/price", opt={"may": "catalogue"})
    async def price(self, request: HTMXRequest, desk: Desk, product: int) -> Response[str] | Redirect:
        """An empty price gives it back to the rules."""
        form = await Form.read(request)
        found, _ = await one_row(desk.tenant, product)
        if found.variant is None:
            raise NotFound
        try:
            own = form.money("price", desk.currency)
            form.check()
            await edit_variant(desk.tenant, found.variant, {"own_price": own})
        except Refused as refusal:
            form.take(_beside(refusal, "own_price", "price"))
            return await _inline(request, desk, product, "price", form=form, status=422)
        return await _row_or_page(request, desk, product)

    @post("/publication", opt={"may": "catalogue"})
    async def publication(self, request: HTMXRequest, desk: Desk) -> Response[str] | Redirect:
        form = await Form.read(request)
        chosen = await selection(desk, form)
        if not chosen:
            return await _nothing_chosen(request, desk, form)
        live = await publish(desk.tenant, chosen)
        lacks = Counter(code for codes in live.refused.values() for code in codes).most_common()
        said = {"lacks": ",".join(f"{code}.{n}" for code, n in lacks), "not": str(len(live.refused))}
        return _back(desk, form, "published", len(live.products), **said)

    @post("/pause", opt={"may": "catalogue"})
    async def pausing(self, request: HTMXRequest, desk: Desk) -> Response[str] | Redirect:
        return await _move(request, desk, "paused", pause)

    @post("/retirement", opt={"may": "catalogue"})
    async def retirement(self, request: HTMXRequest, desk: Desk) -> Response[str] | Redirect:
        return await _move(request, desk, "retired", retire)

    @post("/drafts", opt={"may": "catalogue"})
    async def drafts(self, request: HTMXRequest, desk: Desk) -> Response[str] | Redirect:
        return await _move(request, desk, "back", bring_back)

    @post("/filing", opt={"may": "catalogue"})
    async def filing(self, request: HTMXRequest, desk: Desk) -> Response[str] | Redirect:
        """Into one category."""
        form = await Form.read(request)
        chosen = await selection(desk, form)
        if not chosen:
            return await _nothing_chosen(request, desk, form)
        try:
            into = form.integer("into", least=1, most=2**62)
            if into is None:
                raise Invalid({"into": "Choose a category first."})
            filed = await file_products(desk.tenant, chosen, into, who=desk.person_name)
        except Refused as refusal:
            form.problem("", next(iter(getattr(refusal, "problems", {"": refusal.message}).values())))
            return await table(request, desk, question_of(desk, form), form=form, status=422)
        return _back(desk, form, "filed", len(filed), **{"not": str(len(chosen) - len(filed))})


def question_of(desk: Desk, form: Form) -> Asked:
    """The question whose table the form was on: its hidden fields begin with "on_"."""
    return asked(lambda name: form.raw(f"on_{name}"), costs=desk.may_see_costs)


async def selection(desk: Desk, form: Form) -> list[int]:
    """The ticked products, or all that match the table's question."""
    if form.flag("all"):
        return await products_matching(desk.tenant, question_of(desk, form).query())
    return form.ids("id")


async def _move(
    request: HTMXRequest, desk: Desk, word: str, act: Callable[[int, Sequence[int]], Awaitable[list[int]]]
) -> Response[str] | Redirect:
    form = await Form.read(request)
    chosen = await selection(desk, form)
    if not chosen:
        return await _nothing_chosen(request, desk, form)
    moved = await act(desk.tenant, chosen)
    return _back(desk, form, word, len(moved), **{"not": str(len(chosen) - len(moved))})


async def _nothing_chosen(request: HTMXRequest, desk: Desk, form: Form) -> Response[str]:
    form.problem("", "Tick the listings first.")
    return await table(request, desk, question_of(desk, form), form=form, status=422)


def _back(desk: Desk, form: Form, done: str, n: int, **more: str) -> Redirect:
    """To where the form was: the product's own page, or the table, which says what was done."""
    base = f"{desk.home}/listings"
    said = {"done": done, "n": str(n), **{k: v for k, v in more.items() if v not in ("", "0")}}
    ids = form.ids("id")
    if form.raw("from") == "product" and len(ids) == 1:
        return Redirect(f"{base}/{ids[0]}?{urlencode(said)}", status_code=303)
    return Redirect(question_of(desk, form).address(base, **said), status_code=303)


def _beside(refusal: Refused, field: str, name: str) -> Refused:
    if isinstance(refusal, Invalid) and field in refusal.problems:
        return Invalid({name: refusal.problems[field]})
    return refusal


async def _row_or_page(request: HTMXRequest, desk: Desk, product: int) -> Response[str] | Redirect:
    if wants_fragment(request):
        return await _row(request, desk, product)
    return Redirect(f"{desk.home}/listings/{product}", status_code=303)


async def _row(request: HTMXRequest, desk: Desk, product: int) -> Response[str]:
    found, missing = await one_row(desk.tenant, product)
    return page(
        request, "dashboard/listings/_row.html", row=found, missing=missing, **row_context(request, desk)
    )


async def _inline(
    request: HTMXRequest, desk: Desk, product: int, what: str, *, form: Form | None = None, status: int = 200
) -> Response[str]:
    """One field of a row to edit: in its cell, or as a page of its own."""
    found, _ = await one_row(desk.tenant, product)
    if what not in ("title", "price") or (what == "price" and found.variant is None):
        raise NotFound
    shown = (
        found.title
        if what == "title"
        else typed_amount(found.least_price, desk.currency, request.state.locale)
    )
    headers = {"HX-Retarget": f"#{what}-{product}", "HX-Reswap": "innerHTML"} if status != 200 else None
    return page(
        request,
        "dashboard/listings/inline.html",
        "dashboard/listings/_inline.html",
        status=status,
        headers=headers,
        row=found,
        what=what,
        form=form or Form.empty(**{what: shown}),
        **row_context(request, desk),
    )
