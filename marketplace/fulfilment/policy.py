"""How a merchant wants its orders fulfilled: `settings["fulfilment"]` of the tenant, over these defaults."""

from typing import Any

import msgspec

from marketplace.kernel import json
from marketplace.kernel.database import fetch_one


class FulfilmentPolicy(msgspec.Struct, frozen=True, kw_only=True):
    """`gather`: hold orders below a minimum, or just short of a franco, until the supplier's cut-off.

    `unanswered`: what a missed answer leads to, beside the alert: wait, or resource (when another supplier can serve).
    `resource_margin_floor_bp` None = the storefront's floor. `late_days`: how many days after the promise a second source
    may arrive. Addresses are masked for the supplier `mask_after_days` after delivery.
    """

    gather: bool = False
    unanswered: str = "wait"
    resource_margin_floor_bp: int | None = None
    late_days: int = 3
    mask_after_days: int = 30
    parcel_overdue_days: int = 14


async def read_policy(merchant: int) -> FulfilmentPolicy:
    """In the merchant's open scope. Raises msgspec.ValidationError on settings that make no sense."""
    row = await fetch_one("SELECT settings FROM tenant WHERE id = $1", merchant)
    settings: dict[str, Any] = (json.loads(row["settings"]) or {}) if row else {}
    return msgspec.convert(settings.get("fulfilment", {}), FulfilmentPolicy)
