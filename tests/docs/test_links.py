"""Every link in the documentation and every page the code names leads somewhere."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
LINK = re.compile(r"\]\(([^)\s]+)\)")
NAMED = re.compile(r"docs/[\w/.-]+\.md(?:#[\w-]+)?")
HEADING = re.compile(r"^#+ +(.+)$", re.MULTILINE)
OWN_ANCHOR = re.compile(r"\{#([\w-]+)\}")
NAMED_ANCHOR = re.compile(r'<a id="([\w-]+)">')


def anchors(page: Path) -> set[str]:
    """Return the anchors of a page: its headings as the site writes them, and those it sets itself."""
    words = page.read_text(encoding="utf-8")
    titles = HEADING.findall(words)
    own = {found[1] for title in titles if (found := OWN_ANCHOR.search(title))}
    headings = {re.sub(r"[^\w\s-]", "", title).strip().lower() for title in titles}
    return {re.sub(r"[\s-]+", "-", title) for title in headings} | own | set(NAMED_ANCHOR.findall(words))


def leads_somewhere(target: str, folder: Path) -> bool:
    path, _, anchor = target.partition("#")
    page = folder / path
    return page.exists() and (not anchor or anchor in anchors(page))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_no_link_is_broken(page):
    links = [link for link in LINK.findall(page.read_text(encoding="utf-8")) if "://" not in link]
    targets = [f"{page.name}{link}" if link.startswith("#") else link for link in links]
    assert [target for target in targets if not leads_somewhere(target, page.parent)] == []


def test_every_page_that_code_names_exists():
    files = [*ROOT.glob("src/**/*.py"), *ROOT.glob("src/**/*.toml"), *ROOT.glob("tools/*.py")]
    named = {(name, file) for file in files for name in NAMED.findall(file.read_text(encoding="utf-8"))}
    lost = {f"{file.relative_to(ROOT)}: {name}" for name, file in named if not leads_somewhere(name, ROOT)}
    assert lost == set()


def test_every_page_is_in_the_site_map():
    site = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    pages = {str(page.relative_to(ROOT / "docs")) for page in ROOT.glob("docs/**/*.md")}
    assert pages == set(re.findall(r"- ([\w/.-]+\.md)", site))


def test_every_direct_dependency_is_explained():
    explained = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8").lower()
    listed = [line for path in ROOT.glob("requirements/*.in") for line in path.read_text().split("\n")]
    names = {re.split(r"[\[=<>~ ]", line)[0].lower() for line in listed if line and not line.startswith("-r")}
    assert {name for name in names if name not in explained} == set()


def test_nothing_in_the_repository_names_the_machine_it_was_made_on():
    tracked = subprocess.run(
        ["git", "grep", "-nIE", r"/(root|home)/\w|files\.pythonhosted|pypi\.org|registry\.npmjs|npmmirror"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert [line for line in tracked.stdout.splitlines() if not line.startswith("tests/docs/")] == []
