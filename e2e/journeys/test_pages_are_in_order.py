"""The pages people open most fit their screen, say what they are, and can be worked by ear and by keyboard."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page

from e2e.conftest import shop_url
from e2e.pages.desk import at_desk, speak
from e2e.pages.shop import Shop, either

WIDTHS = (390, 1280)
LANGUAGES = {"fr": "Français", "en": "English"}
SHOPS = {"fr": "rivage", "en": "northpeak"}
#: a page of a desk → what one comes for, as the keyboard finds it
DASHBOARD: dict[str, Callable[[Page], Locator]] = {
    "": lambda page: page.get_by_role("main").get_by_role("link").first,
    "/orders": lambda page: page.get_by_role("searchbox"),
    "/listings": lambda page: page.get_by_role("searchbox"),
    "/feeds": lambda page: page.get_by_role("main").get_by_role("table").get_by_role("link").first,
}
PORTAL: dict[str, Callable[[Page], Locator]] = {
    "": lambda page: page.get_by_role("main").get_by_role("link").first,
    "/feeds": lambda page: page.get_by_role("main").locator("a[href$='/feeds/new']").first,
}

#: a field that a screen reader cannot name: no label, no aria-label, no title
NAMELESS = """() => [...document.querySelectorAll('input, select, textarea')].filter(e =>
    !['hidden', 'submit', 'button', 'image', 'reset'].includes(e.type)
    && ![...(e.labels || [])].some(l => l.textContent.trim())
    && !(e.getAttribute('aria-label') || '').trim() && !e.getAttribute('aria-labelledby') && !e.title.trim()
).map(e => e.outerHTML.slice(0, 160))"""
TWICE = """() => { const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
    return [...new Set(ids.filter((id, i) => ids.indexOf(id) !== i))] }"""
WIDER = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
    [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1)
    .slice(0, 8).map(e => e.outerHTML.slice(0, 120))
    .concat([document.documentElement.scrollWidth + ' > ' + innerWidth])"""


def see_in_order(page: Page, language: str) -> None:
    """Fails with everything that is wrong with the page on the screen."""
    wrong = {
        "language": [] if page.locator("html").get_attribute("lang") == language else [language],
        "headings": [] if (n := page.get_by_role("heading", level=1).count()) == 1 else [f"{n} of level 1"],
        "fields without a name": page.evaluate(NAMELESS),
        "ids that come twice": page.evaluate(TWICE),
        "wider than the screen": page.evaluate(WIDER),
    }
    assert not (found := {what: where for what, where in wrong.items() if where}), f"{page.url}: {found}"


def see_reachable(page: Page, action: Locator, presses: int = 60) -> None:
    """Somebody without a mouse gets there with Tab alone, and sees where they are."""
    page.locator("body").evaluate("body => body.ownerDocument.activeElement.blur()")
    for _ in range(presses):
        page.keyboard.press("Tab")
        if action.evaluate("e => e === document.activeElement"):
            break
    else:
        pytest.fail(f"{page.url}: {presses} times Tab did not reach {action}")
    assert action.evaluate("e => e.matches(':focus-visible') && e.getClientRects().length > 0")


def see_desk(page: Page, home: str, pages: dict[str, Callable[[Page], Locator]], language: str) -> None:
    for path, action in pages.items():
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(home + path)
            see_in_order(page, language)
        see_reachable(page, action(page))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_shops_pages_are_in_order(platform, open_browser, language):
    url = shop_url(platform, SHOPS[language])
    page = open_browser({"fr": "fr-FR", "en": "en-GB"}[language]).new_page()
    page.goto(url)
    see_reachable(page, page.get_by_role("main").get_by_role("link").first)
    product = page.get_by_role("main").locator("a[href^='/products/']").first.get_attribute("href")
    page.goto(f"{url}{product}")
    see_reachable(page, page.get_by_role("button", name=either("Add to cart", "Ajouter au panier")))
    Shop(page, url).put_into_cart()
    page.goto(f"{url}/cart")
    see_reachable(page, page.get_by_role("main").locator("a[href='/checkout']").first)
    for path in ("/", product, "/cart", "/checkout"):
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(url + path)
            see_in_order(page, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_merchants_pages_are_in_order(platform, open_browser, language):
    page = at_desk(open_browser().new_page(), platform, "claire@atelier-rivage.example")
    speak(page, platform, LANGUAGES[language])
    see_desk(page, f"{platform}/dashboard/rivage", DASHBOARD, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_suppliers_pages_are_in_order(platform, open_browser, language):
    page = at_desk(open_browser().new_page(), platform, "etienne@maisonverrier.example")
    speak(page, platform, LANGUAGES[language])
    see_desk(page, f"{platform}/portal/verrier", PORTAL, language)
