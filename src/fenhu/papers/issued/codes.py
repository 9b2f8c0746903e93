"""QR codes as SVG."""

from __future__ import annotations

import segno

_QUIET_MODULES = 2


def qr_svg(address: str) -> str:
    """Return the QR code of an address as SVG, error correction M, with a quiet zone of two modules.

    A printed page around it is white, so the zone of four modules the standard asks for is there.
    """
    return segno.make(address, error="m", micro=False).svg_inline(border=_QUIET_MODULES, omitsize=True)
