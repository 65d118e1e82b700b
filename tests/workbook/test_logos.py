"""The logo in a workbook: found whatever Home is called, and shown only if it is a sane picture."""

from __future__ import annotations

import struct
import zlib
from hashlib import shake_128
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from tablero.workbook_templates.editing.package import WORKBOOK, Package
from tablero.workbook_templates.library import load_template
from tablero.workbook_templates.logos import can_be_shown, logo_of
from tablero.workbook_templates.workbook import new_workbook
from tests.addin.pictures import gif, png


def drawn(kind: str, mode: str) -> bytes:
    """A picture as programs write it."""
    file = BytesIO()
    Image.new(mode, (30, 20)).save(file, kind)
    return file.getvalue()


def other_data(content: bytes) -> bytes:
    """A PNG whose header and sums are right, and whose points are something else."""
    picture = png()
    begin = picture.index(b"IDAT")
    (length,) = struct.unpack(">I", picture[begin - 4 : begin])
    chunk = b"IDAT" + content
    sums = struct.pack(">I", zlib.crc32(chunk))
    whole = struct.pack(">I", len(content)) + chunk + sums
    return picture[: begin - 4] + whole + picture[begin + 8 + length :]


@pytest.mark.parametrize(
    "picture",
    [
        png(),
        gif(),
        *(drawn("PNG", mode) for mode in ("RGB", "RGBA", "L", "P", "1")),
        *(drawn("JPEG", mode) for mode in ("RGB", "L")),
    ],
)
def test_what_programs_write_can_be_shown(picture: bytes) -> None:
    """PNG, JPEG and GIF, with and without colours."""
    assert can_be_shown(picture)


@pytest.mark.parametrize(
    "picture",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        drawn("BMP", "RGB"),
        png()[:30],
        png()[:-4],
        png().replace(b"IDAT", b"IDAS"),
        png(0, 3),
        png(6000, 5000),
        png() + shake_128().digest(5_000_000),
        other_data(b"no points"),
        other_data(zlib.compress(bytes(1_000_000))),
        b"\xff\xd8\xff\xe0",
        b"GIF89a",
    ],
    ids=[
        "nothing", "SVG", "BMP", "cut off early", "cut off", "wrong sum", "no width",
        "unpacks to much", "large", "no points", "too many points", "JPEG's head", "GIF's head",
    ],
)  # fmt: skip
def test_what_would_do_harm_is_not_shown(picture: bytes) -> None:
    """Nor what is damaged: a report without a logo is better than none."""
    assert not can_be_shown(picture)


def test_the_logo_is_found_on_home_whatever_it_is_called(tmp_path: Path) -> None:
    """Pictures on other sheets are none."""
    (tmp_path / "logo.png").write_bytes(png())
    cano = load_template("cano")
    company = cano.company.model_copy(update={"logo": str(tmp_path / "logo.png")})
    path = tmp_path / "acme.xlsx"
    new_workbook(cano.model_copy(update={"company": company}), path)
    package = Package.read(path)
    part = package.parts[WORKBOOK].replace(b'name="Home"', b'name="Front"')
    part = part.replace(b">Home!", b">Front!")
    package.with_parts({WORKBOOK: part}).write(path)
    assert logo_of(path, Package.read(path)) == png()


def test_a_workbook_without_a_picture_has_no_logo(tmp_path: Path) -> None:
    """The drawings that are always on Home are no logo."""
    path = tmp_path / "acme.xlsx"
    new_workbook(load_template("cano"), path)
    assert logo_of(path, Package.read(path)) is None
