"""The merchant decides: money back in full or part, a replacement, advice, or no. One complaint, one resolution.

Two people who decide at once make one refund: the complaint's row is held while the decision is drawn up, its move is
guarded by its state, and `resolution.claim` is unique for whoever would get past both.
"""

from dataclasses import dataclass

from marketplace.claims.cause import Cause
from marketplace.claims.decision import Decision
from marketplace.claims.find import find_claim
from marketplace.claims.recoveries import issue_planned
from marketplace.claims.resolution_plan import Plan, draw_up
from marketplace.claims.states import CLAIM, Claim
from marketplace.claims.thread import say, words
from marketplace.claims.timeline import note_step
from marketplace.fulfilment.send_replacement import send_replacement
from marketplace.kernel import json
from marketplace.kernel.clock import now
from marketplace.kernel.database import execute, fetch_value
from marketplace.kernel.errors import Stale
from marketplace.kernel.moves import move
from marketplace.kernel.outbox import emit
from marketplace.ordering.refund_order import refund_order
from tenants.scope import acting_as


@dataclass(frozen=True)
class Resolved:
    """Ids; `refund` None when no money goes back."""

    resolution: int
    refund: int | None
    recoveries: list[int]


async def resolve_claim(merchant: int, claim: int, decision: Decision, *, by: str) -> Resolved:
    """Carry the plan out in one transaction; money, mails and parcels follow after its commit.

    Raises NotFound, Invalid (the plan's problems, by field), Refused when a supplier's last unit for a replacement was
    sold meanwhile, and Stale when somebody decided first.
    """
    async with acting_as(merchant):
        row = await find_claim(claim, lock=True)
        if row["state"] not in CLAIM.sources(Claim.RESOLVED):
            raise Stale(f"claim {claim} is {row['state']}")
        plan = await draw_up(row, decision, lock=True)
        plan.check()
        resolution = await _close(merchant, plan, by)
        refund = await _refund(merchant, plan, resolution, by)
        recoveries = await issue_planned(merchant, plan.recoveries, cause=Cause(row["cause"]), claim=claim)
        await _send_again(merchant, plan, by)
        await _tell(merchant, plan, by)
        return Resolved(resolution, refund, recoveries)


async def _close(merchant: int, plan: Plan, by: str) -> int:
    claim = plan.claim["id"]
    to = Claim.REJECTED if plan.kind == "rejected" else Claim.RESOLVED
    was = await move(CLAIM, "claim", claim, to, closed_at=now(), answer_by=None)
    await note_step(
        merchant,
        claim,
        "resolved",
        who=by,
        was=was,
        now=to,
        kind=plan.kind,
        refund=plan.refund,
        currency=plan.currency,
    )
    made: int = await fetch_value(
        "INSERT INTO resolution (merchant, claim, kind, amount, lines, recovery_amount, decided_by, note)"
        " VALUES ($1, $2, $3, $4, $5::jsonb, $6, $7, $8) RETURNING id",
        merchant,
        claim,
        plan.kind,
        plan.refund,
        json.dumps(
            [
                {
                    "order_line": line.order_line,
                    "title": line.title,
                    "amount": line.amount,
                    "resend": line.resend,
                }
                for line in plan.lines
            ]
        ),
        sum(one.amount for one in plan.recoveries),
        by,
        plan.decision.note.strip() or None,
    )
    return made


async def _refund(merchant: int, plan: Plan, resolution: int, by: str) -> int | None:
    if not plan.refund:
        return None
    refund = await refund_order(
        merchant,
        plan.claim["order"],
        lines={line.order_line: line.amount for line in plan.lines if line.amount},
        shipping=plan.shipping,
        reason=f"claim {plan.claim['number']}",
        key=f"claim.{plan.claim['id']}.{resolution}",
        who=by,
    )
    await execute("UPDATE resolution SET refund = $2 WHERE id = $1", resolution, refund)
    return refund


async def _tell(merchant: int, plan: Plan, by: str) -> None:
    claim = plan.claim["id"]
    if plan.decision.note.strip():
        body = words(plan.decision.note, field="note")
        await say(merchant, claim, audience="shopper", author="merchant", author_name=by, body=body)
    await emit("claim.resolved", merchant=merchant, claim=claim)


async def _send_again(merchant: int, plan: Plan, by: str) -> None:
    resend = {line.order_line: line.resend for line in plan.lines if line.resend}
    if resend:
        await send_replacement(merchant, plan.claim["order"], resend, who=by, why=plan.claim["number"])
