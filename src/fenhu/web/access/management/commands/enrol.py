"""Make a login."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Mapping
from getpass import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand
from django.db import IntegrityError, transaction
from django.utils import translation

from fenhu.errors import InputFault
from fenhu.programme import Role
from fenhu.web import serving
from fenhu.web.access import services
from fenhu.web.access.queries import is_known, organisation
from fenhu.wording import current_language, text

# A household's login comes with its flat's own page, not from an operator.
ROLES = [role.value for role in Role if role is not Role.HOUSEHOLD]


OF_AN_ORGANISATION = (Role.HEAT_SUPPLIER, Role.OWNER_UNIT, Role.COMMUNITY, Role.CONTRACTOR)
LEVELS = ("city", "district")


class Command(BaseCommand):
    """Make a login with one role; the password is asked for, or read from the pipe."""

    help = "Make a login with one role; the password is asked for, or read from the pipe."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare who, as what, and for which part of the city."""
        parser.add_argument("username")
        parser.add_argument("--role", required=True, choices=ROLES)
        parser.add_argument("--name", default="", help="the name pages show; the username unless said")
        parser.add_argument("--email", default="", help="where reminders go")
        parser.add_argument("--organisation", default="", help="of a supplier, owner, community, contractor")
        parser.add_argument("--district", default="", help="of a district government or its finance office")
        parser.add_argument(
            "--level", default="", choices=LEVELS, help="of a finance office: city or district"
        )
        parser.add_argument(
            "--no-password", action="store_true", help="signs in through the OpenID Connect provider alone"
        )
        parser.add_argument(
            "--keep-password", action="store_true", help="who signs in chose the password himself"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the login, all of it or nothing."""
        serving.migrate()
        role, username = Role(options["role"]), options["username"]
        _refuse_misfit(role, options)
        if is_known(username):
            raise _taken(username)
        password = None if options["no_password"] else _password()
        given = password is not None and not options["keep_password"]
        try:
            with transaction.atomic():
                user = services.enrol(
                    username=username, display_name=options["name"], password=password,
                    email=options["email"], must_change_password=given,
                )  # fmt: skip
                services.grant(
                    user=user, role=role, district=options["district"], level=options["level"],
                    organisation=organisation(role, options["organisation"]),
                )  # fmt: skip
        except IntegrityError as fault:
            raise _taken(username) from fault
        self.stderr.write(str(text("{username} can sign in", username=username)))


def _refuse_misfit(role: Role, options: Mapping[str, Any]) -> None:
    """Go on only where the options name the scope the role has, no less and no more."""
    needed = _scope(role, options["level"])
    for name in ("organisation", "level", "district"):
        option = f"--{name}"
        if name in needed and not options[name]:
            raise InputFault(text("{role} needs {option}", role=role.value, option=option))
        if options[name] and name not in needed:
            raise InputFault(text("{role} has no {option}; leave it out", role=role.value, option=option))


def _scope(role: Role, level: str) -> tuple[str, ...]:
    """Return the options that name a role's scope."""
    if role is Role.FINANCE:
        return ("level", "district") if level == "district" else ("level",)
    if role is Role.DISTRICT_GOV:
        return ("district",)
    return ("organisation",) if role in OF_AN_ORGANISATION else ()


def _taken(username: str) -> InputFault:
    return InputFault(text("{username} is taken; choose another name", username=username))


def _password() -> str:
    typed = getpass() if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    try:
        with translation.override(current_language()):
            validate_password(typed)
    except ValidationError as fault:
        reason = " ".join(fault.messages)
        raise InputFault(text("The password is too weak: {reason}", reason=reason)) from fault
    return typed
