"""How long the router takes: carts of several sizes, median and worst of a dozen, in milliseconds.

python bench/routing.py
"""

import random
import statistics
import time

from marketplace.ordering.routing import Candidate, Line, Problem, Terms, route

SIZES = [(1, 3, 1), (3, 3, 2), (5, 4, 2), (10, 4, 2), (30, 6, 3)]


def cart(lines: int, suppliers: int, most: int, seed: int) -> Problem:
    """Overlapping assortments, costs within a fifth of each other, francos within reach."""
    chance = random.Random(seed)
    wanted = [
        Line(line_id=n, variant_id=n, quantity=chance.randint(1, most), net_price=10_000)
        for n in range(lines)
    ]
    terms = [
        Terms(
            agreement_id=a,
            supplier_id=a,
            currency="EUR",
            ships_to=frozenset({"FR"}),
            franco_threshold=chance.choice([None, 10_000, 20_000, 30_000]),
            minimum_order=chance.choice([0, 5_000]),
            order_fee=800,
            shipping_fee=chance.choice([500, 700, 900]),
            score=chance.randint(50, 100),
        )
        for a in range(suppliers)
    ]
    candidates = []
    for line in wanted:
        cost = chance.randint(50_000, 600_000)
        candidates += [
            Candidate(
                line_id=line.line_id,
                offer_id=line.line_id * 100 + a,
                agreement_id=a,
                unit_cost_e4=cost * chance.randint(80, 120) // 100,
                currency="EUR",
                available=chance.randint(0, 10),
            )
            for a in range(suppliers)
        ]
    return Problem(currency="EUR", country="FR", lines=wanted, candidates=candidates, terms=terms)


def main() -> None:
    route(cart(10, 4, 2, 0))  # imports the solver
    for lines, suppliers, most in SIZES:
        times, methods = [], set()
        for seed in range(12):
            asked = cart(lines, suppliers, most, seed)
            began = time.perf_counter()
            methods.add(route(asked).method)
            times.append((time.perf_counter() - began) * 1000)
        print(
            f"{lines:3} lines x {suppliers} suppliers: median {statistics.median(times):6.1f} ms, "
            f"worst {max(times):6.1f} ms ({', '.join(sorted(methods))})"
        )


if __name__ == "__main__":
    main()
