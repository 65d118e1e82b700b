"""The buttons that make the page and the report of the open workbook, and show them."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from tablero.addin.excel.boxes import listed
from tablero.addin.excel.desk import Desk
from tablero.addin.publishing import (
    ENDINGS,
    Kind,
    Logo,
    made,
    name_of,
    notes,
    open_file,
    put,
    report_of,
)
from tablero.workbook_templates.problems import Problem
from tablero.workbook_templates.reports.report import Report
from tablero.workbook_templates.saving import save
from tablero.workbook_templates.texts import text


def report(desk: Desk, language: str) -> None:
    """Make the report on paper of the period that Home shows, unsaved figures included."""
    _publish(desk, "pdf", language)


def page(desk: Desk, language: str) -> None:
    """Make the page of the workbook, unsaved figures included."""
    _publish(desk, "html", language)


def _publish(desk: Desk, kind: Kind, language: str) -> None:
    """Make a file where the user wants it, show it, and tell what it could not."""
    reading = desk.reading()
    logo = _logo(desk)
    shown = report_of(reading, logo.picture)
    path = _place(desk, shown, kind, language)
    if path is None:
        return
    file = made(shown, kind)
    save(path, partial(put, file.content), force=True, ending=ENDINGS[kind])
    open_file(path)
    told = "\n\n".join(filter(None, _told(shown, (*logo.told, *file.told), language)))
    if told:
        desk.tell(told)


def _logo(desk: Desk) -> Logo:
    """The picture on Home, from a copy: Excel hands out no pictures."""
    with desk.copy() as copy:
        return Logo.of(copy)


def _place(desk: Desk, shown: Report, kind: Kind, language: str) -> Path | None:
    """Where the file goes; one that is there is replaced only if that is meant."""
    suggestion = name_of(desk.name, shown.calendar, shown.period, kind)
    path = desk.choose_file(suggestion, text(f"excel.report.kind.{kind}", language), ENDINGS[kind])
    if path is None or not path.exists():
        return path
    question = text("excel.report.replace", language, file=path.name)
    return path if desk.agree(question) else None


def _told(shown: Report, found: tuple[Problem, ...], language: str) -> tuple[str, str]:
    """What stands on its first page, and what whoever made it should know."""
    severities = [problem.severity for problem in shown.problems]
    errors, warnings = (severities.count(one) for one in ("error", "warning"))
    values = {"errors": errors, "warnings": warnings}
    wrong = text("excel.report.problems", language, **values) if errors or warnings else ""
    return wrong, listed((*notes(shown), *found), language)
