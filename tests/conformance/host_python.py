"""The Python bodies, called as they are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tablero.udfs import CellError
from tablero.udfs.registry import BY_NAME
from tests.conformance.cases import Answer, Case
from tests.conformance.notation import ErrorCell


def answers(cases: Sequence[Case]) -> list[Answer]:
    """What the bodies answer, errors as the sign that a cell shows."""
    return [answer(case.function, case.arguments) for case in cases]


def answer(function: str, arguments: tuple[Any, ...]) -> Any:
    """What one body answers; an error cell reaches it as its sign, which is a text."""
    try:
        return _signs(BY_NAME[function].body(*map(_handed_over, arguments)))
    except CellError as error:
        return error.token


def _handed_over(argument: Any) -> Any:
    if isinstance(argument, list):
        return [_handed_over(one) for one in argument]
    return argument.token if isinstance(argument, ErrorCell) else argument


def _signs(answer: Any) -> Any:
    if isinstance(answer, list):
        return [_signs(one) for one in answer]
    return answer.token if isinstance(answer, CellError) else answer
