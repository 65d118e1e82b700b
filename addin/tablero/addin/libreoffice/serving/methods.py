"""The methods that LibreOffice calls, one for each cell function of the registry."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from tablero.addin.libreoffice.naming import ANSWER_TEXTS, method_name
from tablero.addin.libreoffice.serving.blanks import EmptyCells, Watch
from tablero.addin.libreoffice.serving.values import argument, one, texts
from tablero.udfs.errors import CellError
from tablero.udfs.registry import FUNCTIONS, CellFunction

Method = Callable[..., Any]
Refuse = Callable[[CellError], Exception]


def methods(watch: Watch, refusal: Refuse) -> dict[str, Method]:
    """The methods of the service by their names.

    ``watch`` tells of changes of a document; ``refusal`` gives the exception of LibreOffice for
    an error, which is how a function that answers texts tells of one.
    """
    cells = EmptyCells(watch)
    return {
        method_name(function.name): (
            _method_of_texts(function, cells, refusal)
            if function.name in ANSWER_TEXTS
            else _method(function, cells)
        )
        for function in FUNCTIONS
    }


def _method(function: CellFunction, cells: EmptyCells) -> Method:
    def method(_: object, document: object, *values: Any) -> float | str:
        try:
            return one(answered(function, cells.restored(document, function.name, values)))
        except CellError as error:
            return one(error)

    return method


def _method_of_texts(function: CellFunction, cells: EmptyCells, refusal: Refuse) -> Method:
    def method(_: object, document: object, *values: Any) -> Any:
        try:
            return texts(answered(function, cells.restored(document, function.name, values)))
        except CellError as error:
            raise refusal(error) from None

    return method


def answered(function: CellFunction, values: Sequence[Any]) -> Any:
    """What a function answers; an argument that is left out is None.

    >>> from tablero.udfs.registry import BY_NAME
    >>> answered(BY_NAME["KPI_ACHIEVEMENT"], (12.0, 10.0, None, None, 1.0))
    1.0
    """
    given = {
        known.name: argument(value)
        for known, value in zip(function.arguments, values, strict=True)
        if not (value is None and known.optional)
    }
    return function.body(**given)
