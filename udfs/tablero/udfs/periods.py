"""What an input comes to in a period of months, this year or the year before."""

from __future__ import annotations

from math import fsum

from tablero.udfs.errors import CellValueError
from tablero.udfs.shapes import (
    MISSING,
    Cell,
    Cells,
    flattened,
    is_missing,
    is_range,
    number,
    number_or_none,
    require_same_shape,
)

MONTHS_IN_YEAR = 12


def period_value(months: Cells, in_period: Cells, method: Cell) -> float | str:
    """Figure of an input for a period, from its months.

    Parameters
    ----------
    months : range
        The monthly figures in the order of time; empty months are missing, never 0.
    in_period : range of the same shape
        1 for each month that belongs to the period, 0 or empty for the others.
    method : {"T", "A", "L"}
        T adds the months up (sales), A averages them (total assets), L takes the last one
        (headcount).  Capitals do not matter.

    Returns
    -------
    number or ""
        One number for the period; "" when none of its months is filled.

    Raises
    ------
    CellValueError
        A text in a month of the period, a flag other than 0 or 1, an unknown method, or ranges
        that differ in shape.  What stands in months outside the period does not matter.

    Notes
    -----
    T and A are the aggregations of table 4 in Cano, Vergara and Puerta (2017); L is added for
    figures of which only the newest counts.

    Examples
    --------
    January to March are in the period, and March is not yet filled:

    >>> period_value([16, 7, "", 3], [1, 1, 1, 0], "T")
    23.0
    >>> period_value([16, 7, "", 3], [1, 1, 1, 0], "A")
    11.5
    >>> period_value([16, 7, "", 3], [1, 1, 1, 0], "L")
    7.0
    """
    kind = _method(method)
    used = _used_months(months, in_period)
    return _aggregated([number(cell, "a month") for cell in used if not is_missing(cell)], kind)


def previous_value(
    months: Cells, in_period: Cells, last_months: Cells, last_year: Cell, method: Cell
) -> float | str:
    """Figure of the year before for the same months, as the base of a growth.

    Parameters
    ----------
    months : range
        This year's monthly figures in the order of time.
    in_period : range of the same shape
        1 for each month that belongs to the period, 0 or empty for the others.
    last_months : range of the same shape, or missing
        Last year's monthly figures, where they are known.
    last_year : number or missing
        Last year's figure for the whole year: its total for T, its average or last for A and L.
    method : {"T", "A", "L"}
        As in `period_value`.

    Returns
    -------
    number or ""
        One number for the same months of last year; "" when this year has no filled month in the
        period, or when last year is not known.

    Raises
    ------
    CellValueError
        A text in a month that is used or in `last_year`, a flag other than 0 or 1, an unknown
        method, or ranges that differ in shape.

    Notes
    -----
    Like is compared with like: of the period's months only those filled this year count, n of
    them.  If all of these are known for last year, the answer is their total, average or last.
    Otherwise last year's figure stands in: a total for n of its 12 months, ``n / 12`` of it; an
    average or last as it is.

    Examples
    --------
    Two months are filled.  Last year's months are known, then only last year's total is:

    >>> previous_value([30, 40, ""], [1, 1, 1], [25, 35, 45], 420, "T")
    60.0
    >>> previous_value([30, 40, ""], [1, 1, 1], None, 420, "T")
    70.0
    """
    kind = _method(method)
    figures = [number_or_none(cell, "a month") for cell in _used_months(months, in_period)]
    whole_year = number_or_none(last_year, "last year's figure")
    same_months = _same_months(months, in_period, last_months)
    count = sum(figure is not None for figure in figures)
    if len(same_months) == count:
        return _aggregated(same_months, kind)
    if whole_year is None:
        return MISSING
    return whole_year * count / MONTHS_IN_YEAR if kind == "T" else whole_year


def _same_months(months: Cells, in_period: Cells, last_months: Cells) -> list[float]:
    """Give last year's known figures for the period's months that are filled this year."""
    if not is_range(last_months) and is_missing(last_months):
        return []
    require_same_shape(months, last_months, "months and last year's months")
    return [
        number(last, "a month of last year")
        for (flag, cell), last in zip(
            _flagged(months, in_period), flattened(last_months), strict=True
        )
        if flag and not is_missing(cell) and not is_missing(last)
    ]


def _used_months(months: Cells, in_period: Cells) -> list[Cell]:
    return [cell for flag, cell in _flagged(months, in_period) if flag]


def _flagged(months: Cells, in_period: Cells) -> list[tuple[bool, Cell]]:
    require_same_shape(months, in_period, "months and in_period")
    return [
        (_is_in_period(flag), cell)
        for flag, cell in zip(flattened(in_period), flattened(months), strict=True)
    ]


def _is_in_period(flag: Cell) -> bool:
    figure = number_or_none(flag, "a flag of in_period")
    if figure not in (None, 0, 1):
        raise CellValueError(f"in_period must hold 0 or 1, not {flag!r}")
    return figure == 1


def _method(method: Cell) -> str:
    word = method.upper() if isinstance(method, str) else ""
    if word not in ("T", "A", "L"):
        raise CellValueError(f"method must be T, A or L, not {method!r}")
    return word


def _aggregated(figures: list[float], method: str) -> float | str:
    if not figures:
        return MISSING
    if method == "L":
        return figures[-1]
    return fsum(figures) / (len(figures) if method == "A" else 1)
