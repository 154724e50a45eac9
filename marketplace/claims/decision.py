"""What a person decides about a complaint, judged against its caps. Pure: problems are said by field, none is raised."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from marketplace.claims.judges import LineFacts
from marketplace.claims.policy import Assessment, Kind
from marketplace.claims.refunds import Refundable
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


def refund_lines(
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


def refund_shipping(
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


def send_again(
    decision: Decision, claimed: dict[int, int], facts: Sequence[LineFacts], problems: dict[str, str]
) -> dict[int, int]:
    if decision.kind != "replacement":
        return {}
    units = dict(decision.units if decision.units is not None else claimed)
    have = {line.order_line: line.replaceable for line in facts}
    for line, wanted in units.items():
        if not 0 <= wanted <= claimed.get(line, 0):
            problems[f"units_{line}"] = "Please choose no more than was complained about."
        elif wanted > have.get(line, 0):
            problems[f"units_{line}"] = "No supplier has that many at the moment."
    if not any(units.values()):
        problems["units"] = "Please choose what is sent again."
    return {line: wanted for line, wanted in units.items() if wanted}


def judge_whole(decision: Decision, total: int, problems: dict[str, str]) -> None:
    if decision.kind not in KINDS:
        problems["kind"] = "Please choose one of the list."
    if decision.kind in ("refund", "part_refund") and not total and not problems:
        problems["amount"] = (
            "There is nothing left to give back: it was not charged, or is paid back already."
        )
    if decision.kind in ("rejected", "advice") and not decision.note.strip():
        problems["note"] = "Please tell the shopper why."
