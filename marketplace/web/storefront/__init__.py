"""What shoppers see, on a merchant's own host."""

from litestar import Router
from litestar.di import Provide
from litestar.types import ControllerRouterHandler

from marketplace.catalogue.withdrawal_exclusions import SENTENCES
from marketplace.fulfilment.carriers import carrier_name
from marketplace.web.rendering import environment
from marketplace.web.storefront import (
    carts,
    checkout,
    claims,
    elsewhere,
    files,
    legal,
    order_links,
    orders,
    products,
    shelves,
    withdrawals,
    words,
)
from marketplace.web.storefront.front import ShopClosed, closed_page, provide_front, provide_open_front
from marketplace.web.storefront.media import media_path, picture

environment.globals |= {
    "media": media_path,
    "origin": files.origin,
    "exclusion_words": lambda reason: SENTENCES.get(reason, reason),
    "carrier_name": carrier_name,
    "cancelled_why": words.CANCELLED_WHY,
    "order_buttons": words.ORDER_BUTTON,
    "option_names": words.OPTION_NAMES,
}

#: where one looks and buys; closed with the shop
SHOPPING: list[ControllerRouterHandler] = [
    shelves.home,
    shelves.category,
    shelves.search,
    shelves.suggestions,
    products.product,
    carts.show_cart,
    carts.add_line,
    carts.change_line,
    carts.change_country,
    checkout.show_checkout,
    checkout.change_delivery,
    checkout.submit_checkout,
]
#: what stays open: orders, rights, and who the seller is
STANDING: list[ControllerRouterHandler] = [
    order_links.ask_link,
    order_links.send_link,
    order_links.ask_withdrawal,
    order_links.find_withdrawal,
    orders.show_order,
    claims.new_claim,
    claims.create_claim,
    claims.show_claim,
    claims.reply,
    claims.take_back,
    claims.show_photo,
    withdrawals.withdrawal_form,
    withdrawals.withdrawal_statement,
    withdrawals.declare,
    withdrawals.withdrawal_receipt,
    legal.legal_page,
    legal.contact,
    files.theme_css,
    files.logo,
    files.favicon,
    files.sitemap,
    elsewhere.nothing_here,
]

ROUTES: list[ControllerRouterHandler] = [
    Router(
        "/",
        route_handlers=SHOPPING,
        dependencies={"front": Provide(provide_open_front)},
        exception_handlers={ShopClosed: closed_page},
    ),
    Router("/", route_handlers=STANDING, dependencies={"front": Provide(provide_front)}),
    files.robots,
    picture,
]
