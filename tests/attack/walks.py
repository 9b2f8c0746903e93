"""Every address, role and method, with things of another's scope: who is let through, what changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.urls import reverse
from tests.attack.served import Answer, Target
from tests.attack.state import changed
from tests.web.access.walk import OPERATIONS, READERS, Row

METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")
SAFE = ("GET", "HEAD", "OPTIONS")
REFUSED = frozenset({400, 401, 403, 404, 405, 414, 429})
REFUSING = ("401", "403", "404", "login")


@dataclass(slots=True)
class Attack:
    """One kind of attack: how often it was tried, and what came through."""

    name: str
    tried: int = 0
    through: list[str] = field(default_factory=list)

    def judge(self, held: bool, told: str) -> None:
        """Count one try; one that did not hold is kept with what it was."""
        self.tried += 1
        if not held:
            self.through.append(told)


@dataclass(frozen=True, slots=True)
class Try:
    """One request of the walk."""

    row: Row
    reader: str
    method: str

    def __str__(self) -> str:
        return f"{self.method} {self.row.name} {self.row.what} as {self.reader}"


def settle(target: Target) -> None:
    """Open what is recorded when it is first opened, so that no attack is blamed for that."""
    target.ask("GET", reverse("flat-page", kwargs=dict(target.objects["its-link"])))
    for name in ("document-templates", "api-me"):
        target.together(partial(_open, target, reverse(name)), READERS)


def _open(target: Target, path: str, reader: str) -> Answer:
    return target.ask("GET", path, reader=reader)


def strangers(target: Target, rows: Iterable[Row], table: Iterable[Row]) -> Attack:
    """Try every method as everybody whom the table refuses; it says who reads an address he may not write."""
    attack = Attack("Another scope's things: every address × role × method")
    readable = {(row.name, who) for row in table if row.method == "get" for who in let_in(row)}

    def tries(row: Row) -> Iterator[Try]:
        for one in _refused_tries(row):
            if row.method == "get" or one.method not in SAFE or (row.name, one.reader) not in readable:
                yield one

    _walk(target, rows, tries, _is_refused, attack)
    return attack


def other_methods(target: Target, rows: Iterable[Row]) -> Attack:
    """Try, as those who are let in, the methods an address is not for."""
    attack = Attack("Methods an address is not for, as those who are let in")
    _walk(target, rows, _other_tries, _is_not_done, attack)
    return attack


def without_token(target: Target, rows: Iterable[Row]) -> Attack:
    """Send every form as everybody, without the token of its page."""
    attack = Attack("Forms without their page's CSRF token")
    forms = [row for row in rows if row.method == "post" and row.name not in OPERATIONS]

    def refused(one: Try, answer: Answer) -> bool:
        return answer.status == 403

    def tries(row: Row) -> Iterator[Try]:
        yield from (Try(row, reader, "POST") for reader in READERS)

    _walk(target, forms, tries, refused, attack, token=False)
    return attack


def _walk(
    target: Target, rows: Iterable[Row], tries: Callable[[Row], Iterator[Try]],
    holds: Callable[[Try, Answer], bool], attack: Attack, *, token: bool = True,
) -> None:  # fmt: skip
    before = target.database.marks()
    for row in rows:
        path = reverse(row.name, kwargs=dict(target.objects[row.what]))
        asked = list(tries(row))

        def send(one: Try, path: str = path) -> Answer:
            return _sent(target, one, path, token)

        for one, answer in zip(asked, target.together(send, asked), strict=True):
            attack.judge(holds(one, answer), f"{one}: {answer.status}")
        after = target.database.marks()
        for table in changed(before, after):
            attack.through.append(f"{row}: {table} changed")
        before = after


def _sent(target: Target, one: Try, path: str, token: bool) -> Answer:
    form: Any = target.posted.get(one.row.name, {}) if one.method not in SAFE else None
    return target.ask(one.method, path, reader=one.reader, form=form, token=token)


def let_in(row: Row) -> list[str]:
    """Return the readers an address of the table is for."""
    return [reader for reader, answer in row.answers.items() if answer not in REFUSING]


def _refused_tries(row: Row) -> Iterator[Try]:
    for reader, answer in row.answers.items():
        if answer in REFUSING:
            yield from (Try(row, reader, method) for method in METHODS)


def _other_tries(row: Row) -> Iterator[Try]:
    others = ("PUT", "PATCH", "DELETE", *(("GET", "HEAD") if row.method == "post" else ()))
    for reader in let_in(row):
        yield from (Try(row, reader, method) for method in others)


def _is_refused(one: Try, answer: Answer) -> bool:
    is_nobodys = one.row.what.startswith("no-")  # then a form may be found faulty before the thing is missed
    return answer.status in REFUSED or answer.to_sign_in or (is_nobodys and answer.status == 422)


def _is_not_done(one: Try, answer: Answer) -> bool:
    return answer.status in REFUSED if one.method not in SAFE else answer.status < 500
