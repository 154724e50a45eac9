"""Money that really moved. Amounts are integers of the currency's minor unit."""

from piccolo.constraints import Check, Unique
from piccolo.table import Table

from marketplace.kernel.columns import (
    doc,
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
from marketplace.ledger import states
from tenants.tables import Tenant


class Charge(Table, tablename="charge"):
    """One payment of one order. The header amounts are the sums of what the gateway confirmed."""

    id = pk()
    merchant = ref(Tenant)
    key = text(unique=True)  # idempotency key: one checkout, one charge
    gateway = text("test")
    reference = maybe_text()  # the gateway's own id
    currency = text()
    amount = whole()
    authorised = whole(0)
    captured = whole(0)
    refund_reserved = whole(0)  # requested + sent + done: what can no longer be promised twice
    refunded = whole(0)
    state = state_of(states.Charge.INTENT)
    authorised_at = maybe_moment()
    authorisation_ends_at = maybe_moment()
    captured_at = maybe_moment()
    created_at = moment()
    card_hint = maybe_text()  # "Visa …4242"

    charge_state = one_of("state", states.Charge, name="charge_state")
    charge_signs = never_negative("amount", "authorised", "captured", "refunded", name="charge_signs")
    charge_caps = Check(
        "authorised <= amount AND captured <= authorised AND refunded <= refund_reserved"
        " AND refund_reserved <= captured",
        name="charge_caps",
    )


class PaymentAttempt(Table, tablename="payment_attempt"):
    """One outbound call: requested -> sent -> done | failed."""

    id = pk()
    merchant = ref(Tenant)
    charge = ref(Charge)
    kind = text()  # authorise | capture | void | refund
    key = text(unique=True)
    amount = whole()
    source = maybe_text()  # the gateway's token of the means of payment; never a card number
    detail = doc()  # what the amount is made of: {lines: {order line: amount}, shipping}
    state = text("requested")
    reference = maybe_text()
    error = maybe_text()
    created_at = moment()
    sent_at = maybe_moment()
    ended_at = maybe_moment()

    payment_attempt_state = Check(
        "state IN ('requested','sent','done','failed')", name="payment_attempt_state"
    )
    payment_attempt_kind = Check(
        "kind IN ('authorise','capture','void','refund')", name="payment_attempt_kind"
    )
    payment_attempt_amount = Check("amount >= 0", name="payment_attempt_amount")


class Refund(Table, tablename="refund"):
    id = pk()
    merchant = ref(Tenant)
    charge = ref(Charge)
    key = text(unique=True)  # idempotency: one resolution, one refund
    amount = whole()
    currency = text()
    reason = text()
    lines = doc()  # {lines: {order line: amount}, shipping}
    attempts = whole(0)
    state = state_of(states.Refund.REQUESTED)
    created_at = moment()
    done_at = maybe_moment()
    error = maybe_text()

    refund_state = one_of("state", states.Refund, name="refund_state")
    refund_amount = Check("amount > 0", name="refund_amount")


class Entry(Table, tablename="entry"):
    """Double entry, append only: one row moves `amount` from the credited to the debited account, so the ledger
    sums to zero by construction."""

    id = pk()
    merchant = ref(Tenant)
    charge = ref(Charge)
    key = text(unique=True)  # one movement, one entry
    debit = text()
    credit = text()
    amount = whole()
    currency = text()
    what = text()
    at = moment()

    entry_amount = Check("amount > 0", name="entry_amount")
    entry_accounts = Check("debit <> credit", name="entry_accounts")


class TestPayment(Table, tablename="test_payment"):
    """The built-in test gateway's own books: what "outside" knows, kept apart from ours."""

    __test__ = False  # not a test class

    id = pk()
    merchant = ref(Tenant)
    reference = text(unique=True)
    currency = text()
    authorised = whole(0)
    captured = whole(0)
    refunded = whole(0)
    voided = whole(0)
    card_hint = maybe_text()
    created_at = moment()
    authorisation_ends_at = moment()


class TestCall(Table, tablename="test_call"):
    """The test gateway's idempotency table: the same key gets the same answer."""

    __test__ = False

    id = pk()
    merchant = ref(Tenant)
    key = text()
    answer = doc()
    at = moment()

    test_call_once = Unique(["merchant", "key"], name="test_call_once")
