"""What shoppers' pages read, as the storefront's role: no cost, no supplier, no staff. A query a page where one will do."""

from marketplace.catalogue.browse.cards import Card
from marketplace.catalogue.browse.home import Home, Shelf, home, shelves
from marketplace.catalogue.browse.list_products import Listed, ListQuery, list_products
from marketplace.catalogue.browse.product_page import Moved, PageVariant, Photo, ProductPage, show_product
from marketplace.catalogue.browse.suggest import Suggestions, suggest

__all__ = [
    "Card",
    "Home",
    "ListQuery",
    "Listed",
    "Moved",
    "PageVariant",
    "Photo",
    "ProductPage",
    "Shelf",
    "Suggestions",
    "home",
    "list_products",
    "shelves",
    "show_product",
    "suggest",
]
