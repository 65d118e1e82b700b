"""What an achievement calls for: the assessment, plan and term of the paper's table 2."""

from __future__ import annotations

from bisect import bisect_right

from tablero.udfs.errors import CellValueError
from tablero.udfs.shapes import (
    MISSING,
    Answer,
    Cell,
    Cells,
    elementwise,
    is_missing,
    number,
)
from tablero.udfs.tables import filled_rows, is_left_out, require_rising

BAND_SLACK = 1e-9
"""What an achievement may lack of a bound and still reach it: the rounding error of binary sums."""

DEFAULT_BANDS: tuple[tuple[float, str, str, str], ...] = (
    (0.0, "Not acceptable", "Corrective", "Short"),
    (0.6, "Poor", "Improvement", "Short"),
    (0.8, "Good", "Improvement", "Medium"),
    (1.0, "Excellent", "Preventive", "Long"),
)
"""Table 2: from which achievement on a band reaches, its name, its plan, its term."""

_FROM, _NAME, _PLAN, _TERM = range(4)


def action_band(achievement: Cells, bands: Cells = None) -> Answer:
    """Assessment of an achievement: "Not acceptable", "Poor", "Good" or "Excellent".

    Parameters
    ----------
    achievement : number or range
        Achievement as a fraction; missing answers "".
    bands : rows of (from, name, plan, term), optional
        Lower bound of each band as a fraction, ascending, and its words; empty rows and further
        columns do not matter.  Missing or wholly empty: the paper's bands, `DEFAULT_BANDS`.

    Returns
    -------
    text or range of texts
        The name of the band.

    Raises
    ------
    CellValueError
        A text where a number belongs, or a row without bound or without its words' column.
    CellNumberError
        Bounds that do not ascend, or a table of no rows.

    Notes
    -----
    A band holds its lower bound and ends below the next one, so that exactly 100 % is Excellent:
    table 2 of Cano, Vergara and Puerta (2017) leaves that case out.  The unrounded achievement is
    compared, with a slack of 1e-9.  Whatever lies below the lowest bound is in the lowest band.

    Examples
    --------
    >>> action_band(0.8090)
    'Good'
    >>> action_band([1.0, 0.5999, None])
    ['Excellent', 'Not acceptable', '']
    >>> action_band(0.7, [(0, "Red", "", ""), (0.75, "Green", "", "")])
    'Red'
    """
    return _words(achievement, bands, _NAME)


def action_plan(achievement: Cells, bands: Cells = None) -> Answer:
    """Kind of plan that an achievement calls for: "Corrective", "Improvement" or "Preventive".

    Parameters
    ----------
    achievement : number or range
        Achievement as a fraction; missing answers "".
    bands : rows of (from, name, plan, term), optional
        As in `action_band`.

    Returns
    -------
    text or range of texts
        The plan of the band.

    Raises
    ------
    CellValueError
        A text where a number belongs, or a row without bound or without its words' column.
    CellNumberError
        Bounds that do not ascend, or a table of no rows.

    Notes
    -----
    The bands are those of `action_band`: table 2 of Cano, Vergara and Puerta (2017).

    Examples
    --------
    >>> action_plan(0.8090)
    'Improvement'
    """
    return _words(achievement, bands, _PLAN)


def action_term(achievement: Cells, bands: Cells = None) -> Answer:
    """Term within which the plan is due: "Short", "Medium" or "Long".

    Parameters
    ----------
    achievement : number or range
        Achievement as a fraction; missing answers "".
    bands : rows of (from, name, plan, term), optional
        As in `action_band`.

    Returns
    -------
    text or range of texts
        The term of the band.

    Raises
    ------
    CellValueError
        A text where a number belongs, or a row without bound or without its words' column.
    CellNumberError
        Bounds that do not ascend, or a table of no rows.

    Notes
    -----
    The bands are those of `action_band`: table 2 of Cano, Vergara and Puerta (2017), where short
    is 3 to 6 months, medium 6 to 12 and long 12 to 18.

    Examples
    --------
    >>> action_term(0.8090)
    'Medium'
    """
    return _words(achievement, bands, _TERM)


def _words(achievement: Cells, bands: Cells, column: int) -> Answer:
    table = _table(bands, column)
    bounds = [row[_FROM] for row in table]
    words = [MISSING if is_missing(row[column]) else str(row[column]) for row in table]
    return elementwise(lambda cell: _word(cell, bounds, words), achievement)


def _word(achievement: Cell, bounds: list[float], words: list[str]) -> str:
    if is_missing(achievement):
        return MISSING
    reached = number(achievement, "the achievement") + BAND_SLACK
    # From the second bound on: whatever lies below the first is in the lowest band all the same.
    return words[bisect_right(bounds, reached, 1) - 1]


def _table(bands: Cells, column: int) -> list[list[Cell]]:
    """Give the filled rows of the bands with their bounds as numbers, ascending."""
    if is_left_out(bands):
        return [list(band) for band in DEFAULT_BANDS]
    table = [_band(row, column) for row in filled_rows(bands)]
    require_rising([row[_FROM] for row in table], "bands")
    return table


def _band(row: Cell, column: int) -> list[Cell]:
    if len(row) <= column:
        raise CellValueError("a band must have the columns from, name, plan, term")
    return [number(row[_FROM], "a band's lower bound"), *row[1:]]
