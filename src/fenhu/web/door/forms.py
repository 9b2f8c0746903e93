"""What people type at the door."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

# A longer one would only cost the server time to hash.
_MOST = 128


class NewPasswordForm(forms.Form):
    """The password somebody has, and twice the one he wants."""

    old = forms.CharField(max_length=_MOST, strip=False)
    new = forms.CharField(max_length=_MOST, strip=False)
    again = forms.CharField(max_length=_MOST, strip=False)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_new(self) -> str:
        """Refuse a weak one, and the one there is."""
        new: str = self.cleaned_data["new"]
        validate_password(new, self.user)
        if new == self.cleaned_data.get("old"):
            raise forms.ValidationError(_("This is the password you have; choose another."))
        return new

    def clean_again(self) -> str:
        """Refuse what was typed in two ways."""
        again: str = self.cleaned_data["again"]
        if "new" in self.cleaned_data and again != self.cleaned_data["new"]:
            raise forms.ValidationError(_("The two are not the same; type the new password again."))
        return again
