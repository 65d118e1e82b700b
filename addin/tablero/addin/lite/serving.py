"""How a call from a cell reaches a Python body in xlwings Lite, and its answer the cell.

The arguments come as rows of cells, even a single cell, and cells without content as None.
xlwings Lite shows a text such as ``#NUM!`` as the error of that name.

This module becomes a part of the code that a workbook carries; it may import from
:mod:`tablero.udfs` and the standard library only.
"""

from __future__ import annotations

from tablero.udfs.errors import CellError
from tablero.udfs.shapes import TYPE_CHECKING, is_range

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


def served(body: Callable[..., Any], *arguments: Any) -> Any:
    """Give what a cell shows for a call: figures, texts and the signs of errors.

    >>> from tablero.udfs import growth_rate
    >>> served(growth_rate, [[3]], [[2]]), served(growth_rate, [["text"]], [[2]])
    (0.5, '#VALUE!')
    """
    try:
        return _shown(body(*(_handed_over(argument) for argument in arguments)))
    except CellError as error:
        return error.token


def _handed_over(argument: Any) -> Any:
    """A single cell by itself, so that it goes with every cell of the ranges beside it."""
    is_one_cell = is_range(argument) and [len(row) for row in argument] == [1]
    return argument[0][0] if is_one_cell else argument


def _shown(answer: Any) -> Any:
    if isinstance(answer, list):
        return [_shown(one) for one in answer]
    return answer.token if isinstance(answer, CellError) else answer
