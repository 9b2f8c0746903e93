"""What people send about the interface for other systems, checked for shape."""

from __future__ import annotations

from django import forms

from fenhu.web.api.queries import EVENTS, MOST_DAYS, RIGHTS


class TokenForm(forms.Form):
    """A token to be made."""

    name = forms.CharField(max_length=80)
    rights = forms.MultipleChoiceField(choices=[(name, name) for name in RIGHTS], required=False)
    days = forms.IntegerField(min_value=1, max_value=MOST_DAYS)


class WebhookForm(forms.Form):
    """A webhook to be registered."""

    address = forms.CharField(max_length=500)
    events = forms.MultipleChoiceField(choices=[(name, name) for name in EVENTS], required=False)
