"""How the wheel is built (PEP 517): by setuptools, with Chinese compiled and nothing left over."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from setuptools import build_meta
from setuptools.build_meta import *  # noqa: F403  # the other hooks are setuptools' own

from tools.catalogue import CATALOGUE, compile_catalogue

_LEFT_OVER = Path(__file__).parents[1] / "build"


def build_wheel(
    wheel_directory: str, config_settings: Any = None, metadata_directory: str | None = None
) -> str:
    """Return the wheel's name; setuptools would pack what an earlier build left behind once more."""
    shutil.rmtree(_LEFT_OVER, ignore_errors=True)
    compile_catalogue(CATALOGUE)
    return build_meta.build_wheel(wheel_directory, config_settings, metadata_directory)
