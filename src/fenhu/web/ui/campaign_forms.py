"""What people send about the campaign and about contractors, checked for shape."""

from __future__ import annotations

import re

from django import forms

from fenhu.web.works.services import ACTIVITY_KINDS, MATERIAL_KINDS

_BETWEEN = re.compile(r"[\s,，、;；]+")


class ActivityForm(forms.Form):
    """Something done to inform residents; ``buildings`` are numbers between spaces or commas."""

    kind = forms.ChoiceField(choices=[(kind, kind) for kind in ACTIVITY_KINDS])
    title = forms.CharField(max_length=120)
    on = forms.DateField(required=False)
    place = forms.CharField(max_length=120, required=False)
    buildings = forms.CharField(max_length=20_000)
    flats_reached = forms.IntegerField(min_value=0, required=False)
    note = forms.CharField(max_length=2000, required=False)

    def clean_buildings(self) -> list[str]:
        """Return the numbers, each once."""
        return list(dict.fromkeys(code for code in _BETWEEN.split(self.cleaned_data["buildings"]) if code))

    def clean_flats_reached(self) -> int:
        """Return the number, none where nothing is given."""
        return self.cleaned_data["flats_reached"] or 0


class MaterialForm(forms.Form):
    """A file for the library."""

    kind = forms.ChoiceField(choices=[(kind, kind) for kind in MATERIAL_KINDS])
    title = forms.CharField(max_length=120)
    file = forms.FileField(allow_empty_file=True)


class ContractorForm(forms.Form):
    """A contractor's qualification."""

    name = forms.CharField(max_length=120)
    qualification = forms.CharField(max_length=120)
    certificate_number = forms.CharField(max_length=60)
    valid_until = forms.DateField()
    lead = forms.CharField(max_length=80, required=False)
    phone = forms.CharField(max_length=40, required=False)


class ReasonForm(forms.Form):
    """A reason."""

    reason = forms.CharField(max_length=1000)


class ContactForm(forms.Form):
    """Whom to call at a newspaper or broadcaster."""

    outlet = forms.CharField(max_length=120)
    name = forms.CharField(max_length=80)
    phone = forms.CharField(max_length=40)
    note = forms.CharField(max_length=200, required=False)
