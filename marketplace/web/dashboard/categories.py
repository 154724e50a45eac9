"""The shop's categories: their names and order, and where suppliers' goods go."""

from typing import Any

from litestar import Controller, Response, get, post
from litestar.response import Redirect
from litestar_htmx import HTMXRequest

from marketplace.catalogue.edit_category import add_category, edit_category
from marketplace.catalogue.map_category import map_category
from marketplace.catalogue.read_categories import category_mappings, order_categories, read_categories
from marketplace.catalogue.remove_category import remove_category
from marketplace.kernel.errors import NotFound, Refused
from marketplace.web.access import Desk, seat_guard
from marketplace.web.forms import Form
from marketplace.web.rendering import page

_WHOLE = 2**62


class Categories(Controller):
    path = "/dashboard/{merchant:str}/categories"
    guards = [seat_guard]

    @get(opt={"may": "read"})
    async def index(self, request: HTMXRequest, desk: Desk, moved: int | None = None) -> Response[str]:
        return await _page(request, desk, moved=moved)

    @post(opt={"may": "catalogue"})
    async def add(self, request: HTMXRequest, desk: Desk) -> Response[str] | Redirect:
        form = await Form.read(request)
        try:
            title, parent = form.need("title", most=80), form.integer("parent", least=1, most=_WHOLE)
            form.check()
            await add_category(desk.tenant, title, parent=parent)
        except Refused as refusal:
            form.take(refusal)
            return await _page(request, desk, form=form, status=422)
        return _home(desk)

    @get("/{category:int}", opt={"may": "read"})
    async def show(self, request: HTMXRequest, desk: Desk, category: int) -> Response[str]:
        return await _one(request, desk, category)

    @post("/{category:int}", opt={"may": "catalogue"})
    async def save(self, request: HTMXRequest, desk: Desk, category: int) -> Response[str] | Redirect:
        form = await Form.read(request)
        try:
            changes: dict[str, Any] = {"title": form.need("title", most=80)}
            if "parent" in form.values:
                changes["parent"] = form.integer("parent", least=1, most=_WHOLE)
            if "intro" in form.values:
                changes["intro"] = form.text("intro", most=2_000)
            form.check()
            await edit_category(desk.tenant, category, changes)
        except Refused as refusal:
            form.take(refusal)
            return await _one(request, desk, category, form=form, status=422)
        return _home(desk)

    @post("/{category:int}/place", opt={"may": "catalogue"})
    async def place(self, request: HTMXRequest, desk: Desk, category: int) -> Redirect:
        """One up or down among its siblings."""
        form = await Form.read(request)
        rows = await read_categories(desk.tenant)
        mine = _find(rows, category)
        order = [row["id"] for row in rows if row["parent"] == mine["parent"]]
        at = order.index(category)
        to = at + (1 if form.raw("to") == "down" else -1)
        if 0 <= to < len(order):
            order[at], order[to] = order[to], order[at]
            await order_categories(desk.tenant, order)
        return _home(desk)

    @post("/{category:int}/removal", opt={"may": "catalogue"})
    async def remove(self, request: HTMXRequest, desk: Desk, category: int) -> Response[str] | Redirect:
        form = await Form.read(request)
        try:
            into = form.integer("into", least=1, most=_WHOLE)
            form.check()
            await remove_category(desk.tenant, category, into=into)
        except Refused as refusal:
            form.take(refusal)
            return await _one(request, desk, category, form=form, status=422)
        return _home(desk)

    @post("/mappings", opt={"may": "catalogue"})
    async def file(self, request: HTMXRequest, desk: Desk) -> Response[str] | Redirect:
        """Where goods go that a supplier files under its own words."""
        form = await Form.read(request)
        try:
            supplier = form.integer("supplier", least=1, most=_WHOLE, required=True) or 0
            category = form.integer("category", least=1, most=_WHOLE, required=True) or 0
            words = form.values.get("source", "")
            form.check()
            known = await category_mappings(desk.tenant)
            if not any(row["supplier"] == supplier and row["source"] == words for row in known):
                raise NotFound
            moved = await map_category(desk.tenant, supplier, words, category, who=desk.person_name)
        except Refused as refusal:
            form.take(refusal)
            return await _page(request, desk, form=form, status=422)
        return Redirect(f"{desk.home}/categories?moved={moved}#mappings", status_code=303)


def _home(desk: Desk) -> Redirect:
    return Redirect(f"{desk.home}/categories", status_code=303)


def _find(rows: list[dict[str, Any]], category: int) -> dict[str, Any]:
    for row in rows:
        if row["id"] == category:
            return row
    raise NotFound


def tree(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows in the order of the shop, each with its `depth`, `path`, and whether it is `first` or `last` of its siblings."""
    children: dict[int | None, list[dict[str, Any]]] = {}
    known = {row["id"] for row in rows}
    for row in rows:
        children.setdefault(row["parent"] if row["parent"] in known else None, []).append(row)
    found: list[dict[str, Any]] = []

    def walk(parent: int | None, depth: int, path: str) -> None:
        siblings = children.get(parent, [])
        for n, row in enumerate(siblings):
            its_path = f"{path} › {row['title']}" if path else row["title"]
            found.append(
                {**row, "depth": depth, "path": its_path, "first": n == 0, "last": n == len(siblings) - 1}
            )
            walk(row["id"], depth + 1, its_path)

    walk(None, 0, "")
    return found


async def _page(
    request: HTMXRequest, desk: Desk, *, form: Form | None = None, moved: int | None = None, status: int = 200
) -> Response[str]:
    mappings = await category_mappings(desk.tenant)
    return page(
        request,
        "dashboard/categories/index.html",
        status=status,
        desk=desk,
        current="listings",
        rows=tree(await read_categories(desk.tenant)),
        mappings=mappings,
        guessed=sum(row["decided_by"] is None for row in mappings),
        form=form or Form.empty(),
        moved=moved,
        base=f"{desk.home}/categories",
        may_change=desk.may("catalogue"),
    )


async def _one(
    request: HTMXRequest, desk: Desk, category: int, *, form: Form | None = None, status: int = 200
) -> Response[str]:
    rows = tree(await read_categories(desk.tenant))
    row = _find(rows, category)
    return page(
        request,
        "dashboard/categories/show.html",
        status=status,
        desk=desk,
        current="listings",
        row=row,
        others=[other for other in rows if other["id"] != category],
        mappings=await category_mappings(desk.tenant, category),
        form=form or Form.empty(title=row["title"], parent=row["parent"], intro=row["intro"]),
        base=f"{desk.home}/categories",
        may_change=desk.may("catalogue"),
    )
