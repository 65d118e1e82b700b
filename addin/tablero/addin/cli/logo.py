"""The company's logo: a picture that Excel can show, or a sentence saying why not."""

from __future__ import annotations

import struct
from pathlib import Path

from xlsxwriter.exceptions import XlsxWriterException
from xlsxwriter.image import Image

from tablero.workbook_templates.problems import Problem, ProblemsError

# PNG, JPEG, GIF and BMP begin like this.
_KINDS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"BM")
_LARGEST = 5_000_000


def checked_logo(path: Path) -> Path:
    """The path of a picture, if it is one.

    Raises
    ------
    ProblemsError
        There is no such file, or it is no picture of a kind that Excel shows, or far too large.
    """
    try:
        content = path.read_bytes()
    except OSError:
        raise _refusal("logo_missing", path) from None
    if len(content) > _LARGEST:
        raise _refusal("logo_too_large", path)
    if not content.startswith(_KINDS) or not _has_size(path):
        raise _refusal("logo_no_picture", path)
    return path


def _has_size(path: Path) -> bool:
    try:
        picture = Image(path)
    except (XlsxWriterException, struct.error, IndexError, ValueError):
        return False
    return bool(picture.width and picture.height)


def _refusal(code: str, path: Path) -> ProblemsError:
    return ProblemsError([Problem(code, values={"name": path.name}, path="--logo")])
