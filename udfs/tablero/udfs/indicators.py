"""How much a figure has changed against an earlier one, whatever the sign of the earlier one."""

from __future__ import annotations

from tablero.udfs.shapes import MISSING, Answer, Cell, Cells, elementwise, is_missing, number


def growth_rate(current: Cells, previous: Cells) -> Answer:
    """Relative change against an earlier figure: positive when it rose.

    Parameters
    ----------
    current : number or range
        The figure of this period.
    previous : number or range
        The figure of the earlier period, in the same unit.

    Returns
    -------
    number, "" or range
        The change as a fraction of the earlier figure; "" where either is missing, or where the
        earlier one is 0 and thus no base to measure from.

    Raises
    ------
    CellValueError
        A text where a number belongs, or ranges that differ in shape.

    Notes
    -----
    ``(c - p) / |p|``.  Dividing by ``|p|`` makes a loss that shrinks count as growth.  With a
    positive base it is the growth of sales and customers in table 1 of Cano, Vergara and Puerta
    (2017).

    Examples
    --------
    >>> round(growth_rate(2569, 2490), 4)
    0.0317
    >>> growth_rate([-5, 8], [-10, 0])
    [0.5, '']
    """
    return elementwise(_growth, current, previous)


def improvement_rate(before: Cells, after: Cells) -> Answer:
    """Relative improvement of a figure of which less is better: positive when it fell.

    Parameters
    ----------
    before : number or range
        The figure of the earlier period.
    after : number or range
        The figure of this period, in the same unit.

    Returns
    -------
    number, "" or range
        The fall as a fraction of the earlier figure; "" where either is missing, or where the
        earlier one is 0 and thus no base to measure from.

    Raises
    ------
    CellValueError
        A text where a number belongs, or ranges that differ in shape.

    Notes
    -----
    ``(b - a) / |b|``, the relative reduction that Avila-Alejos, Garcia-Lopez and Cano-Zapata
    (2024) report for times and errors.

    Examples
    --------
    Complaints that fell from 48 to 36:

    >>> improvement_rate(48, 36)
    0.25
    """
    return elementwise(_improvement, before, after)


def _growth(current: Cell, previous: Cell) -> float | str:
    if is_missing(current) or is_missing(previous):
        return MISSING
    now, base = number(current, "the current figure"), number(previous, "the previous figure")
    return MISSING if base == 0 else (now - base) / abs(base)


def _improvement(before: Cell, after: Cell) -> float | str:
    if is_missing(before) or is_missing(after):
        return MISSING
    base, now = number(before, "the figure before"), number(after, "the figure after")
    return MISSING if base == 0 else (base - now) / abs(base)
