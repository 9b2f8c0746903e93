"""Secrets that must be read again and stand nowhere in clear: sealed under a key made from the product's own.

A seal is bound to its owner. Who reads the database, and not the key, opens none and cannot move one to
somebody else. What was sealed under a key before this one still opens (``SECRET_KEY_FALLBACKS``).
"""

from __future__ import annotations

import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.utils.crypto import salted_hmac

from fenhu.errors import WrongState
from fenhu.wording import text

# No hexadecimal digit, so that what was stored in clear is told apart.
MARK = "s"
_SALT = "fenhu.web.door.sealing"
_NONCE_BYTES = 12


def sealed(secret: str, owner: int) -> str:
    """Return a hexadecimal secret as it may be stored with its owner."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    closed = _box(settings.SECRET_KEY).encrypt(nonce, bytes.fromhex(secret), _bound_to(owner))
    return MARK + urlsafe_b64encode(nonce + closed).decode()


def opened(stored: str, owner: int) -> str:
    """Return the hexadecimal secret that was sealed, or was stored before there were seals.

    Raises
    ------
    WrongState
        If it was sealed under a key that is not known, or for somebody else.
    """
    if not stored.startswith(MARK):
        return stored
    box = urlsafe_b64decode(stored.removeprefix(MARK))
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        try:
            return _box(key).decrypt(box[:_NONCE_BYTES], box[_NONCE_BYTES:], _bound_to(owner)).hex()
        except InvalidTag:
            continue
    raise WrongState(text(
        "The telephone's codes cannot be checked any more: the key that sealed its secret was replaced. "
        "Give a paper code, or ask the operator to reset the second factor"
    ))  # fmt: skip


def _box(key: str) -> AESGCM:
    return AESGCM(salted_hmac(_SALT, "", secret=key, algorithm="sha256").digest())


def _bound_to(owner: int) -> bytes:
    return str(owner).encode()
