"""The report on paper: which parts it has, in the order in which a board reads them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from tablero.workbook_templates import styles
from tablero.workbook_templates.logos import can_be_shown
from tablero.workbook_templates.problems import Problem, ProblemsError
from tablero.workbook_templates.reports.paper import (
    appendix,
    front,
    letters,
    overview,
    perspectives,
    registers,
)
from tablero.workbook_templates.reports.paper.blocks import About, Paper, Section
from tablero.workbook_templates.reports.paper.told import Told
from tablero.workbook_templates.reports.paper.typesetting import Copy, UnseenError, typeset
from tablero.workbook_templates.reports.report import Report


def paper(report: Report, made_on: date | None = None) -> bytes:
    """The report of its period as a PDF: A4, tagged, its fonts inside.

    Parameters
    ----------
    report
        What it tells.
    made_on
        The day that it bears; today without it. The same report of the same day is the same file.

    Raises
    ------
    ProblemsError
        If the logo is no picture that fits there, or the page cannot be set.

    Examples
    --------
    >>> from tablero.workbook_templates.library import load_template
    >>> from tablero.workbook_templates.scoring import score
    >>> scores = score(load_template("cano"))
    >>> report = Report(scores, "en", scores.calendar.parse("2016"))
    >>> paper(report, date(2017, 1, 9))[:5]
    b'%PDF-'
    """
    day = made_on or date.today()  # noqa: DTZ011 - the reader's own day
    if report.logo and not can_be_shown(report.logo):
        raise ProblemsError([Problem("paper_logo")])
    copy = Copy(document(report, day), report.logo)
    return _set(report, day, copy, copy.hopeless)


def _set(report: Report, day: date, copy: Copy, unseen: frozenset[str]) -> bytes:
    """The PDF, with boxes for the letters that turn out to be in no font."""
    try:
        return typeset(_warning(report, copy, unseen) if unseen else copy, day)
    except UnseenError as error:
        if error.letters <= unseen:
            raise ProblemsError([Problem("paper_failed", values={"reason": str(error)})]) from error
        return _set(report, day, copy, unseen | error.letters)


def _warning(report: Report, copy: Copy, unseen: frozenset[str]) -> Copy:
    """The report with boxes for letters, which its first page tells of."""
    found_in = [one for one in dict.fromkeys(copy.texts) if unseen & set(one)]
    problems = (letters.problem(unseen, found_in), *report.problems)
    first = front.summary(Told(replace(report, problems=problems)))
    sections = (first, *copy.paper.sections[1:])
    return replace(copy, paper=replace(copy.paper, sections=sections), unseen=unseen)


def document(report: Report, made_on: date) -> Paper:
    """What the report says, part by part."""
    company = report.definition.company.name
    title = front.title(report)
    return Paper(
        about=About(f"{title}, {report.label} · {company}", company, front.keywords(report)),
        title=title,
        company=company,
        period=report.label,
        made_on=report.say("paper.made_on", date=made_on),
        line=front.line(report),
        language=report.language,
        look=_look(report),
        sections=tuple(_sections(Told(report))),
        logo=report.say("paper.logo", company=company) if report.logo else "",
    )


def _sections(told: Told) -> Iterator[Section]:
    """Its parts in the order in which a board reads them."""
    yield front.summary(told)
    yield from overview.sections(told)
    yield from perspectives.sections(told)
    yield from registers.sections(told)
    yield from appendix.sections(told)


def _look(report: Report) -> dict[str, str]:
    """The palette, in the company's colour."""
    return {
        "text": styles.TEXT,
        "muted": styles.MUTED,
        "line": styles.LINE,
        "soft": styles.SOFT,
        "accent": report.accent,
        "accent_soft": report.accent_soft,
        "bar": styles.BAR,
        **{
            f"{role}_{part}": str(styles.role(role)[place])
            for role in ("warning", "alarm")
            for part, place in (("ink", "font_color"), ("paper", "bg_color"))
        },
    }
