"""Typesetting: turns the blocks of a report and its template into a PDF with Typst."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache, cached_property
from importlib.resources import as_file, files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from tablero.workbook_templates.problems import Problem, ProblemsError
from tablero.workbook_templates.reports.paper import letters
from tablero.workbook_templates.reports.paper.blocks import Paper, plain

if TYPE_CHECKING:
    import typst

_STANDARDS: tuple[typst.PDFStandard, ...] = ("ua-1", "a-2a")
"""Readable by screen readers, and by whoever opens the archive in thirty years."""
_TEMPLATES = ("report.typ", "blocks.typ")
_DATA, _ABOUT, _LOGO = "report.json", "about.json", "logo"
_UNSEEN = re.compile(r"the text `\"(.+?)\"` could not be displayed")
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}")
_NO_PICTURE = re.compile("decode image|image format")


class UnseenError(Exception):
    """Raised where a report has letters for which no font is at hand."""

    def __init__(self, unseen: frozenset[str]) -> None:
        self.letters = unseen
        super().__init__("".join(sorted(unseen)))


@dataclass(frozen=True)
class Copy:
    """A report as Typst takes it: templates, words, drawings; nothing else is in its reach."""

    paper: Paper
    logo: bytes | None = None
    unseen: frozenset[str] = frozenset()
    """Letters that are shown as boxes."""

    @cached_property
    def _plain(self) -> tuple[dict[str, Any], Mapping[str, bytes]]:
        pictures: dict[str, bytes] = {}
        return plain(self.paper, pictures), pictures

    @property
    def hopeless(self) -> frozenset[str]:
        """Letters that no font can have."""
        return frozenset(filter(letters.is_hopeless, set("".join(self.texts))))

    @property
    def texts(self) -> list[str]:
        """Everything it says, in the order of its pages."""
        data = {key: one for key, one in self._plain[0].items() if key != "about"}
        return list(letters.texts(data))

    def write(self, folder: Path) -> Path:
        """Put its files into a folder; answers with the one to set."""
        data, pictures = self._plain
        for name in _TEMPLATES:
            (folder / name).write_bytes(files(__package__).joinpath(name).read_bytes())
        for name, picture in pictures.items():
            drawn = letters.cleaned(picture.decode(), self.unseen)
            (folder / name).write_text(drawn, "utf-8")
        if self.logo:
            (folder / _LOGO).write_bytes(self.logo)
        _write_json(folder / _DATA, letters.mapped(data, self._fitted))
        _write_json(folder / _ABOUT, letters.mapped(data["about"], letters.cleaned))
        return folder / _TEMPLATES[0]

    def _fitted(self, text: str) -> str:
        return letters.breakable(letters.cleaned(text, self.unseen))


def _write_json(path: Path, data: object) -> None:
    path.write_bytes(json.dumps(data, ensure_ascii=False).encode("utf-8", "replace"))


def typeset(copy: Copy, made_on: date) -> bytes:
    """The PDF of a report: tagged, with its fonts inside, the same bytes for the same report.

    Letters that Tablero's own fonts lack are taken from the fonts of the machine.

    Parameters
    ----------
    copy
        What it says.
    made_on
        The day it bears.

    Raises
    ------
    UnseenError
        If no font has some of the letters.
    ProblemsError
        If the logo is no picture, or Typst cannot set the rest.
    """
    with TemporaryDirectory() as folder:
        main = copy.write(Path(folder))
        try:
            return _set(main, made_on, _fonts(with_system=False))
        except UnseenError:
            return _set(main, made_on, _fonts(with_system=True))


def _set(main: Path, made_on: date, fonts: typst.Fonts) -> bytes:
    import typst  # noqa: PLC0415 - nothing but a PDF needs it

    try:
        return typst.compile(
            main,
            root=main.parent,
            format="pdf",
            font_paths=fonts,
            pdf_standards=list(_STANDARDS),
            timestamp=datetime.combine(made_on, time(), UTC),
        )
    except typst.TypstError as error:
        raise _explained(error) from error


def _explained(error: typst.TypstError) -> Exception:
    unseen = "".join(_unescaped(one) for one in _UNSEEN.findall(error.diagnostic))
    if unseen:
        return UnseenError(letters.seen(unseen))
    if _NO_PICTURE.search(error.message):
        return ProblemsError([Problem("paper_logo")])
    return ProblemsError([Problem("paper_failed", values={"reason": error.message})])


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)


@cache
def _fonts(*, with_system: bool) -> typst.Fonts:
    """Tablero's fonts, which decide the look, before those of the machine, which fill gaps."""
    import typst  # noqa: PLC0415 - nothing but a PDF needs it

    with as_file(files(__package__).joinpath("fonts")) as folder:
        return typst.Fonts(include_system_fonts=with_system, font_paths=[folder])
