"""The commands of the documentation: found in its blocks, and run in a folder of their own."""

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = sorted(page for where in ("*.md", "docs/**/*.md", "benchmarks/*.md") for page in ROOT.glob(where))
BLOCK = re.compile(r"^```(?:sh|console)\n(.*?)^```", re.DOTALL | re.MULTILINE)
HERE = re.compile(r"<<'?(\w+)'?")
MAIN = "from fenhu.cli import main; raise SystemExit(main())"


@dataclass(frozen=True)
class Command:
    """One command of a page, with the text it reads where it is a here-document."""

    words: str
    script: str


def commands_of(page):
    """Return a page's commands in their order."""
    text = page.read_text(encoding="utf-8")
    return tuple(command for block in BLOCK.findall(text) for command in _commands(block))


def _commands(block):
    lines = [line.removeprefix("$ ") for line in block.splitlines()]
    while lines:
        first = lines.pop(0)
        script = [first]
        end = HERE.search(first)
        while lines and (script[-1].endswith("\\") or (end and script[-1] != end[1])):
            script.append(lines.pop(0))
        words = re.sub(r"\s+#.*$", "", first).strip()
        if words and not words.startswith("#"):
            yield Command(words, "\n".join(script))


class Sandbox:
    """A folder in which `fenhu` and `.venv/bin/fenhu` are this very program, and nothing else is known."""

    def __init__(self, folder):
        self.folder = folder
        programs = folder / ".venv" / "bin"
        programs.mkdir(parents=True)
        for name, words in (("fenhu", f"-c '{MAIN}'"), ("python", "")):
            program = programs / name
            program.write_text(f'#!/bin/sh\nexec {sys.executable} {words} "$@"\n', encoding="utf-8")
            program.chmod(0o755)
        ours = ("FENHU_", "DJANGO_")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
        self.environment = kept | {
            "PATH": os.pathsep.join((str(programs), os.environ["PATH"])), "HOME": str(folder),
            "XDG_CACHE_HOME": str(folder / ".cache"), "FENHU_LANG": "en", "DATABASE_URL": "",
            "PYTHONPATH": os.pathsep.join(sys.path),
        }  # fmt: skip

    def run(self, script):
        """Run a command as its reader does, and return what it said."""
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", script], cwd=self.folder, env=self.environment, text=True,
            capture_output=True, check=False, timeout=300, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        assert done.returncode == 0, f"{script}\n{done.stdout[-1000:]}\n{done.stderr[-2000:]}"
        return done.stdout
