"""The documented differences between hosts: which calls of which host, with the reason."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from tests.conformance.cases import Case
from tests.conformance.notation import ErrorCell, as_rows


class DocumentedException(NamedTuple):
    """Hosts that may answer some calls otherwise, and why."""

    hosts: tuple[str, ...]
    calls: str
    reason: str

    def covers(self, host: str, case: Case) -> bool:
        """Whether a difference of this host in this case is documented here."""
        return host in self.hosts and KINDS_OF_CALLS[self.calls](case)


def _cells(case: Case) -> Iterator[Any]:
    for argument in case.arguments:
        yield from chain.from_iterable(as_rows(argument))


def _has_another_error(case: Case) -> bool:
    return any(isinstance(cell, ErrorCell) and cell.token != "#VALUE!" for cell in _cells(case))


def _has_an_error(case: Case) -> bool:
    return any(isinstance(cell, ErrorCell) for cell in _cells(case))


def _has_a_truth_value(case: Case) -> bool:
    return any(isinstance(cell, bool) for cell in _cells(case))


def _answers_a_range(case: Case) -> bool:
    return isinstance(case.expected, list)


def _has_a_blank_floor(case: Case) -> bool:
    return case.function == "KPI_ACHIEVEMENT" and case.arguments[3:4] == (None,)


KINDS_OF_CALLS: Mapping[str, Callable[[Case], bool]] = {
    "errors": _has_another_error,
    "truth": _has_a_truth_value,
    "blank floor": _has_a_blank_floor,
    "ranges": _answers_a_range,
    "ranges with errors": lambda case: _answers_a_range(case) and _has_an_error(case),
}

EXCEPTIONS = tuple(
    DocumentedException(tuple(entry["hosts"]), entry["calls"], entry["reason"])
    for entry in tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))["exception"]
)
