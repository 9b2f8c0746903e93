"""How the wheel is built (PEP 517): by setuptools, with Chinese compiled and nothing left over."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from setuptools import build_meta
from setuptools.build_meta import *  # noqa: F403  # the other hooks are setuptools' own

from tools.catalogue import CATALOGUE, compile_catalogue

_ELSEWHERE = "[build]\nbuild_base = {0}\n[egg_info]\negg_base = {0}\n"


def build_wheel(
    wheel_directory: str, config_settings: Any = None, metadata_directory: str | None = None
) -> str:
    """Return the wheel's name; what other builds left behind or make meanwhile is not in it."""
    compile_catalogue(CATALOGUE)
    with TemporaryDirectory() as folder:
        settings = Path(folder, "setup.cfg")
        settings.write_text(_ELSEWHERE.format(folder), encoding="utf-8")
        os.environ["DIST_EXTRA_CONFIG"] = str(settings)
        return build_meta.build_wheel(wheel_directory, config_settings, metadata_directory)
