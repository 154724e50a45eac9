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
    "/offers": lambda page: page.get_by_role("searchbox"),
    "/decisions": lambda page: page.get_by_role("main").get_by_role("link").first,
    "/matches": lambda page: page.get_by_role("main").get_by_role("link").first,
    "/feeds": lambda page: page.get_by_role("main").get_by_role("table").get_by_role("link").first,
}
PORTAL: dict[str, Callable[[Page], Locator]] = {
    "": lambda page: page.get_by_role("main").get_by_role("link").first,
    "/feeds": lambda page: page.get_by_role("main").locator("a[href$='/feeds/new']").first,
    "/feeds/new": lambda page: page.locator("#name"),
    "/offers": lambda page: page.get_by_role("searchbox"),
    "/offers/grid": lambda page: page.get_by_role("main").get_by_role("textbox").first,
}
#: pages of a feed that has run: what one comes for there
OF_A_FEED: dict[str, Callable[[Page], Locator]] = {
    "": lambda page: page.get_by_role("table").get_by_role("link").first,
    "/settings": lambda page: page.locator("#name"),
    "/mapping": lambda page: page.locator("#file"),
}

#: a field that a screen reader cannot name: no label, no aria-label, no title
NAMELESS = """() => [...document.querySelectorAll('input, select, textarea')].filter(e =>
    !['hidden', 'submit', 'button', 'image', 'reset'].includes(e.type)
    && ![...(e.labels || [])].some(l => l.textContent.trim())
    && !(e.getAttribute('aria-label') || '').trim() && !e.getAttribute('aria-labelledby') && !e.title.trim()
).map(e => e.outerHTML.slice(0, 160))"""
TWICE = """() => { const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
    return [...new Set(ids.filter((id, i) => ids.indexOf(id) !== i))] }"""
#: text whose contrast with its ground is less than WCAG's AA asks for; what is invisible or switched off is not asked
PALE = """() => {
    const rgb = c => { const m = c.match(/[\\d.]+/g).map(Number); return {c: m.slice(0, 3), a: m.length > 3 ? m[3] : 1} };
    const light = c => { const [r, g, b] = c.map(v => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
        return .2126 * r + .7152 * g + .0722 * b };
    const over = (top, ground) => top.c.map((v, i) => v * top.a + ground[i] * (1 - top.a));
    const found = [];
    for (const e of document.querySelectorAll('body *')) {
        if (![...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim())) continue;
        if (!e.checkVisibility({opacityProperty: true, visibilityProperty: true})) continue;
        if (e.closest('.sr, .skip, [disabled], svg, option')) continue;
        const chain = []; let seen = 1;
        for (let p = e; p; p = p.parentElement) { const s = getComputedStyle(p); chain.unshift(rgb(s.backgroundColor)); seen *= s.opacity }
        const ground = chain.reduce((g, top) => over(top, g), [255, 255, 255]);
        const style = getComputedStyle(e), ink = rgb(style.color); ink.a *= seen;
        const [a, b] = [light(over(ink, ground)), light(ground)], size = parseFloat(style.fontSize);
        const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
        const large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
        if (ratio < (large ? 3 : 4.5)) found.push(ratio.toFixed(2) + ' ' + e.outerHTML.slice(0, 100));
    }
    return found.slice(0, 8) }"""
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
        **({"pale": page.evaluate(PALE)} if "/portal/" in page.url or "/dashboard/" in page.url else {}),
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


def see_hidden_columns(page: Page) -> None:
    """On a wide screen a table shows all of itself: nobody looks for a button behind its right edge."""
    cut = page.evaluate(
        "() => [...document.querySelectorAll('.table-wrap:not(.rawscroll)')].filter(e => e.scrollWidth > e.clientWidth + 1)"
        ".map(e => e.scrollWidth + ' > ' + e.clientWidth)"
    )
    assert cut == [], page.url


def see_desk(page: Page, home: str, pages: dict[str, Callable[[Page], Locator]], language: str) -> None:
    for path, action in pages.items():
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(home + path)
            see_in_order(page, language)
        see_hidden_columns(page)
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
    page.goto(f"{platform}/portal/verrier/feeds")
    feed = page.get_by_role("table").get_by_role("link").first.get_attribute("href")
    assert feed
    see_desk(page, f"{platform}{feed}", OF_A_FEED, language)
    page.goto(f"{platform}{feed}")
    run = page.get_by_role("table").get_by_role("row").last.get_by_role("link").get_attribute("href")
    tabs = lambda page: page.get_by_role("main").locator(".tabs a").first  # noqa: E731
    see_desk(page, f"{platform}{run}", {"": tabs, "?tab=rejected": tabs, "?tab=new": tabs}, language)
    offer = {"": lambda page: page.locator("#at")}
    page.goto(f"{platform}/portal/verrier/offers")
    see_desk(page, platform + (page.locator(".o-what a").first.get_attribute("href") or ""), offer, language)
