"""What message boxes say, in as many lines as a screen has room for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tablero.workbook_templates.advice import errands
from tablero.workbook_templates.problems import Problem
from tablero.workbook_templates.texts import text

_MOST_LINES = 28


def listed(problems: Iterable[Problem], language: str, own: str = "") -> str:
    """Problems by what to do, as ``tablero check`` tells them.

    ``own`` is the name of the open workbook, which needs no saying.
    """
    found = errands(one.at(file="") if one.file == own else one for one in problems)
    lines: list[str] = []
    for errand in found:
        lines += [errand.heading(language), *errand.lines(language)]
    return cut(lines, language)


def cut(lines: Sequence[str], language: str, most: int = _MOST_LINES) -> str:
    """Lines, and how many more there are."""
    more = len(lines) - most
    told = [text("excel.macro.more", language, count=more)] if more > 0 else []
    return "\n".join([*lines[:most], *told])
