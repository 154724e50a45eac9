"""What happens when something has happened: event -> (job, whose side it acts on). The whole flow on one screen.

A reaction acts as the tenant named by `side`, a key of the event's payload ("merchant", "supplier", "tenant", "other"), and gets the
payload's `args` by name.
"""

from dataclasses import dataclass
from typing import Any

from marketplace.catalogue import jobs as catalogue
from marketplace.claims import jobs as claims
from marketplace.fulfilment import jobs as fulfilment
from marketplace.kernel.broker import Job
from marketplace.ledger import jobs as ledger
from marketplace.notices import jobs as notices
from marketplace.ordering import jobs as ordering
from marketplace.sourcing import jobs as sourcing

#: packages that only work by the clock, imported for that
BY_THE_CLOCK = (ledger,)


@dataclass(frozen=True)
class Reaction:
    job: Job
    side: str
    args: tuple[str, ...]

    def tenant(self, payload: dict[str, Any]) -> int | None:
        """None is the platform itself."""
        tenant = payload[self.side]
        return None if tenant is None else int(tenant)

    def arguments(self, payload: dict[str, Any]) -> dict[str, Any]:
        return {name: payload[name] for name in self.args}


REACTIONS: dict[str, list[Reaction]] = {
    "tenant.opened": [Reaction(catalogue.open_shop, "tenant", ("kind",))],
    "feed_run.wanted": [Reaction(sourcing.sync, "supplier", ("run", "attempt"))],
    "feed_run.undo_wanted": [Reaction(sourcing.undo, "supplier", ("run", "by"))],
    "mapping.wanted": [Reaction(sourcing.probe, "supplier", ("feed", "asked"))],
    "mapping.trial_wanted": [Reaction(sourcing.try_out, "supplier", ("feed", "asked"))],
    "feed.applied": [
        Reaction(catalogue.reckon_run, "merchant", ("supplier", "run")),
        Reaction(catalogue.follow_run, "merchant", ("supplier", "run")),
    ],
    "agreement.proposed": [Reaction(notices.tell_proposed, "other", ("agreement",))],
    "agreement.declined": [Reaction(notices.tell_agreement_changed, "other", ("agreement",))],
    "agreement.withdrawn": [Reaction(notices.tell_agreement_changed, "other", ("agreement",))],
    "agreement.agreed": [
        Reaction(catalogue.reckon_supplier, "merchant", ("supplier",)),
        Reaction(notices.tell_agreed, "other", ("agreement",)),
    ],
    "agreement.paused": [
        Reaction(catalogue.reckon_supplier, "merchant", ("supplier",)),
        Reaction(notices.tell_agreement_changed, "other", ("agreement",)),
    ],
    "agreement.resumed": [
        Reaction(catalogue.reckon_supplier, "merchant", ("supplier",)),
        Reaction(notices.tell_agreement_changed, "other", ("agreement",)),
    ],
    "agreement.ended": [
        Reaction(catalogue.reckon_supplier, "merchant", ("supplier",)),
        Reaction(notices.tell_agreement_changed, "other", ("agreement",)),
    ],
    "price_rules.changed": [Reaction(catalogue.reckon_all, "merchant", ())],
    "stock.changed": [Reaction(catalogue.tell_of_stock, "supplier", ("offers",))],
    "availability.changed": [Reaction(catalogue.reckon_stock, "merchant", ("offers",))],
    "curation.started": [Reaction(catalogue.go_on_curating, "merchant", ("curation",))],
    "curation.continues": [Reaction(catalogue.go_on_curating, "merchant", ("curation",))],
    "twins.due": [Reaction(catalogue.look_for_twins, "merchant", ())],
    "photos.wanted": [Reaction(catalogue.want_and_fetch, "supplier", ("offers",))],
    "photos.due": [Reaction(catalogue.fetch_due, "supplier", ())],
    "photos.ready": [Reaction(catalogue.show_photos, "merchant", ("offers",))],
    "order.placed": [
        Reaction(fulfilment.route, "merchant", ("order",)),
        Reaction(ordering.settle, "merchant", ("order",)),
        Reaction(notices.confirm_order, "merchant", ("order",)),
    ],
    "order.progressed": [Reaction(ordering.settle, "merchant", ("order",))],
    "order.uncovered": [Reaction(fulfilment.resource, "merchant", ("order",))],
    "order.open_units_released": [Reaction(fulfilment.cancel_open, "merchant", ("order", "lines"))],
    "offer.oversold": [Reaction(ordering.flag, "merchant", ("offers",))],
    "refund.requested": [Reaction(ordering.refund, "merchant", ("refund",))],
    "supplier_order.drafted": [Reaction(fulfilment.send, "merchant", ("supplier_order",))],
    "supplier_order.answered": [Reaction(fulfilment.take_answer, "merchant", ("supplier_order",))],
    "supplier_order.unanswered": [
        Reaction(fulfilment.take_back, "merchant", ("supplier_order",)),
        Reaction(notices.ask_for_answer, "supplier", ("supplier_order",)),
    ],
    "supplier_order.cancellation_answered": [
        Reaction(fulfilment.take_cancellation, "merchant", ("supplier_order", "granted"))
    ],
    "shipment.confirmed": [Reaction(fulfilment.take_shipment, "merchant", ("shipment",))],
    "shipment.moved": [Reaction(fulfilment.take_shipment, "merchant", ("shipment",))],
    "listings.aged": [Reaction(catalogue.age, "merchant", ())],
    "rates.moved": [Reaction(catalogue.reprice, "merchant", ())],
    "mail.written": [Reaction(notices.send, "tenant", ("mail", "tenant"))],
    "order.link_wanted": [Reaction(notices.link_order, "merchant", ("order", "asked_at"))],
    "order.units_cancelled": [
        Reaction(notices.tell_cancelled, "merchant", ("order", "lines", "why")),
        Reaction(claims.cancellation, "merchant", ("order",)),
    ],
    "order.cancellation_denied": [Reaction(claims.cancellation, "merchant", ("order",))],
    "order.shipped": [
        Reaction(notices.tell_shipped, "merchant", ("shipment",)),
        Reaction(claims.expect, "merchant", ("order",)),
    ],
    "order.arrived": [Reaction(notices.tell_arrived, "merchant", ("order",))],
    "refund.done": [
        Reaction(claims.refunded, "merchant", ("refund",)),
        Reaction(notices.tell_refunded, "merchant", ("refund",)),
    ],
    "supplier_order.sent": [Reaction(notices.order_goods, "supplier", ("supplier_order",))],
    "supplier_order.mail_wanted": [Reaction(notices.order_goods, "supplier", ("supplier_order",))],
    "supplier_order.taken_back": [Reaction(notices.tell_taken_back, "supplier", ("supplier_order",))],
    "supplier_order.cancellation_requested": [Reaction(notices.ask_back, "supplier", ("supplier_order",))],
    "order.capture_failed": [Reaction(notices.tell_payment_failed, "merchant", ("order", "code"))],
    "refund.failed": [Reaction(notices.tell_refund_failed, "merchant", ("refund", "code"))],
    "shipment.lost": [Reaction(notices.tell_parcel_lost, "merchant", ("shipment",))],
    "shipment.overdue": [Reaction(notices.tell_parcel_overdue, "merchant", ("shipment",))],
    "supplier_order.late": [Reaction(notices.ask_for_shipment, "supplier", ("supplier_order",))],
    "claim.filed": [Reaction(notices.acknowledge_claim, "merchant", ("claim", "message"))],
    "claim.answered": [Reaction(notices.pass_answer_on, "merchant", ("claim", "message"))],
    "claim.replied": [Reaction(notices.pass_reply_on, "merchant", ("claim", "message"))],
    "claim.resolved": [Reaction(notices.tell_resolution, "merchant", ("claim",))],
    "claim.forwarded": [Reaction(notices.pass_complaint_on, "supplier", ("message",))],
    "claim.supplier_replied": [Reaction(notices.tell_supplier_replied, "merchant", ("message",))],
    "recovery.issued": [Reaction(notices.send_debit_note, "supplier", ("recovery",))],
    "recovery.answered": [Reaction(notices.tell_recovery_answered, "merchant", ("recovery",))],
    "return.authorised": [Reaction(notices.tell_return, "merchant", ("goods_return",))],
    "return.received": [Reaction(claims.book, "merchant", ("goods_return", "by"))],
    "return.expired": [Reaction(claims.never_came, "merchant", ("goods_return",))],
    "withdrawal.declared": [Reaction(notices.acknowledge_withdrawal, "merchant", ("withdrawal",))],
    "withdrawal.goods_left": [Reaction(claims.expect, "merchant", ("order",))],
    "withdrawal.refund_due": [Reaction(notices.tell_refund_due, "merchant", ("withdrawal",))],
    "withdrawal.refused": [Reaction(notices.tell_refusal, "merchant", ("withdrawal",))],
    "limits.near": [Reaction(notices.tell_limits, "merchant", ("claims", "withdrawals"))],
    "feed_run.held": [Reaction(notices.alert_feed, "supplier", ("run",))],
    "feed.failing": [Reaction(notices.alert_feed, "supplier", ("run",))],
    "feed.fell_silent": [Reaction(notices.tell_silent, "supplier", ("feed", "since"))],
    "sale.stopped": [Reaction(notices.tell_sale_stopped, "merchant", ("supplier", "feed", "since"))],
    "invitation.sent": [Reaction(notices.invite, "tenant", ("invitation",))],
    "password.reset_asked": [Reaction(notices.reset_password, "tenant", ("person",))],
}
