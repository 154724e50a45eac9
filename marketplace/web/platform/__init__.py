"""The platform's own pages: the front door, accounts, health, the operator's view."""

from litestar.types import ControllerRouterHandler

from marketplace.web.platform.accounts import open_account_page, open_account_submit
from marketplace.web.platform.desks import desks, start
from marketplace.web.platform.health import health_check
from marketplace.web.platform.invitations import accept_invitation, show_invitation
from marketplace.web.platform.language import choose_language
from marketplace.web.platform.mailbox import mailbox, read_mail
from marketplace.web.platform.operations import operations, retry_delivery
from marketplace.web.platform.passwords import ask_reset, new_password, reset_page, set_new_password
from marketplace.web.platform.sessions import sign_in_page, sign_in_submit, sign_out_submit
from marketplace.web.platform.supplier_links import (
    linked_answer,
    linked_order,
    linked_packing_slip,
    linked_shipment,
)

ROUTES: list[ControllerRouterHandler] = [
    start,
    desks,
    health_check,
    sign_in_page,
    sign_in_submit,
    sign_out_submit,
    open_account_page,
    open_account_submit,
    show_invitation,
    accept_invitation,
    reset_page,
    ask_reset,
    new_password,
    set_new_password,
    choose_language,
    mailbox,
    read_mail,
    operations,
    retry_delivery,
    linked_order,
    linked_answer,
    linked_shipment,
    linked_packing_slip,
]
