"""What stands in the cells that a call refers to, written out as a formula would name it."""

from __future__ import annotations

from typing import Any, NamedTuple


class ErrorCell(NamedTuple):
    """A cell that shows an error: ``ErrorCell("#N/A")``."""

    token: str


def call_text(function: str, arguments: tuple[Any, ...]) -> str:
    """A call as one reads it: ``GROWTH_RATE(5,blank)``, ``COVERAGE({1,''},{0.5,0.5})``."""
    return f"{function}({','.join(map(_argument, arguments))})"


def as_rows(cells: Any) -> list[list[Any]]:
    """A cell or a range as rows of cells."""
    return cells if isinstance(cells, list) else [[cells]]


def as_answer(rows: list[list[Any]]) -> Any:
    """The cells of an answer: one cell by itself, and "" for a cell that shows nothing."""
    shown = [["" if cell is None else cell for cell in row] for row in rows]
    return shown[0][0] if len(shown) == len(shown[0]) == 1 else shown


def _argument(argument: Any) -> str:
    if isinstance(argument, list):
        return "{" + ";".join(",".join(map(_cell, row)) for row in argument) + "}"
    return _cell(argument)


def _cell(cell: Any) -> str:
    match cell:
        case None:
            return "blank"
        case bool():
            return str(cell).upper()
        case str():
            return f"'{cell}'"
        case ErrorCell(token=token):
            return token
        case _:
            return f"{cell:.12g}"
