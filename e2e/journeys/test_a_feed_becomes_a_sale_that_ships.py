"""A supplier sends a file it never sent before; hours later nobody has typed an article, and a shopper has one of them."""

import re
import secrets
from dataclasses import dataclass, field
from io import BytesIO
from urllib.parse import urlsplit

from PIL import Image
from playwright.sync_api import expect

from e2e.conftest import shop_url
from e2e.pages.catalogue import Catalogue, digits
from e2e.pages.desk import at_desk, open_order, reload_until, speak
from e2e.pages.feeds import Feeds
from e2e.pages.shop import Shop
from marketplace.demo.assortment.gtin import assign
from marketplace.demo.illustrations.pictures import all_pictures
from marketplace.demo.ports import feed_ports

HEADER = "Référence;EAN;Titre;Description;Marque;Catégorie;Prix d'achat HT;Devise;Stock;Image;Fabricant;Adresse du fabricant;E-mail du fabricant"
MAKER = "Verreries de Merlange SARL;3 quai du Four, 69520 Merlange, FR;qualite@verreries-merlange.example"
TRACKING = "8R41000123456"
#: what the row without an article number is called, and the line of the file that it starts at
ODD, ODD_LINE = "Bouchon dépareillé", 4


@dataclass
class Glassware:
    """A new range of the supplier. Its name is another each time, so that the same platform can be told of it again."""

    platform: str
    name: str = field(default_factory=lambda: f"Merlange {secrets.token_hex(2).upper()}")

    def title(self, what: str) -> str:
        return f"{what} {self.name}"

    def csv(self, tumblers: int = 36) -> str:
        picture = next(p for p in all_pictures() if p.view == "main")
        port = feed_ports(urlsplit(self.platform).port or 80)["verrier"]
        image = f"http://localhost:{port}/pictures/{picture.slug}-main.png"
        goods = (
            ("Carafe", "CA", "14,20", 18, image),
            ("Gobelet", "GO", "4,10", tumblers, ""),
            ("", "", "1,00", 3, ""),
            ("Coupe", "CO", "9,75", 12, image),
            ("Saladier", "SA", "22,40", 6, image),
        )
        gtins = assign("9968", [self.title(what) for what, *_ in goods if what])
        return "\n".join([HEADER, *(self._row(gtins, *row) for row in goods)]) + "\n"

    def _row(self, gtins: dict[str, str], what: str, code: str, cost: str, stock: int, image: str) -> str:
        key = f"{code}-{self.name[-4:]}" if code else ""
        title = self.title(what) if what else ODD
        gtin = gtins.get(title, "")
        return f"{key};{gtin};{title};Verre soufflé à la bouche.;Merlange;Verrerie > {what};{cost};EUR;{stock};{image};{MAKER}"


