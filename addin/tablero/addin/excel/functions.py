"""The module of cell functions that xlwings serves to Excel, made from the registry.

Excel's side asks for a function by name, such as ``functions.KPI_ACHIEVEMENT``; it is made then.
xlwings' decorators mark it on Windows and leave it as it is elsewhere.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import cache
from typing import Any

import xlwings

from tablero.udfs import CellError
from tablero.udfs.registry import BY_NAME, Argument, CellFunction

_HIGHEST_ERROR = -2146826200
"""Excel hands errors over as whole numbers below this one, and figures never as whole numbers."""


def __getattr__(name: str) -> Callable[..., Any]:
    if name not in BY_NAME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return _served(name)


def __dir__() -> list[str]:
    return sorted(BY_NAME)


@cache
def _served(name: str) -> Callable[..., Any]:
    """The function of a name with what xlwings must know about it."""
    function = BY_NAME[name]
    served = _callable(function)
    for argument in function.arguments:
        served = xlwings.arg(argument.name, **_options(argument))(served)
    served = xlwings.ret()(served)
    marked: Callable[..., Any] = xlwings.func(category=function.category)(served)
    return marked


def _options(argument: Argument) -> dict[str, Any]:
    """How a cell or range is to arrive: errors as their signs, ranges as rows even of one cell."""
    options: dict[str, Any] = {"doc": argument.help["en"], "err_to_str": True}
    return options if argument.kind == "cell" else options | {"ndim": 2}


def _callable(function: CellFunction) -> Callable[..., Any]:
    takers = [_cell if one.kind == "cell" else _range for one in function.arguments]
    body = function.body

    def serve(*cells: Any) -> Any:
        try:
            answer = body(*(take(cell) for take, cell in zip(takers, cells, strict=False)))
        except CellError as error:
            return error.token
        return _signs(answer) if isinstance(answer, list) else answer

    return _named(serve, function)


def _named(serve: Callable[..., Any], function: CellFunction) -> Callable[..., Any]:
    """Give a callable the name, help and arguments that xlwings reads from it."""
    serve.__name__ = serve.__qualname__ = function.name
    serve.__doc__ = function.help["en"]
    serve.__annotations__ = {}
    parameters = inspect.signature(function.body).parameters.values()
    bare = [parameter.replace(annotation=inspect.Parameter.empty) for parameter in parameters]
    vars(serve)["__signature__"] = inspect.Signature(bare)
    return serve


def _cell(cell: Any) -> Any:
    """One cell; an error that this xlwings knows no sign for is still no figure."""
    return "#VALUE!" if type(cell) is int and cell < _HIGHEST_ERROR else cell


def _range(cells: Any) -> Any:
    """Rows of cells; a range of one cell is that cell, so that its answer is one as well."""
    if not isinstance(cells, list):
        return cells
    rows = [[_cell(cell) for cell in row] for row in cells]
    return rows[0][0] if len(rows) == len(rows[0]) == 1 else rows


def _signs(answer: list[Any]) -> list[Any]:
    """The answer to a range with the sign of each error in its place."""
    return [_signs(cell) if isinstance(cell, list) else _sign(cell) for cell in answer]


def _sign(cell: Any) -> Any:
    return cell.token if isinstance(cell, CellError) else cell
