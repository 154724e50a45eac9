"""A merchant brings a supplier in: one that is here already, one that it manages itself, or one that is invited by mail."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from marketplace.kernel.database import fetch_value
from marketplace.kernel.errors import NotFound, Refused
from marketplace.kernel.fetching import N_
from marketplace.sourcing.agree import agree
from marketplace.sourcing.agreement_sides import require_identity
from marketplace.sourcing.agreement_terms import Terms, terms_of
from marketplace.sourcing.propose_agreement import propose_agreement
from tenants.invite import invite
from tenants.manage_supplier import manage_supplier
from tenants.scope import acting_as, platform_scope
from tenants.tables import Role

NOT_YOURS = N_("This supplier runs its own account: it agrees for itself.")


class Linked(Struct, frozen=True):
    supplier: int
    agreement: int


async def find_supplier(slug: str) -> int:
    """The supplier with an account of this name. Exact names only: nobody can list a marketplace's suppliers. Raises NotFound."""
    async with platform_scope("a merchant names a supplier"):
        found = await fetch_value(
            "SELECT id FROM tenant WHERE slug = $1 AND kind = 'supplier' AND closed_at IS NULL AND managed_by IS NULL",
            slug.strip().lower(),
        )
    if found is None:
        raise NotFound
    return int(found)


async def add_managed_supplier(
    merchant: int, name: str, country: str, terms: Mapping[str, Any], *, email: str | None = None, by: str
) -> Linked:
    """A supplier without an account, run by the merchant's own people; its agreement is active at once.

    Raises Invalid on wrong terms, Refused without a verified identity.
    """
    wanted = await _may(merchant, terms)
    supplier = await manage_supplier(merchant, name, country, email, by=by)
    return await link_managed_supplier(merchant, supplier, wanted, by=by)


async def link_managed_supplier(
    merchant: int, supplier: int, terms: Mapping[str, Any] | Terms, *, by: str
) -> Linked:
    """Propose as the merchant, agree as the supplier it manages. Raises Refused when it does not manage it."""
    async with acting_as(merchant):
        if not await fetch_value(
            "SELECT 1 FROM tenant WHERE id = $1 AND managed_by = $2", supplier, merchant
        ):
            raise Refused(NOT_YOURS)
    agreement = await propose_agreement(merchant, supplier, terms, by=by)
    await agree(supplier, agreement, by=by)
    return Linked(supplier, agreement)


async def invite_supplier(
    merchant: int, name: str, country: str, email: str, terms: Mapping[str, Any], *, by: str
) -> Linked:
    """Invite a supplier that has no account yet: it finds the proposed agreement when it takes its account over.

    Until then the merchant may manage it, feed and all, but the agreement waits for the supplier's own yes. Raises Invalid, Refused.
    """
    wanted = await _may(merchant, terms)
    supplier = await manage_supplier(merchant, name, country, email, by=by)
    agreement = await propose_agreement(merchant, supplier, wanted, by=by)
    await invite(supplier, email, Role.OWNER, by=by, purpose="claim_managed")
    return Linked(supplier, agreement)


async def _may(merchant: int, terms: Mapping[str, Any]) -> Terms:
    """Everything that may be refused is refused before anything is made."""
    wanted = terms_of(terms)
    async with acting_as(merchant):
        await require_identity(merchant, "merchant")
    return wanted
