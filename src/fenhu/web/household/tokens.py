"""The secret in a flat's link: made again from the server's key for every notice, never stored."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from hashlib import sha256

from django.utils.crypto import salted_hmac

_SALT = "fenhu.web.household.link"
_BYTES = 20


def token_of(flat_id: int, generation: int) -> str:
    """Return the secret of a flat's link: 160 bits that nobody without the server's key can tell."""
    mac = salted_hmac(_SALT, f"{flat_id}:{generation}", algorithm="sha256").digest()
    return urlsafe_b64encode(mac[:_BYTES]).decode().rstrip("=")


def digest_of(token: str) -> str:
    """Return what the database keeps of a secret."""
    return sha256(token.encode()).hexdigest()
