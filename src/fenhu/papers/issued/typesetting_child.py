"""Sets one paper by an office's own templates, within limits of time and memory.

Run by its path in a process of its own, never imported: an office's template may loop, eat memory or look
around, and this process has nothing to lose. One JSON object comes in on stdin, one goes out on stdout.
"""

from __future__ import annotations

import base64
import json
import os
import resource
import sys
from typing import Any

import typst


def main() -> None:
    """Read what is to be set, set it, and say what came of it."""
    asked: dict[str, Any] = json.load(sys.stdin)
    limit(asked["memory_bytes"], asked["seconds"])
    os.chdir(asked["root"])
    json.dump(typeset(asked), sys.stdout)


def limit(memory_bytes: int, seconds: int) -> None:
    """Bound this process: its memory and processor time; no file grows, nothing is dumped."""
    resource.setrlimit(resource.RLIMIT_DATA, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def typeset(asked: dict[str, Any]) -> dict[str, object]:
    """Return the PDF in base64, or the typesetter's complaint."""
    files: Any = {name: base64.b64decode(content) for name, content in asked["files"].items()}
    fonts = typst.Fonts(False, False, asked["fonts"])
    try:
        made = typst.Compiler(root=asked["root"], font_paths=fonts).compile(
            input=files, format="pdf", sys_inputs={"data": asked["data"]}, pdf_standards="a-2a",
            timestamp=asked["timestamp"],
        )  # fmt: skip
    except typst.TypstError as fault:
        return {"message": fault.message, "diagnostic": fault.diagnostic or "", "hints": list(fault.hints)}
    assert isinstance(made, bytes)
    return {"pdf": base64.b64encode(made).decode()}


if __name__ == "__main__":
    main()
