"""A supplier's offers: found, looked at with their trail, and kept by hand where there is no feed."""

from __future__ import annotations

import asyncio
from typing import Any
from urllib.parse import urlencode

from litestar import Controller, Response, get, post
from litestar.response import Redirect
from litestar_htmx import HTMXRequest

from marketplace.kernel.errors import Invalid, Refused
from marketplace.kernel.fetching import N_
from marketplace.sourcing.keep_by_hand import keep_by_hand
from marketplace.sourcing.offer_sheet import write_sheet
from marketplace.sourcing.screens.offers import (
    TABS,
    Asked,
    export_rows,
    offer_facts,
    offers_page,
    sources_of,
    tally,
)
from marketplace.sourcing.screens.run_findings import changes
from marketplace.sourcing.why_sellable import why_sellable
from marketplace.web.access import Desk, seat_guard
from marketplace.web.forms import Form
from marketplace.web.rendering import wants_fragment
from marketplace.web.staff.sourcing.moments import STEPS, local_moment, local_text
from marketplace.web.staff.sourcing.pages import show

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Offers(Controller):
    path = "/portal/{supplier:str}/offers"
    guards = [seat_guard]

    @get(opt={"may": "read"})
    async def index(
        self,
        request: HTMXRequest,
        desk: Desk,
        tab: str = "all",
        q: str = "",
        feed: str = "",
        why: str = "",
        after: str = "",
    ) -> Response[str]:
        asked = _asked(tab, q, feed, why)
        found = await offers_page(desk.tenant, asked, after=after)
        sources = await sources_of(desk.tenant)
        if wants_fragment(request):  # searching does not count everything again
            return show(
                request,
                desk,
                "portal/offers/_list.html",
                current="offers",
                asked=asked,
                found=found,
                after=after,
                sources=sources,
                here=_addresses(desk, asked),
            )
        counted = await tally(desk.tenant)
        return show(
            request,
            desk,
            "portal/offers/index.html",
            current="offers",
            asked=asked,
            found=found,
            after=after,
            counts=counted.tabs,
            reasons=counted.reasons,
            sources=sources,
            here=_addresses(desk, asked),
        )

    @get("/sheet.xlsx", opt={"may": "read"})
    async def sheet(
        self, desk: Desk, tab: str = "all", q: str = "", feed: str = "", why: str = ""
    ) -> Response[bytes]:
        """Exactly what is filtered, as a workbook."""
        rows = await export_rows(desk.tenant, _asked(tab, q, feed, why))
        body = await asyncio.to_thread(write_sheet, rows)
        return Response(
            body,
            media_type=XLSX,
            headers={"Content-Disposition": f'attachment; filename="{desk.slug}-offers.xlsx"'},
        )

    @get("/{offer:int}", opt={"may": "read"})
    async def show(self, request: HTMXRequest, desk: Desk, offer: int, at: str = "") -> Response[str]:
        return await _offer_page(request, desk, offer, at)

    @post("/{offer:int}", opt={"may": "feeds"})
    async def change(self, request: HTMXRequest, desk: Desk, offer: int) -> Response[str] | Redirect:
        """One offer that is kept by hand."""
        facts = await offer_facts(desk.tenant, offer)
        form = await Form.read(request)
        row = {name: form.values.get(name, "") for name in ("title", "price", "quantity", "lead_days")}
        try:
            if not facts["by_hand"]:
                raise Refused(N_("A feed says what this offer is: change it there."))
            await keep_by_hand(
                desk.tenant,
                [{"sku": facts["sku"], "excluded": form.flag("excluded"), **row}],
                by=desk.person_name,
            )
        except Invalid as refusal:
            for key, message in refusal.problems.items():
                form.problem(key.removeprefix("0."), message)
            return await _offer_page(request, desk, offer, "", form=form, status=422)
        except Refused as refusal:
            form.take(refusal)
            return await _offer_page(request, desk, offer, "", form=form, status=422)
        return Redirect(f"{desk.home}/offers/{offer}", status_code=303)


def _asked(tab: str, q: str, feed: str, why: str) -> Asked:
    return Asked(
        tab=tab if tab in TABS else "all",
        q=q.strip()[:100].replace("\x00", ""),
        feed=int(feed) if feed.isdecimal() and len(feed) < 19 else None,
        why=why[:40],
    )


def _addresses(desk: Desk, asked: Asked) -> Any:
    """`here(after="x")`: this list's address with something else in it."""
    present = {
        "tab": asked.tab if asked.tab != "all" else "",
        "q": asked.q,
        "feed": asked.feed or "",
        "why": asked.why,
    }

    def here(path: str = "", **changed: object) -> str:
        query = urlencode({k: v for k, v in {**present, **changed}.items() if v not in ("", None)})
        return f"{desk.home}/offers{path}" + (f"?{query}" if query else "")

    return here


async def _offer_page(
    request: HTMXRequest, desk: Desk, offer: int, at: str, *, form: Form | None = None, status: int = 200
) -> Response[str]:
    facts = await offer_facts(desk.tenant, offer)
    moment = local_moment(at, desk.zone)
    why = await why_sellable(desk.tenant, offer, moment)
    return show(
        request,
        desk,
        "portal/offers/show.html",
        "staff/offers/_why.html",
        current="offers",
        status=status,
        offer=facts,
        why=why,
        asked_at=moment,
        at=local_text(moment, desk.zone),
        trail=[(step, changes(step.before, step.after)) for step in why.trail[:STEPS]],
        form=form or _filled(facts),
    )


def _filled(facts: dict[str, Any]) -> Form:
    price = facts["price_e4"]
    return Form.empty(
        title=facts["title"],
        price=None if price is None else f"{price // 10_000}.{price % 10_000:04d}".rstrip("0").rstrip("."),
        quantity=facts["quantity"],
        lead_days=facts["lead_days"],
        excluded="1" if facts["excluded"] else "",
    )
