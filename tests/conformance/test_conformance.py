"""Every host answers every case as the Python bodies do, short of documented exceptions."""

from __future__ import annotations

from pathlib import Path

import pytest

from tablero.udfs.registry import BY_NAME
from tests.conformance import host_lambda, host_plain, host_plain_calc, host_pyodide, host_python
from tests.conformance.calls import all_calls
from tests.conformance.cases import CASES, EXPECTED, Answer, is_same
from tests.conformance.exceptions import EXCEPTIONS
from tests.conformance.freeze import as_text, frozen
from tests.engines.libreoffice import Calc

AT_LEAST = 200


def undocumented(host: str, answers: list[Answer]) -> list[str]:
    """The differences of a host that no exception covers, one line a case."""
    return [
        f"{case.id}: {answer}, not {case.expected}"
        for case, answer in zip(CASES, answers, strict=True)
        if not is_same(answer, case.expected)
        and not any(exception.covers(host, case) for exception in EXCEPTIONS)
    ]


def stale(host: str, answers: list[Answer]) -> list[str]:
    """The exceptions of a host that none of its answers needs."""
    different = [
        case
        for case, answer in zip(CASES, answers, strict=True)
        if not is_same(answer, case.expected)
    ]
    return [
        exception.reason
        for exception in EXCEPTIONS
        if host in exception.hosts and not any(exception.covers(host, case) for case in different)
    ]


def test_the_cases_speak_of_every_function() -> None:
    """Each function has cases of its own, and there are enough of them all."""
    assert len(CASES) >= AT_LEAST
    for name in BY_NAME:
        assert len([case for case in CASES if case.function == name]) >= AT_LEAST / 10


def test_each_case_is_known_by_its_own_text() -> None:
    """No two calls share an identifier."""
    assert len({case.id for case in CASES}) == len(CASES)


def test_the_frozen_answers_are_those_of_the_bodies() -> None:
    """Neither a changed answer nor a case that is gone stays behind in the file."""
    assert EXPECTED.read_text("utf-8") == as_text(frozen(all_calls()))


def test_python_answers_as_written_down() -> None:
    """The bodies themselves."""
    answers = host_python.answers(CASES)
    assert undocumented("python", answers) == []


def test_lambda_names_answer_as_the_bodies_do(tmp_path: Path) -> None:
    """The portable workbook, on cells and on whole columns."""
    answers = host_lambda.answers(CASES, tmp_path)
    assert undocumented("lambda", answers) == []
    assert stale("lambda", answers) == []


def test_plain_formulas_answer_as_the_bodies_do(tmp_path: Path) -> None:
    """The plain workbook."""
    answers = host_plain.answers(CASES, tmp_path)
    assert undocumented("plain", answers) == []
    assert stale("plain", answers) == []


def test_plain_formulas_answer_in_libreoffice_as_the_bodies_do(tmp_path: Path, calc: Calc) -> None:
    """The same formulas in a real spreadsheet."""
    answers = host_plain_calc.answers(CASES, tmp_path, calc)
    assert undocumented("plain_calc", answers) == []
    assert stale("plain_calc", answers) == []


def test_the_code_for_xlwings_lite_answers_in_pyodide_as_the_bodies_do(tmp_path: Path) -> None:
    """The very text that a workbook carries, run by the Python of Excel's browser part."""
    answers = host_pyodide.answers(CASES, tmp_path)
    assert undocumented("pyodide", answers) == []
    assert stale("pyodide", answers) == []


@pytest.mark.parametrize("wrong", [0.5000001, "0.5", True, "", "#VALUE!", [[0.5], [0.5]]])
def test_a_difference_would_be_noticed(wrong: Answer) -> None:
    """In figure, kind and shape."""
    assert not is_same(wrong, 0.5)
    assert is_same(0.5 + 1e-12, 0.5)
