"""Publishing what a workbook says: its page and its paper, as files that are whole or not there."""

from __future__ import annotations

import os
import sys
import webbrowser
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Literal

import numpy as np

from tablero.workbook_templates.backups import dress, unfinished
from tablero.workbook_templates.editing.package import Package
from tablero.workbook_templates.logos import can_be_shown, logo_of
from tablero.workbook_templates.periods import Calendar, Period
from tablero.workbook_templates.problems import Problem, ProblemsError
from tablero.workbook_templates.read import Reading
from tablero.workbook_templates.reports.report import Report

Kind = Literal["html", "pdf"]
"""The page for a browser, or the report on paper."""

ENDINGS: Mapping[Kind, str] = MappingProxyType({"html": ".html", "pdf": ".pdf"})
LOGO_LEFT = Problem("report_logo_left", "note")
_OPEN_ELSEWHERE = "file_open_elsewhere"


@dataclass(frozen=True)
class Logo:
    """A picture for the reports of a workbook, and what is to be told of it."""

    picture: bytes | None
    told: tuple[Problem, ...] = ()

    @classmethod
    def of(cls, path: Path) -> Logo:
        """The workbook's own; one that cannot be shown is left out, and told."""
        picture = logo_of(path, Package.read(path))
        if picture is None or can_be_shown(picture):
            return cls(picture)
        return cls(None, (LOGO_LEFT,))


def report_of(
    reading: Reading,
    logo: bytes | None,
    *,
    language: str | None = None,
    period: Period | None = None,
) -> Report:
    """The report of a workbook; that somebody has it open is no problem of its figures.

    Raises
    ------
    ProblemsError
        A formula of its definition is not sound, so that nothing can be scored.
    """
    if any(one.path and one.code.startswith("formula_") for one in reading.problems):
        raise ProblemsError(reading.problems)
    problems = tuple(one for one in reading.problems if one.code != _OPEN_ELSEWHERE)
    own = replace(reading, problems=problems)
    return Report.of(own, language=language, period=period, logo=logo)


def notes(report: Report, today: date | None = None) -> Iterator[Problem]:
    """What whoever makes a report should know of its period: that nothing is in it yet."""
    day = today or _today()
    period, calendar = report.period, report.calendar
    values = {"period": calendar.code(period)}
    first = calendar.month(period.first)
    if date(first.year, first.month, 1) > day:
        yield Problem("report_future", "note", values)
    elif np.isnan(report.achievements(report.nodes[0])[report.column]):
        yield Problem("report_empty", "note", values)


@dataclass(frozen=True)
class Made:
    """What the file of a report holds, and what is to be told of it."""

    content: bytes
    told: tuple[Problem, ...] = ()


def made(report: Report, kind: Kind, made_on: date | None = None) -> Made:
    """The file of a kind; where only its logo is in the way, without the logo."""
    try:
        return Made(_content(report, kind, made_on))
    except ProblemsError:
        if report.logo is None:
            raise
        return Made(_content(replace(report, logo=None), kind, made_on), (LOGO_LEFT,))


def _content(report: Report, kind: Kind, made_on: date | None) -> bytes:
    # Either takes long to import, and whoever wants one need not wait for the other.
    if kind == "html":
        from tablero.workbook_templates.reports.page import page  # noqa: PLC0415

        return page(report).encode()
    from tablero.workbook_templates.reports.paper import paper  # noqa: PLC0415

    return paper(report, made_on=made_on or _today())


def refreshing(page: bytes, seconds: int) -> bytes:
    """A page that its browser loads anew again and again, as a screen on a wall needs it.

    >>> refreshing(b"<title>Acme</title>", 60)
    b'<title>Acme</title><meta http-equiv="refresh" content="60">'
    """
    order = b'</title><meta http-equiv="refresh" content="%d">' % seconds
    return page.replace(b"</title>", order, 1)


def name_of(workbook: str, calendar: Calendar, period: Period, kind: Kind) -> str:
    """What a report is called: after its workbook and its period.

    >>> calendar = Calendar(2026)
    >>> name_of("acme.xlsx", calendar, calendar.parse("2026-06"), "pdf")
    'acme-2026-06.pdf'
    >>> name_of("acme-2026.xlsx", calendar, calendar.parse("2026-Q1"), "html")
    'acme-2026-q1.html'
    """
    stem = Path(workbook).stem.removesuffix(f"-{calendar.year}")
    return f"{stem}-{calendar.code(period).lower()}{ENDINGS[kind]}"


def put(content: bytes, path: Path) -> None:
    """Write a file beside its place and let it take the place, so that nobody reads a half."""
    with unfinished(path) as file:
        file.write_bytes(content)
        if path.exists():
            dress(file, path, dates=False)
        else:
            file.chmod(0o666 & ~_umask())
        file.replace(path)


def open_file(path: Path) -> None:
    """Show a file in the program that people have for its kind."""
    if sys.platform == "win32":
        os.startfile(path)  # noqa: S606 - a file that was just made here
    else:
        webbrowser.open(path.resolve().as_uri())


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _today() -> date:
    return datetime.now().astimezone().date()
