"""Price rules: an ordered list, changed as a draft that shows what it would do, then applied to everything at once."""

from typing import Any

import msgspec
from litestar import Controller, Response, get, post
from litestar.response import Redirect
from litestar_htmx import HTMXRequest

from marketplace.catalogue.keep_price_rules import KeptRule, keep_price_rules, read_kept_rules, stamp
from marketplace.catalogue.preview_price_rules import MOST_RULES, Preview, preview_price_rules
from marketplace.catalogue.price_rule import Rule, Step
from marketplace.catalogue.rounding import Rounding
from marketplace.kernel.database import fetch
from marketplace.kernel.errors import NotFound, Refused
from marketplace.web.access import Desk, seat_guard
from marketplace.web.dashboard.listings_page import category_choices, row_context
from marketplace.web.dashboard.listings_words import ROUNDINGS
from marketplace.web.dashboard.price_rules_form import TIERS, filled, typed_rule
from marketplace.web.dashboard.price_rules_words import RuleWords
from marketplace.web.forms import Form
from marketplace.web.rendering import page
from tenants.scope import acting_as

_Draft = list[KeptRule]


class PriceRules(Controller):
    path = "/dashboard/{merchant:str}/price-rules"
    guards = [seat_guard]

    @get(opt={"may": "read"})
    async def index(
        self, request: HTMXRequest, desk: Desk, applied: int | None = None, later: bool = False
    ) -> Response[str]:
        kept = await read_kept_rules(desk.tenant)
        return await _list(request, desk, kept, kept, applied=applied, later=later)

    @post("/draft", opt={"may": "catalogue"})
    async def draft(self, request: HTMXRequest, desk: Desk) -> Response[str]:
        """One step of the draft: `do` is "up:2", "down:2", "off:2", "on:2", "delete:2"; "edit:2" and "add" open the form."""
        form = await Form.read(request)
        kept, draft = await read_kept_rules(desk.tenant), _draft_of(form)
        what, _, at = form.raw("do").partition(":")
        if what == "add" and len(draft) < MOST_RULES:
            return await _form(
                request, desk, draft, len(draft), filled(_begin(), desk.currency, request.state.locale)
            )
        place = int(at) if at.isdecimal() and len(at) < 4 else -1
        if what == "edit" and 0 <= place < len(draft):
            return await _form(
                request, desk, draft, place, filled(draft[place].rule, desk.currency, request.state.locale)
            )
        return await _list(request, desk, kept, _changed(draft, what, place))

    @post("/draft/rule", opt={"may": "catalogue"})
    async def put(self, request: HTMXRequest, desk: Desk) -> Response[str]:
        """The rule that was typed goes into the draft, at its place or at the end."""
        form = await Form.read(request)
        draft = _draft_of(form)
        place = form.integer("place", most=MOST_RULES) or 0
        suppliers, categories = await _names(desk.tenant)
        try:
            rule = typed_rule(form, desk.currency, list(suppliers), list(categories))
        except Refused as refusal:
            form.take(refusal)
            return await _form(request, desk, draft, place, form, status=422)
        made = [*draft]
        if place < len(draft):
            made[place] = KeptRule(rule=rule, enabled=draft[place].enabled)
        else:
            made.append(KeptRule(rule=rule))
        return await _list(request, desk, await read_kept_rules(desk.tenant), made)

    @post(opt={"may": "catalogue"})
    async def apply(self, request: HTMXRequest, desk: Desk) -> Response[str] | Redirect:
        form = await Form.read(request)
        draft = _draft_of(form)
        try:
            repriced = await keep_price_rules(desk.tenant, draft, seen=form.raw("seen"))
        except Refused as refusal:
            form.take(refusal)
            return await _list(
                request, desk, await read_kept_rules(desk.tenant), draft, form=form, status=422
            )
        told = "later=true" if repriced is None else f"applied={repriced}"
        return Redirect(f"{desk.home}/price-rules?{told}", status_code=303)


def _draft_of(form: Form) -> _Draft:
    """The rules the page carries. Raises NotFound for a draft that no page of ours made."""
    try:
        return msgspec.json.decode(form.raw("draft"), type=_Draft)
    except (msgspec.DecodeError, msgspec.ValidationError):
        raise NotFound from None


def _begin() -> Rule:
    return Rule(name="", steps=[Step(markup_bp=10_000)], rounding=Rounding.END_90)


def _changed(draft: _Draft, what: str, place: int) -> _Draft:
    """Raises NotFound for a step that cannot be meant."""
    made, to = [*draft], place + (1 if what == "down" else -1)
    if what not in ("up", "down", "on", "off", "delete") or not 0 <= place < len(draft):
        raise NotFound
    if what == "delete":
        del made[place]
    elif what in ("on", "off"):
        made[place] = KeptRule(rule=draft[place].rule, enabled=what == "on")
    elif 0 <= to < len(draft):
        made[place], made[to] = made[to], made[place]
    return made


async def _names(merchant: int) -> tuple[dict[int, str], dict[int, str]]:
    """(suppliers, categories) by id, as the merchant knows them."""
    async with acting_as(merchant):
        rows = await fetch(
            "SELECT c.tenant, c.name FROM agreement a JOIN tenant_card c ON c.tenant = a.supplier"
            " WHERE a.merchant = $1 ORDER BY lower(c.name)",
            merchant,
        )
    return {row["tenant"]: row["name"] for row in rows}, dict(await category_choices(merchant))


def _as_text(draft: _Draft) -> str:
    return msgspec.json.encode(draft).decode()


async def _list(
    request: HTMXRequest,
    desk: Desk,
    kept: _Draft,
    draft: _Draft,
    *,
    applied: int | None = None,
    later: bool = False,
    form: Form | None = None,
    status: int = 200,
) -> Response[str]:
    suppliers, categories = await _names(desk.tenant)
    form = form or Form.empty()
    preview: Preview | None = None
    try:
        preview = await preview_price_rules(desk.tenant, [one.rule for one in draft if one.enabled])
    except Refused as refusal:
        form.take(refusal)
    return page(
        request,
        "dashboard/price_rules/index.html",
        "dashboard/price_rules/_rules.html",
        status=status,
        draft=draft,
        draft_text=_as_text(draft),
        seen=stamp(kept),
        differs=stamp(kept) != stamp(draft),
        preview=preview,
        sets=_sets(draft, preview),
        say=RuleWords(request.state.locale, desk.currency, suppliers, categories),
        form=form,
        applied=applied,
        later=later,
        rules_base=f"{desk.home}/price-rules",
        **{**row_context(request, desk), "current": "price_rules"},
    )


def _sets(draft: _Draft, preview: Preview | None) -> list[int | None]:
    """How many prices each rule sets, None for one that is off."""
    if preview is None:
        return [None] * len(draft)
    counts = iter(preview.by_rule)
    return [next(counts)[1] if one.enabled else None for one in draft]


async def _form(
    request: HTMXRequest, desk: Desk, draft: _Draft, place: int, form: Form, *, status: int = 200
) -> Response[str]:
    suppliers, categories = await _names(desk.tenant)
    context: dict[str, Any] = {**row_context(request, desk), "current": "price_rules"}
    return page(
        request,
        "dashboard/price_rules/edit.html",
        status=status,
        form=form,
        place=place,
        new=place >= len(draft),
        draft_text=_as_text(draft),
        suppliers=suppliers,
        categories=categories,
        roundings=ROUNDINGS,
        tiers=TIERS,
        rules_base=f"{desk.home}/price-rules",
        **context,
    )
