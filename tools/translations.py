"""Keep the Chinese catalogue complete: ``check`` fails on a gap, ``update`` rewrites it from the code.

python -m tools.translations check
python -m tools.translations update [FRAGMENT.po ...]
python -m tools.translations compile

``check`` compares the placeholders that are really filled, not what Babel takes for printf's.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import django
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file, extract_python
from babel.messages.pofile import write_po
from django.conf import settings
from django.utils.translation.template import templatize

from tools.catalogue import CATALOGUE, SOURCE, compile_catalogue, read_catalogue

KEYWORDS = {
    "_": None, "text": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2), "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}  # fmt: skip
PLACEHOLDER = re.compile(r"\{(\w+)[^{}]*\}|%\((\w+)\)[a-z]|%[sd]")
# Header lines that say when and by whom the file was written: version control knows better.
RESTLESS = re.compile(
    rb'^"(Project-Id-Version|Report-Msgid-Bugs-To|POT-Creation-Date|PO-Revision-Date|Last-Translator'
    rb"|Language-Team|Generated-By):.*\n",
    re.MULTILINE,
)
Key = tuple[str | None, str]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A message of the code: its forms (singular, perhaps plural) and the first place it stands."""

    forms: tuple[str, ...]
    place: str


def extract(source: Path) -> dict[Key, Wanted]:
    """Return every message in the Python files and templates below ``source`` by context and singular."""
    found: dict[Key, Wanted] = {}
    for path, line, message, context in _messages(source):
        forms = message if isinstance(message, tuple) else (message,)
        if forms[0]:
            found.setdefault((context, forms[0]), Wanted(forms, _place(source, path, line)))
    return found


def _messages(source: Path) -> Iterator[tuple[Path, int, str | tuple[str, ...], str | None]]:
    for path in sorted(source.rglob("*.py")):
        if "migrations" not in path.parts:
            for line, message, _, context in extract_from_file("python", path, keywords=KEYWORDS):
                yield path, line, message, context
    for path in sorted(source.rglob("*.html")):
        for line, message, context in _template_messages(path):
            yield path, line, message, context


def _template_messages(path: Path) -> Iterator[tuple[int, str | tuple[str, ...], str | None]]:
    python = templatize(path.read_text(encoding="utf-8"), origin=str(path))
    for line, function, messages, _ in extract_python(BytesIO(python.encode("utf-8")), KEYWORDS, [], {}):
        parts = messages if isinstance(messages, tuple) else (messages,)
        context = None
        if function in ("pgettext", "npgettext"):
            context, *parts = parts
        yield line, tuple(parts[: 2 if function in ("ngettext", "npgettext") else 1]), context


def unextractable(source: Path) -> Iterator[str]:
    """Yield every call of ``text`` whose pattern is no literal: a translator would never see it."""
    for path in sorted(source.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            named = isinstance(node, ast.Call) and getattr(node.func, "id", "") == "text"
            if named and node.args and not isinstance(node.args[0], ast.Constant):
                yield f"{_place(source, path, node.lineno)}: give text() a literal pattern"


def _place(source: Path, path: Path, line: int) -> str:
    return f"{path.relative_to(source.parent)}:{line}"


def faults(catalogue: Catalog, wanted: Mapping[Key, Wanted]) -> list[str]:
    """Return every gap between the code's messages and the catalogue, each with its place."""
    listed = {(message.context, _msgid(message)): message for message in catalogue if message.id}
    told = [
        f"{want.place}: not in the catalogue: {key[1]!r}" for key, want in wanted.items() if key not in listed
    ]
    for key, message in listed.items():
        if key not in wanted:
            told.append(f"{CATALOGUE.name}: no longer in the code: {key[1]!r}")
        elif fault := _fault(message, wanted[key].forms[-1]):
            told.append(f"{wanted[key].place}: {fault}: {key[1]!r}")
    told += [f"{CATALOGUE.name}: obsolete: {_msgid(message)!r}" for message in catalogue.obsolete.values()]
    return told


def _fault(message: Message, pattern: str) -> str:
    """Return what is wrong with a listed translation of ``pattern`` (the plural where there is one)."""
    if message.fuzzy:
        return "fuzzy"
    if not all(_strings(message)):
        return "not translated"
    same = all(_placeholders(string) == _placeholders(pattern) for string in _strings(message))
    return "" if same else "placeholders differ"


def update(catalogue: Catalog, fragments: list[Catalog], wanted: Mapping[Key, Wanted]) -> Catalog:
    """Return a catalogue of exactly the messages ``wanted``.

    Translations come from the catalogue, else from the first fragment that has one; a message whose context
    is new takes the translation of the same words without context.
    """
    known: dict[Key, Message] = {}
    for source in (*reversed(fragments), catalogue):
        for message in source:
            if message.id and not message.fuzzy and all(_strings(message)):
                known[message.context, _msgid(message)] = message
    fresh = Catalog(locale="zh_Hans_CN", fuzzy=False, header_comment="# fenhu, Simplified Chinese")
    for context, msgid in sorted(wanted, key=lambda key: (key[1], key[0] or "")):
        old = known.get((context, msgid)) or known.get((None, msgid))
        string = _strings(old)[0] if old else ""
        forms = wanted[context, msgid].forms
        plural = len(forms) > 1
        added = fresh.add(forms if plural else msgid, (string,) if plural else string, context=context)
        added.flags.clear()
    return fresh


def write_catalogue(catalogue: Catalog, path: Path) -> None:
    """Write ``catalogue`` so that the same messages always give the same bytes."""
    written = BytesIO()
    write_po(written, catalogue, width=0, no_location=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(RESTLESS.sub(b"", written.getvalue()))


def _msgid(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _strings(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def _placeholders(pattern: str) -> set[str]:
    return {match.group(1) or match.group(2) or match.group(0) for match in PLACEHOLDER.finditer(pattern)}


def main(words: list[str]) -> int:
    """Check, update or compile the catalogue."""
    if words == ["compile"]:
        compile_catalogue(CATALOGUE)
        return 0
    if not settings.configured:
        settings.configure(USE_I18N=True)
        django.setup()
    wanted, catalogue = extract(SOURCE), read_catalogue(CATALOGUE)
    if words[:1] == ["update"]:
        catalogue = update(catalogue, [read_catalogue(Path(word)) for word in words[1:]], wanted)
        write_catalogue(catalogue, CATALOGUE)
    told = [*unextractable(SOURCE), *faults(catalogue, wanted)]
    print("\n".join([*told, f"{len(wanted)} messages, {len(told)} faults"]), file=sys.stderr)
    return 1 if told and words[:1] != ["update"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
