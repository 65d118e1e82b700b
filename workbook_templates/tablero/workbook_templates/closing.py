"""Closing a month, so that its figures stay what was reported, and opening it again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tablero.workbook_templates.change_log import entries, now, user
from tablero.workbook_templates.editing.edits import Edit
from tablero.workbook_templates.editing.sheet import Kept
from tablero.workbook_templates.grid import Cell
from tablero.workbook_templates.periods import MONTHS_A_YEAR, Calendar, Month
from tablero.workbook_templates.problems import Problem, ProblemsError
from tablero.workbook_templates.read import Reading
from tablero.workbook_templates.records import SAMPLES, Action, Change, as_text

_SHOWN = 5


def close(reading: Reading, month: Month, *, incomplete: bool = False) -> list[Edit]:
    """The cells that close a month: locked, marked, its figures put on record.

    Parameters
    ----------
    reading
        The workbook.
    month
        One of its months, this year's or last year's.
    incomplete
        Whether figures may be missing; they are then on record as missing.

    Raises
    ------
    ProblemsError
        The month is none of the workbook's, is closed already, or figures of it are missing.
    """
    number = _number(reading, month)
    if month in reading.records.closed:
        raise ProblemsError([Problem("month_closed_already", values={"month": month.code})])
    figures = figures_of(reading, number)
    _refuse_missing(reading, month, figures, incomplete=incomplete)
    slot = next((cell for cell in reading.record_cells.closed if not cell.value), None)
    if slot is None:
        raise ProblemsError([Problem("no_change_log")])
    return [
        Edit(slot.sheet, (slot.row, slot.column), as_text(month, figures)),
        *_styled(reading, number, SAMPLES),
        *_logged(reading, "close", month),
    ]


def reopen(reading: Reading, month: Month) -> list[Edit]:
    """The cells that open a closed month again.

    Raises
    ------
    ProblemsError
        The month is none of the workbook's, or is not closed.
    """
    number = _number(reading, month)
    if month not in reading.records.closed:
        raise ProblemsError([Problem("month_not_closed", values={"month": month.code})])
    kept = as_text(month, reading.records.closed[month])
    slots = [cell for cell in reading.record_cells.closed if cell.value == kept]
    back = {closed: style for style, closed in SAMPLES.items()}
    return [
        *(Edit(slot.sheet, (slot.row, slot.column), None) for slot in slots),
        *_styled(reading, number, back),
        *_logged(reading, "reopen", month),
    ]


def figures_of(reading: Reading, number: int) -> dict[str, float]:
    """The figures of a fiscal month by input id; missing ones are left out."""
    column = reading.figures.months[:, number + MONTHS_A_YEAR - 1]
    return {
        key: float(value)
        for key, value in zip(reading.figures.ids, column, strict=True)
        if value == value  # noqa: PLR0124 - not of not-a-number
    }


def _number(reading: Reading, month: Month) -> int:
    calendar = Calendar(
        reading.definition.company.year, reading.definition.company.fiscal_start_month
    )
    number = calendar.number(month)
    if number not in reading.places.headers:
        ends = {"first": calendar.month(1 - MONTHS_A_YEAR).code, "last": calendar.month(12).code}
        raise ProblemsError([Problem("month_not_closable", values={"month": month.code, **ends})])
    return number


def _refuse_missing(
    reading: Reading, month: Month, figures: Mapping[str, float], *, incomplete: bool
) -> None:
    missing = [one for one in reading.definition.inputs if one.id not in figures]
    if not missing or incomplete:
        return
    names = [one.name.in_language(reading.language) for one in missing[:_SHOWN]]
    names += ["…"] if len(missing) > _SHOWN else []
    told = {"month": month.code, "count": len(missing), "names": ", ".join(names)}
    raise ProblemsError([Problem("month_incomplete", values=told)])


def _styled(reading: Reading, number: int, styles: Mapping[str, str]) -> Iterator[Edit]:
    """The month's cells in other styles, with what stands in them."""
    header, whole, percent = (reading.record_cells.samples[styles[key]] for key in _order(styles))
    yield _in_style(reading.places.headers[number], header)
    units = {one.id: one.unit.in_language(reading.language) for one in reading.definition.inputs}
    for (key, month), cell in reading.places.months.items():
        if month == number:
            yield _in_style(cell, percent if units[key] == "%" else whole)


def _order(styles: Mapping[str, str]) -> Sequence[str]:
    """The styles of the header, of whole numbers and of percentages."""
    whole, percent, header = styles
    return header, whole, percent


def _in_style(cell: Cell, sample: Cell) -> Edit:
    place = (sample.sheet, (sample.row, sample.column))
    return Edit(cell.sheet, (cell.row, cell.column), Kept.VALUE, style_of=place)


def _logged(reading: Reading, action: Action, month: Month) -> list[Edit]:
    return entries(reading, [Change(now(), user(), action, month.code)])
