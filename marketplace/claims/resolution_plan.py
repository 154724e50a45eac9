"""What a resolution would do: refund lines under their caps, goods sent again, and what each supplier owes and why.

`preview_resolution` shows a plan and `resolve_claim` carries the very same out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from marketplace.claims.cause import Cause
from marketplace.claims.facts import OrderFacts, read_facts
from marketplace.claims.policy import Assessment, Complaint, Kind, assess
from marketplace.claims.recoveries import Loss, Occasion, PlannedRecovery, plan_recoveries
from marketplace.claims.refunds import Refundable, read_refundable
from marketplace.fulfilment.send_replacement import preview_replacement
from marketplace.kernel.database import fetch, fetch_value
from marketplace.kernel.errors import Invalid
from marketplace.ledger.refund_cap import TooMuch, share_refund

KINDS = ("refund", "part_refund", "replacement", "advice", "rejected")


@dataclass(frozen=True)
class Decision:
    """What a person chose.

    `amounts` is order line -> gross minor units, for a part refund; or `amount` a total to share over the lines.
    `shipping` None is what the policy says; `units` (order line -> units) None is every unit complained about.
    `note` is said to the shopper. `recover` False lets the suppliers off.
    """

    kind: str
    amounts: Mapping[int, int] = field(default_factory=dict)
    amount: int | None = None
    shipping: int | None = None
    units: Mapping[int, int] | None = None
    recover: bool = True
    note: str = ""


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
    amounts = _amounts(decision, claimed, refundable, problems)
    shipping = _shipping(decision, assessment, refundable, problems)
    resend = _resend(decision, claimed, facts, problems)
    await _can_be_sent(claim, resend, problems)
    _sensible(decision, sum(amounts.values()) + shipping, problems)
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


def _amounts(
    decision: Decision, claimed: dict[int, int], refundable: Refundable, problems: dict[str, str]
) -> dict[int, int]:
    if decision.kind == "refund":
        return {line: worth for line, units in claimed.items() if (worth := refundable.worth(line, units))}
    if decision.kind != "part_refund":
        return {}
    if decision.amount is not None:
        return _shared(decision.amount, claimed, refundable, problems)
    for line, amount in decision.amounts.items():
        cap = refundable.lines[line].left if line in claimed else 0
        if not 0 <= amount <= cap:
            problems[f"amount_{line}"] = "That is more than was paid and not yet given back."
    return {line: amount for line, amount in decision.amounts.items() if amount}


def _shared(
    amount: int, claimed: dict[int, int], refundable: Refundable, problems: dict[str, str]
) -> dict[int, int]:
    if amount <= 0:
        return {}
    try:
        return share_refund(amount, [refundable.lines[line] for line in claimed]).lines
    except TooMuch:
        problems["amount"] = "That is more than was paid and not yet given back."
        return {}


def _shipping(
    decision: Decision, assessment: Assessment, refundable: Refundable, problems: dict[str, str]
) -> int:
    if decision.kind not in ("refund", "part_refund"):
        return 0
    if decision.shipping is None:
        offered = next((o for o in assessment.outcomes if o.kind is Kind.REFUND), None)
        return offered.shipping if offered and decision.kind == "refund" else 0
    if not 0 <= decision.shipping <= refundable.shipping.left:
        problems["shipping"] = "That is more than was paid for shipping and not yet given back."
        return 0
    return decision.shipping


def _resend(
    decision: Decision, claimed: dict[int, int], facts: OrderFacts, problems: dict[str, str]
) -> dict[int, int]:
    if decision.kind != "replacement":
        return {}
    units = dict(decision.units if decision.units is not None else claimed)
    have = {line.order_line: line.replaceable for line in facts.lines}
    for line, wanted in units.items():
        if not 0 <= wanted <= claimed.get(line, 0):
            problems[f"units_{line}"] = "Please choose no more than was complained about."
        elif wanted > have.get(line, 0):
            problems[f"units_{line}"] = "No supplier has that many at the moment."
    if not any(units.values()):
        problems["units"] = "Please choose what is sent again."
    return {line: wanted for line, wanted in units.items() if wanted}


async def _can_be_sent(claim: dict[str, Any], resend: dict[int, int], problems: dict[str, str]) -> None:
    """Asked of the router that would send it: what the catalogue says of stock may not reach the shopper's country."""
    if resend and not problems:
        decision = await preview_replacement(claim["merchant"], claim["order"], resend)
        if not decision.complete:
            problems["units"] = "No supplier can send all of this again."


def _sensible(decision: Decision, total: int, problems: dict[str, str]) -> None:
    if decision.kind not in KINDS:
        problems["kind"] = "Please choose one of the list."
    if decision.kind in ("refund", "part_refund") and not total and not problems:
        problems["amount"] = (
            "There is nothing left to give back: it was not charged, or is paid back already."
        )
    if decision.kind in ("rejected", "advice") and not decision.note.strip():
        problems["note"] = "Please tell the shopper why."


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
