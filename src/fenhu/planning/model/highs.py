"""The one door to HiGHS: a model in, a checked answer out; its status is never taken on trust.

One thread always: HiGHS refuses, without an exception, to run when the number of threads changes within a
process, and one thread makes a run repeatable. Time limits are emergency brakes; nodes and gaps end a run.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import highspy
import numpy as np
from highspy import cb
from scipy import sparse

from fenhu.errors import SolverFault
from fenhu.planning.task.instance import BoolArray, FloatArray
from fenhu.wording import text

Cancelled = Callable[[], bool]
FEASIBILITY = 1e-7
MOST_ITERATIONS = 3000
_STARTS = (highspy.HighsStatus.kOk, highspy.HighsStatus.kWarning)
_FINISHED = highspy.HighsModelStatus.kOptimal
_IMPOSSIBLE = (highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible)
_STOPPED = (
    highspy.HighsModelStatus.kTimeLimit,
    highspy.HighsModelStatus.kSolutionLimit,
    highspy.HighsModelStatus.kIterationLimit,
    highspy.HighsModelStatus.kInterrupt,
    highspy.HighsModelStatus.kObjectiveBound,
    highspy.HighsModelStatus.kObjectiveTarget,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """Maximise ``cost @ v`` over rows and bounds; ``whole`` marks the whole-numbered columns."""

    matrix: sparse.csc_matrix
    row_lower: FloatArray
    row_upper: FloatArray
    lower: FloatArray
    upper: FloatArray
    cost: FloatArray
    whole: BoolArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What HiGHS found: ``values`` is None without a feasible point, ``bound`` always valid (maximum)."""

    finished: bool
    objective: float
    bound: float
    values: FloatArray | None
    row_duals: FloatArray


def solve_program(
    program: Program,
    *,
    relaxed: bool = False,
    interior: bool = False,
    start: FloatArray | None = None,
    nodes: int | None = None,
    gap: float = 0.0,
    seconds: float = np.inf,
    seed: int = 0,
    cancelled: Cancelled | None = None,
) -> Answer:
    """Return the best of ``program``.

    Parameters
    ----------
    relaxed : drop the whole-number demand. interior : begin with the interior-point method.
    start : a feasible point to begin from. nodes, gap : where to stop counting by work.
    seconds : emergency brake. cancelled : asked now and then.

    Raises
    ------
    SolverFault
        If HiGHS refuses the model, reports an error, or finds no feasible point although x = 0 is one.
    """
    solver: highspy.Highs = highspy.Highs()
    options: dict[str, bool | int | float | str] = {
        "output_flag": False,
        "threads": 1,
        "random_seed": seed,
        "mip_rel_gap": gap,
        "mip_abs_gap": 1e-9,
        "mip_feasibility_tolerance": FEASIBILITY,
        "primal_feasibility_tolerance": FEASIBILITY,
    }
    if interior:
        options["solver"] = "ipm"
    if nodes is not None:
        options["mip_max_nodes"] = nodes
    if np.isfinite(seconds):
        options["time_limit"] = max(0.01, seconds)
    for name, value in options.items():
        _accept(solver.setOptionValue(name, value), name)
    _accept(solver.passModel(_passed(program, relaxed)), "passModel")
    if start is not None and not relaxed:
        solution = highspy.HighsSolution()
        solution.col_value = list(start)
        _accept(solver.setSolution(solution), "setSolution")
    if cancelled is not None:
        _listen(solver, cancelled)
    _accept(solver.run(), "run")
    return _answer(solver, program, relaxed)


def _accept(status: highspy.HighsStatus, what: str) -> None:
    if status not in _STARTS:
        raise SolverFault(text("The solver HiGHS refused {what}.", what=what), code="solver-refused")


