"""The report on paper: which parts it has, in the order in which a board reads them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tablero.workbook_templates import styles
from tablero.workbook_templates.reports.paper import front, perspectives
from tablero.workbook_templates.reports.paper.blocks import Paper, Section
from tablero.workbook_templates.reports.paper.typesetting import typeset
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
    return typeset(document(report, day), day, {})


def document(report: Report, made_on: date) -> Paper:
    """What the report says, part by part."""
    company = report.definition.company.name
    return Paper(
        title=front.title(report),
        company=company,
        period=report.label,
        made_on=report.say("paper.made_on", date=made_on),
        line=front.line(report),
        language=report.language,
        keywords=front.keywords(report),
        look=_look(report),
        sections=tuple(_sections(report)),
    )


def _sections(report: Report) -> Iterator[Section]:
    yield front.summary(report)
    yield from perspectives.sections(report)


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
        "warning_ink": str(styles.role("warning")["font_color"]),
        "warning_paper": str(styles.role("warning")["bg_color"]),
    }
