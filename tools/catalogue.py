"""The Chinese catalogue: where it stands, read, and compiled to what gettext reads.

Babel's own command takes "{gap} % of" for a printf pattern and refuses to compile its translation.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import NamedTemporaryFile

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

SOURCE = Path(__file__).parents[1] / "src" / "fenhu"
CATALOGUE = SOURCE / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"


def read_catalogue(path: Path) -> Catalog:
    """Return the catalogue at ``path``, or an empty one."""
    if not path.exists():
        return Catalog(locale="zh_Hans_CN", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale="zh_Hans_CN")


def compile_catalogue(path: Path) -> None:
    """Write beside ``path`` the binary catalogue that gettext reads; nobody ever finds half of it."""
    with NamedTemporaryFile(dir=path.parent, suffix=".mo.new", delete=False) as file:
        write_mo(file, read_catalogue(path))
    Path(file.name).chmod(0o644)
    Path(file.name).replace(path.with_suffix(".mo"))
