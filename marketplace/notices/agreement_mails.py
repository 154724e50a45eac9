"""To the side of an agreement that did not act: terms are proposed, agreed, turned down; trade pauses, goes on, ends."""

from typing import Any

from marketplace.kernel import json
from marketplace.kernel.clock import now
from marketplace.kernel.database import fetch_one
from marketplace.kernel.errors import NotFound
from marketplace.kernel.i18n import format_money, format_percent_bp, translator
from marketplace.notices.addresses import dashboard_url, portal_url
from marketplace.notices.sender import Sender, tenant_as_reader
from marketplace.notices.supplier_order_facts import counterparty
from marketplace.notices.tell_people import tell_people
from tenants.scope import acting_as


async def agreement_proposed(tenant: int, agreement: int) -> None:
    """To `tenant`, the side that has to agree. Written once a proposal. Raises NotFound."""
    async with acting_as(tenant):
        row, reader = await _read(tenant, agreement)
        pending = json.loads(row["pending_terms"])
        await _tell(
            row,
            reader,
            "agreement_proposed",
            once=f"{agreement}.{row['version']}.{json.dumps(pending)}",
            first=row["active_since"] is None,
            terms=terms_of({**row, **(pending or {})}, reader.locale),
        )


async def agreement_agreed(tenant: int, agreement: int) -> None:
    """To `tenant`, the side that proposed. Written once a version. Raises NotFound."""
    async with acting_as(tenant):
        row, reader = await _read(tenant, agreement)
        await _tell(
            row,
            reader,
            "agreement_agreed",
            once=f"{agreement}.{row['version']}",
            terms=terms_of(row, reader.locale),
        )


def N_(message: str) -> str:  # noqa: N802, gettext's own name for "translated later"
    return message


_CHANGES = {
    "declined": (N_("{other} does not agree"), N_("It turned your terms down. You may propose others.")),
    "withdrawn": (N_("{other} took its proposal back"), N_("There is nothing for you to answer any more.")),
    "paused": (N_("{other} pauses your trade"), N_("Nothing new is sold under your agreement until it goes on; orders in hand are carried out.")),
    "active": (N_("Your trade with {other} goes on"), N_("What was paused is sold again under the terms in force.")),
    "ended": (N_("{other} ends your agreement"), N_("Nothing new is sold under it; orders in hand are carried out.")),
}  # fmt: skip


async def agreement_changed(tenant: int, agreement: int) -> None:
    """To `tenant`: what became of it. Written once a state and day. Raises NotFound."""
    async with acting_as(tenant):
        row, reader = await _read(tenant, agreement)
        if row["state"] not in _CHANGES:
            return  # proposed again meanwhile
        _ = translator(reader.locale)
        other = await counterparty(row["supplier"] if reader.kind == "merchant" else row["merchant"])
        title, advice = _CHANGES[row["state"]]
        await _tell(
            row,
            reader,
            "agreement_changed",
            once=f"{agreement}.{row['state']}.{now().date()}",
            title=_(title, other=other.name),
            advice=_(advice),
        )


async def _read(tenant: int, agreement: int) -> tuple[dict[str, Any], Sender]:
    row = await fetch_one("SELECT * FROM agreement WHERE id = $1", agreement)
    if row is None:
        raise NotFound(f"agreement {agreement}")
    return row, await tenant_as_reader(tenant)


async def _tell(row: dict[str, Any], reader: Sender, message: str, *, once: str, **values: Any) -> None:
    buys = reader.kind == "merchant"
    other = await counterparty(row["supplier"] if buys else row["merchant"])
    url = (
        dashboard_url(reader.slug, f"/suppliers/{other.slug}")
        if buys
        else portal_url(reader.slug, f"/agreements/{row['id']}")
    )
    await tell_people(
        int(reader.tenant or 0),
        message,
        permission="sourcing" if buys else "terms",
        once=once,
        about=f"agreement:{row['id']}",
        agreement=row,
        other=other,
        url=url,
        **values,
    )


def terms_of(row: dict[str, Any], locale: str) -> list[tuple[str, str]]:
    """The terms a person compares, written out; the full list is behind the button."""
    _ = translator(locale)

    def money(amount: int | None) -> str:
        return format_money(amount, row["currency"], locale) if amount else ""

    return [
        (
            _("Discount on public prices"),
            format_percent_bp(row["discount_bp"], locale) if row["discount_bp"] else "",
        ),
        (_("Freight per order"), money(row["shipping_fee"])),
        (_("Freight free from"), money(row["franco_threshold"])),
        (_("Minimum order"), money(row["minimum_order"])),
        (_("Small-order fee"), money(row["order_fee"])),
        (_("Daily cut-off"), str(row["cutoff"])[:5]),
        (_("Working days to departure"), str(row["lead_days"])),
        (_("Units never sold"), str(row["safety_stock"]) if row["safety_stock"] else ""),
    ]
