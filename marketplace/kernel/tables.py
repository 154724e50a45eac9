"""The outbox: events written with the business rows, delivered after commit, at least once."""

from piccolo.constraints import Unique
from piccolo.table import Table

from marketplace.kernel.columns import (
    day,
    doc,
    maybe_moment,
    maybe_text,
    maybe_whole,
    moment,
    pk,
    ref,
    text,
    whole,
)


class Outbox(Table, tablename="outbox"):
    """One event, written in the transaction that caused it. `tenant` is who caused it."""

    id = pk()
    tenant = maybe_whole()
    event = text()
    payload = doc()
    created_at = moment()
    relayed_at = maybe_moment()  # its deliveries exist


class Delivery(Table, tablename="delivery"):
    """One reaction to one event. The broker is a doorbell; this row is the truth about whether it was done."""

    id = pk()
    outbox = ref(Outbox)
    actor = text()
    queue = text()
    tenant = maybe_whole()  # who the reaction acts as
    args = doc()
    created_at = moment()
    ring_at = moment()  # when to ring next: at once, after a lease without an end, or after a failure's pause
    rung_at = maybe_moment()
    attempts = whole(0)
    done_at = maybe_moment()
    failed_at = maybe_moment()  # given up; a person sees it in the platform pages and may ring again
    error = maybe_text()

    delivery_once = Unique(["outbox", "actor", "tenant"], name="delivery_once", nulls_distinct=False)


class FxRate(Table, tablename="fx_rate"):
    """What one euro buys, by day, in millionths: ECB reference rates or the operator's own."""

    id = pk()
    day = day()
    currency = text()
    per_euro_e6 = whole()
    source = text("ecb")

    fx_rate_once = Unique(["day", "currency"], name="fx_rate_once")


class Heartbeat(Table, tablename="heartbeat"):
    """What /health reads: each worker class says it is alive."""

    id = pk()
    process = text(unique=True)
    at = moment()
    detail = doc()


class HostTurn(Table, tablename="host_turn"):
    """Who calls a host outside, or waits to: the oldest rows of a host that have not lapsed hold its places (see `shared_turns`)."""

    id = pk()
    host = text(index=True)
    until = moment()  # lapses then, unless its holder says again that it is there


class HostSilence(Table, tablename="host_silence"):
    """A host asked not to be called before `until` (Retry-After)."""

    id = pk()
    host = text(unique=True)
    until = moment()
