"""A merchant manages a supplier that has no account: a real tenant, in which the merchant's own people sit."""

from marketplace.kernel.database import fetch, fetch_one
from marketplace.kernel.errors import Refused
from tenants.audit import record
from tenants.open_account import Opening, new_tenant, seat
from tenants.scope import platform_scope
from tenants.tables import Role, TenantKind


async def manage_supplier(merchant: int, name: str, country: str, email: str | None, *, by: str) -> int:
    """Answers the new supplier tenant. The merchant's owners and order people get a seat in it.

    Raises Refused when `merchant` is no merchant.
    """
    async with platform_scope("a merchant manages a supplier"):
        owner = await fetch_one("SELECT kind, locale, zone FROM tenant WHERE id = $1", merchant)
        if owner is None or owner["kind"] != TenantKind.MERCHANT:
            raise Refused("Only a merchant manages suppliers.")
        opening = Opening(TenantKind.SUPPLIER, name, country, owner["locale"], owner["zone"])
        supplier = await new_tenant(opening, email=email, managed_by=merchant)
        for member in await fetch(
            "SELECT person, role FROM membership WHERE tenant = $1 AND ended_at IS NULL AND role IN ('owner', 'orders')",
            merchant,
        ):
            await seat(
                member["person"], supplier, Role.OWNER if member["role"] == "owner" else Role.WAREHOUSE
            )
        await record("supplier.managed", who=by, tenant=merchant, subject=name)
    return supplier
