"""The second factor: a telephone that shows a new code every half minute, paper codes for when it is lost.

A code counts once. Wrong ones make a person wait, each twice as long as the one before. Of the paper codes
only slow salted digests are kept, the telephone's secret is sealed: who reads the database can use neither.
"""

from __future__ import annotations

import hashlib
import secrets
from base64 import b32encode
from enum import StrEnum
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import default_key

from fenhu.errors import NotAllowed
from fenhu.web.door import sessions
from fenhu.web.door.models import Telephone
from fenhu.web.door.sealing import sealed
from fenhu.web.journal import services as journal
from fenhu.wording import text

OFF, OFFERED, REQUIRED = "off", "offered", "required"
ISSUER = "分户 fenhu"
DIGITS, STEP_S = 6, 30
PAPER_CODES = 10
# Nobody takes one of these letters and digits for another: three groups of four are 59 bits.
_CLEAR = "abcdefghjkmnpqrstuvwxyz23456789"
_ROUNDS = 20_000
_LONGEST = 40


class Checked(StrEnum):
    """What came of a code."""

    RIGHT = "right"
    WRONG = "wrong"
    PAUSED = "paused"


def has_one(user: Any) -> bool:
    """Return whether ``user`` is asked for a code when he signs in."""
    return settings.SECOND_FACTOR != OFF and _telephones(user).exists()


def papers_left(user: Any) -> int:
    """Return how many paper codes ``user`` has not used yet."""
    return StaticToken.objects.filter(device__user=user).count()


def new_secret() -> str:
    """Return a secret no telephone knows yet."""
    return default_key()


def typed_secret(secret: str) -> str:
    """Return a secret as a person types it into his telephone."""
    letters = b32encode(bytes.fromhex(secret)).decode()
    return " ".join(letters[start : start + 4] for start in range(0, len(letters), 4))


def address_of(user: Any, secret: str) -> str:
    """Return what the picture for the telephone says."""
    label = quote(f"{ISSUER}:{user.get_username()}")
    asked = {"secret": typed_secret(secret).replace(" ", ""), "issuer": ISSUER, "digits": DIGITS,
             "period": STEP_S}  # fmt: skip
    return f"otpauth://totp/{label}?{urlencode(asked, quote_via=quote)}"


@transaction.atomic
def enrol(*, user: Any, secret: str, code: str, here: str | None) -> tuple[str, ...]:
    """Return the paper codes of ``user``, who will be asked for codes from now on; none if ``code`` is wrong.

    Every browser but ``here`` is signed out: none of them was ever asked for a code.

    Raises
    ------
    NotAllowed
        If he has a second factor already; it is taken away first, with a code.
    """
    _alone(user)
    if _telephones(user).exists():
        raise NotAllowed(text("There is a second factor already; take it away first"))
    totp = TOTP(bytes.fromhex(secret), STEP_S, 0, DIGITS)
    totp.time = timezone.now().timestamp()
    if len(code) != DIGITS or not code.isdecimal() or not totp.verify(int(code), 1):
        return ()
    Telephone.objects.create(
        user=user, name="telephone", key=sealed(secret, user.pk), last_t=totp.t(), drift=totp.drift
    )
    journal.record(actor=user, subject=user, kind="user.second_factor_set", data={})
    sessions.end(actor=user, user=user, but=here)
    return _new_papers(user)


@transaction.atomic
def check(user: Any, typed: str) -> Checked:
    """Return what came of the code somebody typed: six digits from the telephone, or a paper code.

    Raises
    ------
    WrongState
        If the telephone's secret was sealed under a key that is not known any more.
    """
    code = "".join(typed[:_LONGEST].split()).replace("-", "").lower()
    of_telephone = code.isdecimal()
    devices = Telephone if of_telephone else StaticDevice
    found: Any = devices.objects.select_for_update().filter(user=user, confirmed=True).first()
    if found is None:
        return Checked.WRONG
    if not found.verify_is_allowed()[0]:
        return Checked.PAUSED
    if not found.verify_token(code if of_telephone else _digest(found, code)):
        return Checked.WRONG
    if not of_telephone:
        left = papers_left(user)
        journal.record(actor=user, subject=user, kind="user.paper_code_used", data={"left": left})
    return Checked.RIGHT


@transaction.atomic
def renew_papers(*, user: Any) -> tuple[str, ...]:
    """Return new paper codes; those before are void."""
    return _new_papers(user)


@transaction.atomic
def take_away(*, user: Any, actor: Any = None, here: str | None = None) -> None:
    """Ask ``user`` for no code any more; who took it away stands in the journal.

    ``actor`` is himself, an officer, or None for the operator; browsers other than ``here`` are signed out.
    """
    removed, _ = Telephone.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()
    if not removed:
        return
    kind = "user.second_factor_removed" if actor == user else "user.second_factor_reset"
    journal.record(actor=actor, subject=user, kind=kind, data={})
    sessions.end(actor=actor, user=user, but=here)


def _telephones(user: Any) -> Any:
    return Telephone.objects.filter(user=user, confirmed=True)


def _alone(user: Any) -> None:
    """Let one at a time change how ``user`` signs in."""
    get_user_model()._default_manager.select_for_update().get(pk=user.pk)


def _new_papers(user: Any) -> tuple[str, ...]:
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name="paper")
    codes = tuple("".join(secrets.choice(_CLEAR) for _ in range(12)) for _ in range(PAPER_CODES))
    StaticToken.objects.bulk_create(StaticToken(device=device, token=_digest(device, code)) for code in codes)
    journal.record(actor=user, subject=user, kind="user.paper_codes_made", data={"left": len(codes)})
    return tuple("-".join((code[:4], code[4:8], code[8:])) for code in codes)


def _digest(device: StaticDevice, code: str) -> str:
    salt = f"fenhu.web.door.paper:{device.pk}:{device.user_id}".encode()
    return hashlib.pbkdf2_hmac("sha256", code.encode(), salt, _ROUNDS).hex()[:16]
