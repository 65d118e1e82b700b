"""Every host answers every case as the Python bodies do, short of documented exceptions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from tablero.udfs.registry import BY_NAME
from tests.conformance.calls import all_calls
from tests.conformance.cases import CASES, EXPECTED, Answer, is_same
from tests.conformance.comparing import Difference, differences, stale, undocumented
from tests.conformance.exceptions import EXCEPTIONS
from tests.conformance.freeze import as_text, frozen
from tests.conformance.hosts import HOSTS
from tests.conformance.table import PAGE, REMEDY, page
from tests.engines.libreoffice import Calc

AT_LEAST = 200
KEYS = [host.key for host in HOSTS]


@pytest.fixture(scope="module")
def found(
    tmp_path_factory: pytest.TempPathFactory, calc: Calc
) -> Mapping[str, Sequence[Difference]]:
    """Where each host answers otherwise than expected, each host asked once."""
    return {
        host.key: differences(host.ask(CASES, tmp_path_factory.mktemp(host.key), calc))
        for host in HOSTS
    }


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


def test_python_needs_no_exception() -> None:
    """The bodies are what the others are measured by."""
    assert not any("python" in exception.hosts for exception in EXCEPTIONS)


def test_exceptions_are_for_hosts_that_are_asked() -> None:
    """A host's key that is misspelt would document nothing."""
    assert {key for exception in EXCEPTIONS for key in exception.hosts} <= set(KEYS)


@pytest.mark.parametrize("host", KEYS)
def test_the_host_answers_as_the_bodies_do(
    host: str, found: Mapping[str, Sequence[Difference]]
) -> None:
    """Every difference is documented."""
    assert undocumented(host, found[host]) == []


@pytest.mark.parametrize("host", KEYS)
def test_every_exception_is_still_needed(
    host: str, found: Mapping[str, Sequence[Difference]]
) -> None:
    """What a host has learnt to answer is not excused any more."""
    assert stale(host, found[host]) == []


def test_the_table_is_current(found: Mapping[str, Sequence[Difference]]) -> None:
    """The page shows what this run found."""
    assert PAGE.read_text("utf-8") == page(found), REMEDY


@pytest.mark.parametrize("wrong", [0.5000001, "0.5", True, "", "#VALUE!", [[0.5], [0.5]]])
def test_a_difference_would_be_noticed(wrong: Answer) -> None:
    """In figure, kind and shape."""
    assert not is_same(wrong, 0.5)
    assert is_same(0.5 + 1e-12, 0.5)
