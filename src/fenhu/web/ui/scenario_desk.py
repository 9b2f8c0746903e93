"""The desk of a scenario: its knobs as a form, grouped as the page shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django import forms

from fenhu.errors import InputFault
from fenhu.planning import Knob
from fenhu.web.works.services import AS_IT_WAS, FREED, LEFT_OUT
from fenhu.wording import Text, text

GROUPS: Mapping[str, Text] = {
    "money": text("Money of governments, owners and the repair fund"),
    "suppliers": text("Money and crews of the heat suppliers"),
    "time": text("Years and targets"),
    "rules": text("Campaign and rules"),
}
CHOICES: Mapping[str, Text] = {
    LEFT_OUT: text("leave it out"), FREED: text("neither fix it nor leave it out"),
    AS_IT_WAS: text("as in the plan in force"),
}  # fmt: skip


class NameForm(forms.Form):
    """A scenario's name and what it is about."""

    name = forms.CharField(max_length=80)
    note = forms.CharField(max_length=500, required=False)


class ChoiceForm(forms.Form):
    """A building, and the year or way chosen for it."""

    code = forms.CharField(max_length=40)
    choice = forms.CharField(max_length=20)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnobField:
    """One knob as a field; ``value`` is what is typed, ``error`` why it cannot be used."""

    knob: Knob
    value: str
    error: str

    @property
    def moved(self) -> bool:
        """Return whether it is set otherwise than in the plan in force."""
        return self.value != plain(self.knob.was)

    @property
    def was(self) -> str:
        """Return what it is in the plan in force."""
        return plain(self.knob.was)

    @property
    def least(self) -> str:
        """Return the least it takes."""
        return plain(self.knob.least)

    @property
    def most(self) -> str:
        """Return the most it takes."""
        return plain(self.knob.most)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskLine:
    """What belongs to one purse, or one rule: the field first seen, and those folded below it."""

    label: Text
    given: Text | None
    first: KnobField
    folded: tuple[KnobField, ...]

    @property
    def open(self) -> bool:
        """Return whether something below is set or wrong."""
        return any(field.moved or field.error for field in self.folded)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskGroup:
    """A panel of the desk."""

    key: str
    label: Text
    lines: tuple[DeskLine, ...]

    @property
    def open(self) -> bool:
        """Return whether something in it is set or wrong."""
        return any(line.open or line.first.moved or line.first.error for line in self.lines)


def desk_form(knobs: Sequence[Knob], posted: Mapping[str, str]) -> forms.Form:
    """Return a form with a number for every knob."""
    form = forms.Form(posted)
    for knob in knobs:
        form.fields[knob.name] = forms.FloatField(
            min_value=knob.least, max_value=knob.most, required=False, localize=False
        )
    return form


def settings_of(form: forms.Form) -> dict[str, float]:
    """Return what is set; an empty field is as in the plan in force."""
    return {name: value for name, value in form.cleaned_data.items() if value is not None}


def desk(knobs: Sequence[Knob], form: forms.Form | None = None) -> tuple[DeskGroup, ...]:
    """Return the desk as the page shows it, with what was typed and what is wrong with it."""
    lines: dict[tuple[str, str], list[KnobField]] = {}
    for knob in knobs:
        lines.setdefault((knob.group, str(knob.line)), []).append(_field(knob, form))
    return tuple(
        DeskGroup(
            key=key, label=label,
            lines=tuple(
                DeskLine(label=fields[0].knob.line, given=fields[0].knob.given, first=fields[0],
                         folded=tuple(fields[1:]))
                for (group, _), fields in lines.items() if group == key
            ),
        )
        for key, label in GROUPS.items()
    )  # fmt: skip


def choice_read(form: ChoiceForm) -> tuple[str, str]:
    """Return the building and what was chosen for it.

    Raises
    ------
    InputFault
        If either is missing.
    """
    if not form.is_valid():
        raise InputFault(text("Choose a building, and a year or whether it is left out"))
    return form.cleaned_data["code"], form.cleaned_data["choice"]


def plain(value: float) -> str:
    """Return a number as an input field takes it."""
    return f"{value:.6f}".rstrip("0").rstrip(".")


def _field(knob: Knob, form: forms.Form | None) -> KnobField:
    if form is None:
        return KnobField(knob=knob, value=plain(knob.value), error="")
    error = " ".join(str(one) for one in form.errors.get(knob.name, ()))
    return KnobField(knob=knob, value=form.data.get(knob.name, ""), error=error)
