"""A fortnight of trade: orders in each state, a refusal that found another source, one that found none, a claim."""

import secrets
from typing import Any

from marketplace.claims.answer_claim import answer_claim
from marketplace.claims.decision import Decision
from marketplace.claims.file_claim import file_claim
from marketplace.claims.resolve_claim import resolve_claim
from marketplace.fulfilment.answer_supplier_order import Answer, accept_everything, answer_supplier_order
from marketplace.fulfilment.confirm_shipment import confirm_shipment
from marketplace.fulfilment.move_shipment import move_shipment
from marketplace.fulfilment.states import Shipment
from marketplace.kernel.database import fetch
from marketplace.ordering.cart import add_to_cart, ship_to
from marketplace.ordering.place_order import place_order
from marketplace.ordering.start_checkout import start_checkout
from marketplace.relay import drain
from tenants.scope import acting_as

SHOPPERS = (
    {"name": "Margaux Tessier", "email": "margaux@shopper.example", "street": "14 rue des Lices", "postcode": "35000", "city": "Rennes", "country": "FR", "phone": "+33 6 39 98 11 20"},
    {"name": "Karim Benali", "email": "karim@shopper.example", "street": "8 place du Capitole", "postcode": "31000", "city": "Toulouse", "country": "FR", "phone": "+33 6 39 98 44 02"},
    {"name": "Solène Picard", "email": "solene@shopper.example", "street": "3 quai de la Fosse", "postcode": "44000", "city": "Nantes", "country": "FR", "phone": "+33 6 39 98 70 15", "note": "Code 27A, chez la gardienne si absente"},
    {"name": "Théo Lambert", "email": "theo@shopper.example", "street": "22 rue Mercière", "postcode": "69002", "city": "Lyon", "country": "FR", "phone": "+33 6 39 98 35 61"},
    {"name": "Ciara Doyle", "email": "ciara@shopper.example", "street": "5 Harbour Row", "postcode": "A96 CD02", "city": "Dún Laoghaire", "country": "IE", "phone": "+353 20 915 2210"},
    {"name": "Owen Walsh", "email": "owen@shopper.example", "street": "41 Quay Street", "postcode": "H91 OW41", "city": "Galway", "country": "IE", "phone": "+353 20 915 7784"},
)  # fmt: skip
CARD = {"number": "4242 4242 4242 4242", "expiry": "12/39", "cvc": "123"}
BEHIND = ("media",)


async def trade(tenants: dict[str, int]) -> None:
    rivage, northpeak, fabrique = tenants["rivage"], tenants["northpeak"], tenants["fabrique"]
    await _delivered_with_open_claim(rivage)
    await _delivered_and_settled(rivage)
    await _shipped(rivage)
    await _refused_and_served_by_another(rivage)
    await _to_answer(rivage, 2)
    await _accepted(northpeak)
    await _shipped(northpeak, shopper=5)
    await _nobody_has_it(northpeak)
    await _to_answer(northpeak, 4)
    await _shipped(fabrique, shopper=1)
    await _to_answer(fabrique, 3)


async def _delivered_with_open_claim(merchant: int) -> None:
    order = await _buy(merchant, await _any(merchant, 2), shopper=0)
    await _deliver(merchant, order)
    async with acting_as(merchant):
        [line] = await fetch('SELECT id FROM order_line WHERE "order" = $1 ORDER BY position LIMIT 1', order)
    claim = await file_claim(
        merchant,
        order,
        units={line["id"]: 1},
        cause="damaged",
        wish="refund",
        text="Bonjour, la pièce est arrivée avec un éclat sur le bord. Le carton était enfoncé.",
        key=secrets.token_hex(8),
    )
    await drain(but=BEHIND)
    await answer_claim(
        merchant,
        claim.id,
        text="Bonjour Margaux, merci de votre message : nous regardons cela aujourd’hui.",
        by="Inès Duval",
    )
    await drain(but=BEHIND)


async def _delivered_and_settled(merchant: int) -> None:
    order = await _buy(merchant, await _any(merchant, 1, skip=6), shopper=3)
    await _deliver(merchant, order)
    async with acting_as(merchant):
        [line] = await fetch('SELECT id FROM order_line WHERE "order" = $1 ORDER BY position LIMIT 1', order)
    claim = await file_claim(
        merchant, order, units={line["id"]: 1}, cause="defective", wish="refund",
        text="Elle ne tient pas droit : le fond n’est pas plat.", key=secrets.token_hex(8),
    )  # fmt: skip
    await drain(but=BEHIND)
    await resolve_claim(
        merchant,
        claim.id,
        Decision(kind="refund", note="Toutes nos excuses. Le remboursement part aujourd’hui."),
        by="Inès Duval",
    )
    await drain(but=BEHIND)


