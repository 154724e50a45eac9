"""A mixed-integer programme, gathered row by row and handed to HiGHS in one call.

HiGHS is imported on first use: most carts are decided by enumeration and never need it.
"""

from collections.abc import Iterable
from typing import Any

SECONDS = 5.0  # a cap for the pathological; a cart of 30 lines takes a few hundredths


class SolverFailed(Exception):
    """HiGHS gave no answer to build on: out of time without a plan, or out of its depth."""


class Model:
    """Minimise costs·x subject to rows; variables are numbered as they are added."""

    def __init__(self) -> None:
        self.costs: list[float] = []
        self.uppers: list[float] = []
        self.whole: list[bool] = []
        self.row_bounds: list[tuple[float | None, float | None]] = []
        self.starts, self.indices, self.values = [0], [], []  # type: ignore[var-annotated]

    def variable(self, upper: float, cost: float = 0, *, whole: bool = True) -> int:
        """A variable in 0 … upper; returns its number."""
        self.costs.append(cost)
        self.uppers.append(upper)
        self.whole.append(whole)
        return len(self.costs) - 1

    def row(
        self, terms: Iterable[tuple[int, float]], *, least: float | None = None, most: float | None = None
    ) -> None:
        """least ≤ Σ coefficient·variable ≤ most."""
        for index, value in terms:
            self.indices.append(index)
            self.values.append(value)
        self.starts.append(len(self.indices))
        self.row_bounds.append((least, most))

    def solve(self) -> tuple[list[float], float] | None:
        """(values, proven lower bound of the objective); None when there is no solution at all.

        The bound is -inf when the time ran out. Raises SolverFailed.
        """
        import highspy
        from highspy._core import _Highs

        highs = _Highs()  # the Python subclass greets on standard output before it can be silenced
        _configure(highs)
        highs.passModel(self._as_highs(highspy))
        highs.run()
        status, done = highs.getModelStatus(), highspy.HighsModelStatus
        if status in (done.kInfeasible, done.kUnboundedOrInfeasible):
            return None
        info = highs.getInfo()
        if status not in (done.kOptimal, done.kTimeLimit) or info.primal_solution_status != 2:
            raise SolverFailed(highs.modelStatusToString(status))
        solution = list(highs.getSolution().col_value)
        if not any(self.whole):
            return solution, info.objective_function_value
        return solution, info.mip_dual_bound

    def _as_highs(self, highspy: Any) -> Any:
        lp, infinity = highspy.HighsLp(), highspy.kHighsInf
        lp.num_col_, lp.num_row_ = len(self.costs), len(self.row_bounds)
        lp.col_cost_, lp.col_lower_, lp.col_upper_ = self.costs, [0.0] * len(self.costs), self.uppers
        lp.row_lower_ = [-infinity if least is None else least for least, _ in self.row_bounds]
        lp.row_upper_ = [infinity if most is None else most for _, most in self.row_bounds]
        kinds = highspy.HighsVarType
        lp.integrality_ = [kinds.kInteger if whole else kinds.kContinuous for whole in self.whole]
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = self.starts, self.indices, self.values
        return lp


def _configure(highs: Any) -> None:
    """Exact and repeatable: no gap, tight tolerances (thresholds are sharp), one thread, a fixed seed."""
    for option, value in {
        "output_flag": False,
        "threads": 1,
        "random_seed": 1,
        "time_limit": SECONDS,
        "mip_rel_gap": 0.0,
        "mip_abs_gap": 0.5,  # the objective is whole numbers
        "mip_feasibility_tolerance": 1e-9,
        "primal_feasibility_tolerance": 1e-9,
    }.items():
        highs.setOptionValue(option, value)
