"""Complaints to the merchant, withdrawals, goods coming back, and what the supplier owes for it."""

from piccolo.columns import Bytea
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from marketplace.claims import states
from marketplace.fulfilment.tables import SupplierOrder
from marketplace.kernel.columns import (
    doc,
    flag,
    maybe_moment,
    maybe_ref,
    maybe_text,
    maybe_whole,
    moment,
    one_of,
    pk,
    ref,
    state_of,
    text,
    whole,
)
from marketplace.ledger.tables import Refund
from marketplace.ordering.tables import Order, OrderLine
from tenants.tables import Tenant


class Claim(Table, tablename="claim"):
    """The merchant's alone: the supplier sees a Recovery and what is forwarded to it."""

    id = pk()
    merchant = ref(Tenant)
    order = ref(Order)
    number = text()
    state = state_of(states.Claim.OPEN)
    cause = text()  # damaged | wrong_item | defective | not_delivered | missing | other
    wish = text("refund")  # refund | replacement | advice
    key = maybe_text()  # one submission of the form, one claim
    opened_at = moment()
    answer_by = maybe_moment()  # null while the shopper has to answer
    alerted_at = maybe_moment()  # the merchant was told that `answer_by` is near
    closed_at = maybe_moment()

    claim_number = Unique(["merchant", "number"], name="claim_number")
    claim_key = Unique(["merchant", "key"], name="claim_key")
    claim_state = one_of("state", states.Claim, name="claim_state")


class ClaimLine(Table, tablename="claim_line"):
    id = pk()
    merchant = ref(Tenant)
    claim = ref(Claim)
    order_line = ref(OrderLine)
    quantity = whole()

    claim_line_once = Unique(["claim", "order_line"], name="claim_line_once")
    claim_line_quantity = Check("quantity > 0", name="claim_line_quantity")


class ClaimMessage(Table, tablename="claim_message"):
    """`audience` says which thread: the shopper's, the supplier's (what was forwarded), or the staff's own."""

    id = pk()
    merchant = ref(Tenant)
    claim = ref(Claim)
    audience = text()
    author = text()  # shopper | merchant | supplier | system
    author_name = text()
    body = text()
    at = moment()

    claim_message_audience = Check(
        "audience IN ('shopper','supplier','staff')", name="claim_message_audience"
    )


class Attachment(Table, tablename="attachment"):
    """A shopper's photo: re-encoded, never the bytes as sent."""

    id = pk()
    merchant = ref(Tenant)
    claim = ref(Claim)
    message = maybe_ref(ClaimMessage)
    name = text()
    content_type = text()
    body = Bytea(null=False, default=None)
    width = maybe_whole()
    height = maybe_whole()
    at = moment()


class Resolution(Table, tablename="resolution"):
    """What the merchant decided. One claim, one resolution: two operators at once make one refund."""

    id = pk()
    merchant = ref(Tenant)
    claim = ref(Claim, unique=True)
    kind = text()  # refund | part_refund | replacement | advice (settled by words) | rejected
    amount = whole(0)
    refund = maybe_ref(Refund)
    lines = doc("[]")
    recovery_amount = whole(0)
    decided_by = text()
    decided_at = moment()
    note = maybe_text()

    resolution_kind = Check(
        "kind IN ('refund','part_refund','replacement','advice','rejected')", name="resolution_kind"
    )


class ClaimTransition(Table, tablename="claim_transition"):
    id = pk()
    merchant = ref(Tenant)
    claim = ref(Claim)
    at = moment()
    what = text()
    was = maybe_text()
    now = maybe_text()
    who = text("system")
    why = maybe_text()
    detail = doc()


class Withdrawal(Table, tablename="withdrawal"):
    """The EU 14-day right, declared online. `declaration` is kept word for word for the receipt."""

    id = pk()
    merchant = ref(Tenant)
    order = ref(Order)
    number = text()
    state = state_of(states.Withdrawal.DECLARED)
    name = text()
    email = text()
    declaration = text()
    key = maybe_text()  # one submission of the form, one declaration
    lines = doc("[]")  # [{order_line, title, quantity, unshipped}]: `unshipped` of them had not left
    entire = flag()  # all that was left of the order: the outbound shipping goes back too
    declared_at = moment()
    goods_at = maybe_moment()  # the goods are back, or the shopper showed that they were sent
    alerted_at = maybe_moment()  # the merchant was told that `refund_by` is near
    receipt_sent_at = maybe_moment()
    refund_by = maybe_moment()
    refund = maybe_ref(Refund)
    amount = whole(0)
    refused_why = maybe_text()
    decided_by = maybe_text()

    withdrawal_number = Unique(["merchant", "number"], name="withdrawal_number")
    withdrawal_key = Unique(["merchant", "key"], name="withdrawal_key")
    withdrawal_state = one_of("state", states.Withdrawal, name="withdrawal_state")


