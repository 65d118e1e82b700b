"""Where a host answers otherwise than expected, and whether that is documented."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tests.conformance.cases import CASES, Answer, Case, is_same
from tests.conformance.exceptions import EXCEPTIONS, DocumentedException


class Difference(NamedTuple):
    """A case that a host answers otherwise than expected."""

    case: Case
    answer: Answer

    def __str__(self) -> str:
        return f"{self.case.id}: {self.answer}, not {self.case.expected}"


def differences(answers: Sequence[Answer]) -> list[Difference]:
    """The cases that are answered otherwise than expected."""
    pairs = zip(CASES, answers, strict=True)
    return [Difference(case, one) for case, one in pairs if not is_same(one, case.expected)]


def exceptions_of(host: str, found: Difference) -> list[DocumentedException]:
    """What documents a difference of a host."""
    return [one for one in EXCEPTIONS if one.covers(host, *found)]


def undocumented(host: str, found: Sequence[Difference]) -> list[str]:
    """The differences that no exception covers, one line each."""
    return [str(one) for one in found if not exceptions_of(host, one)]


def stale(host: str, found: Sequence[Difference]) -> list[str]:
    """The exceptions of a host that none of its differences needs."""
    return [
        exception.reason
        for exception in EXCEPTIONS
        if host in exception.hosts and not any(exception.covers(host, *one) for one in found)
    ]
