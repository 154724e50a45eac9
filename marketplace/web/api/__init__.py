"""Controllers only. An application of its own: machines show a key, and there are no cookies, pages or people here."""

from litestar.types import ControllerRouterHandler

from marketplace.web.api.feeds import ApiFeeds
from marketplace.web.api.openapi import problem_kind
from marketplace.web.api.runs import ApiRuns

ROUTES: list[ControllerRouterHandler] = [ApiFeeds, ApiRuns, problem_kind]
