"""What a password has to be, where Django has no words for it in Chinese."""

from __future__ import annotations

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import gettext


class LongEnough(MinimumLengthValidator):
    """Asks for a number of characters, in the reader's language."""

    def get_error_message(self) -> str:
        """Return what is said of one that is too short."""
        return gettext("This password is too short: it needs at least %(least)d characters.") % {
            "least": self.min_length
        }
