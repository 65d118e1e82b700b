"""The cases of the conformance suite: calls of every cell function with their frozen answers.

The calls are made in :mod:`tests.conformance.calls`.  The answers are written down in
``expected.json``, so that a change of behaviour shows there as a changed line;
``python -m tests.conformance.freeze`` writes that file anew from the Python bodies.

An argument is a number, a text, a truth value, None (a cell that holds nothing), an ErrorCell, or
rows of those (a range).  Optional arguments at the end may be left out.  An answer is a number, a
text ("" where there is nothing to say, "#VALUE!" for an error) or rows of those.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from tests.conformance.calls import all_calls
from tests.conformance.notation import ErrorCell, as_rows

__all__ = ["CASES", "EXPECTED", "Answer", "Case", "ErrorCell", "is_same"]

EXPECTED = Path(__file__).with_name("expected.json")

NOT_FROZEN = "not frozen yet: python -m tests.conformance.freeze"

Answer: TypeAlias = float | str | bool | list[list[float | str | bool]]


class Case(NamedTuple):
    """A call of a cell function and the answer that every host should give."""

    id: str
    function: str
    arguments: tuple[Any, ...]
    expected: Answer


def is_same(answer: Any, expected: Answer) -> bool:
    """Whether an answer is the expected one: same shape, same texts, figures to 1e-9."""
    seen_rows, rows = as_rows(answer), as_rows(expected)
    return [len(row) for row in seen_rows] == [len(row) for row in rows] and all(
        _is_same_cell(seen, cell)
        for seen_row, row in zip(seen_rows, rows, strict=True)
        for seen, cell in zip(seen_row, row, strict=True)
    )


def _is_same_cell(seen: Any, expected: Any) -> bool:
    if isinstance(seen, bool) or isinstance(expected, bool | str):
        return type(seen) is type(expected) and bool(seen == expected)
    return isinstance(seen, float | int) and abs(seen - expected) <= 1e-9 * max(1, abs(expected))


def _cases() -> tuple[Case, ...]:
    answers = json.loads(EXPECTED.read_text("utf-8"))
    return tuple(
        Case(call.text, call.function, call.arguments, answers.get(call.text, NOT_FROZEN))
        for call in all_calls()
    )


CASES = _cases()
