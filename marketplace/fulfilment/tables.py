"""Our orders to suppliers. Rows that two parties read hold only what both may: no retail price, no e-mail, no claim."""

from piccolo.constraints import Check, Unique
from piccolo.table import Table

from marketplace.fulfilment import states
from marketplace.kernel.columns import (
    doc,
    maybe_day,
    maybe_moment,
    maybe_text,
    moment,
    never_negative,
    one_of,
    pk,
    ref,
    state_of,
    text,
    whole,
)
from marketplace.sourcing.tables import Agreement
from tenants.tables import Tenant


class SupplierOrder(Table, tablename="supplier_order"):
    """Our purchase order to one supplier. Amounts in the agreement's currency, minor units, without VAT."""

    id = pk()
    merchant = ref(Tenant)
    supplier = ref(Tenant)
    agreement = ref(Agreement)
    order_id = whole(index=True)  # the merchant's order; foreign key in SQL
    order_number = text()
    number = text()
    purpose = text("sale")  # sale | replacement
    state = state_of(states.SupplierOrder.DRAFTED)
    cancellation = state_of(states.Cancellation.NONE)
    currency = text()
    goods = whole(0)
    freight = whole(0)
    fee = whole(0)
    total = whole(0)
    hold_until = maybe_moment()
    drafted_at = moment()
    sent_at = maybe_moment()
    acknowledged_at = maybe_moment()
    answered_at = maybe_moment()
    shipped_at = maybe_moment()
    completed_at = maybe_moment()
    ack_by = maybe_moment()
    ship_by = maybe_moment()
    promise_date = maybe_day()
    note = maybe_text()  # delivery note
    alerted_at = maybe_moment()  # it was not answered in time, and both sides know
    late_at = maybe_moment()  # it was not shipped in time, and both sides know

    supplier_order_number = Unique(["merchant", "number"], name="supplier_order_number")
    supplier_order_state = one_of("state", states.SupplierOrder, name="supplier_order_state")
    supplier_order_cancellation = one_of(
        "cancellation", states.Cancellation, name="supplier_order_cancellation"
    )
    supplier_order_purpose = Check("purpose IN ('sale','replacement')", name="supplier_order_purpose")
    supplier_order_amounts = Check(
        "goods >= 0 AND freight >= 0 AND fee >= 0 AND total = goods + freight + fee",
        name="supplier_order_amounts",
    )


class SupplierOrderLine(Table, tablename="supplier_order_line"):
    id = pk()
    merchant = ref(Tenant)
    supplier = ref(Tenant)
    supplier_order = ref(SupplierOrder)
    order_line = whole(index=True)  # foreign key in SQL
    offer = whole(index=True)  # foreign key in SQL
    position = whole()
    sku = text()  # the supplier's, at sale
    title = text()
    options = doc()
    pack_quantity = whole(1)  # offer units in one unit of the order line
    unit_cost_e4 = whole()
    ordered = whole()  # offer units
    accepted = whole(0)
    refused = whole(0)
    cancelled = whole(0)
    shipped = whole(0)
    delivered = whole(0)
    lost = whole(0)
    cancel_wanted = whole(0)  # the merchant asked; the supplier has not answered
    given_up = whole(0)  # of `cancelled`: the shopper no longer wants them
    given_up_booked = whole(0)  # of those: the merchant's order knows
    refusal_reason = (
        maybe_text()
    )  # out_of_stock | discontinued | price_changed | cannot_ship | damaged | other
    refusal_note = maybe_text()

    supplier_order_line_signs = never_negative(
        "unit_cost_e4",
        "accepted",
        "refused",
        "cancelled",
        "shipped",
        "delivered",
        "lost",
        "cancel_wanted",
        "given_up_booked",
        name="supplier_order_line_signs",
    )
    supplier_order_line_sums = Check(
        "ordered > 0 AND accepted + refused + cancelled <= ordered AND shipped <= accepted"
        " AND delivered + lost <= shipped AND given_up <= cancelled AND given_up_booked <= given_up",
        name="supplier_order_line_sums",
    )
    supplier_order_line_reason = Check(
        "refused = 0 OR refusal_reason IS NOT NULL", name="supplier_order_line_reason"
    )


class DeliveryAddress(Table, tablename="delivery_address"):
    """What the supplier needs to deliver, and nothing else of the shopper. Masked after delivery."""

    id = pk()
    merchant = ref(Tenant)
    supplier = ref(Tenant)
    supplier_order = ref(SupplierOrder, unique=True)
    name = text()
    street = text()
    street2 = maybe_text()
    postcode = text()
    city = text()
    country = text()
    phone = maybe_text()
    note = maybe_text()
    masked_at = maybe_moment()


class Shipment(Table, tablename="shipment"):
    id = pk()
    merchant = ref(Tenant)
    supplier = ref(Tenant)
    supplier_order = ref(SupplierOrder)
    number = text()
    carrier = text()
    tracking_number = maybe_text()
    tracking_url = maybe_text()
    state = state_of(states.Shipment.ANNOUNCED)
    shipped_at = moment()
    delivered_at = maybe_moment()
    confirmed_by = text()
    key = maybe_text()  # one submission, one parcel
    alerted_at = maybe_moment()  # it should have arrived, and the merchant knows

    shipment_key = Unique(["supplier_order", "key"], name="shipment_key")
    shipment_number = Unique(["merchant", "number"], name="shipment_number")
    shipment_state = one_of("state", states.Shipment, name="shipment_state")


class ShipmentLine(Table, tablename="shipment_line"):
    id = pk()
    merchant = ref(Tenant)
    supplier = ref(Tenant)
    shipment = ref(Shipment)
    supplier_order_line = ref(SupplierOrderLine)
    quantity = whole()

    shipment_line_once = Unique(["shipment", "supplier_order_line"], name="shipment_line_once")
    shipment_line_quantity = Check("quantity > 0", name="shipment_line_quantity")


class TrackingEvent(Table, tablename="tracking_event"):
    id = pk()
    merchant = ref(Tenant)
    supplier = ref(Tenant)
    shipment = ref(Shipment)
    at = moment()
    was = maybe_text()
    now = text()
    source = text()  # carrier | supplier | shopper | merchant | time_out
    who = text("system")
    note = maybe_text()


class DispatchAttempt(Table, tablename="dispatch_attempt"):
    """One sending of one supplier order over one channel."""

    id = pk()
    merchant = ref(Tenant)
    supplier_order = ref(SupplierOrder)
    channel = text()  # portal | mail
    key = text(unique=True)
    state = text("requested")  # requested | sent | done | failed
    error = maybe_text()
    created_at = moment()
    ended_at = maybe_moment()


class SupplierOrderTransition(Table, tablename="supplier_order_transition"):
    id = pk()
    merchant = ref(Tenant)
    supplier = ref(Tenant)
    supplier_order = ref(SupplierOrder)
    at = moment()
    what = text()
    was = maybe_text()
    now = maybe_text()
    who = text("system")
    why = maybe_text()
    detail = doc()