def _passed(program: Program, relaxed: bool) -> highspy.HighsLp:
    linear = highspy.HighsLp()
    linear.num_row_, linear.num_col_ = program.matrix.shape
    linear.col_cost_, linear.col_lower_, linear.col_upper_ = program.cost, program.lower, program.upper
    linear.row_lower_, linear.row_upper_ = program.row_lower, program.row_upper
    linear.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    linear.a_matrix_.start_ = program.matrix.indptr
    linear.a_matrix_.index_ = program.matrix.indices
    linear.a_matrix_.value_ = program.matrix.data
    linear.sense_ = highspy.ObjSense.kMaximize
    if not relaxed:
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        linear.integrality_ = [kinds[int(one)] for one in program.whole]
    return linear


def _listen(solver: highspy.Highs, cancelled: Cancelled) -> None:
    def interrupt(kind: object, message: str, out: object, back: object, data: object) -> None:
        del kind, message, out, data
        if cancelled():
            back.user_interrupt = True  # type: ignore[attr-defined]

    _accept(solver.setCallback(interrupt, None), "setCallback")
    for kind in (
        cb.HighsCallbackType.kCallbackMipInterrupt,
        cb.HighsCallbackType.kCallbackSimplexInterrupt,
        cb.HighsCallbackType.kCallbackIpmInterrupt,
    ):
        _accept(solver.startCallback(kind), "startCallback")


def _answer(solver: highspy.Highs, program: Program, relaxed: bool) -> Answer:
    status, info = solver.getModelStatus(), solver.getInfo()
    if status in _IMPOSSIBLE or status not in (_FINISHED, *_STOPPED):
        raise SolverFault(
            text("The solver HiGHS ended with {status}.", status=solver.modelStatusToString(status))
        )
    finished = status == _FINISHED
    solution = solver.getSolution()
    found = info.primal_solution_status == 2 and (finished or not relaxed)
    relaxation = info.objective_function_value if finished else np.inf
    return Answer(
        finished=finished,
        objective=info.objective_function_value if found else -np.inf,
        bound=float(relaxation if relaxed else info.mip_dual_bound),
        values=np.array(solution.col_value) if found else None,
        row_duals=np.array(solution.row_dual) if relaxed and finished else np.zeros(program.matrix.shape[0]),
    )


class HotRelaxation:
    """One relaxation asked again and again: only cost and columns' bounds change, the basis is kept.

    Where the simplex method runs into too many iterations, the interior-point method begins anew.
    """

    def __init__(self, program: Program) -> None:
        self._program = program
        self._solver: highspy.Highs = highspy.Highs()
        for name, value in (("output_flag", False), ("threads", 1), ("random_seed", 0)):
            _accept(self._solver.setOptionValue(name, value), name)
        self._limit_iterations(MOST_ITERATIONS)
        _accept(self._solver.passModel(_passed(program, relaxed=True)), "passModel")
        self._columns = np.arange(program.matrix.shape[1], dtype=np.int32)

    def solve(self, cost: FloatArray, lower: FloatArray, upper: FloatArray) -> Answer:
        """Return the greatest ``cost @ v`` between ``lower`` and ``upper``; such a v must exist.

        Raises
        ------
        SolverFault
            If HiGHS fails or there is no such v.
        """
        count = len(self._columns)
        _accept(self._solver.changeColsCost(count, self._columns, cost), "changeColsCost")
        _accept(self._solver.changeColsBounds(count, self._columns, lower, upper), "changeColsBounds")
        _accept(self._solver.run(), "run")
        if self._solver.getModelStatus() == highspy.HighsModelStatus.kIterationLimit:
            self._run_interior()
        return _answer(self._solver, self._program, relaxed=True)

    def _run_interior(self) -> None:
        self._limit_iterations(highspy.kHighsIInf)
        _accept(self._solver.setOptionValue("solver", "ipm"), "solver")
        _accept(self._solver.clearSolver(), "clearSolver")
        _accept(self._solver.run(), "run")
        _accept(self._solver.setOptionValue("solver", "choose"), "solver")
        self._limit_iterations(MOST_ITERATIONS)

    def _limit_iterations(self, most: int) -> None:
        _accept(self._solver.setOptionValue("simplex_iteration_limit", most), "simplex_iteration_limit")
