"""A routing decision becomes orders to suppliers, one each, with what they need to ship and nothing else of the shopper."""

from typing import Any

from marketplace.fulfilment.clocks import Clock, clock_of
from marketplace.fulfilment.policy import FulfilmentPolicy, read_policy
from marketplace.fulfilment.states import SupplierOrder
from marketplace.fulfilment.timeline import note_supplier_order
from marketplace.kernel import json
from marketplace.kernel.clock import now
from marketplace.kernel.database import execute, fetch, fetch_one, fetch_value
from marketplace.kernel.money import round_div
from marketplace.kernel.outbox import emit
from marketplace.ordering.routing import Assignment, Decision, Problem, SupplierShare, Why
from marketplace.ordering.timeline import note


async def draft(
    merchant: int, order: int, problem: Problem, decision: Decision, *, purpose: str = "sale"
) -> list[int]:
    """Write the supplier orders of a decision, in the merchant's open scope, order locked. Answers their ids.

    A drafted one is announced (`supplier_order.drafted`) and sent by a job; a held one waits for its cut-off.
    """
    shopper = await fetch_one("SELECT * FROM orders WHERE id = $1", order)
    assert shopper is not None
    policy = await read_policy(merchant)
    made = []
    for share in decision.suppliers:
        mine = [a for a in decision.assignments if a.agreement_id == share.agreement_id]
        clock = await clock_of(share.agreement_id)
        hold_until = _hold_until(policy, decision, share, clock) if purpose == "sale" else None
        made.append(await _write(merchant, shopper, share, mine, problem, purpose, hold_until))
    return made


def _hold_until(policy: FulfilmentPolicy, decision: Decision, share: SupplierShare, clock: Clock) -> Any:
    """Waiting for today's cut-off costs no day: what is there by then counts from the same day."""
    near = any(
        w.code is Why.NEAR_FRANCO and w.params["agreement_id"] == share.agreement_id
        for w in decision.warnings
    )
    return clock.cutoff_after(now()) if policy.gather and (share.below_minimum or near) else None


async def _write(
    merchant: int,
    shopper: dict[str, Any],
    share: SupplierShare,
    mine: list[Assignment],
    problem: Problem,
    purpose: str,
    hold_until: Any,
) -> int:
    nth = await fetch_value("SELECT count(*) + 1 FROM supplier_order WHERE order_id = $1", shopper["id"])
    state = SupplierOrder.HELD if hold_until else SupplierOrder.DRAFTED
    dates = [a.arrives for a in mine if a.arrives]
    made = await fetch_value(
        "INSERT INTO supplier_order (merchant, supplier, agreement, order_id, order_number, number, purpose, state, currency,"
        " goods, freight, fee, total, hold_until, drafted_at, promise_date, note)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17) RETURNING id",
        merchant,
        share.supplier_id,
        share.agreement_id,
        shopper["id"],
        shopper["number"],
        f"{shopper['number']}-{nth}",
        purpose,
        state.value,
        share.currency,
        share.costs.goods,
        share.costs.freight,
        share.costs.fee,
        share.costs.total,
        hold_until,
        now(),
        max(dates) if len(dates) == len(mine) else None,
        shopper["note"],
    )
    for position, assignment in enumerate(sorted(mine, key=lambda a: (a.line_id, a.offer_id)), start=1):
        await _line(merchant, made, position, assignment, share, problem)
    await _address(merchant, share.supplier_id, made, shopper)
    await note_supplier_order(made, "drafted", now_=state.value)
    await note(
        merchant, shopper["id"], "routed", supplier_order=made, supplier=share.supplier_id, purpose=purpose
    )
    if state is SupplierOrder.DRAFTED:
        await emit(
            "supplier_order.drafted", merchant=merchant, supplier=share.supplier_id, supplier_order=made
        )
    return int(made)


async def _line(
    merchant: int, supplier_order: int, position: int, a: Assignment, share: SupplierShare, problem: Problem
) -> None:
    [goods] = await fetch("SELECT sku, title, options FROM offer WHERE id = $1", a.offer_id)
    sku = next((c.sku for c in problem.candidates if c.offer_id == a.offer_id and c.sku), goods["sku"])
    await execute(
        "INSERT INTO supplier_order_line (merchant, supplier, supplier_order, order_line, offer, position, sku, title, options,"
        " pack_quantity, unit_cost_e4, ordered) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9::jsonb, $10, $11, $12)",
        merchant,
        share.supplier_id,
        supplier_order,
        a.line_id,
        a.offer_id,
        position,
        sku,
        goods["title"],
        goods["options"] or json.dumps({}),
        a.pack_quantity,
        _unit_cost(a, share.currency, problem),
        a.offer_units,
    )


def _unit_cost(a: Assignment, currency: str, problem: Problem) -> int:
    """Of one offer unit in the currency of the terms, 1/10,000; by the rates of the decision."""
    if a.currency == currency:
        return a.unit_cost_e4
    up, down = (problem.rates.get(c) for c in (a.currency, currency))
    numerator = (up.numerator if up else 1) * (down.denominator if down else 1)
    denominator = (up.denominator if up else 1) * (down.numerator if down else 1)
    return round_div(a.unit_cost_e4 * numerator, denominator)


async def _address(merchant: int, supplier: int, supplier_order: int, shopper: dict[str, Any]) -> None:
    await execute(
        "INSERT INTO delivery_address (merchant, supplier, supplier_order, name, street, street2, postcode, city, country,"
        " phone, note) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        merchant,
        supplier,
        supplier_order,
        *(shopper[f] for f in ("name", "street", "street2", "postcode", "city", "country", "phone", "note")),
    )
