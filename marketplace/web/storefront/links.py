"""The signed links a shopper holds: to an order with all that hangs on it, or only to its withdrawal function."""

from dataclasses import dataclass

from marketplace.kernel.errors import NotFound
from marketplace.kernel.signing import BadLink, ExpiredLink, sign, unsign

ORDER = "order"  # what mails carry: (merchant, order)
WITHDRAWAL = (
    "withdrawal"  # for a guest who knows the order's number and address: no address, no amounts, one day
)
ORDER_DAYS = 760  # the guarantee of conformity reaches two years back
WITHDRAWAL_DAYS = 1


@dataclass(frozen=True)
class OrderLink:
    """`full` links open the whole order; the others only its withdrawal."""

    token: str
    order: int
    full: bool = True

    @property
    def path(self) -> str:
        return f"/orders/{self.token}"


def order_path(merchant: int, order: int) -> str:
    return f"/orders/{sign(ORDER, merchant, order, days=ORDER_DAYS)}"


def withdrawal_path(merchant: int, order: int) -> str:
    return f"/orders/{sign(WITHDRAWAL, merchant, order, days=WITHDRAWAL_DAYS)}/withdrawal"


def order_link(merchant: int, token: str) -> OrderLink:
    """Raises BadLink, ExpiredLink; NotFound for another shop's."""
    return _opened(ORDER, merchant, token, full=True)


def withdrawal_link(merchant: int, token: str) -> OrderLink:
    """Either kind of link opens the withdrawal. Raises BadLink, ExpiredLink, NotFound."""
    try:
        return _opened(ORDER, merchant, token, full=True)
    except ExpiredLink:
        raise
    except BadLink:
        return _opened(WITHDRAWAL, merchant, token, full=False)


def _opened(purpose: str, merchant: int, token: str, *, full: bool) -> OrderLink:
    link = unsign(purpose, token)
    if link.tenant != merchant:
        raise NotFound("an order of another shop")
    return OrderLink(token, link.subject, full)
