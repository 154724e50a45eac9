"""Who there is: merchants with their shops, suppliers with their people."""

from collections.abc import Iterable

from marketplace.catalogue.photos.keep_picture import keep_picture
from marketplace.demo.illustrations import hero, render_png, wordmark
from marketplace.demo.nouns import Identity, Merchant, Staff, Supplier
from marketplace.demo.people import PASSWORD
from marketplace.demo.world import WORLD
from marketplace.kernel import json
from marketplace.kernel.database import execute, fetch_value
from marketplace.kernel.images import render
from marketplace.kernel.settings import settings
from tenants.manage_supplier import manage_supplier
from tenants.open_account import Opening, new_person, new_tenant, seat
from tenants.passwords import hash_password
from tenants.scope import acting_as, platform_scope
from tenants.tables import Role, TenantKind
from tenants.verify_identity import Identity as Checked
from tenants.verify_identity import verify_identity

BY = "demo"


async def open_houses() -> dict[str, int]:
    """Slug -> tenant, merchants first: a supplier may be managed by one."""
    password = await hash_password(PASSWORD)
    tenants: dict[str, int] = {}
    for merchant in WORLD.merchants:
        tenants[merchant.slug] = await _house(merchant, TenantKind.MERCHANT, password)
        await _shop(tenants[merchant.slug], merchant)
    for supplier in WORLD.suppliers:
        tenants[supplier.slug] = (
            await _managed(supplier, tenants[supplier.managed_by])
            if supplier.managed_by
            else await _house(supplier, TenantKind.SUPPLIER, password)
        )
    await _operator(password)
    return tenants


async def _house(one: Merchant | Supplier, kind: TenantKind, password: str) -> int:
    opening = Opening(kind, one.name, one.identity.country, one.locale, one.zone)
    async with platform_scope("the demo opens an account"):
        tenant = await new_tenant(opening, email=one.identity.email)
        await _named(tenant, one)
        for person, role in await _people(one.staff, password, one.locale):
            await seat(person, tenant, role)
    await verify_identity(tenant, _checked(one.identity), by=BY)
    return tenant


async def _managed(supplier: Supplier, merchant: int) -> int:
    identity = supplier.identity
    tenant = await manage_supplier(merchant, supplier.name, identity.country, identity.email, by=BY)
    async with platform_scope("the demo names a managed supplier"):
        await _named(tenant, supplier)
    await verify_identity(tenant, _checked(identity), by=BY)
    return tenant


async def _named(tenant: int, one: Merchant | Supplier) -> None:
    """The demo's addresses are short: rivage.localhost, not atelier-rivage.localhost."""
    await execute(
        "UPDATE tenant SET slug = $2, currency = $3, locale = $4 WHERE id = $1",
        tenant,
        one.slug,
        one.currency,
        one.locale,
    )
    await execute("UPDATE tenant_card SET slug = $2 WHERE tenant = $1", tenant, one.slug)
    await execute(
        "UPDATE domain SET host = $2 WHERE tenant = $1", tenant, f"{one.slug}.{settings().platform_hosts[0]}"
    )


async def _people(staff: Iterable[Staff], password: str, locale: str) -> list[tuple[int, Role]]:
    return [(await new_person(s.name, s.email, password, locale), Role(s.role)) for s in staff]


async def _operator(password: str) -> None:
    async with platform_scope("the demo's operator"):
        person = await new_person("Olive Opérateur", "operator@comptoir.example", password, "fr")
        await execute("UPDATE person SET is_operator = true WHERE id = $1", person)


def _checked(identity: Identity) -> Checked:
    return Checked(
        legal_name=identity.legal_name,
        legal_form=identity.legal_form or None,
        registration_number=identity.registration_number if identity.country == "FR" else None,
        vat_number=identity.vat_number,
        street=identity.street,
        postcode=identity.postcode,
        city=identity.city,
        country=identity.country,
        email=identity.email,
        phone=identity.phone,
        director=identity.director,
        mediator=identity.mediator,
        host_provider=identity.host_provider,
    )


async def _shop(tenant: int, merchant: Merchant) -> None:
    picture = await keep_picture(await render(render_png(hero(merchant.slug), 1600)))
    async with acting_as(tenant):
        await execute(
            "INSERT INTO storefront (merchant, theme, tagline, intro, hero_sha, logo_svg, ships_to, shipping_fee,"
            " free_shipping_from, margin_floor_bp, tokens) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1000, $10::jsonb)"
            " ON CONFLICT (merchant) DO NOTHING",
            tenant,
            merchant.theme,
            merchant.tagline,
            merchant.intro,
            picture,
            wordmark(merchant.slug, merchant.logo_ink),
            list(merchant.ships_to),
            merchant.shipping_fee,
            merchant.free_shipping_from,
            json.dumps({"hero_title": merchant.hero_title}),
        )
        assert await fetch_value("SELECT 1 FROM storefront WHERE merchant = $1", tenant)
