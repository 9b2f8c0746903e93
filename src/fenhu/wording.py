"""Sentences people read: written once in English, shown in the reader's language.

A ``Text`` keeps the English pattern and its parameters apart, so a finding stored today can be read
tomorrow in either language. ``str(text)`` speaks the current language, Chinese unless told otherwise.
"""

from __future__ import annotations

import gettext
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

LOCALE_DIR = Path(__file__).parent / "locale"
CHINESE, ENGLISH = "zh-hans", "en"

_language: ContextVar[str] = ContextVar("fenhu_language", default=CHINESE)


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence as an English pattern and the values that fill it.

    ``chinese`` is the Chinese pattern of words that data brings along itself (the names in a policy file);
    empty, the catalogue translates.
    """

    pattern: str
    params: Mapping[str, object] = field(default_factory=dict)
    chinese: str = ""

    def __str__(self) -> str:
        return self.in_language(_language.get())

    def in_language(self, language: str) -> str:
        """Return the sentence in ``language`` (``zh-hans`` or ``en``)."""
        pattern = self.pattern
        if language != ENGLISH:
            # The catalogue's answer to an empty pattern would be its own header.
            pattern = self.chinese or (pattern and _catalogue(language).gettext(pattern))
        return pattern.format_map({key: _spoken(value, language) for key, value in self.params.items()})

    def to_json(self) -> dict[str, object]:
        """Return the pattern and its parameters as JSON values, to be stored and read back."""
        params = {key: _storable(value) for key, value in self.params.items()}
        stored: dict[str, object] = {"pattern": self.pattern, "params": params}
        return stored | ({"chinese": self.chinese} if self.chinese else {})

    @classmethod
    def from_json(cls, stored: Mapping[str, object]) -> Text:
        """Return the text that ``to_json`` stored."""
        params = stored["params"]
        assert isinstance(params, Mapping)
        filled = {key: _restored(value) for key, value in params.items()}
        return cls(str(stored["pattern"]), filled, str(stored.get("chinese", "")))


def text(pattern: str, /, **params: object) -> Text:
    """Return the sentence ``pattern`` filled with ``params``; the pattern is the translator's key."""
    return Text(pattern, params)


def bilingual(chinese: str, english: str) -> Text:
    """Return words that data brings along in both languages, as they are."""
    return Text(_literal(english), {}, _literal(chinese))


def current_language() -> str:
    """Return the language ``str(text)`` speaks now."""
    return _language.get()


def set_language(language: str) -> None:
    """Make ``str(text)`` speak ``language`` in this context from now on."""
    _language.set(ENGLISH if language.startswith("en") else CHINESE)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Let ``str(text)`` speak ``language`` within the block."""
    token = _language.set(ENGLISH if language.startswith("en") else CHINESE)
    try:
        yield
    finally:
        _language.reset(token)


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    locale = "zh_Hans" if language.startswith("zh") else language
    return gettext.translation("django", LOCALE_DIR, languages=[locale], fallback=True)


def _literal(words: str) -> str:
    return words.replace("{", "{{").replace("}", "}}")


def _spoken(value: object, language: str) -> object:
    return value.in_language(language) if isinstance(value, Text) else value


def _storable(value: object) -> object:
    if isinstance(value, Text):
        return value.to_json()
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)


def _restored(value: object) -> object:
    return Text.from_json(value) if isinstance(value, Mapping) else value
