"""The hard rules: each a small judge that says nothing, or the reason why a candidate cannot serve its line."""

from collections.abc import Callable, Iterator

import msgspec

from marketplace.kernel.money import e4_from_minor, round_div
from marketplace.ordering.routing.decision import Reason, Why
from marketplace.ordering.routing.problem import Candidate, Line, Policy, Problem, Rate, Terms

PAR = Rate(numerator=1, denominator=1)


class Case(msgspec.Struct, frozen=True):
    """A candidate with all a judge may look at."""

    problem: Problem
    policy: Policy
    line: Line
    candidate: Candidate
    terms: Terms | None

    @property
    def rate(self) -> Rate | None:
        return rate_of(self.problem, self.candidate.currency)

    @property
    def unit_cost_e4(self) -> int | None:
        """Of one unit of the line, in the merchant's currency."""
        if self.candidate.unit_cost_e4 is None or self.rate is None:
            return None
        cost = self.candidate.unit_cost_e4 * self.candidate.pack_quantity
        return round_div(cost * self.rate.numerator, self.rate.denominator)

    @property
    def margin_bp(self) -> int | None:
        """(net price − cost) / net price, rounded towards loss; None without a price or a cost."""
        if self.unit_cost_e4 is None or not self.line.net_price:
            return None
        price = e4_from_minor(self.line.net_price, self.problem.currency)
        return (price - self.unit_cost_e4) * 10_000 // price

    @property
    def late_days(self) -> int:
        """Days after what the shopper was told."""
        told, arrives = self.line.promise_date, self.candidate.arrives
        return max(0, (arrives - told).days) if told and arrives else 0


def rate_of(problem: Problem, currency: str) -> Rate | None:
    return PAR if currency == problem.currency else problem.rates.get(currency)


def judge(case: Case) -> list[Reason]:
    """Every reason why the candidate cannot serve; empty when it can."""
    return [reason for rule in JUDGES if (reason := rule(case))]


def _not_excluded(case: Case) -> Reason | None:
    excluded = (
        case.candidate.offer_id in case.problem.excluded_offers
        or case.candidate.agreement_id in case.problem.excluded_agreements
    )
    return Reason(Why.EXCLUDED) if excluded else None


def _agreement_active(case: Case) -> Reason | None:
    if case.terms is None:
        return Reason(Why.NO_AGREEMENT)
    if case.terms.state != "active":
        return Reason(Why.AGREEMENT_NOT_ACTIVE, {"state": case.terms.state})
    return None


def _ships_there(case: Case) -> Reason | None:
    there = case.problem.country
    own = case.candidate.countries
    if (case.terms and there not in case.terms.ships_to) or (own is not None and there not in own):
        return Reason(Why.COUNTRY, {"country": there})
    return None


def _has_a_cost(case: Case) -> Reason | None:
    if case.candidate.unit_cost_e4 is None:
        return Reason(Why.NO_COST)
    for currency in (case.candidate.currency, case.terms.currency if case.terms else case.problem.currency):
        if rate_of(case.problem, currency) is None:
            return Reason(Why.NO_RATE, {"from": currency, "to": case.problem.currency})
    return None


def _has_stock(case: Case) -> Reason | None:
    has, wants = case.candidate.available // case.candidate.pack_quantity, case.line.quantity
    if has < 1:
        return Reason(Why.OUT_OF_STOCK)
    if has < wants and not (case.policy.allow_split or case.policy.allow_partial):
        return Reason(Why.SHORT_STOCK, {"available": has, "wanted": wants})
    return None


def _sells_so_few(case: Case) -> Reason | None:
    units = case.line.quantity * case.candidate.pack_quantity
    if units < case.candidate.min_units or 0 < case.candidate.available < case.candidate.min_units:
        return Reason(Why.MIN_UNITS, {"minimum": case.candidate.min_units, "wanted": units})
    return None


def _keeps_margin(case: Case) -> Reason | None:
    floor, margin = case.policy.margin_floor_bp, case.margin_bp
    if floor is None or margin is None or margin >= floor:
        return None
    return Reason(Why.BELOW_MARGIN, {"margin_bp": margin, "floor_bp": floor})


def _keeps_promise(case: Case) -> Reason | None:
    latest, arrives = case.line.promise_latest, case.candidate.arrives
    if latest is None or not case.policy.keep_promise:
        return None
    if arrives is None:
        return Reason(Why.DATE_UNKNOWN, {"latest": latest.isoformat()})
    if arrives > latest:
        return Reason(Why.TOO_LATE, {"arrives": arrives.isoformat(), "latest": latest.isoformat()})
    return None


JUDGES: tuple[Callable[[Case], Reason | None], ...] = (
    _not_excluded,
    _agreement_active,
    _ships_there,
    _has_a_cost,
    _has_stock,
    _sells_so_few,
    _keeps_margin,
    _keeps_promise,
)


def cases(problem: Problem, policy: Policy) -> Iterator[Case]:
    """Every candidate as a case, in the one order everything else follows: line id, then offer id."""
    lines = {line.line_id: line for line in problem.lines}
    terms = {t.agreement_id: t for t in problem.terms}
    for c in sorted(problem.candidates, key=lambda c: (c.line_id, c.offer_id)):
        yield Case(problem, policy, lines[c.line_id], c, terms.get(c.agreement_id))
