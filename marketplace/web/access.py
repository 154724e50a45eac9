"""Who may open a route: every dashboard and portal handler names its permission in `opt={"may": …}`.

A tenant the person has no seat in is 404, like one that does not exist. A seat whose role lacks the permission is 403:
the person is a colleague and may know that the page exists.
"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from litestar.connection import ASGIConnection
from litestar.exceptions import ImproperlyConfiguredException
from litestar.handlers import BaseRouteHandler
from litestar_htmx import HTMXRequest

from marketplace.kernel.errors import NotFound
from marketplace.web.visitors import Seat, SignedIn
from tenants.roles import may


class SignInFirst(Exception):
    """Nobody is signed in; `then` is where to go afterwards."""

    def __init__(self, then: str) -> None:
        super().__init__(then)
        self.then = then


class NotYourJob(Exception):
    """The person's role does not have the permission."""

    def __init__(self, permission: str) -> None:
        super().__init__(permission)
        self.permission = permission


@dataclass(frozen=True)
class Desk:
    """Where a signed-in person sits while a request runs: the tenant it acts as, and what it may do there."""

    tenant: int
    slug: str
    name: str
    kind: str
    role: str
    zone: str
    currency: str
    person: int
    person_name: str
    managed_by: int | None
    verified: bool  # its professional identity is

    def may(self, permission: str) -> bool:
        return may(self.kind, self.role, permission)

    @property
    def may_see_costs(self) -> bool:
        """Suppliers show their costs to merchants whose professional identity is verified, and those to some of their roles."""
        return self.verified and self.may("costs")

    @property
    def home(self) -> str:
        return f"/{'dashboard' if self.kind == 'merchant' else 'portal'}/{self.slug}"


def seat_guard(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """Guard of every dashboard and portal route. Puts the Desk and its zone in the request's state."""
    permission = handler.opt.get("may")
    if not permission:
        raise ImproperlyConfiguredException(f"{handler} names no permission")
    signed_in: SignedIn | None = connection.state.signed_in
    if signed_in is None:
        raise SignInFirst(quote(connection.url.path))
    kind = "merchant" if connection.url.path.startswith("/dashboard/") else "supplier"
    slug = connection.path_params.get("merchant" if kind == "merchant" else "supplier", "")
    seat = signed_in.seat(kind, slug)
    if seat is None:
        raise NotFound
    if not may(seat.kind, seat.role, permission):
        raise NotYourJob(permission)
    connection.state.desk = _desk(seat, signed_in)
    connection.state.zone = seat.zone


def _desk(seat: Seat, signed_in: SignedIn) -> Desk:
    return Desk(
        seat.tenant,
        seat.slug,
        seat.name,
        seat.kind,
        seat.role,
        seat.zone,
        seat.currency,
        signed_in.person,
        signed_in.name,
        seat.managed_by,
        seat.verified,
    )


def person_guard(connection: ASGIConnection[Any, Any, Any, Any], _: BaseRouteHandler) -> None:
    """Guard of pages for anybody who is signed in."""
    if connection.state.signed_in is None:
        raise SignInFirst(quote(connection.url.path))


def operator_guard(connection: ASGIConnection[Any, Any, Any, Any], _: BaseRouteHandler) -> None:
    """Guard of the operator's pages; for others they do not exist."""
    if connection.state.signed_in is None:
        raise SignInFirst(quote(connection.url.path))
    if not connection.state.signed_in.is_operator:
        raise NotFound


async def provide_desk(request: HTMXRequest) -> Desk:
    """Litestar dependency `desk`."""
    desk: Desk = request.state.desk
    return desk
