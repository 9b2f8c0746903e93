"""A photograph somebody sends, judged by its content and written anew: only its picture is kept."""

from __future__ import annotations

from io import BytesIO
from typing import IO
from warnings import catch_warnings, simplefilter

from django.core.files.base import File
from PIL import Image, ImageOps, UnidentifiedImageError

from fenhu.errors import InputFault
from fenhu.web.uploads import Kind, judge
from fenhu.wording import text

MAX_BYTES = 10 * 1024 * 1024
LONGEST_SIDE = 1600
QUALITY = 80


def cleaned(file: IO[bytes]) -> bytes:
    """Return the picture in a JPEG or PNG file as a small JPEG without any metadata.

    Where it was taken, by which telephone and when is not kept; whatever else hides in the file is not,
    either.

    Raises
    ------
    InputFault
        If the file is too large, no real JPEG or PNG, or damaged.
    """
    judge(File(file, name="photograph"), (Kind.JPEG, Kind.PNG), most_bytes=MAX_BYTES)
    try:
        with catch_warnings():
            simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(file, formats=("JPEG", "PNG")) as image:
                return _written_anew(image)
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        SyntaxError,
        Image.DecompressionBombWarning,
        Image.DecompressionBombError,
    ) as fault:
        raise InputFault(
            text("This is no photograph we can read; take one with your telephone, as JPEG or PNG")
        ) from fault


def _written_anew(image: Image.Image) -> bytes:
    image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    upright = ImageOps.exif_transpose(image).convert("RGB")
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    bare = Image.new("RGB", upright.size)
    bare.paste(upright)
    out = BytesIO()
    bare.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()
