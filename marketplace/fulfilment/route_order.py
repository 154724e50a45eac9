"""A placed order goes to its suppliers, by the plan its checkout held stock for."""

from marketplace.fulfilment.draft import draft
from marketplace.kernel.database import fetch, fetch_one
from marketplace.kernel.errors import NotFound
from marketplace.ordering.decisions import Kept, keep_decision, last_decision
from marketplace.ordering.market import routing_policy
from marketplace.ordering.progress import lock_order, progress
from marketplace.ordering.routing import Decision, Problem, price_by_hand
from tenants.scope import acting_as


async def route_order(merchant: int, order: int) -> list[int]:
    """Draft the supplier orders of a placed order; again, it answers the ones there are. Raises NotFound.

    The plan was made and its stock committed with the order: however long the worker was away, nothing is sold twice and
    nothing is lost. What was cancelled meanwhile is left out, and the freight reckoned anew.
    """
    async with acting_as(merchant):
        await lock_order(order)
        row = await fetch_one("SELECT number, state FROM orders WHERE id = $1", order)
        if row is None:
            raise NotFound(f"order {order}")
        drafted = await fetch(
            "SELECT id FROM supplier_order WHERE order_id = $1 AND purpose = 'sale' ORDER BY id", order
        )
        kept = await last_decision(order)
        if drafted or row["number"] is None or kept is None:
            return [r["id"] for r in drafted]
        problem, decision = await _as_committed(merchant, order, kept)
        made = await draft(merchant, order, problem, decision)
        await progress(merchant, order)
        return made


async def _as_committed(merchant: int, order: int, kept: Kept) -> tuple[Problem, Decision]:
    """The kept decision, or the same plan without what is no longer committed, priced again."""
    rows = await fetch(
        "SELECT h.order_line, h.offer, sum(h.quantity)::bigint AS units FROM hold h JOIN order_line l ON l.id = h.order_line"
        " WHERE l.\"order\" = $1 AND h.kind = 'commitment' AND (h.ended_at IS NULL OR h.why = 'counted') GROUP BY 1, 2",
        order,
    )
    committed = {(r["order_line"], r["offer"]): r["units"] for r in rows}
    planned = {(a.line_id, a.offer_id): a for a in kept.decision.assignments}
    if committed == {key: a.offer_units for key, a in planned.items()}:
        return kept.problem, kept.decision
    chosen = {key: units // planned[key].pack_quantity for key, units in committed.items() if key in planned}
    decision = price_by_hand(kept.problem, routing_policy({}, 0), chosen)
    await keep_decision(merchant, order, kept.problem, decision, "cancelled_before_routing")
    return kept.problem, decision
