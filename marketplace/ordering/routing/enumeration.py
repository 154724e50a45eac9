"""Exact search for tiny instances: every way to serve each line, cut off where it can no longer win."""

from typing import NamedTuple

from marketplace.ordering.routing.instance import Instance, Plan, Weight


class Way(NamedTuple):
    """One way to serve a line."""

    items: int  # cost without the supplier's fees
    lost: int
    parcels: int  # bit set
    plan: Plan


def ways(instance: Instance, line: int, least: int) -> list[Way]:
    """Every way to serve at least `least` units of the line, cheapest first."""
    found: list[Plan] = []

    def extend(left: int, options: list[int], plan: Plan) -> None:
        served = sum(q for _, q in plan)
        whole = served == instance.quantities[line]
        if served >= least and (whole or instance.partial or not plan):
            found.append(plan)
        if plan and not instance.split:
            return
        for n, index in enumerate(options):
            option = instance.options[index]
            for quantity in range(option.least, min(option.cap, left) + 1):
                extend(left - quantity, options[n + 1 :], (*plan, (index, quantity)))

    extend(instance.quantities[line], instance.of_line[line], ())
    return sorted(_way(instance, line, plan) for plan in found)


def solve(instance: Instance, leasts: list[int]) -> Weight | None:
    """The best plan that serves at least `leasts` units of each line; None when there is none."""
    choices = sorted((ways(instance, line, least) for line, least in enumerate(leasts)), key=len)
    if not all(choices):
        return None
    rest_items, rest_lost = _least_of_the_rest(choices)
    best: Weight | None = None

    def descend(depth: int, items: int, lost: int, parcels: int, plan: Plan) -> None:
        nonlocal best
        extra = instance.extra_parcel * max(0, parcels.bit_count() - 1)
        if best and (lost + rest_lost[depth], items + rest_items[depth] + extra) > best[:2]:
            return
        if depth == len(choices):
            weight = instance.weigh(tuple(sorted(plan)))
            if weight and (best is None or weight < best):
                best = weight
            return
        for way in choices[depth]:
            descend(depth + 1, items + way.items, lost + way.lost, parcels | way.parcels, plan + way.plan)

    descend(0, 0, 0, 0, ())
    return best


def size(instance: Instance, leasts: list[int], limit: int) -> int:
    """How many plans the search would face at most, counted up to `limit`."""
    product = 1
    for line, quantity in enumerate(instance.quantities):
        options = len(instance.of_line[line])
        if not instance.split or (quantity == 1 and leasts[line] == 1):
            product *= max(1, options)
        else:
            product *= _compositions(quantity, options + (leasts[line] < quantity))
        if product > limit:
            return product
    return product


def _compositions(quantity: int, parts: int) -> int:
    count = 1
    for n in range(1, max(1, parts)):
        count = count * (quantity + n) // n
    return count


def _least_of_the_rest(choices: list[list[Way]]) -> tuple[list[int], list[int]]:
    """For each depth, the least cost and loss of the lines still to come."""
    items, lost = [0], [0]
    for line in reversed(choices):
        items.append(items[-1] + min(way.items for way in line))
        lost.append(lost[-1] + min(way.lost for way in line))
    return items[::-1], lost[::-1]


def _way(instance: Instance, line: int, plan: Plan) -> Way:
    items = parcels = served = 0
    for index, quantity in plan:
        option = instance.options[index]
        items += option.unit * quantity + option.late
        parcels |= 1 << option.parcel
        served += quantity
    lost = (instance.quantities[line] - served) * instance.values[line]
    return Way(items, lost, parcels, plan)
