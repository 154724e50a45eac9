"""Who a mail comes from and in which language: read in the sender's own scope."""

from dataclasses import dataclass
from typing import Any

from marketplace.kernel import json
from marketplace.kernel.database import fetch, fetch_one
from marketplace.kernel.errors import NotFound
from marketplace.notices.addresses import platform_url, shop_url
from marketplace.notices.brand import Brand, colour_of
from tenants.roles import may

PLATFORM = "Comptoir"


@dataclass(frozen=True)
class Sender:
    """`address` is where answers go; None when the tenant has told no public address."""

    tenant: int | None
    name: str
    slug: str
    kind: str
    address: str | None
    locale: str
    zone: str
    brand: Brand
    facts: dict[str, Any]


_MERCHANT = """
SELECT t.id, t.kind, t.slug, t.name, t.locale, t.zone, t.email, t.phone, t.legal_name, t.legal_form, t.street,
       t.postcode, t.city, t.country, t.registration_number, t.vat_number, t.mediator,
       c.brand AS card, s.theme, s.tokens, s.return_address, s.capture_policy
  FROM tenant t LEFT JOIN tenant_card c ON c.tenant = t.id LEFT JOIN storefront s ON s.merchant = t.id
 WHERE t.id = $1
"""


async def merchant_as_sender(merchant: int) -> Sender:
    """The shop, as its shoppers know it. In the merchant's scope. Raises NotFound."""
    row = await _row(merchant)
    legal = tuple(
        line
        for line in (
            " ".join(filter(None, (row["legal_name"] or row["name"], row["legal_form"]))),
            ", ".join(filter(None, (row["street"], " ".join(filter(None, (row["postcode"], row["city"])))))),
            " · ".join(filter(None, (row["registration_number"], row["vat_number"]))),
        )
        if line
    )
    brand = Brand(
        name=row["name"],
        url=await shop_url(merchant),
        colour=colour_of(
            json.loads(row["tokens"]) or {}, json.loads(row["card"]) or {}, theme=row["theme"] or ""
        ),
        legal=legal,
        contact=row["email"],
    )
    return _sender(row, brand)


async def tenant_as_reader(tenant: int) -> Sender:
    """The platform writing to a tenant's own people, in the tenant's language. In that tenant's scope. Raises NotFound."""
    row = await _row(tenant)
    return _sender(row, Brand(name=PLATFORM, url=platform_url()))


async def _row(tenant: int) -> dict[str, Any]:
    row = await fetch_one(_MERCHANT, tenant)
    if row is None:
        raise NotFound(f"tenant {tenant}")
    return row


def _sender(row: dict[str, Any], brand: Brand) -> Sender:
    return Sender(
        tenant=row["id"],
        name=row["name"],
        slug=row["slug"],
        kind=row["kind"],
        address=row["email"],
        locale=row["locale"],
        zone=row["zone"],
        brand=brand,
        facts=row,
    )


async def people_of(tenant: Sender, permission: str) -> list[str]:
    """Addresses of the tenant's people who have `permission` (tenants.roles); its public address when it has none."""
    rows = await fetch(
        "SELECT role, person_email FROM membership WHERE tenant = $1 AND ended_at IS NULL ORDER BY id",
        tenant.tenant,
    )
    found = [r["person_email"] for r in rows if may(tenant.kind, r["role"], permission)]
    return list(dict.fromkeys(found)) or ([tenant.address] if tenant.address else [])


def return_address_of(merchant: Sender) -> str:
    """Where shoppers send goods back: what the merchant has said, else its own address."""
    facts = merchant.facts
    town = " ".join(filter(None, (facts["postcode"], facts["city"])))
    own = ", ".join(filter(None, (facts["legal_name"] or facts["name"], facts["street"], town)))
    return str(facts["return_address"] or own)
