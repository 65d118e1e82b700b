"""The documented differences between hosts: which calls of which host, what it answers, and why."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from tablero.addin.libreoffice.naming import ANSWER_TEXTS
from tests.conformance.cases import Answer, Case, is_same
from tests.conformance.host_python import answer
from tests.conformance.notation import ErrorCell, as_rows


class DocumentedException(NamedTuple):
    """Hosts that answer some calls otherwise, and why."""

    hosts: tuple[str, ...]
    calls: str
    reason: str

    def covers(self, host: str, case: Case, seen: Answer) -> bool:
        """Whether a host's answer in a case is the one that is documented here."""
        kind = KINDS_OF_CALLS[self.calls]
        return host in self.hosts and kind.holds(case) and kind.explains(case, seen)


class KindOfCall(NamedTuple):
    """Calls of which something is documented: which ones, and which other answers to them."""

    holds: Callable[[Case], bool]
    explains: Callable[[Case, Answer], bool]


def _cells(cells: Any) -> Iterator[Any]:
    return chain.from_iterable(as_rows(cells))


def _arguments(case: Case) -> Iterator[Any]:
    return chain.from_iterable(map(_cells, case.arguments))


def _errors(case: Case) -> set[str]:
    return {cell.token for cell in _arguments(case) if isinstance(cell, ErrorCell)}


def _hands_errors_on(case: Case, seen: Answer) -> bool:
    """Where Python answers #VALUE!, the error of the cell itself."""
    seen_cells, cells = list(_cells(seen)), list(_cells(case.expected))
    return len(seen_cells) == len(cells) and all(
        is_same(one, expected) or (expected == "#VALUE!" and one in _errors(case))
        for one, expected in zip(seen_cells, cells, strict=True)
    )


def _has_a_truth_value(case: Case) -> bool:
    return any(isinstance(cell, bool) for cell in _arguments(case))


def _counts_truth_values(case: Case, seen: Answer) -> bool:
    return is_same(seen, answer(case.function, tuple(map(_counted, case.arguments))))


def _counted(argument: Any) -> Any:
    if isinstance(argument, list):
        return [_counted(one) for one in argument]
    return int(argument) if isinstance(argument, bool) else argument


def _has_a_blank_floor(case: Case) -> bool:
    return case.function == "KPI_ACHIEVEMENT" and case.arguments[3:4] == (None,)


def _takes_the_floor_for_zero(case: Case, seen: Answer) -> bool:
    return is_same(seen, answer(case.function, (*case.arguments[:3], 0, *case.arguments[4:])))


def _answers_a_range(case: Case) -> bool:
    return isinstance(case.expected, list)


def _answers_a_range_of_figures(case: Case) -> bool:
    return _answers_a_range(case) and case.function not in ANSWER_TEXTS


def _has_an_error_in_a_range(case: Case) -> bool:
    return any(_errors(case)) and any(isinstance(argument, list) for argument in case.arguments)


def _refuses_in_every_cell(_case: Case, seen: Answer) -> bool:
    return set(_cells(seen)) == {"#VALUE!"}


KINDS_OF_CALLS: Mapping[str, KindOfCall] = {
    "errors": KindOfCall(lambda case: bool(_errors(case)), _hands_errors_on),
    "truth": KindOfCall(_has_a_truth_value, _counts_truth_values),
    "blank floor": KindOfCall(_has_a_blank_floor, _takes_the_floor_for_zero),
    "range of figures": KindOfCall(_answers_a_range_of_figures, _refuses_in_every_cell),
    "error in a range": KindOfCall(_has_an_error_in_a_range, _refuses_in_every_cell),
    "ranges": KindOfCall(_answers_a_range, lambda _case, _seen: True),
}

EXCEPTIONS = tuple(
    DocumentedException(tuple(entry["hosts"]), entry["calls"], entry["reason"])
    for entry in tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))["exception"]
)
