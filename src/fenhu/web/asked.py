"""What a form asked for, once its shape holds."""

from __future__ import annotations

from typing import Any

from django import forms

from fenhu.errors import InputFault
from fenhu.wording import text


def read(form: forms.Form) -> dict[str, Any]:
    """Return what a form holds.

    Raises
    ------
    InputFault
        If a field is missing or unreadable; it names the first one.
    """
    if not form.is_valid():
        field, faults = next(iter(form.errors.items()))
        raise InputFault(text("{field}: {fault}", field=field, fault=str(faults[0])))
    return form.cleaned_data
