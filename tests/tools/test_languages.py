"""The documentation's site: a page says in which language it is."""

from types import SimpleNamespace

import pytest

from tools import languages

HEAD = '<!DOCTYPE html>\n<html class="writer-html5" lang="en" >\n<p lang="en">'


@pytest.mark.parametrize(
    ("source", "language"), [("zh/clerks/money.md", "zh-Hans"), ("clerks/money.md", "en")]
)
def test_a_page_says_its_own_language(source, language):
    page = SimpleNamespace(file=SimpleNamespace(src_uri=source))
    said = languages.on_post_page(HEAD, page=page, config=None)
    assert f'<html class="writer-html5" lang="{language}" >' in said
    assert '<p lang="en">' in said
