"""One order as its supplier works on it, in the portal or by a signed link that works without signing in."""

import secrets
from typing import Any

from litestar import Response
from litestar_htmx import HTMXRequest

from marketplace.fulfilment.answer_supplier_order import (
    REASONS,
    Answer,
    accept_everything,
    answer_supplier_order,
)
from marketplace.fulfilment.carriers import all_carriers, carrier_name
from marketplace.fulfilment.confirm_shipment import confirm_shipment
from marketplace.fulfilment.supplier_desk import read_order_page
from marketplace.kernel.i18n import translator
from marketplace.web.forms import Form
from marketplace.web.rendering import page


async def show_order(
    request: HTMXRequest,
    template: str,
    supplier: int,
    order: int,
    base: str,
    *,
    form: Form | None = None,
    status: int = 200,
    **more: Any,
) -> Response[str]:
    """`base` is the address its forms post to: `{base}/answers`, `{base}/shipments` …"""
    found = await read_order_page(supplier, order)
    shown = form or Form.empty(key=secrets.token_urlsafe(12))
    return page(
        request,
        template,
        status=status,
        **found,
        form=shown,
        base=base,
        reasons=REASONS,
        carriers=all_carriers(),
        carrier_name=carrier_name,
        steps=steps(found["timeline"], request.state.locale),
        **more,
    )


async def take_answer(form: Form, supplier: int, order: int, *, who: str) -> None:
    """What the answer form says, done. Raises Refused, Stale, NotFound."""
    if form.flag("everything"):
        await accept_everything(supplier, order, who=who)
        return
    found = await read_order_page(supplier, order)
    answers = []
    for line in found["lines"]:
        n = line["id"]
        accept = form.integer(f"accept_{n}", most=10**6) or 0
        refuse = form.integer(f"refuse_{n}", most=10**6) or 0
        if accept or refuse:
            reason = form.raw(f"reason_{n}") or None
            answers.append(
                Answer(
                    line=n, accept=accept, refuse=refuse, reason=reason, note=form.text(f"note_{n}", most=300)
                )
            )
    if not answers:
        form.problem("", "Say how many units you accept or decline.")
    form.check()
    await answer_supplier_order(supplier, order, answers, who=who)


async def take_shipment(form: Form, supplier: int, order: int, *, who: str) -> None:
    """What the parcel form says, done. Raises Refused, Stale, NotFound."""
    found = await read_order_page(supplier, order)
    units = {line["id"]: form.integer(f"units_{line['id']}", most=10**6) or 0 for line in found["lines"]}
    carrier = form.raw("carrier")
    if carrier == "other":
        carrier = form.raw("other_carrier")
    form.check()
    await confirm_shipment(
        supplier,
        order,
        units,
        carrier=carrier,
        tracking_number=form.raw("tracking_number"),
        who=who,
        key=form.raw("key") or None,
    )


def _(text: str) -> str:
    return text


_STEPS: dict[str, tuple[str, str]] = {
    "drafted": (_("The order was prepared"), ""),
    "held": (_("Gathered with other orders"), ""),
    "sent": (_("The order was sent"), ""),
    "acknowledged": (_("Received by the supplier"), ""),
    "answered": (_("{accepted} accepted, {refused} declined: {sku}"), ""),
    "shipped": (_("A parcel left with {carrier} {tracking_number}"), "good"),
    "completed": (_("Everything has arrived"), "good"),
    "refused": (_("Declined"), "bad"),
    "cancelled": (_("Cancelled"), "bad"),
    "cancellation_requested": (_("The merchant asks to cancel"), "warn"),
    "cancellation_granted": (_("The cancellation was granted"), ""),
    "cancellation_denied": (_("The cancellation was denied"), ""),
    "unanswered": (_("Not answered in time"), "bad"),
    "late": (_("Not shipped in time"), "bad"),
    "delivered": (_("A parcel has arrived"), "good"),
    "lost": (_("A parcel was lost"), "bad"),
}


def steps(timeline: list[dict[str, Any]], locale: str) -> list[dict[str, Any]]:
    """Rows of `supplier_order_transition` as the timeline macro wants them, newest first."""
    translate = translator(locale)
    shown = []
    for step in reversed(timeline):
        text, tone = _STEPS.get(step["what"], (step["what"].replace("_", " ").capitalize(), ""))
        detail = {k: "" if v is None else v for k, v in step["detail"].items()}
        shown.append(
            {
                "title": _filled(translate(text), detail),
                "tone": tone,
                "when": step["at"],
                "who": None if step["who"] == "system" else step["who"],
                "text": translate(REASONS[step["why"]]) if step["why"] in REASONS else step["why"],
            }
        )
    return shown


class _Blank(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return ""


def _filled(text: str, detail: dict[str, Any]) -> str:
    return text.format_map(_Blank(detail)).strip() if "{" in text else text
