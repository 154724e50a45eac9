"""What we took of what suppliers have. The feed never writes here while it applies; it ends commitments last."""

from enum import StrEnum

from piccolo.constraints import Check, Unique
from piccolo.table import Table

from marketplace.kernel.columns import (
    maybe_moment,
    maybe_text,
    maybe_whole,
    maybe_wholes,
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


class Part(Table, tablename="part"):
    """An article that sets are made of, whether it is sold by itself or not: how many of it open holds took, in units of the part.
    Which offers draw on it, and how many of it each needs, is `offer_part`."""

    id = pk()
    supplier = ref(Tenant)
    sku = text()
    taken = whole(0)

    part_key = Unique(["supplier", "sku"], name="part_key")
    part_owned = Unique(["supplier", "id"], name="part_owned")
    part_signs = never_negative("taken", name="part_signs")


class Hold(Table, tablename="hold"):
    id = pk()
    offer = whole(index=True)
    merchant = ref(Tenant)
    supplier = ref(Tenant)
    quantity = whole()  # units of the offer
    parts = (
        maybe_wholes()
    )  # what one unit of it was made of when it was taken: this comes back when the hold ends
    part_units = maybe_wholes()  # how many of each
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
    hold_parts = Check(
        "(parts IS NULL) = (part_units IS NULL) AND (parts IS NULL OR (cardinality(parts) > 0"
        " AND cardinality(parts) = cardinality(part_units) AND coalesce(0 < ALL (part_units), false)))",
        name="hold_parts",
    )
    hold_owner = Check(
        "(kind = 'reservation' AND cart IS NOT NULL AND expires_at IS NOT NULL)"
        " OR (kind = 'commitment' AND order_line IS NOT NULL AND expires_at IS NULL)",
        name="hold_owner",
    )
