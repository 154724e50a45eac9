"""E-mails: written with what they tell, sent after commit, kept."""

from piccolo.table import Table

from marketplace.kernel.columns import maybe_moment, maybe_ref, maybe_text, moment, pk, text, whole
from tenants.tables import Tenant


class Mail(Table, tablename="mail"):
    id = pk()
    tenant = maybe_ref(
        Tenant
    )  # whose mail it is; null for the platform's own (a password reset is nobody else's)
    kind = text()
    about = maybe_text(index=True)  # what it tells of, as "order:12"
    to = text()
    reply_to = maybe_text()
    sender_name = text()
    subject = text()
    text_body = text()
    html_body = maybe_text()
    message_id = text(unique=True)  # the same one when it is sent again
    created_at = moment()
    sent_at = maybe_moment()
    attempts = whole(0)
    error = maybe_text()
