"""Find offers of linked suppliers, and take them up: one, a page of them, or all that match."""

from typing import Any

from litestar import Controller, Response, get, post
from litestar.response import Redirect
from litestar_htmx import HTMXRequest

from marketplace.catalogue.find_offers import find_offers, linked_suppliers, offer_facets
from marketplace.catalogue.follow_curation import follow_curation
from marketplace.catalogue.offer_query import OfferQuery
from marketplace.catalogue.publish import publish
from marketplace.catalogue.start_curation import SLICE, carry_on, read_curation, start_curation
from marketplace.kernel.database import fetch, fetch_value
from marketplace.kernel.errors import Refused
from marketplace.sourcing.screens.offers import linked_offer
from marketplace.sourcing.screens.run_findings import changes
from marketplace.sourcing.why_sellable import why_sellable
from marketplace.web.access import Desk, seat_guard
from marketplace.web.dashboard.listings_words import words_of
from marketplace.web.dashboard.offers_asked import address, as_fields, asked
from marketplace.web.forms import Form
from marketplace.web.rendering import page, wants_fragment
from marketplace.web.staff.sourcing.moments import STEPS, local_moment, local_text
from marketplace.web.staff.sourcing.pages import show as show_page
from tenants.scope import acting_as


class Offers(Controller):
    path = "/dashboard/{merchant:str}/offers"
    guards = [seat_guard]

    @get(opt={"may": "read"})
    async def index(self, request: HTMXRequest, desk: Desk) -> Response[str]:
        said = request.query_params
        query = asked(lambda name: said.get(name, ""), costs=desk.may_see_costs)
        return await _index(request, desk, query, after=said.get("after", ""))

    @get("/{offer:int}", opt={"may": "read"})
    async def show(self, request: HTMXRequest, desk: Desk, offer: int, at: str = "") -> Response[str]:
        """What was changed on it, and why it could, or could not, be sold at a minute."""
        moment = local_moment(at, desk.zone)
        facts, why = await linked_offer(desk.tenant, offer), await why_sellable(desk.tenant, offer, moment)
        steps = [(step, changes(step.before, step.after)) for step in why.trail[:STEPS]]
        if not desk.may_see_costs:
            steps = [(step, [c for c in said if not c.name.endswith("_e4")]) for step, said in steps]
        return show_page(
            request,
            desk,
            "dashboard/offers/show.html",
            "staff/offers/_why.html",
            current="offers",
            offer=facts,
            why=why,
            asked_at=moment,
            at=local_text(moment, desk.zone),
            may_see_costs=desk.may_see_costs,
            trail=[(step, said) for step, said in steps if said],
        )

    @post("/curations", opt={"may": "catalogue"})
    async def take_up(self, request: HTMXRequest, desk: Desk) -> Response[str] | Redirect:
        """A short selection is taken up at once, a long one by a worker while its page shows how far it is."""
        form = await Form.read(request)
        query = asked(form.raw, costs=desk.may_see_costs)
        try:
            chosen = query if form.flag("all") else form.ids("id")
            curation = await start_curation(desk.tenant, chosen, who=desk.person_name)
        except Refused as refusal:
            form.take(refusal)
            return await _index(request, desk, query, form=form, status=422)
        if (await read_curation(desk.tenant, curation)).total < SLICE:
            await carry_on(desk.tenant, curation)
        return Redirect(f"{desk.home}/offers/curations/{curation}", status_code=303)

    @get("/curations/{curation:int}", opt={"may": "read"})
    async def curation(
        self, request: HTMXRequest, desk: Desk, curation: int, published: int | None = None
    ) -> Response[str]:
        progress = await read_curation(desk.tenant, curation)
        done = progress.state != "running"
        return page(
            request,
            "dashboard/offers/curation.html",
            "dashboard/offers/_curation.html",
            desk=desk,
            current="offers",
            curation=progress,
            outcome=await follow_curation(desk.tenant, curation) if done else None,
            published=published,
            **words_of(request.state.locale),
        )

    @post("/curations/{curation:int}/publication", opt={"may": "catalogue"})
    async def publish_ready(self, desk: Desk, curation: int) -> Redirect:
        outcome = await follow_curation(desk.tenant, curation)
        live = await publish(desk.tenant, outcome.ready)
        return Redirect(
            f"{desk.home}/offers/curations/{curation}?published={len(live.products)}", status_code=303
        )


async def _index(
    request: HTMXRequest,
    desk: Desk,
    query: OfferQuery,
    *,
    after: str = "",
    form: Form | None = None,
    status: int = 200,
) -> Response[str]:
    base = f"{desk.home}/offers"
    found = await find_offers(desk.tenant, query, after=after or None)
    whole = {} if wants_fragment(request) else await _filters(desk.tenant, query)
    return page(
        request,
        "dashboard/offers/index.html",
        "dashboard/offers/_list.html",
        status=status,
        desk=desk,
        current="offers",
        found=found,
        query=query,
        after=after,
        fields=as_fields(query),
        base=base,
        here=lambda **more: address(base, query, **more),
        form=form or Form.empty(),
        may_see_costs=desk.may_see_costs,
        may_change=desk.may("catalogue"),
        **whole,
        **words_of(request.state.locale),
    )


async def _filters(merchant: int, query: OfferQuery) -> dict[str, Any]:
    """What the page around the list needs: the choices of its filters."""
    async with acting_as(merchant):
        linked = await linked_suppliers(merchant)
        suppliers = await fetch(
            "SELECT tenant, name FROM tenant_card WHERE tenant = ANY($1) ORDER BY lower(name)", linked
        )
        rules = await fetch_value("SELECT count(*) FROM price_rule WHERE merchant = $1 AND enabled", merchant)
    facets = await offer_facets(merchant, query)
    return {"suppliers": suppliers, "rules": rules, "facets": facets}
