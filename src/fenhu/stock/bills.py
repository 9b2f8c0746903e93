"""What the conversion of many buildings costs, each by a design of its own."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import fenhu
from fenhu.building import Building
from fenhu.design.designing import design_building
from fenhu.design.prices import PriceBook
from fenhu.design.quantities import bill_of_quantities, summed_lines
from fenhu.engines import SERIAL, Engine, worked
from fenhu.errors import FenhuError
from fenhu.records import BillLine, SystemForm
from fenhu.units import yuan_from_fen
from fenhu.wording import Text

# Starting workers takes as long as this many designs do on one.
_BUILDINGS_WORTH_PROCESSES = 24
_DEPENDS_ON = ("tables", "heat", "building", "design")


@dataclass(frozen=True, slots=True, kw_only=True)
class DesignedBill:
    """A building's bill by its design, a line for each item of each flat and part; or why there is none."""

    code: str
    lines: tuple[BillLine, ...]
    fault: Text | None = None


@dataclass(frozen=True, slots=True)
class _Task:
    building: Building
    form: SystemForm
    book: PriceBook
    kept: Path | None


def bill_stock(
    buildings: Sequence[Building],
    book: PriceBook,
    *,
    form: SystemForm = SystemForm.HOUSEHOLD_DOUBLE,
    folder: Path | None = None,
    engine: Engine = SERIAL,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> list[DesignedBill]:
    """Return every building's bill by its design, in the order given; one that cannot be designed says why.

    Parameters
    ----------
    buildings : as they stand.
    book : the price book.
    form : the form to convert to.
    folder : where bills are kept by the digest of all they depend on: the building, the prices, the tables
        and the program; none are kept without it.
    engine, progress, cancelled : as ``fenhu.engines.worked`` takes them.

    Raises
    ------
    InputFault
        If the engine is a cluster that does not answer.
    fenhu.engines.Cancelled
        If ``cancelled`` said so.
    """
    tasks = [_Task(one, form, book, _kept_at(folder, one, form, book)) for one in buildings]
    found = {n: lines for n, task in enumerate(tasks) if (lines := _read(task.kept)) is not None}
    missing = [n for n in range(len(tasks)) if n not in found]

    def report(done: int, _: int) -> None:
        if progress is not None:
            progress(len(found) + done, len(tasks))

    made = worked(
        _bill, [tasks[n] for n in missing], engine=engine, worth_processes=_BUILDINGS_WORTH_PROCESSES,
        progress=report, cancelled=cancelled,
    )  # fmt: skip
    designed = dict(zip(missing, made, strict=True))
    return [
        designed[n] if n in designed else DesignedBill(code=task.building.code, lines=found[n])
        for n, task in enumerate(tasks)
    ]


def _bill(task: _Task) -> DesignedBill:
    try:
        design = design_building(task.building, task.form, prices=task.book, proved=False)
        lines = summed_lines(bill_of_quantities(design, task.book))
    except FenhuError as fault:
        return DesignedBill(code=task.building.code, lines=(), fault=fault.message)
    if task.kept is not None:
        _write(task.kept, lines)
    return DesignedBill(code=task.building.code, lines=lines)


def _kept_at(folder: Path | None, building: Building, form: SystemForm, book: PriceBook) -> Path | None:
    """Return where a bill is kept; equal buildings share one, whatever they are called."""
    if folder is None:
        return None
    content = "\n".join(
        (repr(replace(building, code="", assumed=())), form.value, book.digest, _program_digest())
    )
    return folder / f"{hashlib.sha256(content.encode()).hexdigest()}.json"


@cache
def _program_digest() -> str:
    """Return a mark of the program and its tables, so that no bill outlives the code that made it."""
    root, found = Path(fenhu.__file__).parent, hashlib.sha256()
    for name in _DEPENDS_ON:
        for path in sorted((root / name).rglob("*")):
            if path.suffix in (".py", ".toml"):
                found.update(path.read_bytes())
    return found.hexdigest()


def _read(kept: Path | None) -> tuple[BillLine, ...] | None:
    """Return a kept bill; None where there is none, or a damaged one."""
    if kept is None:
        return None
    try:
        rows = json.loads(kept.read_text(encoding="utf-8"))
        return tuple(_line(*row) for row in rows) or None
    except (OSError, ValueError, TypeError):
        return None


def _line(line: str, item: str, flat: str, unit: str, cost_fen: int) -> BillLine:
    fen = int(cost_fen)
    return BillLine(
        line=line, item=item, flat=flat, quantity=Decimal(1), unit=unit, unit_price_yuan=yuan_from_fen(fen),
        cost_fen=fen,
    )  # fmt: skip


def _write(kept: Path, lines: Sequence[BillLine]) -> None:
    """Keep a bill; other processes see all of it or nothing."""
    rows = [(one.line, one.item, one.flat, one.unit, one.cost_fen) for one in lines]
    kept.parent.mkdir(parents=True, exist_ok=True)
    draft = kept.with_suffix(f".{os.getpid()}")
    draft.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
    draft.replace(kept)
