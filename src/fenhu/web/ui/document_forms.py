"""What people send about issued papers, checked for shape; whether it may be so is the services' to say."""

from __future__ import annotations

from django import forms


class IssueForm(forms.Form):
    """A paper somebody wants issued: its kind, and what it is about."""

    kind = forms.CharField(max_length=30)
    subject = forms.CharField(max_length=80)


class ReasonForm(forms.Form):
    """Why a paper is replaced or withdrawn."""

    reason = forms.CharField(max_length=300)


class BatchForm(forms.Form):
    """Whose flats' papers are made: those of a year, or of one building of it."""

    kind = forms.CharField(max_length=30)
    year = forms.IntegerField(min_value=2000, max_value=2100, required=False)
    code = forms.CharField(max_length=40, required=False)


class NumberingForm(forms.Form):
    """How the numbers of a kind of paper are written."""

    kind = forms.CharField(max_length=30)
    pattern = forms.CharField(max_length=60)


class TemplateForm(forms.Form):
    """A template to upload."""

    file = forms.FileField(allow_empty_file=True)


class VerifyForm(forms.Form):
    """The number and the code printed on a paper."""

    number = forms.CharField(max_length=80)
    code = forms.CharField(max_length=40)


class CompareForm(forms.Form):
    """What a paper somebody holds is compared by: the file itself, or its digest."""

    file = forms.FileField(required=False, allow_empty_file=True)
    digest = forms.CharField(max_length=200, required=False)
