"""Every package the product installs has a licence that is allowed, and the page says which."""

from pathlib import Path

import pytest
from tools.licences import EXCEPTIONS, Package, packages, page

PAGE = Path(__file__).parents[2] / "docs" / "licences.md"


@pytest.fixture(scope="module")
def found():
    return packages()


def test_the_page_is_fresh():
    assert PAGE.read_text(encoding="utf-8") == page()


def test_every_licence_is_known_and_allowed(found):
    assert [one for one in found if not one.allowed] == []


@pytest.mark.parametrize(
    "licence",
    ["GPL-3.0-only", "AGPL-3.0", "GNU General Public License v3 (GPLv3)", "unknown", "", "Proprietary"],
)
def test_what_binds_the_product_or_says_nothing_is_refused(licence):
    assert not Package("x", "1", licence, "base").allowed


def test_not_even_an_exception_lets_a_binding_licence_in():
    assert not Package("psycopg", "1", "GPL-3.0-only", "base").allowed
    assert Package("psycopg", "1", "LGPL-3.0-only", "base").allowed


def test_no_exception_is_for_a_package_that_is_gone(found):
    assert set(EXCEPTIONS) - {one.name for one in found} == set()
