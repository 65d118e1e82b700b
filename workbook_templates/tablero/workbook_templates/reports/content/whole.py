"""All that is said of a period and of a company, in one piece each."""

from __future__ import annotations

from dataclasses import dataclass

from tablero.workbook_templates.reports.content.actions import Actions, actions
from tablero.workbook_templates.reports.content.diagnosis import Diagnosis, diagnosis
from tablero.workbook_templates.reports.content.headline import Headline, headline
from tablero.workbook_templates.reports.content.matrix import Matrix, matrix
from tablero.workbook_templates.reports.content.method import Method, method
from tablero.workbook_templates.reports.content.notes import Notes, notes
from tablero.workbook_templates.reports.content.okrs import Okrs, okrs
from tablero.workbook_templates.reports.content.owed import OwedFigures, owed
from tablero.workbook_templates.reports.content.perspectives import Perspectives, perspectives
from tablero.workbook_templates.reports.content.problems import Problems, problems
from tablero.workbook_templates.reports.report import Report


@dataclass(frozen=True)
class PeriodRows:
    """What changes with the period shown."""

    code: str
    """As the command line writes the period."""
    headline: Headline
    perspectives: Perspectives
    actions: Actions
    owed: OwedFigures


@dataclass(frozen=True)
class CompanyRows:
    """What is the same in every period."""

    problems: Problems
    matrix: Matrix
    okrs: Okrs
    diagnosis: Diagnosis
    method: Method
    notes: Notes


def period_rows(report: Report) -> PeriodRows:
    """What is said of the period shown; of others by ``report.at(period)``."""
    return PeriodRows(
        report.calendar.code(report.period),
        headline(report),
        perspectives(report),
        actions(report),
        owed(report),
    )


def company_rows(report: Report) -> CompanyRows:
    """What is said of the company, whatever the period."""
    return CompanyRows(
        problems(report),
        matrix(report),
        okrs(report),
        diagnosis(report),
        method(report),
        notes(report),
    )
