"""The router: lines × candidate offers → who ships what, at the least landed cost. Pure.

Hard rules first (`judges.py`); then the cheapest plan of what passed, exactly: enumeration when tiny, a
mixed-integer programme otherwise. What is minimised is money (goods, freight, small-order fees) plus the prices
that the merchant's policy puts on extra parcels, late days, small orders and unreliable suppliers. Serving more of
the order's value always goes before cost. Among equally cheap plans: fewer parcels, then earlier arrival, then
the lower ids; the order in which lines and candidates are given does not matter.
"""

from collections.abc import Mapping
from typing import Any

import msgspec

from marketplace.ordering.routing import enumeration, milp
from marketplace.ordering.routing.decision import Decision, Reason, Why
from marketplace.ordering.routing.instance import Instance, Weight, build
from marketplace.ordering.routing.judges import Case, cases, judge
from marketplace.ordering.routing.model import SolverFailed
from marketplace.ordering.routing.problem import Policy, Problem, check
from marketplace.ordering.routing.report import Answer, report

ENUMERATE_UP_TO = 600  # plans; beyond it the solver is quicker
OVERRULED_BY_HAND = {Why.BELOW_MARGIN, Why.TOO_LATE, Why.DATE_UNKNOWN, Why.EXCLUDED}


class ImpossiblePlan(ValueError):
    """A plan made by hand asks what cannot be. `reasons` by (line id, offer id)."""

    def __init__(self, text: str, reasons: dict[tuple[int, int], list[Reason]] | None = None) -> None:
        super().__init__(text)
        self.reasons = reasons or {}


def route(
    problem: Problem, policy: Policy | None = None, *, enumerate_up_to: int = ENUMERATE_UP_TO
) -> Decision:
    """The best decision. Raises ContradictoryProblem when the input contradicts itself.

    Nothing servable is no error: the decision says which lines are unserved and why.
    """
    policy = policy or Policy()
    check(problem)
    judged = [(case, judge(case)) for case in cases(problem, policy)]
    instance = build(problem, policy, [case for case, reasons in judged if not reasons])
    answer = _search(instance, enumerate_up_to)
    incomplete = bool(answer.weight.lost) and not policy.allow_incomplete
    return report(problem, policy, judged, instance, answer, withheld=incomplete)


def replay(problem: Mapping[str, Any], policy: Policy) -> Decision:
    """Route a stored problem (as JSON-decoded) again under another policy. Raises msgspec.ValidationError."""
    return route(msgspec.convert(problem, Problem, strict=False), policy)


def price_by_hand(problem: Problem, policy: Policy, chosen: Mapping[tuple[int, int], int]) -> Decision:
    """The decision a person makes: `chosen` units by (line id, offer id), measured like the router's own.

    A person may overrule margin, promise date and exclusion. Raises ImpossiblePlan for what cannot be overruled
    (no stock, no agreement, no cost or rate, a country not served, a minimum not reached, more than was ordered).
    """
    check(problem)
    judged = [(case, judge(case)) for case in cases(problem, policy)]
    usable = [
        (case, [] if _key(case) in chosen and _overruled(reasons) else reasons) for case, reasons in judged
    ]
    _refuse_impossible(problem, usable, chosen)
    instance = build(problem, policy, [case for case, reasons in usable if not reasons])
    keys = [_key(case) for case, reasons in usable if not reasons]
    plan = tuple((i, chosen[key]) for i, key in enumerate(keys) if chosen.get(key))
    weight = instance.weigh(plan)
    if weight is None or any(quantity > instance.options[i].cap for i, quantity in plan):
        raise ImpossiblePlan("there is not enough stock for it, or a supplier refuses so small an order")
    return report(problem, policy, usable, instance, Answer(weight, "by_hand", False))


