"""A merchant or a supplier opens an account."""

import re
import unicodedata
from dataclasses import dataclass

from marketplace.kernel.database import execute, fetch_value
from marketplace.kernel.errors import Refused
from marketplace.kernel.i18n import currency_of
from marketplace.kernel.outbox import emit
from marketplace.kernel.settings import settings
from tenants.audit import record
from tenants.passwords import hash_password
from tenants.scope import platform_scope
from tenants.tables import Role, TenantKind

RESERVED = {
    "www",
    "api",
    "admin",
    "platform",
    "dashboard",
    "portal",
    "mail",
    "static",
    "assets",
    "media",
    "app",
    "shop",
}


@dataclass(frozen=True)
class Opening:
    kind: TenantKind
    business: str
    country: str
    locale: str
    zone: str = "Europe/Paris"


@dataclass(frozen=True)
class NewPerson:
    name: str
    email: str
    password: str


async def open_account(opening: Opening, person: NewPerson) -> tuple[int, int]:
    """(tenant, person). Raises Refused: the address has an account already, or the password is weak."""
    hashed = await hash_password(person.password)
    async with platform_scope("open an account"):
        who = await new_person(person.name, person.email, hashed, opening.locale)
        tenant = await new_tenant(opening, email=person.email)
        await seat(who, tenant, Role.OWNER)
        await record("account.opened", who=person.email, tenant=tenant)
    return tenant, who


async def open_further_account(opening: Opening, person: int) -> int:
    """Somebody who is signed in opens one more. Answers the tenant."""
    async with platform_scope("open a further account"):
        email = await fetch_value("SELECT email FROM person WHERE id = $1", person)
        tenant = await new_tenant(opening, email=email)
        await seat(person, tenant, Role.OWNER)
        await record("account.opened", who=email, tenant=tenant)
    return tenant


async def new_person(name: str, email: str, password_hash: str | None, locale: str) -> int:
    """Inside a platform scope. Raises Refused when the address is taken."""
    made = await fetch_value(
        "INSERT INTO person (email, name, password_hash, locale) VALUES ($1, $2, $3, $4)"
        " ON CONFLICT (email) DO NOTHING RETURNING id",
        email.strip().lower(),
        name,
        password_hash,
        locale,
    )
    if made is None:
        raise Refused("There is an account with this address already. Sign in first.", field="email")
    return int(made)


async def new_tenant(opening: Opening, *, email: str | None, managed_by: int | None = None) -> int:
    """Inside a platform scope: the tenant, its card for counterparties, and a merchant's first host."""
    slug = await _free_slug(opening.business)
    tenant = await fetch_value(
        "INSERT INTO tenant (kind, slug, name, managed_by, country, currency, locale, zone, email)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id",
        opening.kind.value,
        slug,
        opening.business,
        managed_by,
        opening.country,
        currency_of(opening.country),
        opening.locale,
        opening.zone,
        email,
    )
    await execute(
        "INSERT INTO tenant_card (tenant, kind, slug, name, country, email, zone) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        tenant,
        opening.kind.value,
        slug,
        opening.business,
        opening.country,
        email,
        opening.zone,
    )
    if opening.kind is TenantKind.MERCHANT:
        await execute(
            "INSERT INTO domain (tenant, host, is_primary) VALUES ($1, $2, true)",
            tenant,
            f"{slug}.{settings().platform_hosts[0]}",
        )
    await emit("tenant.opened", tenant=tenant, kind=opening.kind.value)
    return int(tenant)


async def seat(person: int, tenant: int, role: Role) -> None:
    """Inside a platform scope: `person` sits in `tenant`, again if they sat there before."""
    await execute(
        "INSERT INTO membership (person, tenant, role, person_name, person_email)"
        " SELECT p.id, $2, $3, p.name, p.email FROM person p WHERE p.id = $1"
        " ON CONFLICT (person, tenant) DO UPDATE SET role = excluded.role, ended_at = NULL",
        person,
        tenant,
        role.value,
    )


def slug_of(name: str) -> str:
    """ "Café de l'Île" -> "cafe-de-l-ile"."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:36].strip("-") or "shop"


async def _free_slug(name: str) -> str:
    base = slug_of(name)
    if base in RESERVED or len(base) < 2:
        base = f"{base}-1"
    like = "SELECT coalesce(array_agg(slug), '{}') FROM tenant WHERE slug LIKE $1 || '%'"
    taken = set(await fetch_value(like, base))
    return next(s for n in range(1, 10_000) if (s := base if n == 1 else f"{base}-{n}") not in taken)
