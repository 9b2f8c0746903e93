"""The examples of the developers' page, as they stand there."""

import re
from pathlib import Path

PAGE = Path(__file__).parents[3] / "docs" / "developers" / "api.md"
BLOCK = re.compile(r"```python\n(.*?)```", re.DOTALL)
CLIENT, LISTENER = BLOCK.findall(PAGE.read_text(encoding="utf-8"))


def documented(name):
    """Return a function of the listener's example."""
    known = {}
    exec(LISTENER, known)
    return known[name]
