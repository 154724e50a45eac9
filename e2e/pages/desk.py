"""The hands of staff: merchants at the dashboard, suppliers at the portal."""

import re
import time
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from e2e.conftest import sign_in
from marketplace.demo.people import PASSWORD


def at_desk(page: Page, platform: str, email: str) -> Page:
    sign_in(page, platform, email, PASSWORD)
    return page


def reload_until(page: Page, there: Callable[[], Locator], *, seconds: float = 30) -> Locator:
    """Workers act behind the page: reload until what they do shows. Fails with the page's own text."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = there()
        if found.count():
            return found.first
        page.wait_for_timeout(500)
        page.reload()
    expect(there().first).to_be_visible()
    return there().first


def open_order(page: Page, home: str, number: str) -> None:
    """The merchant's or supplier's page of an order, by its number through the search."""
    page.goto(f"{home}/orders?q={number}")
    reload_until(page, lambda: page.get_by_role("link", name=re.compile(re.escape(number)))).click()
    page.wait_for_url(re.compile(r"/orders/\d+"))


def speak(page: Page, platform: str, language: str) -> None:
    """Choose "English" or "Français" where people choose their language. It is kept with the account."""
    page.goto(f"{platform}/desks?stay=1")
    page.get_by_role("button", name=language).click()
    expect(page.locator("html")).to_have_attribute("lang", {"English": "en", "Français": "fr"}[language])
