"""Controllers only."""

from litestar.types import ControllerRouterHandler

from marketplace.web.dashboard.categories import Categories
from marketplace.web.dashboard.claims import Claims
from marketplace.web.dashboard.decisions import Decisions
from marketplace.web.dashboard.feeds import FeedHealth
from marketplace.web.dashboard.listings import Listings
from marketplace.web.dashboard.listings_prices import Prices
from marketplace.web.dashboard.listings_product import Product
from marketplace.web.dashboard.listings_variants import Variants
from marketplace.web.dashboard.matches import Matches
from marketplace.web.dashboard.offers import Offers
from marketplace.web.dashboard.orders import Orders
from marketplace.web.dashboard.overview import Overview
from marketplace.web.dashboard.price_rules import PriceRules
from marketplace.web.dashboard.resolutions import Resolutions
from marketplace.web.dashboard.storefront import StorefrontSettings
from marketplace.web.dashboard.suppliers import SupplierAgreements, Suppliers
from marketplace.web.dashboard.team import DashboardSettings, DashboardTeam
from marketplace.web.dashboard.withdrawals import Withdrawals
from marketplace.web.staff.recoveries import MerchantRecoveries
from marketplace.web.staff.returns import MerchantReturns

ROUTES: list[ControllerRouterHandler] = [
    Overview,
    Orders,
    DashboardTeam,
    DashboardSettings,
    StorefrontSettings,
    Claims,
    Resolutions,
    MerchantRecoveries,
    Withdrawals,
    MerchantReturns,
    Offers,
    Listings,
    Product,
    Variants,
    Decisions,
    Matches,
    Categories,
    Prices,
    PriceRules,
    Suppliers,
    SupplierAgreements,
    FeedHealth,
]
