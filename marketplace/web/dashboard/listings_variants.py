"""A product's variants: their prices and why, their facts, and the offers that serve them."""

from litestar import Controller, Response, get, post
from litestar.response import Redirect
from litestar_htmx import HTMXRequest

from marketplace.catalogue.decide_field import decide_field
from marketplace.catalogue.decide_match import part_offer
from marketplace.catalogue.edit_variant import edit_variant
from marketplace.catalogue.explain_price import explain_price
from marketplace.catalogue.merge import Choice
from marketplace.catalogue.read_product import ProductShown, VariantShown, read_product
from marketplace.catalogue.read_sources import read_sources
from marketplace.catalogue.vat_rates import TaxCategory
from marketplace.kernel.errors import NotFound, Refused
from marketplace.web.access import Desk, seat_guard
from marketplace.web.dashboard.listings_amounts import typed_amount
from marketplace.web.dashboard.listings_page import row_context
from marketplace.web.dashboard.listings_product_page import product_page
from marketplace.web.dashboard.listings_words import steps_in_words
from marketplace.web.forms import Form
from marketplace.web.rendering import page
from tenants.scope import acting_as


class Variants(Controller):
    path = "/dashboard/{merchant:str}/listings/{product:int}"
    guards = [seat_guard]

    @post("/prices", opt={"may": "catalogue"})
    async def prices(self, request: HTMXRequest, desk: Desk, product: int) -> Response[str] | Redirect:
        """Own prices of all variants at once; an emptied one goes back to the rules. All or none are taken over."""
        form = await Form.read(request)
        shown = await read_product(desk.tenant, product)
        changes: dict[int, int | None] = {}
        for variant in shown.variants:
            name = f"price_{variant.id}"
            if name in form.values:
                own = form.money(name, desk.currency, least=1)
                if own != variant.own_price:
                    changes[variant.id] = own
        try:
            form.check()
            async with acting_as(desk.tenant):
                for changed, own in changes.items():
                    await edit_variant(desk.tenant, changed, {"own_price": own})
        except Refused as refusal:
            form.take(refusal)
            return await product_page(request, desk, product, prices=form, status=422)
        return Redirect(f"{desk.home}/listings/{product}?saved=true#variants", status_code=303)

    @get("/variants/{variant:int}", opt={"may": "read"})
    async def show(
        self, request: HTMXRequest, desk: Desk, product: int, variant: int, saved: bool = False
    ) -> Response[str]:
        return await _variant_page(request, desk, product, variant, saved=saved)

    @post("/variants/{variant:int}", opt={"may": "catalogue"})
    async def save(
        self, request: HTMXRequest, desk: Desk, product: int, variant: int
    ) -> Response[str] | Redirect:
        form = await Form.read(request)
        _, shown = await _find(desk, product, variant)
        said = {
            "own_price": form.money("own_price", desk.currency, least=1),
            "sku": form.need("sku", most=80),
            "gtin": form.raw("gtin"),
            "tax_category": form.one_of("tax_category", list(TaxCategory)),
            "weight_g": form.integer("weight_g"),
        }
        try:
            form.check()
            changes = {
                name: value for name, value in said.items() if value != (getattr(shown, name) or _EMPTY[name])
            }
            await edit_variant(desk.tenant, variant, changes, who=desk.person_name)
        except Refused as refusal:
            form.take(refusal)
            return await _variant_page(request, desk, product, variant, form=form, status=422)
        return Redirect(f"{desk.home}/listings/{product}/variants/{variant}?saved=true", status_code=303)

    @post("/variants/{variant:int}/fields/{field:str}", opt={"may": "catalogue"})
    async def decide(
        self, request: HTMXRequest, desk: Desk, product: int, variant: int, field: str
    ) -> Redirect:
        """Whose weight or GTIN holds: the feed's or the merchant's, now or always."""
        form = await Form.read(request)
        try:
            choice = Choice(form.raw("choice"))
        except ValueError:
            raise NotFound from None
        await decide_field(desk.tenant, product, field, choice, variant=variant, who=desk.person_name)
        return Redirect(f"{desk.home}/listings/{product}/variants/{variant}?saved=true", status_code=303)

    @post("/variants/{variant:int}/sources/{offer:int}/parting", opt={"may": "catalogue"})
    async def part(self, desk: Desk, product: int, variant: int, offer: int) -> Redirect:
        """This offer does not serve the variant any more."""
        await _find(desk, product, variant)
        await part_offer(desk.tenant, variant, offer)
        return Redirect(f"{desk.home}/listings/{product}/variants/{variant}?saved=true", status_code=303)


_EMPTY = {"own_price": None, "sku": "", "gtin": "", "tax_category": "", "weight_g": None}


async def _find(desk: Desk, product: int, variant: int) -> tuple[ProductShown, VariantShown]:
    shown = await read_product(desk.tenant, product)
    for one in shown.variants:
        if one.id == variant:
            return shown, one
    raise NotFound


async def _variant_page(
    request: HTMXRequest,
    desk: Desk,
    product: int,
    variant: int,
    *,
    form: Form | None = None,
    saved: bool = False,
    status: int = 200,
) -> Response[str]:
    shown, one = await _find(desk, product, variant)
    sources = await read_sources(desk.tenant, product)
    explained = await explain_price(desk.tenant, variant)
    locale = request.state.locale
    return page(
        request,
        "dashboard/listings/variant.html",
        status=status,
        p=shown,
        v=one,
        explained=explained,
        steps=steps_in_words(explained.priced.steps, desk.currency, locale),
        sources=[s for s in sources if s.variant == variant],
        names={s.supplier: s.supplier_name for s in sources},
        form=form
        or Form.empty(
            own_price=typed_amount(one.own_price, desk.currency, locale),
            sku=one.sku,
            gtin=one.gtin,
            tax_category=one.tax_category,
            weight_g=one.weight_g,
        ),
        saved=saved,
        **row_context(request, desk),
    )
