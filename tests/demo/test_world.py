"""The demo world is one a newcomer can believe: real-looking identities, terms that differ, shops that differ."""

import pytest
from stdnum.eu import vat as eu_vat
from stdnum.fr import siren, siret
from stdnum.gb import vat as gb_vat

from marketplace.demo.assortment import Product
from marketplace.demo.illustrations import SHELVES, mark, wordmark
from marketplace.demo.people import PASSWORD, people
from marketplace.demo.ports import feed_ports, feed_url
from marketplace.demo.world import WORLD, by_gtin, category_of, range_of
from tenants.tables import Role
from tenants.verify_identity import Identity, checked

EVERYBODY = [*WORLD.merchants, *WORLD.suppliers]
IDS = [one.slug for one in EVERYBODY]


def test_there_are_three_merchants_and_four_suppliers_one_of_them_without_an_account() -> None:
    assert len(WORLD.merchants) == 3
    assert len(WORLD.suppliers) == 4
    assert [(s.slug, s.managed_by, s.staff) for s in WORLD.suppliers if s.managed_by] == [
        ("petit-bois", "fabrique", ())
    ]


@pytest.mark.parametrize("one", EVERYBODY, ids=IDS)
def test_an_identity_passes_the_checks_that_people_must_pass(one: object) -> None:
    it = one.identity  # type: ignore[attr-defined]
    given = Identity(
        it.legal_name, it.legal_form, it.registration_number, it.vat_number, it.street, it.postcode, it.city, it.country,
        it.email, it.phone, it.director, it.mediator, it.host_provider,
    )  # fmt: skip
    registration, vat = checked(given)
    assert vat == it.vat_number
    if it.country == "FR":
        assert registration is not None
        assert siret.is_valid(registration)
        assert siren.is_valid(registration[:9])
        assert it.vat_number.endswith(registration[:9])
        assert registration.startswith("099"), "a range that the register never gave out"
    assert gb_vat.is_valid(it.vat_number) if it.country == "GB" else eu_vat.is_valid(it.vat_number)
    assert it.email.endswith(".example")


@pytest.mark.parametrize("one", EVERYBODY, ids=IDS)
def test_everybody_has_a_mark_and_every_shop_a_wordmark(one: object) -> None:
    slug = one.slug  # type: ignore[attr-defined]
    assert mark(slug).startswith("<svg")
    if one in WORLD.merchants:
        assert wordmark(slug).startswith("<svg")


def test_everyone_signs_in_with_a_role_that_exists_and_an_address_of_their_own() -> None:
    everyone = people()
    assert len({person.email for person in everyone}) == len(everyone)
    assert {person.role for person in everyone} <= {role.value for role in Role}
    assert all(person.email.endswith(".example") for person in everyone)
    assert len(PASSWORD) >= 12
    assert any("acts for Petit Bois" in person.what for person in everyone)
    for one in EVERYBODY:
        owners = [person for person in everyone if person.tenant == one.slug and person.role == "owner"]
        assert bool(owners) == (one.slug != "petit-bois")


def test_every_agreement_joins_two_who_are_there_and_once() -> None:
    pairs = [(a.merchant, a.supplier) for a in WORLD.agreements]
    assert len(set(pairs)) == len(pairs)
    for merchant, supplier in pairs:
        assert WORLD.merchant(merchant)
        assert WORLD.supplier(supplier)
    assert {a.state for a in WORLD.agreements} == {"active", "proposed"}
    assert all(len(WORLD.suppliers_of(merchant.slug)) >= 2 for merchant in WORLD.merchants)


def test_terms_differ_where_routing_would_notice() -> None:
    terms = [a.terms for a in WORLD.agreements if a.state == "active"]
    for what in ("franco_threshold", "shipping_fee", "cutoff", "lead_days", "safety_stock"):
        assert len({getattr(one, what) for one in terms}) >= 3, what
    gearline = next(a.terms for a in WORLD.agreements if a.supplier == "gearline")
    assert gearline.currency == "GBP"
    assert all(0 <= one.discount_bp <= 10_000 for one in terms)


def test_a_supplier_ships_at_least_where_the_shop_sells_most() -> None:
    for agreement in WORLD.agreements:
        home = WORLD.merchant(agreement.merchant).identity.country
        assert home in agreement.terms.ships_to, agreement


@pytest.mark.parametrize("merchant", WORLD.merchants, ids=lambda one: one.slug)
def test_a_shop_has_a_full_range_and_a_place_for_each_product(merchant: object) -> None:
    slug: str = merchant.slug  # type: ignore[attr-defined]
    offered: tuple[Product, ...] = range_of(slug)
    assert len(offered) >= 100
    assert all(category_of(slug, product).slug for product in offered)
    for category in WORLD.merchant(slug).categories:
        assert any(category_of(slug, product) == category for product in offered), category.slug
        assert category.picture in SHELVES
    suppliers = set(WORLD.suppliers_of(slug))
    resourced = [product for product in offered if len(suppliers & set(product.suppliers)) > 1]
    assert len(resourced) >= 20, "a refused line finds another source"


def test_the_shops_of_the_demo_do_not_sell_the_same_things() -> None:
    rivage, northpeak = set(range_of("rivage")), set(range_of("northpeak"))
    assert len(rivage & northpeak) < 10


def test_a_gtin_leads_back_to_the_product_in_both_languages() -> None:
    product = range_of("rivage")[0]
    assert by_gtin(product.variants[0].gtin) == (product, product.variants[0])


def test_feed_servers_stand_beside_the_platform() -> None:
    assert feed_ports(8000) == {"verrier": 9100, "nordhavn": 9101, "gearline": 9102, "petit-bois": 9103}
    assert feed_url("petit-bois", 8000) == "http://localhost:9103/catalogue.json"


def test_asking_for_somebody_who_is_not_there_says_so() -> None:
    for ask in (WORLD.merchant, WORLD.supplier):
        with pytest.raises(KeyError):
            ask("nobody")
    with pytest.raises(KeyError):
        WORLD.merchant("verrier")
