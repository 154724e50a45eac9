"""Exact search for everything that is not tiny: the instance as a mixed-integer programme.

Thresholds make this more than a transport problem: freight that vanishes from a franco, a fee below a minimum,
a parcel paid once. Each becomes one binary with one row. The answer is measured again by `Instance.weigh`, in
integers, so that no tolerance of the solver ends up in a price.
"""

from typing import NamedTuple

from marketplace.ordering.routing.instance import Instance, Option, Weight
from marketplace.ordering.routing.model import Model, SolverFailed


class Found(NamedTuple):
    weight: Weight
    proved: bool  # nothing can be cheaper


class Variables(NamedTuple):
    """Numbers of the model's variables. `units` and `used` are by option, `parcels` by parcel."""

    units: list[int]
    factor: list[int]  # units of the line per step of `units`
    parcels: list[int]


def solve(instance: Instance, leasts: list[int]) -> Found | None:
    """The cheapest plan that serves exactly `leasts` units of each line; None when there is none.

    Raises SolverFailed.
    """
    model, variables = _model(instance)
    for line, least in enumerate(leasts):
        model.row(_served(instance, variables, line), least=least, most=least)
    return _run(instance, model, variables)


def solve_short(instance: Instance) -> Found | None:
    """The cheapest of the plans that lose least, when not everything can be served. Raises SolverFailed."""
    first, variables = _model(instance)
    _cap_lines(instance, first, variables)
    worth = _worth(instance, variables)
    first.costs = [0.0] * len(first.costs)
    for index, value in worth:
        first.costs[index] = -value
    answer = first.solve()
    if answer is None:
        return None
    most = round(sum(answer[0][index] * value for index, value in worth))
    second, variables = _model(instance)
    _cap_lines(instance, second, variables)
    second.row(_worth(instance, variables), least=most)
    return _run(instance, second, variables)


def _run(instance: Instance, model: Model, variables: Variables) -> Found | None:
    answer = model.solve()
    if answer is None:
        return None
    values, bound = answer
    units = [round(values[v]) * f for v, f in zip(variables.units, variables.factor, strict=True)]
    weight = instance.weigh(tuple((i, q) for i, q in enumerate(units) if q))
    if weight is None:
        raise SolverFailed("the solver's plan does not hold when counted in whole numbers")
    scale = _scale(instance)
    measured = (weight.cost + (instance.extra_parcel if weight.parcels else 0)) * scale + weight.parcels
    return Found(weight, proved=measured - bound < 1)


def _scale(instance: Instance) -> int:
    """Costs × scale + parcels: among equally cheap plans, the one with fewer parcels."""
    return len(instance.parcel_supplier) + 1


def _model(instance: Instance) -> tuple[Model, Variables]:
    model, scale = Model(), _scale(instance)
    parcels = [model.variable(1, instance.extra_parcel * scale + 1) for _ in instance.parcel_supplier]
    units, factor = [], []
    for option in instance.options:
        variable, step = _option(instance, model, option, parcels[option.parcel])
        units.append(variable)
        factor.append(step)
    variables = Variables(units, factor, parcels)
    if not instance.split:
        for line in range(len(instance.quantities)):
            _one_source(instance, model, variables, line)
    _shared_stock(instance, model, variables)
    for agreement in range(len(instance.suppliers)):
        _supplier(instance, model, variables, agreement)
    return model, variables


def _option(instance: Instance, model: Model, option: Option, parcel: int) -> tuple[int, int]:
    """The units taken from one option; its parcel travels when any are. Returns (variable, units per step)."""
    scale, quantity = _scale(instance), instance.quantities[option.line]
    if not instance.split and not instance.partial:
        usable = 1 if option.cap >= quantity else 0
        variable = model.variable(usable, (option.unit * quantity + option.late) * scale)
        model.row([(variable, 1), (parcel, -1)], most=0)
        return variable, quantity
    variable = model.variable(option.cap, option.unit * scale)
    model.row([(variable, 1), (parcel, -option.cap)], most=0)
    if option.late or option.least > 1:
        used = model.variable(1, option.late * scale)
        model.row([(variable, 1), (used, -option.cap)], most=0)
        model.row([(variable, 1), (used, -option.least)], least=0)
    return variable, 1


