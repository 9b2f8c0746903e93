"""What people send about money, checked for shape."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

from fenhu.records import Payer
from fenhu.units import fen_from_yuan
from fenhu.web.ledger.services import COLLECTED, WAYS

_MOST_YUAN = Decimal(10) ** 10


class YuanField(forms.DecimalField):
    """An amount in yuan, kept in fen; thousands may be separated."""

    def __init__(self, **more: Any) -> None:
        """Take at most two decimals."""
        super().__init__(max_value=_MOST_YUAN, decimal_places=2, **more)

    def to_python(self, value: Any) -> Any:
        """Return the amount without the commas and blanks people write."""
        said = value.replace(",", "").replace("，", "").strip() if isinstance(value, str) else value
        return super().to_python(said)

    def clean(self, value: Any) -> Any:
        """Return the amount in fen."""
        yuan = super().clean(value)
        return None if yuan is None else fen_from_yuan(yuan)


class BudgetForm(forms.Form):
    """How much a purse has for its year."""

    yuan = YuanField(min_value=0)


class PaymentForm(forms.Form):
    """A payment somebody made at the counter or by the bank, or a refund."""

    payer = forms.ChoiceField(choices=[(one.value, one.value) for one in Payer if one in COLLECTED])
    flat = forms.CharField(max_length=60, required=False)
    yuan = YuanField(min_value=Decimal("0.01"))
    way = forms.ChoiceField(choices=[(one, one) for one in WAYS])
    reference = forms.CharField(max_length=120, required=False)
    on = forms.DateField(required=False)


class ReleaseForm(forms.Form):
    """Project money that is paid."""

    yuan = YuanField(min_value=Decimal("0.01"))
    reference = forms.CharField(max_length=120, required=False)
    on = forms.DateField(required=False)


class FileForm(forms.Form):
    """A file that is read at once."""

    file = forms.FileField()


class AssignForm(forms.Form):
    """Whose a waiting payment is."""

    building = forms.CharField(max_length=40)
    payer = forms.ChoiceField(choices=[(one.value, one.value) for one in Payer if one in COLLECTED])
    flat = forms.CharField(max_length=60, required=False)


class NoteForm(forms.Form):
    """Why something is taken back."""

    note = forms.CharField(max_length=500)


class CloseForm(forms.Form):
    """Up to which day the books are closed."""

    until = forms.DateField()


class QuantityForm(forms.Form):
    """What was built of a line of the bill."""

    line = forms.CharField(max_length=120)
    quantity = forms.DecimalField(min_value=0, max_value=Decimal(10) ** 9, decimal_places=4)
