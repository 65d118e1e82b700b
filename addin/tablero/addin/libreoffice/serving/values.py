"""The values of LibreOffice and those of the functions, one turned into the other."""

from __future__ import annotations

import struct
from typing import Any

from tablero.udfs.errors import CellError

TextRows = tuple[tuple[str, ...], ...]

# LibreOffice reads the number of an error from the low bits of a not-a-number.
_NOT_A_NUMBER = 0x7FF8000000000000
_ERRORS = {"#VALUE!": 519, "#NUM!": 503}


def argument(value: Any) -> Any:
    """An argument as the functions take it: a range of one cell is that cell.

    >>> argument(((1.0, ""), (2.0, "x"))), argument(((5.0,),)), argument("High")
    ([[1.0, ''], [2.0, 'x']], 5.0, 'High')
    """
    if not isinstance(value, tuple):
        return value
    rows = [list(row) for row in value]
    return rows[0][0] if len(rows) == len(rows[0]) == 1 else rows


def one(answer: Any) -> float | str:
    """An answer as LibreOffice takes it: a number, a text or an error; ranges are none of these.

    >>> one(1), one(""), one([[1], [2]]) == one([[1], [2]])
    (1.0, '', False)
    """
    if isinstance(answer, list):
        return one(CellError())
    if isinstance(answer, CellError):
        return _error_value(answer)
    return answer if isinstance(answer, str) else float(answer)


def texts(answer: Any) -> TextRows:
    """An answer as rows of texts; the error of a cell among others is told by its sign.

    >>> texts("Good"), texts([["Good", CellError()]])
    ((('Good',),), (('Good', '#VALUE!'),))
    """
    rows = answer if isinstance(answer, list) else [[answer]]
    return tuple(tuple(map(_text, row)) for row in rows)


def _text(cell: Any) -> str:
    return cell.token if isinstance(cell, CellError) else str(cell)


def _error_value(error: CellError) -> float:
    bits = _NOT_A_NUMBER | _ERRORS[error.token]
    (value,) = struct.unpack("<d", struct.pack("<Q", bits))
    return float(value)
