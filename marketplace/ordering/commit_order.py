"""An authorised order takes its stock for good and becomes a placed one, in one transaction; or answers that it cannot."""

from collections.abc import Sequence

from marketplace.catalogue.vat import split_gross
from marketplace.kernel.clock import now
from marketplace.kernel.database import execute, fetch, fetch_one
from marketplace.kernel.moves import move
from marketplace.kernel.outbox import emit
from marketplace.ordering.decisions import keep_decision, last_decision
from marketplace.ordering.market import Wanted, read_market
from marketplace.ordering.routing import Assignment, route
from marketplace.ordering.states import ORDER, Order
from marketplace.ordering.timeline import note
from marketplace.stock.commit import Sale, commit
from marketplace.stock.rows import open_reservations
from tenants.numbers import next_number

FIRST_NUMBER = 1001
TRIES = 3


async def commit_order(merchant: int, order: int) -> bool:
    """In the open scope, order locked. False: it is no longer awaiting payment, or its stock went to somebody else."""
    row = await fetch_one("SELECT state, cart, country FROM orders WHERE id = $1", order)
    assert row is not None
    if row["state"] != Order.AWAITING_PAYMENT:
        return False
    if not (
        await _as_planned(merchant, order, row["cart"])
        or await _anew(merchant, order, row["cart"], row["country"])
    ):
        return False
    number = str(await next_number(merchant, "order") + FIRST_NUMBER - 1)
    await move(
        ORDER, "orders", order, Order.PLACED, was=Order.AWAITING_PAYMENT, number=number, placed_at=now()
    )
    await execute(
        "UPDATE cart SET ordered_at = $2, token_hash = token_hash || ':' || id WHERE id = $1 AND ordered_at IS NULL",
        row["cart"],
        now(),
    )
    await note(
        merchant,
        order,
        "placed",
        was="awaiting_payment",
        now_="placed",
        who="shopper",
        shopper_sees=True,
        number=number,
    )
    await emit("order.placed", merchant=merchant, order=order)
    return True


async def _as_planned(merchant: int, order: int, cart: int) -> bool:
    """What the checkout held, as it was planned. False when its ten minutes were over and it was swept."""
    kept = await last_decision(order)
    assert kept is not None
    held = await open_reservations(cart)
    needed: dict[int, int] = {}
    for a in kept.decision.assignments:
        needed[a.offer_id] = needed.get(a.offer_id, 0) + a.offer_units
    if any(held.get(offer, 0) < units for offer, units in needed.items()):
        return False
    return not await commit(merchant, cart, sales_of(kept.decision.assignments, {}))


async def _anew(merchant: int, order: int, cart: int, country: str) -> bool:
    """The bank took longer than the reservation lived: route again and take what is still there, all of it or nothing."""
    wanted = await _wanted(order)
    at_most: dict[int, int] = {}
    for _ in range(TRIES):
        market = await read_market(merchant, country, wanted, cart=cart, at_most=at_most)
        decision = route(market.problem, market.policy)
        if not decision.complete:
            return False
        short = await commit(merchant, cart, sales_of(decision.assignments, market.buffers))
        if not short:
            await keep_decision(merchant, order, market.problem, decision, "retaken")
            return True
        at_most |= short
    return False


async def _wanted(order: int) -> list[Wanted]:
    rows = await fetch(
        'SELECT id, variant, ordered, unit_price, vat_bp FROM order_line WHERE "order" = $1 ORDER BY id',
        order,
    )
    return [
        Wanted(
            line=r["id"],
            variant=r["variant"],
            quantity=r["ordered"],
            net_price=split_gross(r["unit_price"], r["vat_bp"]).net,
        )
        for r in rows
    ]


def sales_of(assignments: Sequence[Assignment], buffers: dict[int, int]) -> list[Sale]:
    """A plan as commitments: each line's units of each offer."""
    return [Sale(a.line_id, a.offer_id, a.offer_units, buffers.get(a.offer_id, 0)) for a in assignments]
