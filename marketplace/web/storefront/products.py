"""A product's page: pictures, variants, price, honest stock, and when it would arrive."""

from litestar import Response, get
from litestar.response import Redirect
from litestar_htmx import HTMXRequest

from marketplace.catalogue.browse import Moved, PageVariant, ProductPage
from marketplace.catalogue.browse import show_product as read_product
from marketplace.ordering.quote import Quote, quote_item
from marketplace.web.forms import Form
from marketplace.web.storefront.files import origin
from marketplace.web.storefront.front import Front, shop_page
from marketplace.web.storefront.picker import choices, pick
from marketplace.web.storefront.structured import product_data, script_text

FEW = 5  # units from which the page says how many are left
MOST_AT_ONCE = 10  # in the quantity list


@get("/products/{slug:str}", opt={"public": True})
async def product(
    request: HTMXRequest, front: Front, slug: str, variant: int | None = None
) -> Response[str] | Redirect:
    return await show_product(request, front, slug, variant=variant, form=Form.empty())


async def show_product(
    request: HTMXRequest,
    front: Front,
    slug: str,
    *,
    variant: int | None = None,
    form: Form,
    status: int = 200,
) -> Response[str] | Redirect:
    """The page, also after a refusal, with what was wrong beside the button. Raises NotFound."""
    found = await read_product(front.shop.merchant, slug)
    if isinstance(found, Moved):
        return Redirect(f"/products/{found.slug}", status_code=301)
    wanted = variant if variant is not None else form.integer("variant")
    current = pick(found.variants, wanted)
    quote = await _quote(front, current)
    return shop_page(
        request,
        front,
        "product/show.html",
        "product/_product.html",
        status=status,
        product=found,
        current=current,
        chosen=variant is not None,
        choices=choices(found.option_names, found.variants, current, found.photos) if current else [],
        photos=_photos(found, current),
        quote=quote,
        form=form,
        few=FEW,
        most=min(MOST_AT_ONCE, current.available) if current else 0,
        data=[script_text(part) for part in product_data(origin(request), found, current)],
    )


async def _quote(front: Front, current: PageVariant | None) -> Quote | None:
    """When one of it would arrive, and in how many parcels; None when the router cannot serve it now."""
    if current is None or not current.sellable:
        return None
    quote = await quote_item(front.shop.merchant, current.id, country=front.cart_country)
    return quote if quote.complete else None


def _photos(found: ProductPage, current: PageVariant | None) -> list[object]:
    """This variant's pictures first, then those that show no other variant in particular."""
    if current is None or not any(photo.variant == current.id for photo in found.photos):
        return list(found.photos)
    own = [photo for photo in found.photos if photo.variant == current.id]
    return [*own, *(photo for photo in found.photos if photo.variant is None)]