def _photo() -> dict[str, str | bytes]:
    out = BytesIO()
    Image.new("RGB", (1200, 1200), "#7fa7a1").save(out, "JPEG")
    return {"name": "gobelet.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def test_a_feed_becomes_a_sale_that_ships(platform, open_browser):
    range_ = Glassware(platform)
    carafe, tumbler = range_.title("Carafe"), range_.title("Gobelet")
    feeds = _the_supplier_brings_its_range(platform, open_browser, range_)
    addresses, price = _the_merchant_takes_two_of_it(platform, open_browser, range_.name, carafe, tumbler)
    shopper = Shop(open_browser("fr-FR", 390).new_page(), shop_url(platform, "rivage"))

    shopper.page.goto(addresses[carafe])
    expect(shopper.page.get_by_role("heading", level=1)).to_have_text(carafe)
    assert price in digits(shopper.page.locator("#buy").inner_text())
    shopper.put_into_cart()
    order_page = shopper.check_out(
        name="Lise Aubert", email=f"lise.{range_.name[-4:].lower()}@shopper.example"
    )
    _the_warehouse_ships(platform, open_browser, shopper.order_number())
    _the_shopper_follows_it(platform, shopper, order_page, f"lise.{range_.name[-4:].lower()}@shopper.example")

    shopper.page.goto(addresses[tumbler])
    expect(shopper.page.get_by_text("En stock", exact=True)).to_be_visible()
    feeds.send("merlange.csv", range_.csv(tumblers=0))
    reload_until(shopper.page, lambda: shopper.page.locator("#buy").get_by_text("Épuisé", exact=True))
    expect(shopper.page.get_by_role("button", name="Ajouter au panier")).to_have_count(0)


def _the_supplier_brings_its_range(platform, open_browser, range_) -> Feeds:
    page = at_desk(open_browser().new_page(), platform, "etienne@maisonverrier.example")
    speak(page, platform, "English")
    feeds = Feeds(page, f"{platform}/portal/verrier")
    feeds.add_by_upload(f"Gamme {range_.name}", "merlange.csv", range_.csv())
    page.get_by_role("button", name="Go on to the columns").click()
    for sample in ("Carafe", "Gobelet", "Coupe", "Saladier"):
        expect(feeds.column("Titre")).to_contain_text(range_.title(sample))
    expect(feeds.column("Titre")).to_contain_text(ODD)
    expect(feeds.column("Stock").get_by_role("combobox").first).to_have_value("quantity")
    feeds.use_column("Fabricant", "Manufacturer's name")
    feeds.use_column("E-mail du fabricant", "Manufacturer's e-mail")
    feeds.go_on_to("what it means")
    feeds.go_on_to("read the whole file")
    feeds.see_stock_words()
    assert (feeds.counted("Accepted rows"), feeds.counted("Rejected rows")) == (4, 1)
    _see_the_odd_row(feeds)
    feeds.save_and_sync()
    assert (feeds.counted("Accepted rows"), feeds.counted("Rejected rows")) == (4, 1)
    page.get_by_role("navigation", name="What the import found").get_by_role(
        "link", name=re.compile("Rejected")
    ).click()
    _see_the_odd_row(feeds)
    return feeds


def _see_the_odd_row(feeds: Feeds) -> None:
    row = feeds.rejected_rows().filter(has_text=ODD)
    expect(row).to_contain_text("It has no article number")
    expect(row.get_by_role("cell").first).to_contain_text(str(ODD_LINE))


def _the_merchant_takes_two_of_it(platform, open_browser, words, carafe, tumbler):
    page = at_desk(open_browser().new_page(), platform, "claire@atelier-rivage.example")
    speak(page, platform, "English")
    catalogue = Catalogue(page, f"{platform}/dashboard/rivage")
    catalogue.find(words, expected=4)
    price = digits(catalogue.offer(carafe).locator("[data-label='Your price']").inner_text())
    catalogue.select(carafe)
    catalogue.select(tumbler)
    catalogue.add()
    made, addresses = page.url, {}
    for title in (carafe, tumbler):
        page.goto(made)
        catalogue.open(title)
        if catalogue.lacks("It is in no category"):
            catalogue.file_under("Arts de la table")
        if title == tumbler:
            assert catalogue.lacks("It has no photo")
            catalogue.add_photo(_photo())
        addresses[title] = catalogue.publish()
    return addresses, price


def _the_warehouse_ships(platform, open_browser, number: str) -> None:
    page = at_desk(open_browser("fr-FR", 390).new_page(), platform, "depot@maisonverrier.example")
    open_order(page, f"{platform}/portal/verrier", number)
    page.get_by_role("button", name=re.compile("Accept everything|Tout accepter")).click()
    page.get_by_label(re.compile("^(Carrier|Transporteur)")).select_option(label="Colissimo")
    page.get_by_label(re.compile("Tracking number|Numéro de suivi")).fill(TRACKING)
    page.get_by_role("button", name=re.compile("The parcel has left|Le colis est parti")).click()
    expect(page.get_by_role("link", name=TRACKING)).to_be_visible()


def _the_shopper_follows_it(platform, shopper: Shop, order_page: str, email: str) -> None:
    page = shopper.page
    page.goto(order_page)
    link = reload_until(page, lambda: page.get_by_role("link", name="Suivre ce colis"))
    expect(link).to_have_attribute("href", re.compile(rf"^https://www\.laposte\.fr/.*{TRACKING}"))
    page.goto(f"{platform}/dev/mailbox?to={email}")
    reload_until(page, lambda: page.get_by_role("link", name=re.compile("Votre colis est en route"))).click()
    expect(page.get_by_role("main")).to_contain_text(TRACKING)
