"""CP-SAT on the planner's model, alone in its process: ortools and HiGHS cannot live in one.

``python benchmarks/planning_cpsat.py MODEL.npz SECONDS`` prints the columns chosen and the bound. Rows are
brought to whole numbers: money to fen, crews to thousandths of a day, shares of flats to thousandths, the
last rounded in the plan's favour.
"""

from __future__ import annotations

import json
import sys

import numpy as np
from ortools.sat.python import cp_model

FEN_PER_UNIT, PARTS, MOST = 10**6, 1000, 10**9
WORKERS = 2


def main() -> None:
    """Solve the model of the file for so many seconds and print what was found."""
    data, limit = np.load(sys.argv[1]), float(sys.argv[2])
    model = cp_model.CpModel()
    unit = np.ones(len(data["cost"]))
    unit[data["grants"]] = 1.0 / FEN_PER_UNIT
    continuous = ~data["whole"]
    continuous[data["grants"]] = False
    unit[continuous & np.isinf(data["upper"])] = 1.0 / PARTS
    most = np.where(np.isinf(data["upper"]), MOST, np.floor(data["upper"] / unit + 1e-6)).astype(np.int64)
    columns = [model.new_int_var(0, int(one), "") for one in most]
    for row in range(len(data["row_upper"])):
        _add_row(model, data, columns, unit, row)
    cost = data["cost"] * unit
    used = np.flatnonzero(cost)
    model.maximize(cp_model.LinearExpr.weighted_sum([columns[one] for one in used], cost[used].tolist()))
    for column, value in zip(columns, np.rint(data["begin"] / unit).astype(np.int64).tolist(), strict=True):
        model.add_hint(column, value)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = limit
    solver.parameters.num_workers = WORKERS
    status = solver.solve(model)
    found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    chosen = [one for one in np.flatnonzero(data["whole"]).tolist() if found and solver.value(columns[one])]
    sys.stdout.write(json.dumps({"chosen": chosen, "bound": solver.best_objective_bound}) + "\n")


def _add_row(
    model: cp_model.CpModel,
    data: np.lib.npyio.NpzFile,
    columns: list[cp_model.IntVar],
    unit: np.ndarray,
    row: int,
) -> None:
    inside = slice(data["start"][row], data["start"][row + 1])
    column = data["column"][inside]
    value = data["value"][inside] * unit[column]
    scale = next((one for one in (1, PARTS, FEN_PER_UNIT) if _is_whole(value * one)), FEN_PER_UNIT)
    terms = [columns[one] for one in column]
    weights = np.ceil(value * scale - 1e-6).astype(np.int64)
    lower, upper = data["row_lower"][row], data["row_upper"][row]
    if np.isfinite(upper) and not np.isfinite(lower):
        weights = np.rint(value * scale).astype(np.int64)
    total = cp_model.LinearExpr.weighted_sum(terms, weights.tolist())
    if np.isfinite(upper):
        model.add(total <= int(np.floor(upper * scale + 1e-6)))
    if np.isfinite(lower):
        model.add(total >= int(np.floor(lower * scale)))


def _is_whole(values: np.ndarray) -> bool:
    return bool((np.abs(values - np.rint(values)) < 1e-7).all())


if __name__ == "__main__":
    main()
