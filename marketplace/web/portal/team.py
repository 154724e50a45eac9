"""The people, at this surface's address."""

from marketplace.web.staff.identity import Settings
from marketplace.web.staff.team import Team


class PortalTeam(Team):
    path = "/portal/{supplier:str}"


class PortalSettings(Settings):
    path = "/portal/{supplier:str}"
