"""The cells that a function receives: a value, a flat range or rows of rows, some missing."""

from __future__ import annotations

from itertools import chain, repeat
from math import isinf

from tablero.udfs.errors import CellError, CellNumberError, CellValueError

# typing's own constant would be true to type checkers too, but importing typing takes longer
# than everything else here, and a spreadsheet waits for it at its first calculation.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeAlias

    Cell: TypeAlias = Any
    Cells: TypeAlias = Any
    Answer: TypeAlias = Any
else:
    Cell = object
    """A number, a text or nothing: whatever a spreadsheet hands over for one cell."""
    Cells = object
    """One cell, a flat sequence of cells, or a sequence of rows of cells."""
    Answer = object
    """A number or text; for a range a list (or rows) of them, wrong cells holding their error."""

MISSING = ""


def is_missing(cell: Cell) -> bool:
    """Whether a cell holds nothing: None, an empty text or not-a-number.

    >>> [is_missing(cell) for cell in (None, "", float("nan"), 0, " ")]
    [True, True, True, False, False]
    """
    if cell is None:
        return True
    if isinstance(cell, str):
        return cell == ""
    return bool(cell != cell)  # noqa: PLR0124 - true of not-a-number, in every type of number


def number(cell: Cell, noun: str) -> float:
    """Give the cell as a finite float; ``noun`` names it in the error's sentence."""
    if not hasattr(cell, "__float__") or type(cell).__name__.startswith("bool"):
        raise CellValueError(f"{noun} must be a number, not {cell!r}")
    try:
        figure = float(cell)
    except OverflowError:
        raise CellNumberError(f"{noun} is too large: {cell!r}") from None
    return finite(figure, noun)


def number_or_none(cell: Cell, noun: str) -> float | None:
    """Give the cell as a finite float, or None where it is missing."""
    return None if is_missing(cell) else number(cell, noun)


def finite(figure: float, noun: str) -> float:
    """Give the figure back unless it is infinite, which no cell can hold."""
    if isinf(figure):
        raise CellNumberError(f"{noun} is infinite")
    return figure


def is_range(cells: Cells) -> bool:
    """Whether the argument is more than one cell: a list, tuple, array or series."""
    return hasattr(cells, "__iter__") and not isinstance(cells, str)


def shape_of(cells: Cells) -> tuple[int, ...]:
    """Give ``()`` for one cell, ``(n,)`` for a flat range, ``(rows, columns)`` for rows of rows.

    >>> shape_of(5), shape_of([1, 2]), shape_of([[1, 2, 3], [4, 5, 6]])
    ((), (2,), (2, 3))
    """
    if not is_range(cells):
        return ()
    rows = [tuple(row) if is_range(row) else None for row in cells]
    if all(row is None for row in rows):
        return (len(rows),)
    widths = {len(row) if row is not None else None for row in rows}
    if len(widths) > 1 or any(is_range(cell) for row in rows for cell in row or ()):
        raise CellValueError("a range must be one row of cells, or rows of equal length")
    return (len(rows), len(rows[0] or ()))


def flattened(cells: Cells) -> list[Cell]:
    """Give the cells of an argument in reading order; one cell gives a list of one.

    >>> flattened([[1, 2], [3, 4]])
    [1, 2, 3, 4]
    """
    shape = shape_of(cells)
    if not shape:
        return [cells]
    return list(cells) if len(shape) == 1 else list(chain.from_iterable(cells))


def require_same_shape(first: Cells, second: Cells, nouns: str) -> None:
    """Raise unless two arguments cover ranges of one and the same shape."""
    if shape_of(first) != shape_of(second):
        raise CellValueError(
            f"{nouns} must have the same shape, not {shape_of(first)} and {shape_of(second)}"
        )


def elementwise(body: Callable[..., float | str], *arguments: Cells) -> Answer:
    """Apply ``body`` cell by cell; a single cell goes with every cell of the ranges.

    A wrong cell raises when it comes alone.  Inside a range its :class:`CellError` stands in its
    place in the answer, as in a spreadsheet, so that it does not hide the other answers.
    """
    shapes = {shape_of(argument) for argument in arguments} - {()}
    if len(shapes) > 1:
        raise CellValueError(f"the ranges differ in shape: {sorted(shapes)}")
    if not shapes:
        return _answer(body, arguments)
    columns = (flattened(cells) if is_range(cells) else repeat(cells) for cells in arguments)
    # strict=False: a single cell is repeated for as long as the ranges last
    answers = [_answer_or_error(body, cells) for cells in zip(*columns, strict=False)]
    return _reshaped(answers, shapes.pop())


def _answer(body: Callable[..., float | str], cells: tuple[Cell, ...]) -> float | str:
    answer = body(*cells)
    return answer if isinstance(answer, str) else finite(answer, "the answer")


def _answer_or_error(body: Callable[..., float | str], cells: tuple[Cell, ...]) -> Answer:
    try:
        return _answer(body, cells)
    except CellError as error:
        return error


def _reshaped(answers: list[Answer], shape: tuple[int, ...]) -> Answer:
    if len(shape) == 1:
        return answers
    height, width = shape
    return [answers[row * width : (row + 1) * width] for row in range(height)]
