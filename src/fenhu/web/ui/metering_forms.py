"""What people send about heat meters, checked for shape."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

_LONGEST_METER, _LONGEST_FLAT = 40, 60


class HeatField(forms.DecimalField):
    """What a meter shows, in kWh."""

    def __init__(self, **more: Any) -> None:
        """Take what the tables can hold."""
        super().__init__(min_value=0, max_value=Decimal(10) ** 10, decimal_places=3, **more)


class InstallForm(forms.Form):
    """A meter that comes into a flat."""

    flat = forms.CharField(max_length=_LONGEST_FLAT)
    number = forms.CharField(max_length=_LONGEST_METER)
    on = forms.DateField()
    first_kwh = HeatField()


class ExchangeForm(forms.Form):
    """A meter that takes another's place."""

    meter = forms.CharField(max_length=_LONGEST_METER)
    on = forms.DateField()
    last_kwh = HeatField()
    number = forms.CharField(max_length=_LONGEST_METER)
    first_kwh = HeatField()


class CorrectForm(forms.Form):
    """What a meter really showed on a day."""

    meter = forms.CharField(max_length=_LONGEST_METER)
    on = forms.DateField()
    energy_kwh = HeatField()
    note = forms.CharField(max_length=300)


class ColdForm(forms.Form):
    """Days on which a flat was measured cold."""

    flat = forms.CharField(max_length=_LONGEST_FLAT)
    since = forms.DateField()
    until = forms.DateField()
    room_c = forms.DecimalField(min_value=-40, max_value=40, decimal_places=1)


class SeasonForm(forms.Form):
    """The season to be billed, by the year in which it began."""

    year = forms.IntegerField(min_value=2000, max_value=2199)
