"""Print a fontconfig file with the Chinese fonts of a wheel beside the machine's own.

Browser tests name it in ``FONTCONFIG_FILE``: pictures show Chinese on a machine without Chinese fonts too.
"""

from __future__ import annotations

from importlib.util import find_spec

CONFIGURATION = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>{folder}</dir>
</fontconfig>"""


def main() -> None:
    """Print the file."""
    wheel = find_spec("pylopdf_fonts_zh_cn")
    assert wheel is not None
    assert wheel.submodule_search_locations is not None
    print(CONFIGURATION.format(folder=wheel.submodule_search_locations[0]))


if __name__ == "__main__":
    main()
