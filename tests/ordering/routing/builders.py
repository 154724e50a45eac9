"""Small problems in few words: amounts in euros and cents as strings would be noise, so everything is integers."""

from typing import Any

from marketplace.ordering.routing import Candidate, Line, Problem, Terms


def line(line_id: int = 1, quantity: int = 1, net_price: int = 10_000, **more: Any) -> Line:
    return Line(line_id=line_id, variant_id=line_id, quantity=quantity, net_price=net_price, **more)


def offer(
    offer_id: int, agreement_id: int = 1, cost: int = 500_000, line_id: int = 1, **more: Any
) -> Candidate:
    """Cost 500,000 is 50 euros."""
    more = {"currency": "EUR", "available": 10, **more}
    return Candidate(line_id=line_id, offer_id=offer_id, agreement_id=agreement_id, unit_cost_e4=cost, **more)


def terms(agreement_id: int = 1, **more: Any) -> Terms:
    more = {"currency": "EUR", "ships_to": frozenset({"FR", "BE"}), "score": 100, **more}
    return Terms(
        agreement_id=agreement_id, supplier_id=agreement_id + 100, supplier=f"S{agreement_id}", **more
    )


def problem(lines: list[Line], candidates: list[Candidate], suppliers: list[Terms], **more: Any) -> Problem:
    return Problem(currency="EUR", country="FR", lines=lines, candidates=candidates, terms=suppliers, **more)
