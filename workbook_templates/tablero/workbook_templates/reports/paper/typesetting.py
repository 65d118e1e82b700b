"""Typesetting: turns the blocks of a report and its template into a PDF with Typst."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from functools import cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING

from tablero.workbook_templates.problems import Problem, ProblemsError
from tablero.workbook_templates.reports.paper.blocks import Paper, plain

if TYPE_CHECKING:
    import typst

_STANDARDS: tuple[typst.PDFStandard, ...] = ("ua-1", "a-2a")
"""Readable by screen readers, and by whoever opens the archive in thirty years."""
_TEMPLATES = ("report.typ", "blocks.typ")
_UNSEEN = re.compile(r"the text `\"(.+?)\"` could not be displayed with font")
_LONGEST_WORD = re.compile(r"\S{28}(?=\S)")


class UnseenError(Exception):
    """Raised where a report has letters for which no font is at hand."""

    def __init__(self, letters: frozenset[str]) -> None:
        self.letters = letters
        super().__init__("".join(sorted(letters)))


def typeset(paper: Paper, made_on: date, pictures: Mapping[str, bytes]) -> bytes:
    """The PDF of a report: tagged, with its fonts inside, the same bytes for the same report.

    Letters that Tablero's own fonts lack are taken from the fonts of the machine.

    Parameters
    ----------
    paper
        What it says.
    made_on
        The day it bears.
    pictures
        Files that it shows, by the names it calls them.

    Raises
    ------
    UnseenError
        If no font has some of the letters.
    ProblemsError
        If Typst cannot set it.
    """
    sources = _sources(paper, pictures)
    try:
        return _set(sources, made_on, _fonts(with_system=False))
    except UnseenError:
        return _set(sources, made_on, _fonts(with_system=True))


def _sources(paper: Paper, pictures: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files that Typst may see: nothing else of the machine is within its reach."""
    folder = files(__package__)
    shown: dict[str, bytes] = dict(pictures)
    data = plain(paper, shown)
    templates = {name: folder.joinpath(name).read_bytes() for name in _TEMPLATES}
    return {"main.typ": b'#include "report.typ"', **templates, **shown, "report.json": _json(data)}


def _json(data: object) -> bytes:
    return json.dumps(data, ensure_ascii=False).encode("utf-8", "replace")


def _set(sources: dict[str, bytes], made_on: date, fonts: typst.Fonts) -> bytes:
    import typst  # noqa: PLC0415 - nothing but a PDF needs it

    try:
        found = typst.compile(  # type: ignore[call-overload]
            sources,
            format="pdf",
            font_paths=fonts,
            pdf_standards=list(_STANDARDS),
            timestamp=datetime.combine(made_on, time(), UTC),
        )
    except typst.TypstError as error:
        raise _explained(error) from error
    return bytes(found)


def _explained(error: typst.TypstError) -> Exception:
    letters = frozenset("".join(_UNSEEN.findall(error.diagnostic)))
    if letters:
        return UnseenError(letters)
    return ProblemsError([Problem("paper_failed", values={"reason": error.message})])


@cache
def _fonts(*, with_system: bool) -> typst.Fonts:
    """Tablero's fonts, which decide the look, before those of the machine, which fill gaps."""
    import typst  # noqa: PLC0415 - nothing but a PDF needs it

    with as_file(files(__package__).joinpath("fonts")) as folder:
        return typst.Fonts(include_system_fonts=with_system, font_paths=[folder])
