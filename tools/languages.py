"""What the documentation's site says beyond its theme: which of its pages are Chinese."""

from __future__ import annotations

import re
from typing import Any

_LANGUAGE = re.compile(r'(<html\b[^>]*\blang=")en"')


def on_post_page(output: str, *, page: Any, config: Any) -> str:
    """Return a page as it is written to the site; mkdocs calls this for each."""
    return _LANGUAGE.sub(r'\1zh-Hans"', output, count=1) if page.file.src_uri.startswith("zh/") else output
