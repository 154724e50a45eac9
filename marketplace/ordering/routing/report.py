"""A plan of numbers → the Decision people and tables read: assignments, suppliers' bills, verdicts, warnings."""

from collections.abc import Sequence
from typing import NamedTuple

from marketplace.kernel.money import e4_from_minor, minor_from_e4, round_div
from marketplace.ordering.routing.bill import supplier_shares
from marketplace.ordering.routing.decision import (
    Assignment,
    Decision,
    Prices,
    Reason,
    Status,
    SupplierShare,
    Unserved,
    Verdict,
    Why,
)
from marketplace.ordering.routing.instance import Instance, Plan, Weight, goods_in_terms_e4, score_price_e4
from marketplace.ordering.routing.judges import Case
from marketplace.ordering.routing.problem import Line, Policy, Problem

Judged = Sequence[tuple[Case, list[Reason]]]


class Answer(NamedTuple):
    weight: Weight
    method: str
    proved: bool


def report(
    problem: Problem,
    policy: Policy,
    judged: Judged,
    instance: Instance,
    answer: Answer,
    withheld: bool = False,
) -> Decision:
    """The decision. `withheld`: the merchant takes all or nothing, and all is not possible."""
    eligible = [case for case, reasons in judged if not reasons]
    weight = instance.weigh(()) if withheld else answer.weight
    assert weight is not None
    taken = [(eligible[i], quantity) for i, quantity in weight.plan]
    shares = supplier_shares(problem, taken)
    unserved = _unserved(problem, judged, answer.weight, instance, withheld)
    return Decision(
        complete=not unserved,
        assignments=[_assignment(case, quantity) for case, quantity in taken],
        suppliers=shares,
        total=sum(share.merchant_costs.total for share in shares),
        currency=problem.currency,
        weighed_e4=weight.cost,
        prices=_prices(problem, policy, taken, shares),
        parcels=weight.parcels,
        unserved=unserved,
        candidates=_verdicts(problem, judged, instance, weight),
        warnings=_warnings(problem, policy, taken, shares, answer),
        method=answer.method,
        proved=answer.proved,
    )


def _assignment(case: Case, quantity: int) -> Assignment:
    c, terms = case.candidate, case.terms
    assert terms is not None
    assert c.unit_cost_e4 is not None
    units = quantity * c.pack_quantity
    return Assignment(
        line_id=c.line_id,
        offer_id=c.offer_id,
        agreement_id=c.agreement_id,
        supplier_id=terms.supplier_id,
        quantity=quantity,
        offer_units=units,
        pack_quantity=c.pack_quantity,
        unit_cost_e4=c.unit_cost_e4,
        currency=c.currency,
        cost=minor_from_e4(goods_in_terms_e4(case) * units, terms.currency),
        arrives=c.arrives,
        late_days=case.late_days,
    )


def _prices(
    problem: Problem, policy: Policy, taken: list[tuple[Case, int]], shares: list[SupplierShare]
) -> Prices:
    def e4(minor: int) -> int:
        return e4_from_minor(minor, problem.currency)

    small = sum(share.below_minimum for share in shares)
    parcels = sum(share.parcels for share in shares)
    return Prices(
        extra_parcels_e4=e4(policy.extra_parcel) * max(0, parcels - 1),
        late_days_e4=sum(case.late_days for case, _ in taken) * e4(policy.late_day),
        below_minimum_e4=small * e4(policy.below_minimum),
        score_e4=sum(
            score_price_e4(case.unit_cost_e4 or 0, case.terms.score if case.terms else 0, policy) * quantity
            for case, quantity in taken
        ),
    )


def _unserved(
    problem: Problem, judged: Judged, weight: Weight, instance: Instance, withheld: bool
) -> list[Unserved]:
    served = [0] * len(instance.quantities)
    for i, quantity in weight.plan:
        served[instance.options[i].line] += quantity
    found = []
    for place, line in enumerate(sorted(problem.lines, key=lambda line: line.line_id)):
        missing = line.quantity - served[place]
        if missing:
            quantity = line.quantity if withheld else missing
            reasons = _why_unserved(line, judged, instance, place, served[place])
            found.append(Unserved(line_id=line.line_id, quantity=quantity, reasons=reasons))
        elif withheld:
            found.append(
                Unserved(line_id=line.line_id, quantity=line.quantity, reasons=[Reason(Why.INCOMPLETE)])
            )
    return found