class GoodsReturn(Table, tablename="goods_return"):
    """Goods coming back; both parties read it when they go to the supplier."""

    id = pk()
    merchant = ref(Tenant)
    supplier = ref(Tenant)
    supplier_order = ref(SupplierOrder)
    rma_number = text()
    state = state_of(states.Return.AUTHORISED)
    reason = text()
    return_by = maybe_moment()
    received_at = maybe_moment()
    received_note = maybe_text()
    booked_at = maybe_moment()  # the merchant's order, complaint or withdrawal knows that they are back
    created_at = moment()
    claim_id = maybe_whole()  # the merchant's references; a number tells the supplier nothing
    withdrawal_id = maybe_whole()

    goods_return_number = Unique(["merchant", "rma_number"], name="goods_return_number")
    goods_return_state = one_of("state", states.Return, name="goods_return_state")


class GoodsReturnLine(Table, tablename="goods_return_line"):
    id = pk()
    merchant = ref(Tenant)
    supplier = ref(Tenant)
    goods_return = ref(GoodsReturn)
    supplier_order_line = whole(index=True)
    quantity = whole()
    received = whole(0)

    goods_return_line_quantities = Check(
        "quantity > 0 AND received BETWEEN 0 AND quantity", name="goods_return_line_quantities"
    )


class Recovery(Table, tablename="recovery"):
    """A debit note: money the supplier owes the merchant. Minor units of the supplier order's currency."""

    id = pk()
    merchant = ref(Tenant)
    supplier = ref(Tenant)
    supplier_order = ref(SupplierOrder)
    number = text()
    state = state_of(states.Recovery.ISSUED)
    claim_id = maybe_whole()  # the merchant's references; a number tells the supplier nothing
    withdrawal_id = maybe_whole()
    reason = text()  # damaged | wrong_item | defective | not_delivered | missing | changed_mind | other
    lines = doc("[]")  # [{supplier_order_line, sku, title, quantity, amount}]
    freight = whole(0)  # of `amount`
    why = doc("[]")  # [{code, params}]: which terms make the supplier owe it
    amount = whole()
    currency = text()
    issued_at = moment()
    answered_at = maybe_moment()
    answer = maybe_text()
    settled_at = maybe_moment()

    recovery_number = Unique(["merchant", "number"], name="recovery_number")
    recovery_state = one_of("state", states.Recovery, name="recovery_state")
    recovery_amount = Check("amount > 0", name="recovery_amount")
    recovery_once = Unique(["claim_id", "supplier_order"], name="recovery_once")
    recovery_withdrawal_once = Unique(["withdrawal_id", "supplier_order"], name="recovery_withdrawal_once")


class ForwardedMessage(Table, tablename="forwarded_message"):
    """What the merchant chose to show the supplier of a complaint, in its own words, and what the supplier answered."""

    id = pk()
    merchant = ref(Tenant)
    supplier = ref(Tenant)
    supplier_order = ref(SupplierOrder)
    recovery = maybe_ref(Recovery)
    claim_id = maybe_whole(index=True)  # the merchant's reference; a number tells the supplier nothing
    author = text()  # merchant | supplier
    author_name = text()
    body = text()
    at = moment()

    forwarded_message_author = Check("author IN ('merchant','supplier')", name="forwarded_message_author")


class ForwardedPhoto(Table, tablename="forwarded_photo"):
    """A copy of a shopper's photo that the merchant chose to show the supplier."""

    id = pk()
    merchant = ref(Tenant)
    supplier = ref(Tenant)
    message = ref(ForwardedMessage)
    content_type = text()
    body = Bytea(null=False, default=None)
    width = maybe_whole()
    height = maybe_whole()
