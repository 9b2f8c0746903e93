"""The documentation as pages of the product: the Markdown of the site, in the reader's language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath
from xml.etree.ElementTree import Element

from django.conf import settings
from django.http import Http404
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from markdown import Markdown
from markdown.extensions.tables import TableExtension
from markdown.treeprocessors import Treeprocessor

from fenhu.wording import CHINESE

CHINESE_FOLDER = "zh"
HOME = "index"
_PAGE = re.compile(r"(?P<page>[\w/.-]+)\.md(?P<anchor>#.*)?$")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a page one can go to."""

    anchor: str
    name: str


@dataclass(frozen=True, slots=True)
class ManualPage:
    """A page of the documentation; ``language`` is the one it is written in."""

    title: str
    body: SafeString
    headings: tuple[Heading, ...]
    anchors: frozenset[str]
    language: str


def manual_page(name: str, language: str) -> ManualPage:
    """Return the page ``name``, such as ``clerks/money``, in ``language`` where it was written in it.

    Raises
    ------
    django.http.Http404
        If there is no such page.
    """
    for folder in (CHINESE_FOLDER, "") if language == CHINESE else ("",):
        written = PurePosixPath(folder, f"{name}.md")
        if str(written) in written_pages():
            return _rendered(str(written), (settings.DOCS_DIR / written).stat().st_mtime_ns)
    raise Http404


def written_pages() -> frozenset[str]:
    """Return the path of every page below the documentation's folder."""
    root: Path = settings.DOCS_DIR
    return frozenset(path.relative_to(root).as_posix() for path in root.glob("**/*.md"))


@lru_cache(maxsize=128)
def _rendered(path: str, _changed: int) -> ManualPage:
    """Return a page; ``_changed`` lets one that was written anew be read anew."""
    words = (settings.DOCS_DIR / path).read_text(encoding="utf-8")
    reader = Markdown(
        extensions=[TableExtension(use_align_attribute=True), "toc", "sane_lists", "fenced_code", "attr_list"]
    )
    reader.treeprocessors.register(_Links(reader, PurePosixPath(path).parent), "links", 0)
    body = reader.convert(words)
    tokens = list(_flat(reader.toc_tokens))  # type: ignore[attr-defined]  # the extension toc sets it
    chinese = path.startswith(f"{CHINESE_FOLDER}/")
    return ManualPage(
        title=tokens[0]["name"] if tokens else path, body=mark_safe(body),
        headings=tuple(Heading(one["id"], one["name"]) for one in tokens if one["level"] == 2),
        anchors=frozenset(one["id"] for one in tokens) | frozenset(re.findall(r'<a id="([\w-]+)">', body)),
        language=CHINESE if chinese else "en",
    )  # fmt: skip


def _flat(tokens: list[dict]) -> list[dict]:
    return [one for token in tokens for one in (token, *_flat(token["children"]))]


class _Links(Treeprocessor):
    """Leads links to the product's own pages, and pictures to where they are served from."""

    def __init__(self, reader: Markdown, folder: PurePosixPath) -> None:
        super().__init__(reader)
        self.folder = folder

    def run(self, root: Element) -> None:
        """Change every link, picture and table in place."""
        for link in root.iter("a"):
            link.set("href", self._address(link.get("href", "")))
        for picture in root.iter("img"):
            name = _within(self.folder / picture.get("src", ""))
            picture.set("src", static(f"docs/{name.removeprefix('images/')}"))
        for table in root.iter("table"):
            table.set("tabindex", "0")

    def _address(self, target: str) -> str:
        found = _PAGE.match(target)
        if not found or "://" in target:
            return target
        name = _within(self.folder / found["page"]).removeprefix(f"{CHINESE_FOLDER}/")
        return reverse("help-page", args=[name]) + (found["anchor"] or "")


def _within(path: PurePosixPath) -> str:
    """Return a path without its ``..``."""
    kept: list[str] = []
    for part in path.parts:
        if part == "..":
            kept = kept[:-1]
        else:
            kept.append(part)
    return "/".join(kept)
