"""Controllers only."""

from litestar.types import ControllerRouterHandler

from marketplace.web.portal.team import PortalSettings, PortalTeam

ROUTES: list[ControllerRouterHandler] = [PortalTeam, PortalSettings]
