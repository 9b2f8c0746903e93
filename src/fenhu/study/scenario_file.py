"""A file of what-if scenarios, as somebody writes it: a name and what is otherwise, a block each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StrictInt,
    StrictStr,
    ValidationError,
    model_validator,
)
from pydantic_core import PydanticCustomError

from fenhu.errors import InputFault
from fenhu.misfits import misfit_said
from fenhu.planning import CREW, SOURCES
from fenhu.policy.faults import spelled
from fenhu.wording import text
from fenhu.worksheets import read_toml

_CHANGES = frozenset(
    {"purses", "pinned", "forbidden", "freed", "years", "target_buildings", "target_flats", "rules"}
)
_MOST_FEN, _MOST_DAYS, _MOST_TARGET = 10**15, 10**9, 10**7

_Fen = Annotated[StrictInt, Field(ge=-_MOST_FEN, le=_MOST_FEN)]
_Days = Annotated[float, Field(ge=-_MOST_DAYS, le=_MOST_DAYS, allow_inf_nan=False)]
_Ratio = Annotated[float, Field(ge=0.0, le=1.0, allow_inf_nan=False)]
_Weight = Annotated[float, Field(ge=0.0, le=1e6, allow_inf_nan=False)]
_Whole = Annotated[StrictInt, Field(ge=0, le=_MOST_TARGET)]
_YearLabel = Annotated[str, Field(pattern=r"^\d{1,4}$")]
_Name = Annotated[StrictStr, Field(min_length=1, max_length=80)]


_CREWS_HAVE_DAYS = "crews_have_days"


def _one_of_the_sources(source: str) -> str:
    if source not in SOURCES:
        raise PydanticCustomError("enum", "none of the purses", {"expected": ", ".join(SOURCES)})
    return source


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Purse(_Strict):
    source: Annotated[StrictStr, AfterValidator(_one_of_the_sources)]
    scope: StrictStr | None = None
    year: StrictInt | None = None
    factor: Annotated[float, Field(ge=0.0, le=100.0, allow_inf_nan=False)] | None = None
    add_fen: _Fen | None = None
    add_crew_days: _Days | None = None

    @model_validator(mode="after")
    def _adds_what_it_holds(self) -> _Purse:
        if (self.add_fen if self.source == CREW else self.add_crew_days) is not None:
            raise PydanticCustomError(_CREWS_HAVE_DAYS, "days for a purse, or fen for crews")
        return self


class _Rules(_Strict):
    discount_ratio: _Ratio | None = None
    equity_ratio: _Ratio | None = None
    priority_share_ratio: _Ratio | None = None
    campaign_keep_ratio: _Ratio | None = None
    consent_needed_ratio: _Ratio | None = None
    mobilise_weight: _Weight | None = None
    stay_weight: _Weight | None = None
    max_active_years: Annotated[StrictInt, Field(ge=1, le=100)] | None = None
    priority_years: Annotated[StrictInt, Field(ge=0, le=100)] | None = None
    volunteer_places: _Whole | None = None


class _Scenario(_Strict):
    name: _Name
    seed: Annotated[StrictInt, Field(ge=0, lt=2**63)] | None = None
    purses: list[_Purse] | None = None
    pinned: dict[str, StrictInt] | None = None
    forbidden: list[StrictStr] | None = None
    freed: list[StrictStr] | None = None
    years: Annotated[StrictInt, Field(ge=1, le=100)] | None = None
    target_buildings: dict[_YearLabel, _Whole] | None = None
    target_flats: dict[_YearLabel, _Whole] | None = None
    rules: _Rules | None = None


class _File(_Strict):
    scenario: Annotated[list[_Scenario], Field(min_length=1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioAsked:
    """A scenario as the file has it: changes for ``planning.read_changes``; without a seed, the plan's."""

    file: str
    name: str
    changes: Mapping[str, Any]
    seed: int | None = None


def read_scenarios(path: Path) -> tuple[ScenarioAsked, ...]:
    """Return the scenarios of a file, in its order.

    Raises
    ------
    UnreadableFile
        If there is no such file, or it is no TOML.
    InputFault
        Naming the key that is not as it should be, or a name that stands twice.

    References
    ----------
    docs/engineers/planning.md#a-file-of-scenarios
    """
    file = _checked(path.name, read_toml(path))
    names = [one.name for one in file.scenario]
    for name in names:
        if names.count(name) > 1:
            raise InputFault(text("{file} has two scenarios called “{name}”.", file=path.name, name=name))
    return tuple(
        ScenarioAsked(
            file=path.name,
            name=one.name,
            changes=one.model_dump(include=set(_CHANGES), exclude_none=True),
            seed=one.seed,
        )
        for one in file.scenario
    )


def _checked(name: str, content: dict[str, Any]) -> _File:
    try:
        return _File.model_validate(content)
    except ValidationError as fault:
        first = fault.errors(include_url=False)[0]
        raise InputFault(
            text(
                "{file}: {place}: {fault}. See “A file of scenarios” in the planner's manual.",
                file=name,
                place=spelled(tuple(step for step in first["loc"] if step != "[key]")),
                fault=text("Crews take add_crew_days, every other purse add_fen")
                if first["type"] == _CREWS_HAVE_DAYS
                else misfit_said(first),
            ),
            code="no-scenario",
        ) from fault
