"""A merchant's hands at the catalogue: finding offers, taking them up, completing and publishing them."""

import re
from typing import Any

from playwright.sync_api import Locator, Page, expect


def digits(text: str) -> str:
    """Of an amount, whatever the language writes around them: "€30.90" and "30,90 €" are both 3090."""
    return re.sub(r"\D", "", text)


class Catalogue:
    """One merchant's catalogue in one browser page, in English."""

    def __init__(self, page: Page, home: str) -> None:
        self.page, self.home = page, home

    def find(self, words: str, expected: int) -> None:
        """Type into the search of offers, and watch the list become what was asked."""
        self.page.goto(self.home)
        self.page.get_by_role("link", name="Find offers").first.click()
        self.page.get_by_role("searchbox", name="Search").press_sequentially(words)
        expect(self.page.get_by_role("checkbox", name=re.compile("^Select (?!the page)"))).to_have_count(
            expected
        )

    def offer(self, title: str) -> Locator:
        return self.page.get_by_role("row").filter(has_text=title)

    def select(self, title: str) -> None:
        self.page.get_by_role("checkbox", name=f"Select {title}").check()

    def add(self) -> None:
        self.page.get_by_role("button", name="Add to my catalogue").click()
        expect(self.page.get_by_role("heading", name="What became of it")).to_be_visible(timeout=60_000)

    def open(self, title: str) -> None:
        self.page.get_by_role("link", name=title).click()
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(title)

    def lacks(self, what: str) -> bool:
        """Whether the page of a draft says that this must be there before it can be published."""
        return self.page.locator("#publication").get_by_text(what).count() > 0

    def file_under(self, category: str) -> None:
        self.page.get_by_label("Category", exact=True).select_option(label=category)
        self.page.get_by_role("button", name="Save the texts").click()
        expect(self.page.get_by_text("It is in no category")).to_have_count(0)

    def add_photo(self, photo: dict[str, Any]) -> None:
        self.page.get_by_label("Add photos").set_input_files(photo)
        self.page.locator("button", has_text="Add photos").click()
        expect(self.page.get_by_text("It has no photo")).to_have_count(0)

    def publish(self) -> str:
        """Answers the address of the article in the shop."""
        self.page.get_by_role("button", name="Publish", exact=True).click()
        expect(self.page.get_by_text("1 listing is live now")).to_be_visible()
        address = self.page.get_by_role("link", name="See it in the shop").get_attribute("href")
        assert address, "a live listing names no address in the shop"
        return address
