"""What a resolution would do: refund lines under their caps, goods sent again, and what each supplier owes and why.

`preview_resolution` shows a plan and `resolve_claim` carries the very same out.
"""

from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from marketplace.claims.cause import Cause
from marketplace.claims.decision import Decision, judge_whole, refund_lines, refund_shipping, send_again
from marketplace.claims.facts import OrderFacts, read_facts
from marketplace.claims.policy import Assessment, Complaint, assess
from marketplace.claims.recoveries import Loss, Occasion, PlannedRecovery, plan_recoveries
from marketplace.claims.refunds import Refundable, read_refundable
from marketplace.fulfilment.send_replacement import preview_replacement
from marketplace.kernel.database import fetch, fetch_value
from marketplace.kernel.errors import Invalid


@dataclass(frozen=True)
class PlannedLine:
    """`left` is captured less promised back: the cap of `amount`. `resend` units are sent again."""

    order_line: int
    title: str
    options: dict[str, Any]
    claimed: int
    unit_price: int
    captured: int
    left: int
    amount: int
    resend: int


@dataclass(frozen=True)
class Plan:
    """`problems` (field -> English msgid) is empty when it can be carried out. Money of `currency`, minor units."""

    claim: dict[str, Any]
    decision: Decision
    lines: list[PlannedLine]
    shipping: int
    shipping_left: int
    currency: str
    recoveries: list[PlannedRecovery]
    assessment: Assessment
    problems: dict[str, str]

    @property
    def refund(self) -> int:
        return sum(line.amount for line in self.lines) + self.shipping

    @property
    def kind(self) -> str:
        """A refund of less than everything the units cost is a part refund, whatever it was called."""
        if self.decision.kind == "refund" and any(
            line.amount < line.unit_price * line.claimed for line in self.lines
        ):
            return "part_refund"
        return self.decision.kind

    def check(self) -> None:
        """Raises Invalid."""
        if self.problems:
            raise Invalid(self.problems)


async def draw_up(claim: dict[str, Any], decision: Decision, *, lock: bool) -> Plan:
    """In the merchant's open scope; `lock` keeps other changes of the order out until the transaction ends. Raises KeyError
    for a line that is not of the complaint."""
    refundable = await read_refundable(claim["order"], lock=lock)
    facts = await read_facts(claim["order"], but_claim=claim["id"])
    claimed = {
        r["order_line"]: r["quantity"]
        for r in await fetch("SELECT order_line, quantity FROM claim_line WHERE claim = $1", claim["id"])
    }
    assessment = await _assess(claim, claimed, facts, refundable)
    problems: dict[str, str] = {}
    amounts = refund_lines(decision, claimed, refundable, problems)
    shipping = refund_shipping(decision, assessment, refundable, problems)
    resend = send_again(decision, claimed, facts.lines, problems)
    await _can_be_sent(claim, resend, problems)
    judge_whole(decision, sum(amounts.values()) + shipping, problems)
    rows = {row["order_line"]: row for row in facts.rows}
    return Plan(
        claim=claim,
        decision=decision,
        lines=[
            PlannedLine(
                order_line=line,
                title=rows[line]["title"],
                options=rows[line]["options"],
                claimed=units,
                unit_price=rows[line]["unit_price"],
                captured=refundable.lines[line].captured,
                left=refundable.lines[line].left,
                amount=amounts.get(line, 0),
                resend=resend.get(line, 0),
            )
            for line, units in sorted(claimed.items())
        ],
        shipping=shipping,
        shipping_left=refundable.shipping.left,
        currency=refundable.currency,
        recoveries=await _recoveries(claim, decision, claimed, amounts, resend, facts),
        assessment=assessment,
        problems=problems,
    )


async def _assess(
    claim: dict[str, Any], claimed: dict[int, int], facts: OrderFacts, refundable: Refundable
) -> Assessment:
    photos = await fetch_value("SELECT count(*) FROM attachment WHERE claim = $1", claim["id"])
    complaint = Complaint(cause=Cause(claim["cause"]), units=claimed, wish=claim["wish"], photos=photos)
    return assess(
        complaint,
        facts.lines,
        today=claim["opened_at"].astimezone(ZoneInfo(facts.order["zone"])).date(),
        policy=facts.policy,
        shipping_left=refundable.shipping.left,
    )


async def _can_be_sent(claim: dict[str, Any], resend: dict[int, int], problems: dict[str, str]) -> None:
    """Asked of the router that would send it: what the catalogue says of stock may not reach the shopper's country."""
    if resend and not problems:
        decision = await preview_replacement(claim["merchant"], claim["order"], resend)
        if not decision.complete:
            problems["units"] = "No supplier can send all of this again."


async def _recoveries(
    claim: dict[str, Any],
    decision: Decision,
    claimed: dict[int, int],
    amounts: dict[int, int],
    resend: dict[int, int],
    facts: OrderFacts,
) -> list[PlannedRecovery]:
    if not decision.recover or not (amounts or resend):
        return []
    price = {row["order_line"]: row["unit_price"] for row in facts.rows}
    losses = {
        line: Loss(resend.get(line) or claimed[line], amounts.get(line, 0), price[line] * claimed[line])
        for line in (resend or amounts)
    }
    delivered = [line.delivered_on for line in facts.lines if line.order_line in losses and line.delivered_on]
    returning = await fetch_value(
        "SELECT EXISTS (SELECT 1 FROM goods_return WHERE claim_id = $1 AND state IN ('authorised', 'in_transit'))",
        claim["id"],
    )
    return await plan_recoveries(
        losses,
        Occasion(
            cause=Cause(claim["cause"]),
            reported_on=claim["opened_at"].astimezone(ZoneInfo(facts.order["zone"])).date(),
            delivered_on=max(delivered, default=None),
            returning=returning,
            replaced=bool(resend),
        ),
    )
