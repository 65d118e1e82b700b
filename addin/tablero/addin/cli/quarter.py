"""Closing a quarter of objectives and key results, and opening the next."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tablero.addin.cli.fitting import as_typed
from tablero.addin.cli.grading import show_carried, show_grades
from tablero.addin.cli.rolling import content_of
from tablero.addin.cli.running import FINE, WrongUseError, report, wrong_use
from tablero.addin.cli.speaking import users_language
from tablero.addin.cli.terminal import show_saved, terminal
from tablero.workbook_templates.dialects import Dialect
from tablero.workbook_templates.editing.revision import revise
from tablero.workbook_templates.okrs.quarter import QuarterEnd, closed, edition_of, edits_of
from tablero.workbook_templates.problems import Problem, ProblemsError
from tablero.workbook_templates.read import Reading, read_workbook
from tablero.workbook_templates.replacing import Version, replace


def refuse_output(output: Path | None) -> None:
    """Refuse a second workbook: a quarter is closed in the one that there is."""
    if output is not None:
        raise WrongUseError([Problem("quarter_output", file=output.name)])


def close_quarter(path: Path, quarter: str, lang: str | None, *, leave: bool) -> int:
    """Close a quarter in a workbook; the exit code."""
    language = users_language(lang)
    with wrong_use():
        version, reading = Version.of(path), read_workbook(path)
        end = closed(version, reading, quarter)
        content, problems = _content(version, reading, end, leave=leave)
    saved = replace(version, content)
    console = terminal()
    show_grades(console, "quarter.graded", end.graded, language)
    key = "quarter.next_year" if end.ends_year else "quarter.carried"
    more = {"quarter": end.following, "file": as_typed(path)}
    show_carried(console, key, end.carried, language, **more)
    show_saved(console, saved, language)
    report(problems, language)
    return FINE


def _content(
    version: Version, reading: Reading, end: QuarterEnd, *, leave: bool
) -> tuple[bytes, Sequence[Problem]]:
    """The workbook made anew with the next quarter in it; at the year's end with the log alone."""
    if end.ends_year:
        itself = Dialect(reading.dialect).is_self_served
        revision = revise(version, edits_of(reading, end), calculates_itself=itself)
        return revision.content, revision.problems
    edition = edition_of(version, reading, end)
    if edition.left and not leave:
        what = ", ".join(dict.fromkeys(problem.sheet for problem in edition.left))
        name = version.path.name
        raise ProblemsError([Problem("quarter_loses", values={"what": what}, file=name)])
    return content_of(edition), ()