def _why_unserved(line: Line, judged: Judged, instance: Instance, place: int, served: int) -> list[Reason]:
    own = [reasons for case, reasons in judged if case.line.line_id == line.line_id]
    if not own:
        return [Reason(Why.NO_CANDIDATE)]
    if instance.of_line[place]:
        return [Reason(Why.NOT_ENOUGH, {"served": served, "wanted": line.quantity})]
    counts: dict[str, int | str] = {}
    for reasons in own:
        for reason in reasons:
            counts[reason.code.value] = int(counts.get(reason.code.value, 0)) + 1
    return [Reason(Why.NO_ELIGIBLE, counts)]


def _verdicts(problem: Problem, judged: Judged, instance: Instance, weight: Weight) -> list[Verdict]:
    chosen, verdicts, index = dict(weight.plan), [], 0
    for case, refused in judged:
        quantity, reasons, status = 0, refused, Status.REFUSED
        if not refused:
            quantity = chosen.get(index, 0)
            status = Status.CHOSEN if quantity else Status.POSSIBLE
            reasons = [] if quantity else [_why_not(problem, instance, weight, index)]
            index += 1
        c = case.candidate
        verdicts.append(
            Verdict(
                line_id=c.line_id,
                offer_id=c.offer_id,
                agreement_id=c.agreement_id,
                sku=c.sku,
                status=status,
                reasons=reasons,
                quantity=quantity,
                unit_cost_e4=case.unit_cost_e4,
                margin_bp=case.margin_bp,
                available=max(0, c.available) // c.pack_quantity,
                arrives=c.arrives,
                late_days=case.late_days,
            )
        )
    return verdicts


def _why_not(problem: Problem, instance: Instance, weight: Weight, index: int) -> Reason:
    """What it would cost to take the line's units from this option instead."""
    option = instance.options[index]
    own = [(i, q) for i, q in weight.plan if instance.options[i].line == option.line]
    quantity = sum(q for _, q in own)
    plan: Plan = tuple(sorted([*(pair for pair in weight.plan if pair not in own), (index, quantity)]))
    other = instance.weigh(plan) if option.least <= quantity <= option.cap and quantity else None
    if other is None:
        return Reason(Why.WOULD_NOT_FIT, {"available": option.cap, "wanted": max(quantity, 1)})
    difference = other.cost - weight.cost
    code = Why.DEARER if difference > 0 else Why.CHEAPER if difference < 0 else Why.SAME_COST
    by = minor_from_e4(abs(difference), problem.currency)
    return Reason(code, {"by": by, "currency": problem.currency} if difference else {})


def _warnings(
    problem: Problem,
    policy: Policy,
    taken: list[tuple[Case, int]],
    shares: list[SupplierShare],
    answer: Answer,
) -> list[Reason]:
    found = [w for share in shares for w in _supplier_warnings(problem, policy, share)]
    found += [
        Reason(Why.LATE, {"line_id": case.line.line_id, "days": case.late_days})
        for case, _ in taken
        if case.late_days
    ]
    revenue = sum(case.line.net_price * quantity for case, quantity in taken)
    cost = sum(share.merchant_costs.total for share in shares)
    if cost > revenue > 0:
        found.append(Reason(Why.LOSS, {"cost": cost, "revenue": revenue, "currency": problem.currency}))
    if not answer.proved and answer.method != "by_hand":
        found.append(Reason(Why.NOT_PROVED))
    return found


def _supplier_warnings(problem: Problem, policy: Policy, share: SupplierShare) -> list[Reason]:
    terms = next(t for t in problem.terms if t.agreement_id == share.agreement_id)
    who: dict[str, int | str] = {
        "agreement_id": terms.agreement_id,
        "supplier": terms.supplier,
        "currency": terms.currency,
        "goods": share.costs.goods + terms.waiting,
    }
    found = []
    if share.below_minimum:
        short = {"minimum": terms.minimum_order, "short": share.minimum_short}
        found.append(Reason(Why.BELOW_MINIMUM, {**who, **short}))
    near = round_div((terms.franco_threshold or 0) * policy.franco_near_bp, 10_000)
    if share.costs.freight and 0 < share.franco_short <= near:
        short = {"franco": terms.franco_threshold or 0, "short": share.franco_short}
        found.append(Reason(Why.NEAR_FRANCO, {**who, **short, "freight": share.costs.freight}))
    return found
