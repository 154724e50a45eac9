"""A shopper's hands: finding an article, buying it, reading the order page. Works in French and English."""

import re
from urllib.parse import quote

from playwright.sync_api import Page, expect

CARD = ("4242 4242 4242 4242", "12/39", "123")
ORDER_BUTTON = re.compile("Commande avec obligation de paiement|Order with obligation to pay")


def either(english: str, french: str) -> re.Pattern[str]:
    return re.compile(f"{english}|{french}", re.IGNORECASE)


class Shop:
    """One merchant's storefront in one browser page."""

    def __init__(self, page: Page, url: str) -> None:
        self.page, self.url = page, url

    def find(self, title: str) -> None:
        """Search as a shopper does, by the first words of a title, and open the article."""
        words = " ".join(title.split()[:3])
        self.page.goto(f"{self.url}/search?q={quote(words)}")
        self.page.get_by_role("main").get_by_role(
            "link", name=re.compile(re.escape(words), re.IGNORECASE)
        ).first.click()
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(
            re.compile(re.escape(words), re.IGNORECASE)
        )

    def open_product(self, slug: str) -> None:
        self.page.goto(f"{self.url}/products/{slug}")

    def put_into_cart(self, quantity: int = 1) -> None:
        self.page.get_by_label(either("Quantity", "Quantité")).select_option(str(quantity))
        self.page.get_by_role("button", name=either("Add to cart", "Ajouter au panier")).click()
        expect(self.page.locator("#added")).to_be_visible()

    def check_out(self, *, name: str = "Jeanne Martin", email: str = "jeanne@shopper.example", country: str = "FR",
                  phone: str = "+33 6 39 98 20 20", card: tuple[str, str, str] = CARD) -> str:  # fmt: skip
        """Fill in the one page and oblige oneself to pay. Answers the order page's address."""
        self.page.goto(f"{self.url}/checkout")
        self.page.locator("#country").select_option(country)
        self.page.get_by_label(either("E-mail", "E-mail"), exact=False).first.fill(email)
        self.page.get_by_label(either("First name and surname", "Prénom et nom")).fill(name)
        self.page.get_by_label(either("Street and number", "Rue et numéro|Numéro et rue")).fill(
            "12 rue des Tests"
        )
        self.page.get_by_label(either("Postcode", "Code postal")).fill("35000")
        self.page.get_by_label(either("Town", "Ville")).fill("Rennes")
        self.page.locator("#phone").fill(phone)
        for field, value in zip(("number", "expiry", "cvc"), card, strict=True):
            self.page.locator(f"#{field}").fill(value)
        self.page.get_by_role("button", name=ORDER_BUTTON).click()
        self.page.wait_for_url(re.compile(r"/orders/"))
        return self.page.url.split("?")[0]

    def order_number(self) -> str:
        """As the order page prints it."""
        found = re.search(
            r"(?:Commande|Order) (\d{4,})", self.page.get_by_role("main").inner_text(), re.IGNORECASE
        )
        assert found, "the page shows no order number"
        return found[1]