async def _shipped(merchant: int, shopper: int = 2) -> None:
    order = await _buy(merchant, await _any(merchant, 2, skip=12), shopper=shopper)
    for one in await _supplier_orders(merchant, order):
        await _ship(one)


async def _accepted(merchant: int) -> None:
    order = await _buy(merchant, await _any(merchant, 2, skip=4), shopper=4)
    for one in await _supplier_orders(merchant, order):
        await accept_everything(one["supplier"], one["id"], who="warehouse")
    await drain(but=BEHIND)


async def _to_answer(merchant: int, shopper: int) -> None:
    await _buy(merchant, await _any(merchant, 2, skip=20), shopper=shopper)


async def _refused_and_served_by_another(merchant: int) -> None:
    """The first supplier has none left; the order moves to the other one, and the shopper notices nothing."""
    order = await _buy(merchant, await _any(merchant, 1, sources=2), shopper=1)
    await _refuse(merchant, order, "out_of_stock")


async def _nobody_has_it(merchant: int) -> None:
    order = await _buy(merchant, await _any(merchant, 1, skip=9, sources=1), shopper=4)
    await _refuse(merchant, order, "discontinued")


async def _refuse(merchant: int, order: int, reason: str) -> None:
    for one in await _supplier_orders(merchant, order):
        async with acting_as(one["supplier"]):
            lines = await fetch(
                "SELECT id, ordered FROM supplier_order_line WHERE supplier_order = $1", one["id"]
            )
        answers = [Answer(line=line["id"], refuse=line["ordered"], reason=reason) for line in lines]
        await answer_supplier_order(one["supplier"], one["id"], answers, who="warehouse")
    await drain(but=BEHIND)


async def _deliver(merchant: int, order: int) -> None:
    for one in await _supplier_orders(merchant, order):
        parcel = await _ship(one)
        await move_shipment(one["supplier"], parcel, Shipment.DELIVERED, source="carrier")
    await drain(but=BEHIND)


async def _ship(supplier_order: dict[str, Any]) -> int:
    supplier = supplier_order["supplier"]
    await accept_everything(supplier, supplier_order["id"], who="warehouse")
    await drain(but=BEHIND)
    async with acting_as(supplier):
        lines = await fetch(
            "SELECT id, accepted FROM supplier_order_line WHERE supplier_order = $1", supplier_order["id"]
        )
    parcel = await confirm_shipment(
        supplier,
        supplier_order["id"],
        {line["id"]: line["accepted"] for line in lines},
        carrier="colissimo",
        tracking_number=f"8R{4_100_000_000 + supplier_order['id']}",
        who="warehouse",
    )
    await drain(but=BEHIND)
    return parcel


async def _buy(merchant: int, variants: list[int], *, shopper: int) -> int:
    visitor, person = secrets.token_urlsafe(32), SHOPPERS[shopper]
    for variant in variants:
        await add_to_cart(merchant, visitor, variant, 1)
    await ship_to(merchant, visitor, person["country"])
    checkout = await start_checkout(merchant, visitor)
    async with acting_as(merchant):
        [row] = await fetch("SELECT locale FROM tenant WHERE id = $1", merchant)
    placed = await place_order(
        merchant, visitor, key=checkout.key, typed=dict(person), card=CARD, locale=row["locale"]
    )
    await drain(but=BEHIND)
    return placed.order


async def _any(merchant: int, n: int, *, skip: int = 0, sources: int = 0) -> list[int]:
    """Variants that can be bought now; `sources` asks for so many suppliers that have it."""
    async with acting_as(merchant):
        rows = await fetch(
            "SELECT v.id FROM variant v JOIN listing l ON l.product = v.product AND l.will = 'live'"
            " JOIN LATERAL (SELECT count(DISTINCT m.supplier) AS n FROM match m JOIN offer o ON o.id = m.offer"
            " WHERE m.variant = v.id AND m.state = 'confirmed' AND o.sells_up_to >= 8 AND o.not_sellable IS NULL) s"
            " ON true WHERE v.sellable AND v.available >= 6 AND ($3 = 0 OR s.n = $3) ORDER BY v.product, v.id OFFSET $2 * 3 LIMIT $1 * 5",
            n,
            skip,
            sources,
        )
    return [row["id"] for row in rows][::5][:n]


async def _supplier_orders(merchant: int, order: int) -> list[dict[str, Any]]:
    async with acting_as(merchant):
        return await fetch("SELECT id, supplier FROM supplier_order WHERE order_id = $1 ORDER BY id", order)
