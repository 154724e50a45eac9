"""Carts and orders. Prices include VAT, integer minor units of the order's currency."""

from piccolo.constraints import Check, Unique
from piccolo.table import Table

from marketplace.catalogue.tables import Variant
from marketplace.kernel.columns import (
    doc,
    flag,
    maybe_day,
    maybe_moment,
    maybe_ref,
    maybe_text,
    maybe_whole,
    moment,
    never_negative,
    one_of,
    pk,
    ref,
    state_of,
    text,
    whole,
)
from marketplace.ledger.tables import Charge
from marketplace.ordering import states
from tenants.tables import Tenant


class Cart(Table, tablename="cart"):
    id = pk()
    merchant = ref(Tenant)
    token_hash = (
        text()
    )  # of the visitor's cookie; once ordered it is followed by the id, and the visitor starts anew
    country = text("FR")
    checkout = doc()  # what the shopper typed, kept across errors
    checkout_key = maybe_text()  # one submission, one order
    created_at = moment()
    updated_at = moment()
    ordered_at = maybe_moment()

    cart_of_visitor = Unique(["merchant", "token_hash"], name="cart_of_visitor")


class CartLine(Table, tablename="cart_line"):
    id = pk()
    merchant = ref(Tenant)
    cart = ref(Cart)
    variant = ref(Variant)
    quantity = whole()
    added_at = moment()

    cart_line_once = Unique(["cart", "variant"], name="cart_line_once")
    cart_line_quantity = Check("quantity BETWEEN 1 AND 999", name="cart_line_quantity")


class Order(Table, tablename="orders"):
    """What a shopper bought from a merchant. The header's state is derived from its lines."""

    id = pk()
    merchant = ref(Tenant)
    number = maybe_text()  # without gaps: given when it is placed
    state = state_of(states.Order.AWAITING_PAYMENT)
    charge = maybe_ref(Charge)
    cart = maybe_ref(Cart)
    email = text()
    name = text()
    phone = maybe_text()
    street = text()
    street2 = maybe_text()
    postcode = text()
    city = text()
    country = text()
    note = maybe_text()  # delivery note, for the supplier
    locale = text("fr")
    currency = text()
    goods = whole()
    shipping = whole()
    shipping_captured = whole(0)
    shipping_refunded = whole(0)
    vat = whole()  # included in goods and shipping
    total = whole()
    promise_from = maybe_day()
    promise_to = maybe_day()
    terms_version = whole(1)
    placed_at = maybe_moment()
    created_at = moment()
    delivered_at = maybe_moment()  # of the last parcel: the withdrawal clock
    flagged = maybe_text()  # e.g. the feed now says less than what was sold
    link_sent_at = maybe_moment()  # "send my link again" does so once in a while only

    order_number = Unique(["merchant", "number"], name="order_number")
    order_state = one_of("state", states.Order, name="order_state")
    order_numbered = Check("number IS NOT NULL OR placed_at IS NULL", name="order_numbered")
    order_amounts = Check(
        "goods >= 0 AND shipping >= 0 AND vat >= 0 AND total = goods + shipping"
        " AND shipping_captured <= shipping AND shipping_refunded <= shipping_captured AND shipping_refunded >= 0",
        name="order_amounts",
    )


class OrderLine(Table, tablename="order_line"):
    """Facts as quantities. ordered = cancelled + what is still to be served; the CHECKs keep the sums honest."""

    id = pk()
    merchant = ref(Tenant)
    order = ref(Order)
    position = whole()
    variant = ref(Variant)
    title = text()  # as sold
    sku = text()
    options = doc()
    photo_sha = maybe_text()
    unit_price = whole()  # gross
    vat_bp = whole()
    amount = whole()  # ordered x unit_price
    promise_date = maybe_day()
    withdrawal_excluded = maybe_text()
    ordered = whole()
    cancelled = whole(0)
    accepted = whole(0)
    refused = whole(0)  # by suppliers, over all attempts
    shipped = whole(0)
    delivered = whole(0)
    lost = whole(0)
    returned = whole(0)
    captured = whole(0)  # money
    refund_reserved = whole(0)  # money promised back: requested, sent or done
    refunded = whole(0)  # money

    order_line_signs = never_negative(
        "unit_price",
        "vat_bp",
        "ordered",
        "cancelled",
        "accepted",
        "refused",
        "shipped",
        "delivered",
        "lost",
        "returned",
        "captured",
        "refund_reserved",
        "refunded",
        name="order_line_signs",
    )
    order_line_sums = Check(
        "ordered > 0 AND accepted + cancelled <= ordered AND shipped <= accepted"
        " AND delivered + lost <= shipped AND returned <= delivered",
        name="order_line_sums",
    )
    order_line_money = Check(
        "amount = ordered * unit_price AND captured <= amount AND refunded <= refund_reserved"
        " AND refund_reserved <= captured",
        name="order_line_money",
    )


class RoutingDecision(Table, tablename="routing_decision"):
    """Why these offers: what the router was asked and what it answered, as it saw them. The merchant's alone."""

    id = pk()
    merchant = ref(Tenant)
    order = ref(Order)
    number = whole(1)  # 1 is made at checkout, with the holds
    why = text("placed")  # placed | retaken | refused | unanswered | by_hand | replacement
    at = moment()
    problem = doc()
    decision = doc()
    total = maybe_whole()  # landed cost, minor units of the merchant's currency

    routing_decision_once = Unique(["order", "number"], name="routing_decision_once")


class OrderTransition(Table, tablename="order_transition"):
    """The timeline: who, when, why."""

    id = pk()
    merchant = ref(Tenant)
    order = ref(Order)
    at = moment()
    what = text()
    was = maybe_text()
    now = maybe_text()
    who = text("system")
    why = maybe_text()
    detail = doc()
    shopper_sees = flag(False)
