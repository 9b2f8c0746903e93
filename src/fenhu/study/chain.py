"""The one chain from a register to a plan: diagnose, price, plan, explain."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from fenhu import planning
from fenhu.design.prices import PriceBook
from fenhu.engines import PROCESSES, Engine
from fenhu.policy import Policy
from fenhu.records import Register
from fenhu.study.diagnosing import Diagnosed, diagnose_register
from fenhu.study.in_force import InForce, standing_of
from fenhu.study.instance import Task, planning_instance
from fenhu.study.pricing import Cost, Priced, book_of, design_register, price_register
from fenhu.study.progress import Cancelled, Progress, never, silent
from fenhu.study.stairwells import ByStairwell, by_stairwell
from fenhu.wording import Text, text

# A city of a thousand buildings is diagnosed, priced, planned and printed within a minute on two cores.
DEFAULT_EFFORT = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How long the planner searches, and how buildings are priced.

    ``effort`` in rounds decides, ``seconds`` is the emergency brake; ``cost`` is by unit estimates or by
    designs.
    """

    seconds: float = planning.DEFAULT_SECONDS
    effort: int = DEFAULT_EFFORT
    seed: int = 0
    cost: Cost = "estimate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """A register with what was found out about its buildings, before anything is planned."""

    register: Register
    diagnosed: Diagnosed
    priced: Mapping[str, Priced]


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """Everything the chain found out about a register, by building code.

    ``reasons`` say why a building has its year, or why it has none; ``causes`` the class of reason an
    unplanned building is counted under. ``baseline`` is the clerk's ranking the plan is measured against.
    ``book`` has the prices of designs, if buildings were designed.

    Where the policy plans stairwell by stairwell, all of this speaks of stairwells (``house_of`` names their
    building) and ``whole`` of the buildings; else the two are the same.
    """

    register: Register
    policy: Policy
    settings: Settings
    diagnosed: Diagnosed
    priced: Mapping[str, Priced]
    task: Task
    plan: planning.PlanResult
    baseline: planning.PlanResult
    works: planning.YearlyWorks
    year_of: Mapping[str, int | None]
    reasons: Mapping[str, tuple[Text, ...]]
    causes: Mapping[str, Text]
    whole: Findings
    house_of: Mapping[str, str]
    book: PriceBook | None = None
    again: planning.Replanned | None = None


def run_study(
    register: Register,
    policy: Policy,
    *,
    settings: Settings | None = None,
    book: PriceBook | None = None,
    folder: Path | None = None,
    owner_converts: frozenset[str] = frozenset(),
    in_force: InForce | None = None,
    progress: Progress = silent,
    cancelled: Cancelled = never,
    engine: Engine = PROCESSES,
) -> Study:
    """Diagnose, price and plan a register; the same register, policy, seed and effort give the same study.

    ``book`` has the prices of designs, the packaged one of the policy's first year if not given; ``folder``
    keeps their bills for the next time. ``owner_converts`` names the buildings whose owner unit converts them
    by itself. With a plan ``in_force`` it is planned again: what is built and signed stays, what is approved
    moves at a price (``again`` of the study). ``engine`` is where buildings are simulated and designed.
    """
    settings = settings or Settings()
    diagnosed = diagnose_register(register, policy, progress=progress, cancelled=cancelled, engine=engine)
    book, designed = (book or book_of(policy)) if settings.cost == "design" else None, None
    if book is not None:
        designed = design_register(
            register, policy, book, folder=folder, progress=progress, cancelled=cancelled, engine=engine
        )
    priced = price_register(register, policy, designed=designed, progress=progress)
    whole = Findings(register=register, diagnosed=diagnosed, priced=priced)
    items = _items(whole, policy)
    task = planning_instance(
        items.register, items.diagnosed.diagnoses, items.priced, policy,
        house_of=items.house_of, owner_converts=owner_converts,
    )  # fmt: skip
    again = None
    if in_force is None:
        plan = _search(task.instance, settings, progress, cancelled)
    else:
        again = _again(task.instance, in_force, settings, progress, cancelled)
        task, plan = replace(task, instance=again.instance), again.result
    explained = _explained(task.instance, plan)
    return Study(
        register=items.register,
        policy=policy,
        settings=settings,
        diagnosed=items.diagnosed,
        priced=items.priced,
        task=task,
        plan=plan,
        baseline=planning.greedy(task.instance, goal=planning.LEXICOGRAPHIC),
        year_of=_years(task.instance, plan),
        works=planning.yearly_works(task.instance, plan),
        reasons=explained.reasons,
        causes=explained.causes,
        whole=whole,
        house_of=items.house_of,
        book=book,
        again=again,
    )


def _items(whole: Findings, policy: Policy) -> ByStairwell:
    """Return what is planned one by one: stairwells where the policy lets them, else whole buildings."""
    if policy.planning.stairwell_by_stairwell.value:
        return by_stairwell(whole.register, whole.diagnosed, whole.priced)
    codes = [record.code for record in whole.register.buildings]
    return ByStairwell(
        register=whole.register,
        diagnosed=whole.diagnosed,
        priced=whole.priced,
        house_of=dict(zip(codes, codes, strict=True)),
    )


def _searching(progress: Progress) -> Callable[[planning.PlanProgress], None]:
    def report(found: planning.PlanProgress) -> None:
        progress(text("Searching for the best plan"), found.effort_done, found.effort)

    return report


def _again(
    instance: planning.Instance,
    in_force: InForce,
    settings: Settings,
    progress: Progress,
    cancelled: Cancelled,
) -> planning.Replanned:
    before, standing = standing_of(instance, in_force)
    return planning.replan(
        instance,
        before,
        standing,
        goal=planning.replan_goal(instance),
        seconds=settings.seconds,
        effort=settings.effort,
        seed=settings.seed,
        progress=_searching(progress),
        cancelled=cancelled,
    )


def _search(
    instance: planning.Instance, settings: Settings, progress: Progress, cancelled: Cancelled
) -> planning.PlanResult:
    return planning.solve(
        instance,
        goal=planning.LEXICOGRAPHIC,
        seconds=settings.seconds,
        effort=settings.effort,
        seed=settings.seed,
        progress=_searching(progress),
        cancelled=cancelled,
    )


def _years(instance: planning.Instance, plan: planning.PlanResult) -> dict[str, int | None]:
    return {
        code: None if year is None else instance.first_year + year
        for code, year in zip(instance.buildings.ids, plan.year_of, strict=True)
    }


def _explained(instance: planning.Instance, plan: planning.PlanResult) -> _Explained:
    explainer = planning.Explainer(instance, plan)
    reasons, causes = {}, {}
    for index, (code, year) in enumerate(zip(instance.buildings.ids, plan.year_of, strict=True)):
        reasons[code] = explainer.why_not(index) if year is None else explainer.why_year(index)
        if year is None:
            causes[code] = planning.cause_of(explainer, index)
    return _Explained(reasons, causes)


@dataclass(frozen=True, slots=True)
class _Explained:
    reasons: Mapping[str, tuple[Text, ...]]
    causes: Mapping[str, Text]
