"""To the other side of an agreement: terms are proposed; and to both: terms are agreed."""

from typing import Any

from marketplace.kernel import json
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
    """To `tenant`, either side. Written once a version. Raises NotFound."""
    async with acting_as(tenant):
        row, reader = await _read(tenant, agreement)
        await _tell(
            row,
            reader,
            "agreement_agreed",
            once=f"{agreement}.{row['version']}",
            terms=terms_of(row, reader.locale),
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