def _one_source(instance: Instance, model: Model, variables: Variables, line: int) -> None:
    options = instance.of_line[line]
    if not instance.partial:
        model.row([(variables.units[i], 1) for i in options], most=1)
        return
    picks = []
    for i in options:
        picks.append(model.variable(1))
        model.row([(variables.units[i], 1), (picks[-1], -instance.options[i].cap)], most=0)
    model.row([(pick, 1) for pick in picks], most=1)


def _shared_stock(instance: Instance, model: Model, variables: Variables) -> None:
    by_offer: dict[int, list[int]] = {}
    for i, option in enumerate(instance.options):
        by_offer.setdefault(option.offer, []).append(i)
    for offer, options in by_offer.items():
        if len(options) > 1:
            row = [(variables.units[i], instance.options[i].pack * variables.factor[i]) for i in options]
            model.row(row, most=instance.stock[offer])


def _supplier(instance: Instance, model: Model, variables: Variables, agreement: int) -> None:
    """Freight up to the franco, and the fee (or the refusal) below the minimum."""
    s, scale = instance.suppliers[agreement], _scale(instance)
    options = [i for i, o in enumerate(instance.options) if o.agreement == agreement]
    parcels = [variables.parcels[p] for p, a in enumerate(instance.parcel_supplier) if a == agreement]
    goods = [(variables.units[i], instance.options[i].goods * variables.factor[i]) for i in options]
    used = _any_of(model, parcels)
    if s.waiting < s.minimum and (s.small or s.refuses_small):
        small = model.variable(0 if s.refuses_small else 1, s.small * scale)
        missing = s.minimum - s.waiting
        model.row([*goods, (used, -missing), (small, missing)], least=0)
    if not (s.shipping or s.parcel or s.kilo) or (s.franco is not None and s.waiting >= s.franco):
        return
    free = model.variable(0 if s.franco is None else 1, -s.shipping * scale)
    model.row([(free, 1), (used, -1)], most=0)
    model.costs[used] += s.shipping * scale
    if s.franco is not None:
        model.row([*goods, (free, -(s.franco - s.waiting))], least=0)
    if s.parcel and len(parcels) > 1:
        more = model.variable(len(parcels) - 1, s.parcel * scale, whole=False)
        row = [(more, 1), (used, 1), (free, len(parcels) - 1), *((p, -1) for p in parcels)]
        model.row(row, least=0)
    if s.kilo:
        _kilos(instance, model, variables, options, free, s.kilo * scale)


def _kilos(
    instance: Instance, model: Model, variables: Variables, options: list[int], free: int, price: int
) -> None:
    grams = [(variables.units[i], -instance.options[i].grams * variables.factor[i]) for i in options]
    most = -(-sum(-g * model.uppers[v] for v, g in grams) // 1000)
    kilos = model.variable(most, price)
    model.row([(kilos, 1000), (free, 1000 * most), *grams], least=0)


def _any_of(model: Model, parcels: list[int]) -> int:
    """A binary that is 1 when any of the parcels travels."""
    if len(parcels) == 1:
        return parcels[0]
    used = model.variable(1)
    for parcel in parcels:
        model.row([(used, 1), (parcel, -1)], least=0)
    return used


def _served(instance: Instance, variables: Variables, line: int) -> list[tuple[int, float]]:
    return [(variables.units[i], variables.factor[i]) for i in instance.of_line[line]]


def _worth(instance: Instance, variables: Variables) -> list[tuple[int, float]]:
    return [
        (variables.units[i], instance.values[o.line] * variables.factor[i])
        for i, o in enumerate(instance.options)
    ]


def _cap_lines(instance: Instance, model: Model, variables: Variables) -> None:
    """No line gets more than it asks for; without partial lines it gets all or nothing."""
    for line, quantity in enumerate(instance.quantities):
        served = _served(instance, variables, line)
        if not served:
            continue
        if instance.partial or not instance.split:
            model.row(served, most=quantity)
        else:
            whole = model.variable(1)
            model.row([*served, (whole, -quantity)], least=0, most=0)