def _search(instance: Instance, enumerate_up_to: int) -> Answer:
    leasts = [instance.reachable(line) for line in range(len(instance.quantities))]
    if not any(leasts):
        return Answer(_nothing(instance), "none", True)
    if enumeration.size(instance, leasts, enumerate_up_to) <= enumerate_up_to:
        weight = enumeration.solve(instance, leasts)
        return Answer(weight, "enumeration", True) if weight else _search_short(instance, enumerate_up_to)
    return _solve(instance, leasts)


def _search_short(instance: Instance, enumerate_up_to: int) -> Answer:
    """Lines compete for stock or for a supplier's minimum: not all can be served that could be alone."""
    nothing = [0] * len(instance.quantities)
    if enumeration.size(instance, nothing, enumerate_up_to) > enumerate_up_to:
        return _solve(instance, None)
    return Answer(enumeration.solve(instance, nothing) or _nothing(instance), "enumeration", True)


def _solve(instance: Instance, leasts: list[int] | None) -> Answer:
    try:
        found = milp.solve(instance, leasts) if leasts else None
        found = found or milp.solve_short(instance)
    except SolverFailed:  # a paid order is routed all the same; the decision says that it is not proved
        return Answer(_polished(instance, _greedy(instance)), "greedy", False)
    if found is None:
        return Answer(_nothing(instance), "none", True)
    return Answer(_polished(instance, found.weight), "milp", found.proved)


def _greedy(instance: Instance) -> Weight:
    """Line by line, the option that leaves the best plan so far."""
    weight = _nothing(instance)
    for line, options in enumerate(instance.of_line):
        wanted = instance.quantities[line]
        caps = {instance.options[i].cap for i in options} if instance.partial else set()
        for quantity in sorted({wanted, *caps}, reverse=True):
            tries = [
                instance.weigh(tuple(sorted([*_without(instance, weight, line), (i, quantity)])))
                for i in options
                if instance.options[i].least <= quantity <= instance.options[i].cap
            ]
            weight = min([weight, *(t for t in tries if t)])
    return weight


def _without(instance: Instance, weight: Weight, line: int) -> list[tuple[int, int]]:
    return [(i, q) for i, q in weight.plan if instance.options[i].line != line]


def _polished(instance: Instance, weight: Weight) -> Weight:
    """Equally cheap plans, one line moved at a time, until none goes before by the tie-breaks."""
    while True:
        before = weight
        for line, options in enumerate(instance.of_line):
            own = [(i, q) for i, q in weight.plan if instance.options[i].line == line]
            quantity = sum(q for _, q in own)
            rest = _without(instance, weight, line)
            for i in options:
                if quantity and instance.options[i].least <= quantity <= instance.options[i].cap:
                    moved = instance.weigh(tuple(sorted([*rest, (i, quantity)])))
                    if moved and moved < weight:
                        weight = moved
        if weight == before:
            return weight


def _nothing(instance: Instance) -> Weight:
    weight = instance.weigh(())
    assert weight is not None
    return weight


def _key(case: Case) -> tuple[int, int]:
    return case.candidate.line_id, case.candidate.offer_id


def _overruled(reasons: list[Reason]) -> bool:
    return all(reason.code in OVERRULED_BY_HAND for reason in reasons)


def _refuse_impossible(
    problem: Problem, usable: list[tuple[Case, list[Reason]]], chosen: Mapping[tuple[int, int], int]
) -> None:
    known = {_key(case): reasons for case, reasons in usable}
    if strangers := [key for key in chosen if key not in known]:
        raise ImpossiblePlan(f"no such candidates: {strangers}")
    if refused := {key: known[key] for key, units in chosen.items() if units and known[key]}:
        raise ImpossiblePlan("offers that cannot serve these lines", refused)
    for line in problem.lines:
        units = [q for (line_id, _), q in chosen.items() if line_id == line.line_id]
        if min(units, default=0) < 0 or sum(units) > line.quantity:
            raise ImpossiblePlan(f"line {line.line_id} was ordered {line.quantity} times")
