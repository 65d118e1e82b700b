"""Calls of the cell functions for OKRs, good and bad, that all hosts must answer alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product

from tests.conformance.call import EMPTY_TEXT, LEFT_OUT, Call, call, column, row
from tests.conformance.notation import ErrorCell

CURRENT = (150, 230, 300, -20, 0, None, EMPTY_TEXT, "text", "5")
ENDS = ((200, 260), (260, 200), (0, 0), (None, 260), (200, EMPTY_TEXT), ("text", 9), (9, "5"))
KINDS = ("Change", "change", None, "Between", "MILESTONE", "Best", LEFT_OUT)

SPANISH_GRADES = [
    [0, 0, 0, "Fuera de curso", "Fuera de curso"],
    [0.4, 0.7, 0.2, "En riesgo", "En riesgo"],
    [0.7, 1, 0.5, "En curso", "Desactualizado"],
]
TWO_GRADES = [
    [0.1, 0.2, 0, "Red", EMPTY_TEXT, "a further column"],
    [0.6, 0.8, 0.9, "Green", "Grey", None],
    [None, None, None, None, None, None],
]
ONE_GRADE = [[0.5, 0.5, 0.5, "Any", "Old"]]


def progress_calls() -> Iterator[Call]:
    for current, ends in product(CURRENT, ENDS):
        yield call("OKR_PROGRESS", ends[0], current, ends[1])
    for kind, value in product(KINDS, (0, 1, 45, None, "text")):
        yield call("OKR_PROGRESS", 90, value, 1, kind)


def between_calls() -> Iterator[Call]:
    """Keeping from 30 to 45, started above, below, inside and nowhere."""
    for pair in product((90, 10, 40, None), (95, 90, 54, 45, 37.5, 30, 26, 0, None)):
        yield call("OKR_PROGRESS", *pair, 30, "Between", 45)
    for start, current, lower, upper in [
        (90, 50, 45, 30),
        (90, 50, 45, 45),
        (90, 45, 45, 45),
        (90, 45 + 5e-10, 45, 45),
        (90, 50, 30, None),
        (90, 50, 30, EMPTY_TEXT),
        (90, 50, 30, "text"),
        (90, 50, "text", 45),
        (90, "text", 30, 45),
        ("text", 50, 30, 45),
        (EMPTY_TEXT, 50, 30, 45),
        (90, 50, None, 45),
        (-9, -6, -5, 5),
    ]:
        yield call("OKR_PROGRESS", start, current, lower, "Between", upper)
    yield call("OKR_PROGRESS", 90, 50, 30, "Between")


def milestone_calls() -> Iterator[Call]:
    for start, current, target in [
        (None, 0, 1),
        (None, 1, 1),
        (None, 2, 1),
        ("text", 1, 1),
        (None, 1 - 5e-10, 1),
        (None, 0.8, 1),
        (None, None, 1),
        (None, 1, None),
        (None, "text", 1),
        (None, 1, "text"),
        (0, -3, -2),
    ]:
        yield call("OKR_PROGRESS", start, current, target, "Milestone", "text")


def score_calls() -> Iterable[Call]:
    thirds = row(0.3, 0.3, 0.4)
    pairs = [
        (row(0.5, 0.2, 0.9), thirds),
        (column(0.5, 0.2, 0.9), column(0.3, 0.3, 0.4)),
        (row(1.5, 0.2, -0.9), thirds),
        (row(1, 0, 1), thirds),
        (row(-1, -2, -3), thirds),
        (row(7, 8, 9), thirds),
        (row(0.5, None, 0.9), thirds),
        (row(1.5, EMPTY_TEXT, -1), thirds),
        (row(None, EMPTY_TEXT, None), thirds),
        (row(0.5, "text", 0.9), thirds),
        (row(0.5, "5", 0.9), thirds),
        (row(0.5, 0.2, 0.9), row(0.3, "text", 0.4)),
        (row(0.5, 0.2, 0.9), row(0.3, 0.3, 0.3)),
        (row(0.5, 0.2, 0.9), row(-0.3, 0.9, 0.4)),
        (row(0.5, 0.2, 0.9), row(0.3, 0.3, 0.4000005)),
        (row(0.5, 1.2, 0.9), row(0.6, None, 0.4)),
        (row(0.5, 1.2, 0.9), row(0.6, EMPTY_TEXT, 0.4)),
        (row(None, 0.5, None), row(0.6, EMPTY_TEXT, 0.4)),
        (row(0.5, 0.2, 0.9), row(None, None, None)),
        (row(0.5, 0.2, 0.9), row(0.5, 0.5)),
        (row(0.5, 0.2), column(0.5, 0.5)),
        ([[1.2, 0.5], [None, 0.9]], [[0.25, 0.25], [0.25, 0.25]]),
        (1.1, 1),
        (None, 1),
        (0.7, 0.5),
    ]
    return [call("OKR_SCORE", *pair) for pair in pairs]


def status_calls() -> Iterator[Call]:
    """Before, during and at the end of a quarter; then who asks what of whom."""
    shares = (-0.2, 0, 0.1, 0.2, 0.35 - 5e-10, 0.35, 0.5, 0.7, 1, 1.3)
    for expected, progress in product((0, 0.5, 1), shares):
        for commitment in ("Aspirational", "Committed"):
            yield call("OKR_STATUS", progress, expected, commitment)
    for pair in product((0.4, None, EMPTY_TEXT, "text", "5"), (0.5, None, "text")):
        yield call("OKR_STATUS", *pair)
    for share in (-0.1, 1 + 5e-10, 1.01, 50):
        yield call("OKR_STATUS", 0.4, share)
    for word in ("committed", "ASPIRATIONAL", None, EMPTY_TEXT, "Promised"):
        yield call("OKR_STATUS", 0.4, 0.5, word)


def confidence_and_check_in_calls() -> Iterator[Call]:
    asked = (0, 0.1, 0.2, 0.49, 0.5, 1, None, EMPTY_TEXT, "text", -0.1, 5)
    for progress, confidence in product((0.1, 0.3, 0.45), asked):
        yield call("OKR_STATUS", progress, 0.5, "Aspirational", confidence)
    for progress, days in product((0.1, 0.3, 0.45), (0, 7, 8, None, EMPTY_TEXT, "text", -1)):
        yield call("OKR_STATUS", progress, 0.5, "Aspirational", None, days)
    for limit in (14, 0, None, EMPTY_TEXT, "text"):
        yield call("OKR_STATUS", 0.45, 0.5, None, 0.8, 9, limit)


def grade_calls() -> Iterator[Call]:
    tables = (SPANISH_GRADES, TWO_GRADES, ONE_GRADE)
    ways = ((0.05, None, 1), (0.35, 0.5, 2), (0.5, 0.95, 3), (0.5, 0.95, 9), (0.05, None, 9))
    for grades, (progress, confidence, days) in product(tables, ways):
        for commitment in ("Aspirational", "Committed"):
            yield call("OKR_STATUS", progress, 0.5, commitment, confidence, days, None, grades)


def okr_range_calls() -> Iterable[Call]:
    """Calls that answer with a range of the same shape."""
    starts = column(200, 40, 90, None, None, 10, "text")
    current = column(230, 34, 54, 1, None, 12, 3)
    targets = column(260, 10, 30, 1, 8, 10, 5)
    kinds = column("Change", None, "between", "Milestone", "Change", "Change", "Change")
    uppers = column(None, None, 45, None, None, None, None)
    progress = column(0.1, 0.3, 0.5, None, EMPTY_TEXT, "text", 0.5)
    words = column("Committed", "Aspirational", None, "Best", "Best", "Committed", "Best")
    return [
        call("OKR_PROGRESS", starts, current, targets, kinds, uppers),
        call("OKR_PROGRESS", starts, current, targets),
        call("OKR_PROGRESS", 0, current, 100),
        call("OKR_PROGRESS", [[1, 2], [3, None]], [[2, 3], [4, 5]], 11),
        call("OKR_STATUS", progress, 0.5),
        call("OKR_STATUS", progress, 0.5, words),
        call("OKR_STATUS", 0.5, column(0, 0.5, 1, None, 2), "Committed"),
        call("OKR_STATUS", 0.5, 0.5, None, column(0.1, 0.4, None, 7), column(1, 9, 9, 9)),
        call("OKR_STATUS", progress, 0.6, words, 0.9, column(1, 9, 9, 9, 9, 9, 9)),
        call("OKR_STATUS", progress, 0.5, words, None, 9, column(7, 7, 14, 7, 7, 7, 7)),
        call("OKR_STATUS", [[0.1, 0.5], [None, 0.2]], 0.5, None, None, None, None, SPANISH_GRADES),
    ]


def okr_logical_calls() -> Iterable[Call]:
    """Calls with a truth value for a number, which LibreOffice takes for 1 or 0."""
    return [
        call("OKR_PROGRESS", 0, True, 10),
        call("OKR_PROGRESS", 0, 5, True),
        call("OKR_PROGRESS", None, True, 1, "Milestone"),
        call("OKR_PROGRESS", 0, 5, 1, "Between", True),
        call("OKR_SCORE", row(0.5, True), row(0.5, 0.5)),
        call("OKR_STATUS", True, 0.5),
        call("OKR_STATUS", 0.4, True),
        call("OKR_STATUS", 0.4, 0.5, "Committed", True),
        call("OKR_STATUS", 0.4, 0.5, "Committed", 0.5, True),
    ]


def okr_error_calls() -> Iterator[Call]:
    """Calls on cells that show an error, which no host may take for a figure or for nothing."""
    for token in ("#VALUE!", "#N/A", "#DIV/0!"):
        error = ErrorCell(token)
        yield call("OKR_PROGRESS", error, 5, 10)
        yield call("OKR_PROGRESS", 0, error, 10)
        yield call("OKR_PROGRESS", 0, 5, error)
        yield call("OKR_PROGRESS", 0, 5, 10, "Between", error)
        yield call("OKR_SCORE", row(0.5, error), row(0.5, 0.5))
        yield call("OKR_SCORE", row(0.5, 0.5), row(0.5, error))
        yield call("OKR_STATUS", error, 0.5)
        yield call("OKR_STATUS", 0.4, error)
        yield call("OKR_STATUS", 0.4, 0.5, "Committed", error)
        yield call("OKR_STATUS", 0.4, 0.5, "Committed", None, error)
    yield call("OKR_PROGRESS", 0, column(5, ErrorCell("#N/A")), 10)
    yield call("OKR_STATUS", column(0.4, ErrorCell("#N/A")), 0.5)


FAMILIES = (
    progress_calls,
    between_calls,
    milestone_calls,
    score_calls,
    status_calls,
    confidence_and_check_in_calls,
    grade_calls,
    okr_range_calls,
    okr_logical_calls,
    okr_error_calls,
)
