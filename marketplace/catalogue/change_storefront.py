"""How a merchant's shop looks, delivers and charges."""

from dataclasses import dataclass

from marketplace.kernel.database import execute, fetch_one
from marketplace.kernel.errors import Invalid
from marketplace.kernel.outbox import emit
from tenants.audit import record
from tenants.scope import acting_as

THEMES = ("rivage", "northpeak", "fabrique")
CAPTURE_POLICIES = ("acceptance", "shipment", "order")


@dataclass(frozen=True)
class ShopRules:
    """Amounts in minor units of the merchant's currency, VAT included."""

    theme: str
    tagline: str | None
    intro: str | None
    ships_to: tuple[str, ...]
    shipping_fee: int
    free_shipping_from: int | None
    capture_policy: str
    margin_floor_bp: int
    gpsr_required: bool
    return_address: str | None
    terms: str | None
    open: bool


async def open_storefront(merchant: int) -> None:
    """A new merchant's shop, with sensible rules; made once."""
    async with acting_as(merchant):
        await execute(
            "INSERT INTO storefront (merchant, ships_to, shipping_fee, open)"
            " SELECT id, ARRAY[country], 490, false FROM tenant WHERE id = $1 ON CONFLICT (merchant) DO NOTHING",
            merchant,
        )


async def change_storefront(merchant: int, rules: ShopRules, *, by: str) -> None:
    """New terms of sale are a new version, which later orders carry. Raises Invalid."""
    if not rules.ships_to:
        raise Invalid({"ships_to": "Choose at least one country."})
    if rules.theme not in THEMES or rules.capture_policy not in CAPTURE_POLICIES:
        raise Invalid({"theme": "Please choose one of the list."})
    await open_storefront(merchant)
    async with acting_as(merchant):
        before = await fetch_one(
            "SELECT margin_floor_bp FROM storefront WHERE merchant = $1 FOR UPDATE", merchant
        )
        await execute(
            "UPDATE storefront SET theme = $2, tagline = $3, intro = $4, ships_to = $5, shipping_fee = $6,"
            " free_shipping_from = $7, capture_policy = $8, margin_floor_bp = $9, gpsr_required = $10,"
            " return_address = $11, terms_version = terms_version + (terms IS DISTINCT FROM $12)::int, terms = $12,"
            " open = $13 WHERE merchant = $1",
            merchant,
            rules.theme,
            rules.tagline,
            rules.intro,
            list(rules.ships_to),
            rules.shipping_fee,
            rules.free_shipping_from,
            rules.capture_policy,
            rules.margin_floor_bp,
            rules.gpsr_required,
            rules.return_address,
            rules.terms,
            rules.open,
        )
        await record("storefront.changed", who=by)
        if before and before["margin_floor_bp"] != rules.margin_floor_bp:
            await emit("prices.to_reckon", merchant=merchant)
