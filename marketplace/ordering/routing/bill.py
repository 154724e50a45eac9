"""What each supplier will bill for a plan: summed in 1/10,000, rounded once per line of the supplier's order.

A threshold is judged on the unrounded goods, as the search judged it, so that the bill and the search never
disagree about a franco.
"""

from marketplace.kernel.money import E4, e4_from_minor, exponent, minor_from_e4, round_div
from marketplace.ordering.routing.decision import Costs, SupplierShare
from marketplace.ordering.routing.instance import goods_in_terms_e4
from marketplace.ordering.routing.judges import Case, rate_of
from marketplace.ordering.routing.problem import Problem, Rate, Terms

Taken = list[tuple[Case, int]]


def supplier_shares(problem: Problem, taken: Taken) -> list[SupplierShare]:
    """One share per supplier used, by agreement id. `taken` holds (case, units of the line)."""
    by_agreement: dict[int, Taken] = {}
    for case, quantity in taken:
        by_agreement.setdefault(case.candidate.agreement_id, []).append((case, quantity))
    terms = {t.agreement_id: t for t in problem.terms}
    return [_share(problem, terms[a], by_agreement[a]) for a in sorted(by_agreement)]


def _share(problem: Problem, terms: Terms, taken: Taken) -> SupplierShare:
    goods_e4 = sum(goods_in_terms_e4(c) * c.candidate.pack_quantity * q for c, q in taken)
    franco_short = _short(terms, goods_e4, terms.franco_threshold)
    minimum_short = _short(terms, goods_e4, terms.minimum_order)
    franco = terms.franco_threshold is not None and not franco_short
    grams = sum(c.candidate.weight_g * c.candidate.pack_quantity * q for c, q in taken)
    parcels = len({c.candidate.warehouse for c, _ in taken})
    freight = 0 if franco else _freight(terms, parcels, grams)
    fee = terms.order_fee if minimum_short else 0
    rate = rate_of(problem, terms.currency)
    assert rate is not None
    return SupplierShare(
        agreement_id=terms.agreement_id,
        supplier_id=terms.supplier_id,
        supplier=terms.supplier,
        currency=terms.currency,
        costs=_sum(sum(_own_cost(c, q, terms) for c, q in taken), freight, fee),
        merchant_costs=_sum(
            sum(_merchant_cost(c, q, problem) for c, q in taken),
            converted(freight, terms.currency, problem.currency, rate),
            converted(fee, terms.currency, problem.currency, rate),
        ),
        parcels=parcels,
        weight_g=grams,
        franco_reached=franco,
        below_minimum=minimum_short > 0,
        franco_short=franco_short,
        minimum_short=minimum_short,
        score=terms.score,
    )


def converted(minor: int, currency: str, into: str, rate: Rate) -> int:
    """Minor units of one currency → minor units of another, rounded once."""
    top = minor * rate.numerator * 10 ** exponent(into)
    return round_div(top, rate.denominator * 10 ** exponent(currency))


def _short(terms: Terms, goods_e4: int, threshold: int | None) -> int:
    """What is missing to a threshold in minor units, rounded up so that paying it does reach it."""
    if threshold is None:
        return 0
    missing = e4_from_minor(threshold - terms.waiting, terms.currency) - goods_e4
    return max(0, -(-missing * 10 ** exponent(terms.currency) // E4))


def _freight(terms: Terms, parcels: int, grams: int) -> int:
    return terms.shipping_fee + terms.parcel_fee * (parcels - 1) + terms.kilo_fee * -(-grams // 1000)


def _own_cost(case: Case, quantity: int, terms: Terms) -> int:
    return minor_from_e4(goods_in_terms_e4(case) * case.candidate.pack_quantity * quantity, terms.currency)


def _merchant_cost(case: Case, quantity: int, problem: Problem) -> int:
    rate = case.rate
    assert rate is not None
    units = (case.candidate.unit_cost_e4 or 0) * case.candidate.pack_quantity * quantity
    return round_div(units * rate.numerator * 10 ** exponent(problem.currency), rate.denominator * E4)


def _sum(goods: int, freight: int, fee: int) -> Costs:
    return Costs(goods=goods, freight=freight, fee=fee, total=goods + freight + fee)
