"""What people send about a case, checked for shape; whether it may be so is the services' to say."""

from __future__ import annotations

from django import forms

from fenhu.programme import EVIDENCE, KINDS


class CaseForm(forms.Form):
    """A case somebody opens at a building."""

    building = forms.CharField(max_length=40)
    kind = forms.ChoiceField(choices=[(kind, kind) for kind in KINDS])
    flat = forms.CharField(max_length=40, required=False)
    title = forms.CharField(max_length=120)
    account = forms.CharField(max_length=10_000)


class EvidenceForm(forms.Form):
    """A piece of evidence: what it is, what shows it, when."""

    code = forms.ChoiceField(choices=[(code, code) for code in EVIDENCE])
    note = forms.CharField(max_length=2000)
    on = forms.DateField(required=False)


class OutcomeForm(forms.Form):
    """How a case came out."""

    outcome = forms.CharField(max_length=10_000)


class LiabilityForm(forms.Form):
    """Who is liable, and why."""

    liable = forms.CharField(max_length=40)
    note = forms.CharField(max_length=2000)
