"""The people, at this surface's address."""

from marketplace.web.staff.identity import Settings
from marketplace.web.staff.team import Team


class DashboardTeam(Team):
    path = "/dashboard/{merchant:str}"


class DashboardSettings(Settings):
    path = "/dashboard/{merchant:str}"
