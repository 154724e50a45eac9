"""Controllers only."""

from litestar.types import ControllerRouterHandler

from marketplace.web.portal.calendar import ShippingCalendar
from marketplace.web.portal.feeds import Feeds
from marketplace.web.portal.feeds_new import NewFeed
from marketplace.web.portal.feeds_settings import FeedSettings
from marketplace.web.portal.grid import Grid
from marketplace.web.portal.keys import Keys
from marketplace.web.portal.mapping import MappingSteps
from marketplace.web.portal.merchants import MerchantAgreements, Merchants
from marketplace.web.portal.offers import Offers
from marketplace.web.portal.orders import Orders
from marketplace.web.portal.runs import Runs
from marketplace.web.portal.team import PortalSettings, PortalTeam
from marketplace.web.staff.recoveries import SupplierRecoveries
from marketplace.web.staff.returns import SupplierReturns

ROUTES: list[ControllerRouterHandler] = [
    Orders,
    PortalTeam,
    PortalSettings,
    Keys,
    SupplierRecoveries,
    SupplierReturns,
    Feeds,
    NewFeed,
    FeedSettings,
    Runs,
    MappingSteps,
    Offers,
    Grid,
    Merchants,
    MerchantAgreements,
    ShippingCalendar,
]
