"""Agreements as their two sides see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from marketplace.kernel import json
from marketplace.kernel.database import fetch, fetch_one
from marketplace.kernel.errors import NotFound
from marketplace.sourcing.agreement_terms import Terms, plain, terms_of
from tenants.scope import acting_as


@dataclass(frozen=True)
class Partner:
    """One agreement in a list: with whom, how it stands, and whose turn it is."""

    agreement: int
    partner: int
    name: str
    slug: str
    country: str
    email: str | None
    managed: bool
    state: str
    mine: str  # merchant | supplier
    waits_for_me: bool
    waits_for_them: bool
    version: int
    created_at: datetime
    active_since: datetime | None
    terms: Terms
    offers: int
    on_sale: int


_LIST = """
SELECT a.*, c.tenant AS partner, c.name, c.slug, c.country, c.email, coalesce(t.managed_by = $1, false) AS managed,
       coalesce(o.offers, 0) AS offers, coalesce(o.on_sale, 0) AS on_sale
  FROM agreement a
  JOIN tenant_card c ON c.tenant = CASE WHEN a.merchant = $1 THEN a.supplier ELSE a.merchant END
  LEFT JOIN tenant t ON t.id = a.supplier
  LEFT JOIN LATERAL (SELECT count(*) AS offers, count(*) FILTER (WHERE o.not_sellable IS NULL) AS on_sale
                       FROM offer o WHERE o.supplier = a.supplier AND o.retired_at IS NULL) o ON true
 WHERE (a.merchant = $1 OR a.supplier = $1)"""


async def partners_of(tenant: int) -> list[Partner]:
    """Every agreement of a merchant or a supplier: what waits for an answer first, then by name."""
    async with acting_as(tenant):
        rows = await fetch(_LIST, tenant)
    found = [_partner(tenant, row) for row in rows]
    order = {"active": 1, "paused": 2, "proposed": 3}
    return sorted(
        found, key=lambda p: (not p.waits_for_me, order.get(p.state, 4), p.name.casefold(), p.agreement)
    )


def _partner(tenant: int, row: dict[str, Any]) -> Partner:
    mine = "merchant" if row["merchant"] == tenant else "supplier"
    asked = row["pending_by"] or (row["proposed_by"] if row["state"] == "proposed" else None)
    return Partner(
        agreement=row["id"],
        partner=row["partner"],
        name=row["name"],
        slug=row["slug"],
        country=row["country"],
        email=row["email"],
        managed=row["managed"],
        state=row["state"],
        mine=mine,
        waits_for_me=asked is not None and asked != mine,
        waits_for_them=asked == mine,
        version=row["version"],
        created_at=row["created_at"],
        active_since=row["active_since"],
        terms=terms_of(row),
        offers=row["offers"],
        on_sale=row["on_sale"],
    )


@dataclass(frozen=True)
class Version:
    number: int
    terms: Terms
    agreed_at: datetime
    agreed_by: str
    changed: list[str]


@dataclass(frozen=True)
class AgreementPage:
    """One agreement. `pending` are terms that wait for an answer of the side that did not propose them."""

    partner: Partner
    row: dict[str, Any]
    pending: Terms | None
    versions: list[Version]
    paused_by_me: bool
    invitation: dict[str, Any] | None

    @property
    def changed(self) -> list[str]:
        """Names of the terms that the proposal would change."""
        return _differences(self.partner.terms, self.pending) if self.pending else []


async def agreement_page(
    tenant: int, *, agreement: int | None = None, partner: str | None = None
) -> AgreementPage:
    """By its id, or by the other side's slug. Raises NotFound."""
    async with acting_as(tenant):
        rows = await fetch(
            f"{_LIST} AND ($2::bigint IS NULL OR a.id = $2) AND ($3::text IS NULL OR c.slug = $3)",
            tenant,
            agreement,
            partner,
        )
        if len(rows) != 1:
            raise NotFound
        row = rows[0]
        kept = await fetch(
            "SELECT number, terms, agreed_at, agreed_by FROM agreement_version WHERE agreement = $1 ORDER BY number DESC",
            row["id"],
        )
    found = _partner(tenant, row)
    invitation = await _invitation(row["supplier"]) if found.managed else None
    return AgreementPage(
        partner=found,
        row=row,
        pending=terms_of(json.loads(row["pending_terms"])) if row["pending_terms"] else None,
        versions=_versions(kept),
        paused_by_me=row["state"] == "paused" and row["paused_by"] in (None, found.mine),
        invitation=invitation,
    )


async def _invitation(supplier: int) -> dict[str, Any] | None:
    """Who was asked to take a managed supplier's account over, and has not answered."""
    async with acting_as(supplier):
        return await fetch_one(
            "SELECT id, email, created_at, expires_at FROM invitation WHERE tenant = $1 AND purpose = 'claim_managed'"
            " AND accepted_at IS NULL AND withdrawn_at IS NULL AND expires_at > now() ORDER BY id DESC LIMIT 1",
            supplier,
        )


def _versions(rows: list[dict[str, Any]]) -> list[Version]:
    found: list[Version] = []
    terms = [terms_of(json.loads(row["terms"])) for row in rows]
    for place, row in enumerate(rows):
        before = terms[place + 1] if place + 1 < len(rows) else None
        changed = _differences(before, terms[place]) if before else []
        found.append(Version(row["number"], terms[place], row["agreed_at"], row["agreed_by"], changed))
    return found


def _differences(one: Terms, other: Terms) -> list[str]:
    was, becomes = plain(one), plain(other)
    return [name for name in was if was[name] != becomes[name]]
