"""Controllers only."""

from litestar.types import ControllerRouterHandler

from marketplace.web.dashboard.storefront import StorefrontSettings
from marketplace.web.dashboard.team import DashboardSettings, DashboardTeam

ROUTES: list[ControllerRouterHandler] = [DashboardTeam, DashboardSettings, StorefrontSettings]
