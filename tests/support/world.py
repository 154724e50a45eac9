"""Alice and Bob are merchants, Vera and Sven are suppliers, Charlie is the stranger. Made by SQL, as the platform."""

import itertools
import uuid
from dataclasses import dataclass
from typing import Any

from marketplace.kernel import json
from marketplace.kernel.database import fetch_value
from tenants.scope import platform_scope

_number = itertools.count(1)


def unique(word: str) -> str:
    return f"{word}-{next(_number)}{uuid.uuid4().hex[:6]}"


async def insert(table: str, **values: Any) -> int:
    """One row, in the open scope or as the platform. dicts and lists of dicts go in as JSON. Answers its id."""
    from tenants.scope import _current

    if _current.get() is None:
        async with platform_scope("a test's world"):
            return await insert(table, **values)
    plain = {k: json.dumps(v) if _is_document(v) else v for k, v in values.items()}
    columns = ", ".join(f'"{c}"' for c in plain)
    places = ", ".join(f"${i}" for i in range(1, len(plain) + 1))
    return int(
        await fetch_value(
            f'INSERT INTO "{table}" ({columns}) VALUES ({places}) RETURNING id', *plain.values()
        )
    )


def _is_document(value: Any) -> bool:
    return isinstance(value, dict) or (isinstance(value, list) and bool(value) and isinstance(value[0], dict))


async def merchant(name: str = "alice", **more: Any) -> int:
    values = {
        "kind": "merchant",
        "slug": unique(name),
        "name": name.title(),
        "legal_name": f"{name.title()} SAS",
        "registration_number": "732829320",
        "email": f"{name}@shop.example",
        "street": "1 rue du Test",
        "postcode": "75001",
        "city": "Paris",
        **more,
    }
    tenant = await insert("tenant", **values)
    await _card(tenant, values)
    await insert("domain", tenant=tenant, host=f"{values['slug']}.localhost", is_primary=True)
    await insert(
        "storefront", merchant=tenant, ships_to=["FR", "BE", "DE"], shipping_fee=490, free_shipping_from=6000
    )
    return tenant


async def supplier(name: str = "vera", **more: Any) -> int:
    values = {
        "kind": "supplier",
        "slug": unique(name),
        "name": name.title(),
        "email": f"{name}@supply.example",
        **more,
    }
    tenant = await insert("tenant", **values)
    await _card(tenant, values)
    return tenant


async def slug_of(tenant: int) -> str:
    async with platform_scope("a test's world"):
        return str(await fetch_value("SELECT slug FROM tenant WHERE id = $1", tenant))


async def _card(tenant: int, values: dict[str, Any]) -> None:
    await insert(
        "tenant_card",
        tenant=tenant,
        kind=values["kind"],
        slug=values["slug"],
        name=values["name"],
        country=values.get("country", "FR"),
        email=values.get("email"),
    )


async def agreement(merchant: int, supplier: int, **terms: Any) -> int:
    """An active agreement, both sides agreed."""
    from marketplace.kernel.clock import now

    values = {
        "state": "active",
        "proposed_by": "merchant",
        "merchant_agreed_at": now(),
        "supplier_agreed_at": now(),
        "active_since": now(),
        "ships_to": ["FR", "BE", "DE"],
        "shipping_fee": 500,
        **terms,
    }
    return await insert("agreement", merchant=merchant, supplier=supplier, **values)


async def feed(supplier: int, **more: Any) -> int:
    return await insert("feed", supplier=supplier, name="Main feed", **{"transport": "upload", **more})


async def offer(supplier: int, *, quantity: int | None = 10, price_e4: int = 100_000, **more: Any) -> int:
    from marketplace.kernel.clock import now

    sku = more.pop("sku", None) or unique("sku")
    return await insert(
        "offer",
        supplier=supplier,
        sku=sku,
        title=more.pop("title", f"Offer {sku}"),
        price_e4=price_e4,
        currency="EUR",
        quantity=quantity,
        sells_up_to=quantity or 0,
        stock_time=now(),
        price_time=now(),
        **more,
    )


async def variant(merchant: int, *offers: int, price: int = 2490, **more: Any) -> int:
    """A live listing of one variant, served by `offers`."""
    slug = unique("thing")
    product = await insert("product", merchant=merchant, title=slug.title(), sort_title=slug)
    made = await insert(
        "variant",
        merchant=merchant,
        product=product,
        sku=slug,
        price=price,
        sellable=True,
        available=10,
        **more,
    )
    await insert(
        "listing", merchant=merchant, product=product, slug=slug, will="live", sellable=True, from_price=price
    )
    for one in offers:
        async with platform_scope("a test's world"):
            its_supplier = await fetch_value("SELECT supplier FROM offer WHERE id = $1", one)
        await insert("match", merchant=merchant, variant=made, offer=one, supplier=its_supplier)
    return made


async def person(email: str | None = None, **more: Any) -> int:
    email = email or f"{unique('person')}@people.example"
    return await insert("person", email=email, name=more.pop("name", "Paula Person"), **more)


async def member(person: int, tenant: int, role: str = "owner") -> int:
    return await insert(
        "membership",
        person=person,
        tenant=tenant,
        role=role,
        person_name="Paula Person",
        person_email="paula@people.example",
    )


@dataclass(frozen=True)
class Trade:
    """One merchant buying from one supplier, with one offer on sale."""

    merchant: int
    supplier: int
    agreement: int
    offer: int
    variant: int


async def trade(quantity: int = 10, **terms: Any) -> Trade:
    m, s = await merchant(), await supplier()
    a = await agreement(m, s, **terms)
    o = await offer(s, quantity=quantity)
    return Trade(m, s, a, o, await variant(m, o))
