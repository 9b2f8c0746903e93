"""Keep the Chinese catalogue complete: ``check`` fails on a gap, ``update`` rewrites it from the code.

python -m tools.translations check
python -m tools.translations update [FRAGMENT.po ...]
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import django
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file, extract_python
from babel.messages.pofile import read_po, write_po
from django.conf import settings

SOURCE = Path(__file__).parents[1] / "src" / "fenhu"
CATALOGUE = SOURCE / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
KEYWORDS = {
    "_": None, "text": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2), "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}  # fmt: skip
PLACEHOLDER = re.compile(r"\{(\w+)[^{}]*\}|%\((\w+)\)[a-z]|%[sd]")
Key = tuple[str | None, str]


def extract() -> dict[Key, tuple[tuple[str, ...], str]]:
    """Return every message in the code: its key, its forms, and the first place it stands."""
    found: dict[Key, tuple[tuple[str, ...], str]] = {}
    for path, line, message, context in _messages():
        forms = message if isinstance(message, tuple) else (message,)
        if forms[0]:
            found.setdefault((context, forms[0]), (forms, f"{path.relative_to(SOURCE.parent)}:{line}"))
    return found


def _messages() -> Iterator[tuple[Path, int, str | tuple[str, ...], str | None]]:
    for path in sorted(SOURCE.rglob("*.py")):
        if "migrations" not in path.parts:
            for line, message, _, context in extract_from_file("python", path, keywords=KEYWORDS):
                yield path, line, message, context
    for path in sorted(SOURCE.rglob("*.html")):
        for line, message, context in _template_messages(path):
            yield path, line, message, context


def _template_messages(path: Path) -> Iterator[tuple[int, str | tuple[str, ...], str | None]]:
    from django.utils.translation.template import templatize

    python = templatize(path.read_text(encoding="utf-8"), origin=str(path))
    found = extract_python(BytesIO(python.encode("utf-8")), KEYWORDS, [], {})
    for line, function, messages, _ in found:
        parts = messages if isinstance(messages, tuple) else (messages,)
        if function in ("pgettext", "pgettext_lazy"):
            yield line, parts[1], parts[0]
        elif function == "npgettext":
            yield line, (parts[1], parts[2]), parts[0]
        elif function and function.startswith("ngettext"):
            yield line, (parts[0], parts[1]), None
        else:
            yield line, parts[0], None


def unextractable() -> Iterator[str]:
    """Yield every call of ``text`` whose pattern is no literal: a translator would never see it."""
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            named = isinstance(node, ast.Call) and getattr(node.func, "id", "") == "text"
            if named and node.args and not isinstance(node.args[0], ast.Constant):
                yield f"{path.relative_to(SOURCE.parent)}:{node.lineno}: give text() a literal pattern"


def read_catalogue(path: Path) -> Catalog:
    """Return the catalogue at ``path``, or an empty one."""
    if not path.exists():
        return Catalog(locale="zh_Hans_CN", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale="zh_Hans_CN")


def faults(catalogue: Catalog) -> list[str]:
    """Return every gap between the code and the catalogue, each with the place in the code."""
    wanted = extract()
    listed = {(message.context, _msgid(message)): message for message in catalogue if message.id}
    told = [
        f"{place}: not in the catalogue: {key[1]!r}"
        for key, (_, place) in wanted.items()
        if key not in listed
    ]
    for key, message in listed.items():
        if key not in wanted:
            told.append(f"{CATALOGUE.name}: no longer in the code: {key[1]!r}")
        elif message.fuzzy or not all(_strings(message)):
            told.append(f"{wanted[key][1]}: not translated: {key[1]!r}")
        elif any(_placeholders(string) != _placeholders(key[1]) for string in _strings(message)[:1]):
            told.append(f"{wanted[key][1]}: placeholders differ: {key[1]!r}")
    return told


def update(catalogue: Catalog, fragments: list[Catalog]) -> Catalog:
    """Return a catalogue of exactly the code's messages, translated from the old one and the fragments."""
    known: dict[Key, Message] = {}
    for source in (*fragments, catalogue):
        for message in source:
            if message.id and all(_strings(message)):
                known[message.context, _msgid(message)] = message
    fresh = Catalog(
        locale="zh_Hans_CN", project="fenhu", fuzzy=False, header_comment="# fenhu, Simplified Chinese"
    )
    for (context, msgid), (forms, _) in sorted(
        extract().items(), key=lambda item: (item[0][1], item[0][0] or "")
    ):
        old = known.get((context, msgid)) or known.get((None, msgid))
        strings = _strings(old) if old else ("",)
        if len(forms) > 1:
            fresh.add(forms[:2], strings[:1], context=context)
        else:
            fresh.add(msgid, strings[0], context=context)
    return fresh


def _msgid(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _strings(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def _placeholders(pattern: str) -> set[str]:
    return {match.group(1) or match.group(2) or match.group(0) for match in PLACEHOLDER.finditer(pattern)}


def main(words: list[str]) -> int:
    """Check or update the catalogue."""
    if not settings.configured:
        settings.configure(USE_I18N=True)
        django.setup()
    catalogue = read_catalogue(CATALOGUE)
    if words[:1] == ["update"]:
        CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
        fresh = update(catalogue, [read_catalogue(Path(word)) for word in words[1:]])
        with CATALOGUE.open("wb") as file:
            write_po(file, fresh, width=0, omit_header=False, no_location=True, sort_output=False)
        catalogue = fresh
    told = [*unextractable(), *faults(catalogue)]
    print("\n".join(told), file=sys.stderr)
    print(f"{len(extract())} messages, {len(told)} faults", file=sys.stderr)
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
