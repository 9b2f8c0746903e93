"""Keeping the secrets of flats' links out of the log: a log is read by more people than a notice."""

from __future__ import annotations

import logging
import re

_LINK = re.compile(r"/f/[\w-]+")


class HideLinks(logging.Filter):
    """Writes ``/f/…`` for the address of a flat's page, in a message and in what fills it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass, without a flat's secret."""
        record.msg, record.args = hidden(record.getMessage()), ()
        return True


def hidden(words: str) -> str:
    """Return ``words`` without the secret of a flat's link.

    Examples
    --------
    >>> hidden("Not Found: /f/Z4ssS1EZUEPesFFOcNKS_MF0UVY/consent/")
    'Not Found: /f/…/consent/'
    """
    return _LINK.sub("/f/…", words)
