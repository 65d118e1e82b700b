"""The module of cell functions that xlwings serves to Excel, made from the registry.

Excel's side asks for a function by name, such as ``functions.KPI_ACHIEVEMENT``; it is made then.
xlwings' decorators mark it on Windows and leave it as it is elsewhere.  Cells come and go raw:
xlwings' own conversion of each cell costs more than reckoning with it.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from functools import cache
from itertools import chain
from types import MappingProxyType
from typing import Any

import xlwings

from tablero.udfs import CellError
from tablero.udfs.registry import BY_NAME, CellFunction

Rows = Sequence[Sequence[Any]]

ERRORS = MappingProxyType(
    {
        -2146826281: "#DIV/0!",
        -2146826246: "#N/A",
        -2146826259: "#NAME?",
        -2146826288: "#NULL!",
        -2146826252: "#NUM!",
        -2146826265: "#REF!",
        -2146826273: "#VALUE!",
    }
)
"""The numbers by which Excel tells errors to other programs, with their signs."""

_HIGHEST_ERROR = -2146826200
"""Errors of newer Excels are whole numbers below this one too; figures are no whole numbers."""

_FIGURE_OR_TEXT = {float, str}


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
        served = xlwings.arg(argument.name, "raw", doc=argument.help["en"])(served)
    served = xlwings.ret("raw")(served)
    marked: Callable[..., Any] = xlwings.func(category=function.category)(served)
    return marked


def _callable(function: CellFunction) -> Callable[..., Any]:
    body = function.body

    def serve(*arguments: Any) -> Rows:
        try:
            return _as_rows(body(*map(_read, arguments)))
        except CellError as error:
            return [[error.token]]

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


def _read(argument: Any) -> Any:
    """An argument with the sign of each error in its place; a range of one cell is that cell."""
    if not isinstance(argument, list | tuple):
        return _cell(argument)
    rows = argument if isinstance(argument[0], list | tuple) else (argument,)
    if len(rows) == len(rows[0]) == 1:
        return _cell(rows[0][0])
    return [list(map(_cell, row)) for row in rows] if int in _kinds(rows) else rows


def _cell(cell: Any) -> Any:
    is_error = type(cell) is int and cell < _HIGHEST_ERROR
    return ERRORS.get(cell, "#VALUE!") if is_error else cell


def _as_rows(answer: Any) -> Rows:
    """The answer in rows, as xlwings takes it, with the sign of each error in its place."""
    rows = answer if isinstance(answer, list) else [[answer]]
    return rows if _kinds(rows) <= _FIGURE_OR_TEXT else [list(map(_sign, row)) for row in rows]


def _kinds(rows: Rows) -> set[type]:
    return set(map(type, chain.from_iterable(rows)))


def _sign(cell: Any) -> Any:
    return cell.token if isinstance(cell, CellError) else cell
