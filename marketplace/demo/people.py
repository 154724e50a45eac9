"""Whom to sign in as in the demo."""

from dataclasses import dataclass

from marketplace.demo.nouns import Merchant, Supplier
from marketplace.demo.world import WORLD

PASSWORD = "comptoir-demo-2026"


@dataclass(frozen=True)
class DemoPerson:
    """One account. `what` says in a few words what it is for; `tenant` is the slug of its organisation."""

    name: str
    email: str
    tenant: str
    role: str
    what: str


def people() -> list[DemoPerson]:
    """Everybody with an account, merchants first, owners first. All sign in with `PASSWORD`."""
    everybody: list[Merchant | Supplier] = [*WORLD.merchants, *WORLD.suppliers]
    return [
        DemoPerson(
            member.name,
            member.email,
            one.slug,
            member.role,
            f"{one.name}, {member.role}{_also(one.slug, member.role)}",
        )
        for one in everybody
        for member in one.staff
    ]


def _also(tenant: str, role: str) -> str:
    """The owner and the order people of a merchant act for the suppliers it manages."""
    managed = [s.name for s in WORLD.suppliers if s.managed_by == tenant]
    return f" (and acts for {', '.join(managed)})" if managed and role in ("owner", "orders") else ""
