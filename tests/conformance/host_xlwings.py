"""Excel through xlwings: its own classic call path, with only Windows' part replaced."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tablero.udfs.registry import BY_NAME
from tests.conformance.cases import Answer, Case
from tests.conformance.notation import ErrorCell
from tests.excel import classic

CODES = {
    "#DIV/0!": -2146826281,
    "#N/A": -2146826246,
    "#NAME?": -2146826259,
    "#NULL!": -2146826288,
    "#NUM!": -2146826252,
    "#REF!": -2146826265,
    "#VALUE!": -2146826273,
}
"""The numbers by which Excel tells errors to other programs."""


def answers(cases: Sequence[Case]) -> list[Answer]:
    """What each call answers to Excel; the VBA wrapper turns the signs of errors into errors."""
    found = classic.answers([_call(case) for case in cases])
    return [_as_range(answer, case) for answer, case in zip(found, cases, strict=True)]


def _call(case: Case) -> tuple[str, list[Any]]:
    padding = [classic.LEFT_OUT] * (_most(case.function) - len(case.arguments))
    return case.function, [*map(_handed_over, case.arguments), *padding]


def _most(function: str) -> int:
    return len(BY_NAME[function].arguments)


def _handed_over(argument: Any) -> Any:
    if isinstance(argument, list):
        return [_handed_over(one) for one in argument]
    return CODES[argument.token] if isinstance(argument, ErrorCell) else argument


def _as_range(answer: Any, case: Case) -> Any:
    """A single row travels flat, and a cell by itself."""
    is_row = isinstance(answer, list) and not isinstance(answer[0], list)
    return [answer] if is_row and isinstance(case.expected, list) else answer
