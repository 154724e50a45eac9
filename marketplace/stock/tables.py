"""What we took of what suppliers have. The feed never writes here while it applies; it ends commitments last."""

from enum import StrEnum

from piccolo.constraints import Check
from piccolo.table import Table

from marketplace.kernel.columns import (
    maybe_moment,
    maybe_text,
    maybe_whole,
    moment,
    never_negative,
    one_of,
    pk,
    ref,
    text,
    whole,
)
from tenants.tables import Tenant


class HoldKind(StrEnum):
    RESERVATION = "reservation"  # a checkout's, expires
    COMMITMENT = "commitment"  # sold, until the feed is known to have counted it


class Stock(Table, tablename="stock"):
    """The checked sum of an offer's open holds, in units of the offer. One row an offer, made when it is first taken."""

    id = pk()
    offer = whole(unique=True)  # foreign key in SQL: sourcing stands above stock
    supplier = ref(Tenant)
    held = whole(0)
    committed = whole(0)

    stock_signs = never_negative("held", "committed", name="stock_signs")


class Hold(Table, tablename="hold"):
    id = pk()
    offer = whole(index=True)
    merchant = ref(Tenant)
    supplier = ref(Tenant)
    quantity = whole()  # units of the offer
    kind = text()
    cart = maybe_whole(index=True)
    order_line = maybe_whole(index=True)
    created_at = moment()
    expires_at = maybe_moment()  # reservations only
    counted_from = maybe_moment()  # when the event happened at which this supplier's feed counts the sale
    ended_at = maybe_moment()
    why = maybe_text()  # sold | expired | counted | refused | cancelled | moved | checkout_changed

    hold_kind = one_of("kind", HoldKind, name="hold_kind")
    hold_quantity = Check("quantity > 0", name="hold_quantity")
    hold_owner = Check(
        "(kind = 'reservation' AND cart IS NOT NULL AND expires_at IS NOT NULL)"
        " OR (kind = 'commitment' AND order_line IS NOT NULL AND expires_at IS NULL)",
        name="hold_owner",
    )
