"""Pins are complete, agree with each other, and name no registry."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PINNED = re.compile(r"^([a-z0-9-]+)(?:\[[a-z0-9,-]+\])?==(\S+)")


def requirements(name: str) -> list[str]:
    """Return the requirements of a pin file, each with its hashes on one line."""
    words = (ROOT / "requirements" / name).read_text(encoding="utf-8").replace("\\\n", " ")
    return [line for line in words.splitlines() if line and not line.startswith("#")]


def pins(name: str) -> set[tuple[str, str]]:
    return {found.groups() for line in requirements(name) if (found := PINNED.match(line))}


@pytest.mark.parametrize("name", ["base.txt", "dev.txt", "docs.txt", "node.txt"])
def test_every_requirement_is_pinned_and_hashed(name):
    assert requirements(name)
    assert [
        line for line in requirements(name) if not PINNED.match(line) or "--hash=sha256:" not in line
    ] == []


@pytest.mark.parametrize("name", ["base.txt", "dev.txt", "docs.txt", "node.txt"])
def test_no_pin_file_names_a_host_or_a_path(name):
    assert [
        line for line in requirements(name) if "://" in line or "index-url" in line or "find-links" in line
    ] == []


def test_development_runs_what_production_runs():
    assert pins("base.txt") - pins("dev.txt") == set()


def test_documentation_uses_the_versions_of_development():
    development = dict(pins("dev.txt"))
    assert {pin for pin in pins("docs.txt") if development.get(pin[0], pin[1]) != pin[1]} == set()


@pytest.mark.parametrize("name", ["base", "dev", "docs", "node"])
def test_every_direct_dependency_has_a_pin(name):
    wanted = (ROOT / "requirements" / f"{name}.in").read_text(encoding="utf-8").split()
    names = {re.split(r"[\[=<>~]", word)[0] for word in wanted if word != "-r" and not word.endswith(".in")}
    assert names - {pinned for pinned, _ in pins(f"{name}.txt")} == set()


def test_script_packages_are_locked_by_content_not_by_host():
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    delivered = {name: package for name, package in packages.items() if name}
    assert delivered
    assert [
        name for name, package in delivered.items() if not package["integrity"].startswith("sha512-")
    ] == []
    assert [name for name, package in delivered.items() if "resolved" in package] == []
