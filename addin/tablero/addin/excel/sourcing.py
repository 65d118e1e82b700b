"""Figures out of a file that was chosen in Excel; what it does not say itself is asked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tablero.addin.excel.desk import Desk
from tablero.workbook_templates.filling.delivery import Delivery
from tablero.workbook_templates.filling.ledger import (
    chart_of,
    delivery_from_trial_balance,
    month_asked,
)
from tablero.workbook_templates.filling.recognition import NO_WISH, Wish, delivered
from tablero.workbook_templates.filling.sources import read_source
from tablero.workbook_templates.filling.tables import Source
from tablero.workbook_templates.periods import MONTHS_A_YEAR, Calendar
from tablero.workbook_templates.problems import ProblemsError
from tablero.workbook_templates.read import Reading
from tablero.workbook_templates.texts import text


def bring(desk: Desk, path: Path, reading: Reading, language: str) -> Delivery | None:
    """The figures of a file: a table of figures, a fill-in file, or a trial balance.

    The month is asked where the file does not say it, and the decimal mark where no figure shows
    it; None when the user would rather not say.
    """
    source = read_source(path)
    wish = _wish(desk, source, reading, language)
    if wish is None:
        return None
    found = _delivery(desk, path, source, reading, wish, language)
    if found is None or all(problem.code != "source_decimal" for problem in found.problems):
        return found
    answer = desk.decide(text("excel.macro.fill_comma", language, file=path.name))
    if answer == "cancel":
        return None
    said = replace(wish, decimal="," if answer == "yes" else ".")
    return _delivery(desk, path, source, reading, said, language)


def _wish(desk: Desk, source: Source, reading: Reading, language: str) -> Wish | None:
    """The month of all figures, where the source names no months."""
    try:
        delivered(source, reading)
    except ProblemsError as refused:
        if not _has_no_form(refused):
            raise
    else:
        return NO_WISH
    question = text("excel.macro.fill_month", language, file=source.name)
    month = desk.ask(question, _first_owed(reading))
    return None if month is None else Wish(month_asked(month, reading.definition).code)


def _first_owed(reading: Reading) -> str:
    """The month after the last one with any figure."""
    company = reading.definition.company
    number = min(reading.figures.latest_month + 1, MONTHS_A_YEAR)
    return Calendar(company.year, company.fiscal_start_month).month(number).code


def _delivery(
    desk: Desk, path: Path, source: Source, reading: Reading, wish: Wish, language: str
) -> Delivery | None:
    """What a source holds; without inputs by name, one of a month may be a trial balance."""
    try:
        return delivered(source, reading, wish)
    except ProblemsError as refused:
        if not _has_no_form(refused) or not wish.month:
            raise
    chart = _chart(desk, reading, language)
    if chart is None:
        return None
    month = month_asked(wish.month, reading.definition)
    delivery, _ = delivery_from_trial_balance(path, reading, month, chart=chart, wish=wish)
    return delivery


def _chart(desk: Desk, reading: Reading, language: str) -> str | None:
    """The chart of accounts that the ledger follows, asked where it could be several."""
    try:
        return chart_of(reading.definition)
    except ProblemsError as refused:
        (problem,) = refused.problems
        if problem.code != "ledger_chart_wanted":
            raise
    known = str(problem.values["known"])
    question = text("excel.macro.fill_chart", language, known=known)
    return desk.ask(question, known.partition(",")[0])


def _has_no_form(refused: ProblemsError) -> bool:
    return any(problem.code == "source_no_form" for problem in refused.problems)
