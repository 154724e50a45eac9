"""Who ships what: hard rules, then the cheapest landed cost, exactly. See `route.py`."""

from marketplace.ordering.routing.decision import (
    Assignment,
    Costs,
    Decision,
    Prices,
    Reason,
    Status,
    SupplierShare,
    Unserved,
    Verdict,
    Why,
)
from marketplace.ordering.routing.problem import (
    Candidate,
    ContradictoryProblem,
    Line,
    Policy,
    Problem,
    Rate,
    Terms,
)
from marketplace.ordering.routing.route import ImpossiblePlan, price_by_hand, replay, route

__all__ = [
    "Assignment",
    "Candidate",
    "ContradictoryProblem",
    "Costs",
    "Decision",
    "ImpossiblePlan",
    "Line",
    "Policy",
    "Prices",
    "Problem",
    "Rate",
    "Reason",
    "Status",
    "SupplierShare",
    "Terms",
    "Unserved",
    "Verdict",
    "Why",
    "price_by_hand",
    "replay",
    "route",
]
