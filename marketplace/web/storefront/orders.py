"""The order's page, behind its signed link: it shows on GET and does nothing else."""

from litestar import Response, get
from litestar_htmx import HTMXRequest

from marketplace.claims.shopper_pages import read_own_claims, read_own_withdrawals
from marketplace.web.storefront.front import Front, shop_page
from marketplace.web.storefront.links import order_link
from marketplace.web.storefront.order_page import read_order_page
from marketplace.web.storefront.words import (
    CLAIM_STATES,
    ORDER_STATES,
    PARCEL_STATES,
    STEPS,
    WITHDRAWAL_STATES,
)


@get("/orders/{token:str}", opt={"public": True, "link": "order"})
async def show_order(request: HTMXRequest, front: Front, token: str, thanks: bool = False) -> Response[str]:
    merchant = front.shop.merchant
    link = order_link(merchant, token)
    order = await read_order_page(merchant, link.order)
    claims = await read_own_claims(merchant, link.order)
    may, withdrawals = await read_own_withdrawals(merchant, link.order)
    return shop_page(
        request,
        front,
        "orders/show.html",
        link=link,
        order=order,
        thanks=thanks,
        state=ORDER_STATES[order.state],
        parcel_states=PARCEL_STATES,
        steps=[(STEPS[step.what], step) for step in order.steps if step.what in STEPS],
        claims=[{**claim, "said": CLAIM_STATES[claim["state"]]} for claim in claims],
        may=may,
        withdrawals=[{**row, "said": WITHDRAWAL_STATES[row["state"]]} for row in withdrawals],
    )
