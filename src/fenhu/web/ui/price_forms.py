"""What people send about prices, checked for shape."""

from __future__ import annotations

from django import forms


class PricesForm(forms.Form):
    """From when the prices of a file hold, and where they are from."""

    valid_from = forms.DateField()
    source = forms.CharField(max_length=200, required=False)
    remark = forms.CharField(max_length=300, required=False)
