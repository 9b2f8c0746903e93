"""What people send from a building's site, its acceptance and its warranty, checked for shape."""

from __future__ import annotations

from django import forms

from fenhu.programme import PIPES, STAGES, PressureTest
from fenhu.web.works.services import INSPECTIONS

# The papers that are filed on site; the others belong to the project's own page.
SITE_PAPERS = ("photo", "certificate", "pressure_test")


def _mpa(*, required: bool = True) -> forms.DecimalField:
    return forms.DecimalField(min_value=0, max_digits=8, decimal_places=4, required=required)


class WeekForm(forms.Form):
    """One week of works."""

    week = forms.DateField()
    crew = forms.IntegerField(min_value=0, max_value=500)
    note = forms.CharField(max_length=1000, required=False)


class StageForm(forms.Form):
    """The stage of the flats that are ticked."""

    stage = forms.ChoiceField(choices=[(code, code) for code in STAGES])
    note = forms.CharField(max_length=500, required=False)


class InspectionForm(forms.Form):
    """A safety or quality inspection: passed, to be mended, or the works are stopped."""

    kind = forms.ChoiceField(choices=[(one, one) for one in INSPECTIONS])
    verdict = forms.ChoiceField(choices=[(one, one) for one in ("passed", "mend", "stop")])
    finding = forms.CharField(max_length=1000, required=False)


class PressureForm(forms.Form):
    """A hydraulic test."""

    pipe = forms.ChoiceField(choices=[(code, code) for code in PIPES])
    working_mpa = _mpa()
    test_mpa = _mpa()
    minutes = forms.IntegerField(min_value=0, max_value=10_000)
    drop_mpa = _mpa()
    then_minutes = forms.IntegerField(min_value=0, max_value=10_000, required=False)
    then_drop_mpa = _mpa(required=False)
    leaks = forms.BooleanField(required=False)
    finding = forms.CharField(max_length=1000, required=False)

    def measured(self) -> PressureTest:
        """Return what was measured, once the form is found valid."""
        names = ("working_mpa", "test_mpa", "minutes", "drop_mpa", "then_minutes", "then_drop_mpa", "leaks")
        return PressureTest(**{name: self.cleaned_data[name] for name in names})


class MaterialForm(forms.Form):
    """A delivery of material."""

    name = forms.CharField(max_length=80)
    specification = forms.CharField(max_length=80, required=False)
    quantity = forms.DecimalField(max_digits=12, decimal_places=2)
    unit = forms.CharField(max_length=10)
    certificate_number = forms.CharField(max_length=60)
    paper = forms.IntegerField(min_value=1, required=False)


class FileForm(forms.Form):
    """A photograph, certificate or record from the site."""

    kind = forms.ChoiceField(choices=[(kind, kind) for kind in SITE_PAPERS])
    title = forms.CharField(max_length=120, required=False)
    flat = forms.CharField(max_length=40, required=False)
    file = forms.FileField(allow_empty_file=True)


class MeasureForm(forms.Form):
    """A value measured in a round of acceptance."""

    test = forms.CharField(max_length=40)
    flat = forms.CharField(max_length=40, required=False)
    value = forms.DecimalField(max_digits=12, decimal_places=4)
    remark = forms.CharField(max_length=200, required=False)


class SignForm(forms.Form):
    """A party's signature."""

    party = forms.CharField(max_length=32)
    agrees = forms.TypedChoiceField(choices=[("1", "1"), ("0", "0")], coerce=lambda value: value == "1")
    name = forms.CharField(max_length=80, required=False)
    note = forms.CharField(max_length=1000, required=False)


class DefectForm(forms.Form):
    """Something that does not work."""

    what = forms.CharField(max_length=1000)
    flat = forms.CharField(max_length=40, required=False)


class MendForm(forms.Form):
    """How a defect was mended."""

    defect = forms.IntegerField(min_value=1)
    how = forms.CharField(max_length=1000)


class ReadyForm(forms.Form):
    """Whether a meter fits the ticked flats."""

    ready = forms.TypedChoiceField(choices=[("1", "1"), ("0", "0")], coerce=lambda value: value == "1")
