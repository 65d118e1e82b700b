"""The report of a case by way of a real workbook, and its page; the workers of a run share both."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from filelock import FileLock

from tablero.workbook_templates.periods import Calendar
from tablero.workbook_templates.read import read_workbook
from tablero.workbook_templates.reports.page import page
from tablero.workbook_templates.reports.report import Report
from tablero.workbook_templates.workbook import new_workbook
from tests.browser.companies import Case, case

AFTERWARDS = date(2027, 2, 1)
"""A day on which every month of every case has been."""


def report_of(name: str, language: str, folder: Path) -> Report:
    """The report of a case, read from a workbook that is kept in the folder."""
    one = case(name)
    path = folder / f"{name}.xlsx"
    with FileLock(f"{path}.lock"):
        if not path.exists():
            _write(one, path)
    return Report.of(read_workbook(path, today=AFTERWARDS), language=language, logo=one.logo)


def page_of(report: Report, name: str, folder: Path) -> Path:
    """The file of a report's page, which is kept in the folder."""
    target = folder / f"{name} {report.language}.html"
    with FileLock(f"{target}.lock"):
        if not target.exists():
            target.write_text(page(report), "utf-8")
    return target


def _write(one: Case, path: Path) -> None:
    company = one.definition.company
    period = Calendar(company.year, company.fiscal_start_month).period(one.kind, one.month)
    new_workbook(one.definition, path, records=one.records, period=period)
