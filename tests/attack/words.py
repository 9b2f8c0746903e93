"""Hostile words in every field, every parameter and every part of an address; what they did afterwards."""

from __future__ import annotations

import inspect
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote, urlencode

from django import forms
from django.urls import resolve, reverse
from tests.attack.served import Answer, Target
from tests.attack.walks import Attack, let_in
from tests.web.access.walk import Row

# Raw in a page it is markup, evaluated by a template it is FENHUMARK: both must never be seen.
MARKUP = "<fenhu-mark onload=alert(1)>"
TEMPLATE = "{{ 'fenhu'|upper }}MARK{% debug %}${7*7}"
HOSTILE = (
    MARKUP, f"\"'><script>{MARKUP}</script>", TEMPLATE, "' OR '1'='1' --", "1); DROP TABLE registry_flat; --",
    "%' UNION SELECT password FROM access_user --", "=cmd|' /C calc'!A0", "@SUM(1+1)*cmd|' /C calc'!A0",
    "\t=1+1", "../../../../etc/passwd", "\x00", "\r\nX-Fenhu: injected", "\u202e\ufeff\u0000",
    "-1", "99999999999999999999999", "9" * 5000, "NaN", "1e999", "²", "１２", "甲" * 3000,
)  # fmt: skip
RAW = ("%ff%fe", "%00", "%0d%0aX-Fenhu:%20injected", "%c0%ae%c0%ae%2f", "..%2f..%2fetc%2fpasswd", "%ed%a0%80")
FORMULA = re.compile(r"<f[ >][^<]*(cmd\||SUM\(1\+1\)|1\+1)")
CELL = re.compile(r'(?:^|,)"?(?:[=+@\t]|-(?![\d.,\r\n]))', re.MULTILINE)
PARAMETER = re.compile(r"GET\.(?:get|getlist)\(\s*\"(\w+)\"")
# What /healthz/ready says of itself where no worker runs.
UNREADY = 503
COMMON = ("q", "page", "sort", "next")


def in_forms(target: Target, rows: Iterable[Row], hostile: Iterable[str] = HOSTILE) -> Attack:
    """Send hostile words in every text field of every form, as somebody whose form it is."""
    attack = Attack("Hostile words in every text field of every form")
    texts = text_fields()
    for row in rows:
        if row.method != "post" or not let_in(row):
            continue
        reader, path = let_in(row)[0], _path(target, row)
        asked = [form for word in hostile for form in _spoilt(target.posted.get(row.name, {}), texts, word)]

        def send(form: Mapping[str, Any], reader: str = reader, path: str = path) -> Answer:
            return target.ask("POST", path, reader=reader, form=form)

        for answer in target.together(send, asked):
            attack.judge(_is_sound(answer), f"POST {row} as {reader}: {answer.status}")
    return attack


def in_parameters(target: Target, rows: Iterable[Row], hostile: Iterable[str] = HOSTILE) -> Attack:
    """Ask for every page with hostile words under every parameter it reads."""
    attack = Attack("Hostile words in every query parameter")
    asked = [
        (f"{_path(target, row)}?{query}", let_in(row)[0])
        for row in rows
        if row.method == "get" and let_in(row)
        for query in _queries(_path(target, row), hostile)
    ]
    _get(target, asked, attack)
    return attack


def in_addresses(target: Target, rows: Iterable[Row], hostile: Iterable[str] = HOSTILE) -> Attack:
    """Put hostile words in the place of every part of every address."""
    attack = Attack("Hostile words in every part of every address, traversal among them")
    asked = [
        (path, let_in(row)[0])
        for row in rows
        if row.method == "get" and let_in(row) and target.objects[row.what]
        for path in _spoilt_paths(target, row, hostile)
    ]
    _get(target, asked, attack)
    return attack


def afterwards(target: Target, rows: Iterable[Row]) -> Attack:
    """Read every page and file again: no word became markup, a template's value or a formula."""
    attack = Attack("Pages, workbooks and CSV read again after all hostile words")
    asked = [(_path(target, row), reader) for row in rows if row.method == "get" for reader in let_in(row)]
    _get(target, asked, attack)
    return attack


def text_fields() -> tuple[str, ...]:
    """Return the name of every field for free text of every form of the product."""
    found = {
        name
        for form in _forms_below(forms.Form)
        for name, field in form.base_fields.items()
        if type(field) is forms.CharField
    }
    return tuple(sorted(found))


def _forms_below(form: type[forms.Form]) -> Iterator[type[forms.Form]]:
    for below in form.__subclasses__():
        if below.__module__.startswith("fenhu."):
            yield below
        yield from _forms_below(below)


def _spoilt(form: Mapping[str, Any], texts: Iterable[str], word: str) -> Iterator[dict[str, Any]]:
    yield dict(form) | dict.fromkeys(set(texts) - set(form), word)
    yield from (dict(form) | {name: word} for name in form)


def read_parameters(path: str) -> tuple[str, ...]:
    """Return the names of the query parameters that the page at ``path`` may read."""
    module = inspect.getmodule(inspect.unwrap(resolve(path).func))
    assert module is not None
    return tuple(sorted({*COMMON, *PARAMETER.findall(inspect.getsource(module))}))


def _queries(path: str, hostile: Iterable[str]) -> Iterator[str]:
    for name in read_parameters(path):
        yield from (urlencode({name: word}) for word in hostile)
        yield from (f"{name}={word}" for word in RAW)


def _spoilt_paths(target: Target, row: Row, hostile: Iterable[str]) -> Iterator[str]:
    parts = dict(target.objects[row.what])
    whole = _path(target, row)
    for value in parts.values():
        start, found, end = whole.rpartition(quote(str(value)))
        if found:
            yield from (f"{start}{quote(word, safe='')}{end}" for word in hostile)
            yield from (f"{start}{word}{end}" for word in RAW)


def _get(target: Target, asked: list[tuple[str, str]], attack: Attack) -> None:
    def send(one: tuple[str, str]) -> Answer:
        return target.ask("GET", one[0], reader=one[1])

    for (path, reader), answer in zip(asked, target.together(send, asked), strict=True):
        attack.judge(_is_sound(answer), f"GET {path[:120]} as {reader}: {answer.status}{_seen(answer)}")


def _is_sound(answer: Answer) -> bool:
    return (0 < answer.status < 500 or answer.status == UNREADY) and not _seen(answer)


def _seen(answer: Answer) -> str:
    """Return what of the hostile words acted, empty where none did."""
    if "x-fenhu" in answer.headers:
        return " header"
    kind = answer.headers.get("content-type", "")
    if answer.body.startswith(b"PK"):
        return " formula" if FORMULA.search(_unpacked(answer.body)) else ""
    if kind.startswith("text/csv"):
        return " cell" if CELL.search(answer.words) else ""
    if "html" in kind and (MARKUP in answer.words or "FENHUMARK" in answer.words):
        return " markup"
    return " file" if "root:x:" in answer.words else ""


def _unpacked(body: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(body)) as book:
        return "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))


def _path(target: Target, row: Row) -> str:
    return reverse(row.name, kwargs=dict(target.objects[row.what]))
