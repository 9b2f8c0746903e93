"""The code printed on a paper, by which anybody asks whether it is valid: unguessable, and easy to type."""

from __future__ import annotations

import secrets

# No 0, O, 1 or I: what is read off paper is typed without doubt. 16 of 32 signs are 80 bits.
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
CODE_LENGTH = 16
_GROUP = 4


def new_code() -> str:
    """Return a code nobody can guess."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def grouped(code: str) -> str:
    """Return a code as it is printed.

    Examples
    --------
    >>> grouped("ABCDEFGHJKLMNPQR")
    'ABCD-EFGH-JKLM-NPQR'
    """
    return "-".join(code[place : place + _GROUP] for place in range(0, len(code), _GROUP))


def read_code(typed: str) -> str:
    """Return the code somebody typed, however he wrote it; empty where it cannot be one.

    Examples
    --------
    >>> read_code(" abcd efgh-jklm npqr ")
    'ABCDEFGHJKLMNPQR'
    >>> read_code("ABCD")
    ''
    """
    signs = "".join(sign for sign in typed.upper() if sign.isalnum())
    return signs if len(signs) == CODE_LENGTH and set(signs) <= set(ALPHABET) else ""
