"""The mails that follow an event: each job acts for the tenant whose mail it is, and may run twice."""

from marketplace.kernel.broker import job
from marketplace.notices import agreement_mails, order_attention, supplier_thread_mails
from marketplace.notices.claim_answered import claim_answered
from marketplace.notices.claim_received import claim_received
from marketplace.notices.claim_resolved import claim_resolved
from marketplace.notices.claim_to_answer import claim_to_answer
from marketplace.notices.feed_alert import feed_alert
from marketplace.notices.feed_silent import feed_silent, sale_stopped
from marketplace.notices.invitation import invitation as write_invitation
from marketplace.notices.limits_near import limits_near
from marketplace.notices.lines_cancelled import lines_cancelled
from marketplace.notices.order_confirmation import order_confirmation
from marketplace.notices.order_delivered import order_delivered
from marketplace.notices.order_link import order_link
from marketplace.notices.order_shipped import order_shipped
from marketplace.notices.password_reset import password_reset
from marketplace.notices.recovery_issued import recovery_issued
from marketplace.notices.refund_done import refund_done
from marketplace.notices.return_authorised import return_authorised
from marketplace.notices.send_mail import send_mail
from marketplace.notices.supplier_order_changed import supplier_order_changed
from marketplace.notices.supplier_order_reminder import supplier_order_reminder
from marketplace.notices.supplier_order_sent import supplier_order_sent
from marketplace.notices.withdrawal_receipt import withdrawal_receipt
from marketplace.notices.withdrawal_refused import withdrawal_refused
from marketplace.notices.withdrawal_to_settle import withdrawal_to_settle
from tenants.jobs import job_tenant


@job("mail", lease_seconds=120)
async def send(*, mail: int, tenant: int | None) -> None:
    await send_mail(tenant, mail)


# to the shopper, from the merchant


@job("mail")
async def confirm_order(*, order: int) -> None:
    await order_confirmation(job_tenant(), order)


@job("mail")
async def link_order(*, order: int, asked_at: str) -> None:
    await order_link(job_tenant(), order, asked_at)


@job("mail")
async def tell_shipped(*, shipment: int) -> None:
    await order_shipped(job_tenant(), shipment)


@job("mail")
async def tell_arrived(*, order: int) -> None:
    await order_delivered(job_tenant(), order)


@job("mail")
async def tell_cancelled(*, order: int, lines: dict[str, int], why: str) -> None:
    await lines_cancelled(job_tenant(), order, lines, why)


@job("mail")
async def tell_refunded(*, refund: int) -> None:
    await refund_done(job_tenant(), refund)


@job("mail")
async def acknowledge_claim(*, claim: int, message: int) -> None:
    await claim_received(job_tenant(), claim, message)


@job("mail")
async def pass_answer_on(*, claim: int, message: int) -> None:
    await claim_answered(job_tenant(), claim, message)


@job("mail")
async def tell_resolution(*, claim: int) -> None:
    await claim_resolved(job_tenant(), claim)


@job("mail")
async def tell_return(*, goods_return: int) -> None:
    await return_authorised(job_tenant(), goods_return)


@job("mail")
async def acknowledge_withdrawal(*, withdrawal: int) -> None:
    await withdrawal_receipt(job_tenant(), withdrawal)


@job("mail")
async def tell_refusal(*, withdrawal: int) -> None:
    await withdrawal_refused(job_tenant(), withdrawal)


# to the merchant's people


@job("mail")
async def pass_reply_on(*, claim: int, message: int) -> None:
    await claim_to_answer(job_tenant(), claim, message, new=False)


@job("mail")
async def tell_refund_due(*, withdrawal: int) -> None:
    await withdrawal_to_settle(job_tenant(), withdrawal, new=False)


@job("mail")
async def tell_supplier_replied(*, message: int) -> None:
    await supplier_thread_mails.supplier_replied(job_tenant(), message)


@job("mail")
async def tell_recovery_answered(*, recovery: int) -> None:
    await supplier_thread_mails.recovery_answered(job_tenant(), recovery)


@job("mail")
async def tell_limits(*, claims: list[int], withdrawals: list[int]) -> None:
    await limits_near(job_tenant(), claims, withdrawals)


@job("mail")
async def tell_payment_failed(*, order: int, code: str | None) -> None:
    await order_attention.payment_attention(job_tenant(), order, code)


@job("mail")
async def tell_refund_failed(*, refund: int, code: str | None) -> None:
    await order_attention.refund_attention(job_tenant(), refund, code)


@job("mail")
async def tell_parcel_lost(*, shipment: int) -> None:
    await order_attention.parcel_attention(job_tenant(), shipment, lost=True)


@job("mail")
async def tell_parcel_overdue(*, shipment: int) -> None:
    await order_attention.parcel_attention(job_tenant(), shipment, lost=False)


@job("mail")
async def tell_sale_stopped(*, supplier: int, feed: int, since: str) -> None:
    await sale_stopped(job_tenant(), supplier, feed, since)


# to the supplier


@job("mail")
async def tell_taken_back(*, supplier_order: int) -> None:
    await supplier_order_changed(job_tenant(), supplier_order, taken_back=True)


@job("mail")
async def ask_back(*, supplier_order: int) -> None:
    await supplier_order_changed(job_tenant(), supplier_order, taken_back=False)


@job("mail")
async def order_goods(*, supplier_order: int) -> None:
    await supplier_order_sent(job_tenant(), supplier_order)


@job("mail")
async def ask_for_answer(*, supplier_order: int) -> None:
    await supplier_order_reminder(job_tenant(), supplier_order, unanswered=True)


@job("mail")
async def ask_for_shipment(*, supplier_order: int) -> None:
    await supplier_order_reminder(job_tenant(), supplier_order, unanswered=False)


@job("mail")
async def send_debit_note(*, recovery: int) -> None:
    await recovery_issued(job_tenant(), recovery)


@job("mail")
async def pass_complaint_on(*, message: int) -> None:
    await supplier_thread_mails.complaint_forwarded(job_tenant(), message)


@job("mail")
async def alert_feed(*, run: int) -> None:
    await feed_alert(job_tenant(), run)


@job("mail")
async def tell_silent(*, feed: int, since: str) -> None:
    await feed_silent(job_tenant(), feed, since)


# between tenants, and from the platform


@job("mail")
async def tell_proposed(*, agreement: int) -> None:
    await agreement_mails.agreement_proposed(job_tenant(), agreement)


@job("mail")
async def tell_agreed(*, agreement: int) -> None:
    await agreement_mails.agreement_agreed(job_tenant(), agreement)


@job("mail")
async def tell_agreement_changed(*, agreement: int) -> None:
    await agreement_mails.agreement_changed(job_tenant(), agreement)


@job("mail")
async def invite(*, invitation: int) -> None:
    await write_invitation(job_tenant(), invitation)


@job("mail")
async def reset_password(*, person: int) -> None:
    await password_reset(person)
