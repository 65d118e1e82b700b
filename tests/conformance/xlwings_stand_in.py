"""A stand-in for the ``xlwings`` that xlwings Lite brings, which is not to be had offline.

It knows the decorators that our code uses, and hands arguments over as Lite is documented to do
and as seen in the free part of xlwings: cells arrive as rows, a single row flat, a single cell
alone; an empty cell is None, and None for an optional argument is its default; an error is an
object, given to the function as its sign where ``err_to_str`` asks for it and as None elsewhere.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

Function = Callable[..., Any]

_ERRORS = ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!")


def func(function: Function) -> Function:
    """Mark a function as one that cells can call."""
    _marked(function)["served"] = True
    return function


def arg(name: str, **options: Any) -> Callable[[Function], Function]:
    """Set the options with which an argument is read."""

    def decorate(function: Function) -> Function:
        if name not in inspect.signature(function).parameters:
            raise NameError(name)
        _marked(function)["options"][name] = options
        return function

    return decorate


def _marked(function: Function) -> dict[str, Any]:
    marks: dict[str, Any] = function.__dict__.setdefault("__lite__", {"options": {}})
    return marks


def served_names(module: object) -> list[str]:
    """The names under which cells can call the functions of a module."""
    return [
        name.upper()
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if getattr(function, "__lite__", {}).get("served")
    ]


def call(function: Function, arguments: list[list[list[Any]]]) -> list[list[Any]]:
    """Call a function with ranges, as Excel hands them over, and give the rows of its answer."""
    parameters = list(inspect.signature(function).parameters.values())
    given = parameters[: len(arguments)]
    values = [
        _read(rows, parameter, _marked(function)["options"][parameter.name])
        for rows, parameter in zip(arguments, given, strict=True)
    ]
    return _written(function(*values))


def _read(rows: list[list[Any]], parameter: inspect.Parameter, options: dict[str, Any]) -> Any:
    if len(rows) == len(rows[0]) == 1 and rows[0][0] is None:
        return None if parameter.default is parameter.empty else parameter.default
    cleaned = [[_clean(cell, options) for cell in row] for row in rows]
    if options.get("ndim") == 2:
        return cleaned
    flat = cleaned[0] if len(cleaned) == 1 else cleaned
    return flat[0] if len(flat) == 1 else flat


def _clean(cell: Any, options: dict[str, Any]) -> Any:
    if isinstance(cell, dict):
        return cell["basicValue"] if options.get("err_to_str") else None
    return None if cell == "" else cell


def _written(answer: Any) -> list[list[Any]]:
    rows = answer if isinstance(answer, list) else [[answer]]
    rows = rows if isinstance(rows[0], list) else [rows]
    return [[_shown(cell) for cell in row] for row in rows]


def _shown(cell: Any) -> Any:
    """A sign of an error becomes the error itself."""
    if isinstance(cell, str) and cell in _ERRORS:
        return {"type": "Error", "basicValue": cell}
    return "" if cell is None else cell
