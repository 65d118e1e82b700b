"""The cells that a function receives: a value, a flat range or rows of rows, some missing."""

from __future__ import annotations

from itertools import chain, repeat
from math import isfinite, isinf, isnan

from tablero.udfs.errors import CellError, CellNumberError, CellValueError

# typing's own constant would be true to type checkers too, but importing typing takes longer
# than everything else here, and a spreadsheet waits for it at its first calculation.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Any, NoReturn, TypeAlias

    Cell: TypeAlias = Any
    Cells: TypeAlias = Any
    Answer: TypeAlias = Any
    Rule: TypeAlias = Callable[..., float]
else:
    Cell = object
    """A number, a text or nothing: whatever a spreadsheet hands over for one cell."""
    Cells = object
    """One cell, a flat sequence of cells, or a sequence of rows of cells."""
    Answer = object
    """A number or text; for a range a list (or rows) of them, wrong cells holding their error."""
    Rule = object
    """How to reckon with some settings, as `settled` chooses it."""

MISSING = ""


def is_missing(cell: Cell) -> bool:
    """Whether a cell holds nothing: None, an empty text or not-a-number.

    >>> [is_missing(cell) for cell in (None, "", float("nan"), 0, " ")]
    [True, True, True, False, False]
    """
    if type(cell) is float:  # most cells are, so it is asked first
        return isnan(cell)
    if cell is None or isinstance(cell, str):
        return not cell
    return bool(cell != cell)  # noqa: PLR0124 - true of not-a-number, in every type of number


def number(cell: Cell, noun: str) -> float:
    """Give the cell as a finite float; ``noun`` names it in the error's sentence."""
    if type(cell) is float and isfinite(cell):
        return cell
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
    return _is_type_of_ranges(type(cells))


def _is_type_of_ranges(kind: type) -> bool:
    return hasattr(kind, "__iter__") and not issubclass(kind, str)


def shape_of(cells: Cells) -> tuple[int, ...]:
    """Give ``()`` for one cell, ``(n,)`` for a flat range, ``(rows, columns)`` for rows of rows.

    >>> shape_of(5), shape_of([1, 2]), shape_of([[1, 2, 3], [4, 5, 6]])
    ((), (2,), (2, 3))
    """
    if not is_range(cells):
        return ()
    among = _ranges_among(cells)
    if True not in among:
        return (len(cells),)
    widths = set(map(len, cells)) if among == {True} else set()
    if len(widths) != 1 or True in _ranges_among(chain.from_iterable(cells)):
        raise CellValueError("a range must be one row of cells, or rows of equal length")
    return (len(cells), widths.pop())


def _ranges_among(cells: Iterable[Cell]) -> set[bool]:
    """Tell whether there are ranges and single cells, by their types: few, where cells are many."""
    return set(map(_is_type_of_ranges, set(map(type, cells))))


def flattened(cells: Cells) -> list[Cell]:
    """Give the cells of an argument in reading order; one cell gives a list of one.

    >>> flattened([[1, 2], [3, 4]])
    [1, 2, 3, 4]
    """
    return list(_in_order(cells, shape_of(cells))) if is_range(cells) else [cells]


def _in_order(cells: Cells, shape: tuple[int, ...]) -> Iterable[Cell]:
    """Give the cells of a range in reading order, or a single cell without end."""
    if not shape:
        return repeat(cells)
    return cells if len(shape) == 1 else chain.from_iterable(cells)


def require_same_shape(first: Cells, second: Cells, nouns: str) -> None:
    """Raise unless two arguments cover ranges of one and the same shape."""
    one, other = shape_of(first), shape_of(second)
    if one != other:
        raise CellValueError(f"{nouns} must have the same shape, not {one} and {other}")


def elementwise(body: Callable[..., Answer], *arguments: Cells) -> Answer:
    """Apply ``body`` cell by cell; a single cell goes with every cell of the ranges.

    A wrong cell raises when it comes alone.  Inside a range its :class:`CellError` stands in its
    place in the answer, as in a spreadsheet, so that it does not hide the other answers.
    """
    if True not in _ranges_among(arguments):
        return _checked(body(*arguments))
    shapes = [shape_of(argument) for argument in arguments]
    common = set(shapes) - {()}
    if len(common) > 1:
        raise CellValueError(f"the ranges differ in shape: {sorted(common)}")
    # strict=False: a single cell is repeated for as long as the ranges last
    rows = zip(*map(_in_order, arguments, shapes), strict=False)
    return _reshaped(_answers(body, rows), common.pop())


def settled(choose: Callable[..., Rule], *settings: Cells) -> Answer:
    """Choose once how to reckon with settings: a rule for `elementwise` to hand on to its body.

    The rule of wrong settings raises their error only when it is called, for they do not matter
    where nothing is to be reckoned.
    """

    def choice(*cells: Cell) -> Rule:
        try:
            return choose(*cells)
        except CellError as error:
            return _refusal(error)

    return elementwise(choice, *settings)


def _refusal(error: CellError) -> Rule:
    def refuse(*_: float) -> NoReturn:
        raise error.with_traceback(None)  # a column may refuse a thousand times

    return refuse


def _answers(body: Callable[..., Answer], rows: Iterable[tuple[Cell, ...]]) -> Iterator[Answer]:
    for cells in rows:
        try:
            yield _checked(body(*cells))
        except CellError as error:
            yield error


def _checked(answer: Answer) -> Answer:
    if type(answer) is float and isinf(answer):
        raise CellNumberError("the answer is infinite")
    return answer


def _reshaped(answers: Iterator[Answer], shape: tuple[int, ...]) -> Answer:
    if len(shape) == 1:
        return list(answers)
    height, width = shape
    rows = zip(*[answers] * width, strict=True)
    return list(map(list, rows)) if width else [[]] * height
