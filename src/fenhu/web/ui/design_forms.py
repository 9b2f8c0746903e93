"""What people send about a design, checked for shape."""

from __future__ import annotations

from django import forms

from fenhu.web.works.services import DECISIONS


class DecisionForm(forms.Form):
    """One decision on one thing of a version."""

    version = forms.IntegerField(min_value=1)
    what = forms.ChoiceField(choices=[(one, one) for one in DECISIONS])
    target = forms.CharField(max_length=80, required=False)
    value = forms.CharField(max_length=40, required=False)
    more = forms.CharField(max_length=40, required=False)


class VersionForm(forms.Form):
    """A version of a design."""

    version = forms.IntegerField(min_value=1)


class ReasonForm(forms.Form):
    """The reason for a warning."""

    version = forms.IntegerField(min_value=1)
    check = forms.CharField(max_length=40)
    reason = forms.CharField(max_length=500, required=False)


class EnteredForm(forms.Form):
    """A design made elsewhere."""

    file = forms.FileField()
