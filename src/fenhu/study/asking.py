"""What the chain is asked about its plan: help for what it misses, and single buildings explained in full."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from fenhu import planning
from fenhu.errors import UnknownItem
from fenhu.study.chain import Study
from fenhu.study.progress import Cancelled, Progress, never, silent
from fenhu.study.stairwells import building_code
from fenhu.wording import Text, text

MOST_HELPED = 3  # a plan with its papers should be there within a minute or two


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Help for every shortfall, and by code what there is to say about the buildings asked for."""

    helps: tuple[planning.Help, ...] = ()
    whys: Mapping[str, planning.Why] = field(default_factory=dict)

    @property
    def sentences(self) -> tuple[Text, ...]:
        """Return why what is missed has to be missed, and the ways out."""
        return tuple(sentence for one in self.helps for sentence in one.sentences)


def ask(
    study: Study, codes: Iterable[str] = (), *, progress: Progress = silent, cancelled: Cancelled = never
) -> Asked:
    """Return help for what the plan of ``study`` misses and the answers about ``codes``.

    Parameters
    ----------
    codes : of buildings, or of stairwells where these were planned. cancelled : ends the help early.

    Raises
    ------
    UnknownItem
        If a code is no building of the register.
    """
    instance, year_of = study.task.instance, planning.years_array(study.plan)
    asked = items_asked(instance.buildings.ids, codes, study.house_of)
    phase = text("Looking for ways out")
    helps = planning.help_for(
        instance,
        year_of,
        most=MOST_HELPED,
        seed=study.settings.seed,
        progress=lambda done, total: progress(phase, done, total),
        cancelled=cancelled,
    )
    goal, seed = study.plan.goal, study.settings.seed
    whys = {code: planning.why(instance, year_of, item, goal=goal, seed=seed) for code, item in asked.items()}
    return Asked(helps=helps, whys=whys)


def items_asked(
    ids: Sequence[str], codes: Iterable[str], house_of: Mapping[str, str] | None = None
) -> dict[str, int]:
    """Return the numbers of the items that ``codes`` name, every stairwell of a building named."""
    houses = house_of or {}
    found: dict[str, int] = {}
    for code in codes:
        own = {item: number for number, item in enumerate(ids) if code in (item, houses.get(item))}
        if not own:
            raise UnknownItem(text("There is no building {code} in the plan.", code=code))
        found |= own
    return found


def houses_of(instance: planning.Instance) -> Mapping[str, str]:
    """Return the building of every stairwell that is planned by itself, by the stairwell's code."""
    several = instance.part_ratio < 1.0
    return {
        code: building_code(code) for code, part in zip(instance.buildings.ids, several, strict=True) if part
    }


def asked_json(instance: planning.Instance, asked: Asked) -> dict[str, object]:
    """Return what was asked as the extra keys of plan.json."""
    answer: dict[str, object] = {"help": [planning.help_json(instance, one) for one in asked.helps]}
    if asked.whys:
        answer["why"] = {code: planning.why_json(instance, one) for code, one in asked.whys.items()}
    return answer
