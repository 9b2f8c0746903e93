"""What people send about a project, checked for shape; whether it may be so is the services' to say."""

from __future__ import annotations

from collections.abc import Iterator

from django import forms

from fenhu.errors import InputFault
from fenhu.programme import PAPERS
from fenhu.web.asked import read as read
from fenhu.web.works.services import ANSWER_WAYS, NOTICE_WAYS, Answer
from fenhu.wording import text

# What counts as a yes and a no in a pasted list.
_YES, _NO = ("是", "同意", "yes", "y", "1"), ("否", "不同意", "no", "n", "0")
_MOST_LINES = 2000
MOST_VOTERS = 10_000


class StepForm(forms.Form):
    """One step somebody wants to take, on the version he saw."""

    step = forms.CharField(max_length=30)
    version = forms.IntegerField(min_value=1)
    note = forms.CharField(max_length=1000, required=False)


class FlatsForm(forms.Form):
    """What is recorded for the flats that are ticked."""

    what = forms.ChoiceField(
        choices=[(one, one) for one in ("notice", "agree", "refuse", "contract", "ready")]
    )
    on = forms.DateField(required=False)
    how_notice = forms.ChoiceField(choices=[(one, one) for one in NOTICE_WAYS], required=False)
    how_answer = forms.ChoiceField(choices=[(one, one) for one in ANSWER_WAYS], required=False)
    reason = forms.CharField(max_length=500, required=False)
    number = forms.CharField(max_length=24, required=False)


class LeadsForm(forms.Form):
    """The leads that are published."""

    supplier_lead = forms.CharField(max_length=80, required=False)
    supplier_phone = forms.CharField(max_length=40, required=False)
    contractor_lead = forms.CharField(max_length=80, required=False)
    contractor_phone = forms.CharField(max_length=40, required=False)


class NameForm(forms.Form):
    """A name and a telephone number, or a contractor's name alone."""

    name = forms.CharField(max_length=120)
    phone = forms.CharField(max_length=40, required=False)


class DayForm(forms.Form):
    """A day, with a reason where one is asked for."""

    on = forms.DateField()
    reason = forms.CharField(max_length=1000, required=False)


class PaperForm(forms.Form):
    """A paper to file."""

    kind = forms.ChoiceField(choices=[(kind, kind) for kind in PAPERS])
    title = forms.CharField(max_length=120, required=False)
    file = forms.FileField(allow_empty_file=True)


class ElectionForm(forms.Form):
    """A stairwell's choice."""

    unit = forms.IntegerField(min_value=1)
    name = forms.CharField(max_length=80)
    phone = forms.CharField(max_length=40, required=False)
    votes = forms.IntegerField(min_value=1, max_value=MOST_VOTERS)
    voters = forms.IntegerField(min_value=1, max_value=MOST_VOTERS)


class AnswersForm(forms.Form):
    """A pasted list of answers: flat, yes or no, and the reason of a refusal, a flat a line."""

    how = forms.ChoiceField(choices=[(one, one) for one in ANSWER_WAYS])
    on = forms.DateField(required=False)
    lines = forms.CharField(max_length=200_000)


def pasted_answers(lines: str) -> list[Answer]:
    """Return the answers of a pasted list.

    Raises
    ------
    InputFault
        If a line is not a flat with a yes or a no; it names the line.
    """
    filled = [(number, line) for number, line in enumerate(lines.splitlines(), start=1) if line.strip()]
    if len(filled) > _MOST_LINES:
        raise InputFault(text("{count} lines are too many at once; paste a building", count=len(filled)))
    return list(_answers(filled))


def _answers(lines: list[tuple[int, str]]) -> Iterator[Answer]:
    for number, line in lines:
        parts = [part.strip() for part in line.replace("，", ",").replace(",", "\t").split("\t")]
        said = parts[1].lower() if len(parts) > 1 else ""
        if not parts[0] or said not in (*_YES, *_NO):
            raise InputFault(text(
                "Line {number}, “{line}”: write the flat, then 是 or 否, then the reason of a refusal,"
                " between tabs or commas", number=number, line=line.strip()[:60],
            ))  # fmt: skip
        yield Answer(flat=parts[0], agrees=said in _YES, reason=parts[2] if len(parts) > 2 else "")
