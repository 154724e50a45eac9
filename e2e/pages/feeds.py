"""A supplier's hands at its feeds: sending a file, saying how it is read, reading what a run did."""

import re

from playwright.sync_api import Locator, Page, expect

from e2e.pages.desk import reload_until


def _file(name: str, text: str) -> dict[str, str | bytes]:
    return {"name": name, "mimeType": "text/csv", "buffer": text.encode()}


class Feeds:
    """One supplier's feeds in one browser page, in English."""

    def __init__(self, page: Page, home: str) -> None:
        self.page, self.home = page, home

    def add_by_upload(self, name: str, file_name: str, text: str) -> None:
        """Ends on the wizard's first step, the file as it comes out."""
        self.page.goto(self.home)
        self.page.get_by_role("link", name="Feeds", exact=True).click()
        self.page.get_by_role("link", name="Add a feed").first.click()
        self.page.get_by_role("radio", name=re.compile("^Upload")).check()
        self.page.get_by_label("Your file").set_input_files(_file(file_name, text))
        self.page.get_by_label("Name of the feed").fill(name)
        self.page.get_by_role("radio", name=re.compile("My articles, with stock and prices")).check()
        self._press("Go on: how it is read")
        expect(self.page.get_by_role("heading", name="The first rows")).to_be_visible(timeout=60_000)

    def column(self, name: str) -> Locator:
        """The row of a column in the wizard's second step."""
        return self.page.get_by_role("listitem").filter(
            has=self.page.get_by_label(f"What {name} is", exact=True)
        )

    def use_column(self, name: str, field: str) -> None:
        """Say what a column is that nobody guessed: it waits, folded away, under those that are not used."""
        unused = self.page.get_by_text(re.compile(r"columns? that (is|are) not used"))
        if not self.column(name).is_visible():
            unused.click()
        self.page.get_by_label(f"What {name} is", exact=True).select_option(label=field)

    def go_on_to(self, step: str) -> None:
        self._press(f"Go on: {step}")

    def see_stock_words(self) -> None:
        """The fourth step: nothing to decide where stock comes in numbers."""
        expect(self.page.get_by_text("Stock is given in numbers")).to_be_visible(timeout=60_000)
        self._press("Go on: the trial")
        expect(self.page.get_by_role("heading", name="Save this mapping")).to_be_visible(timeout=60_000)

    def counted(self, what: str) -> int:
        """A number of the card "The file", on the trial's page and on a run's."""
        line = (
            self.page.get_by_role("listitem")
            .filter(has=self.page.get_by_text(what, exact=True))
            .filter(has_text=re.compile(r"\d\s*$"))
        )
        return int(re.sub(r"\D", "", line.first.inner_text()))

    def rejected_rows(self) -> Locator:
        return self.page.get_by_role("table").filter(
            has=self.page.get_by_role("columnheader", name="The row as it came")
        ).get_by_role("row")  # fmt: skip

    def save_and_sync(self) -> None:
        self._press("Save and import now")
        self.page.wait_for_url(re.compile(r"/feeds/\d+"))
        self.see_applied()

    def send(self, file_name: str, text: str) -> None:
        """The next file of the feed whose run is on the screen."""
        self.page.goto(re.sub(r"/runs/\d+.*", "", self.page.url))
        self.page.get_by_label("Your file").set_input_files(_file(file_name, text))
        self._press("Send and import")
        self.page.wait_for_url(re.compile(r"/runs/\d+"))
        self.see_applied()

    def see_applied(self) -> None:
        """Wait on the page of a run until it says so."""
        reload_until(
            self.page,
            lambda: self.page.get_by_role("main").get_by_text("Applied", exact=True),
            seconds=60,
        )

    def _press(self, name: str) -> None:
        self.page.get_by_role("button", name=name).click()
