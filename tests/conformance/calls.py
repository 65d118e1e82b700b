"""Calls of every cell function, good and bad, that all hosts must answer alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, product

from tests.conformance import okr_calls
from tests.conformance.call import EMPTY_TEXT, LEFT_OUT, Call, call, column, row
from tests.conformance.notation import ErrorCell

VALUES = (-12, -5, 0, 3, 10, 25.5, None, EMPTY_TEXT, "text", "5")
GOALS = (-10, 0, 10, None, "text")
DESIRED = ("High", "low", "TARGET", None, "Best", LEFT_OUT)
LIMITS = (
    (0, 1.2),
    (None, None),
    (EMPTY_TEXT, EMPTY_TEXT),
    (-1, LEFT_OUT),
    (2, 1.2),
    ("text", None),
)
MORE_LIMITS = ((0, "text"), ("0.5", None), (0, None), (None, 1), (1, 1))
ACHIEVEMENTS = (-0.5, 0, 0.3, 0.599999, 0.6 - 5e-10, 0.6, 0.79, 0.8, 1 - 5e-10, 1, 2.5)
NO_ACHIEVEMENTS = (None, EMPTY_TEXT, "text", "0.7")
FIGURES = (-8, -3, 0, 2.5, 8, None, EMPTY_TEXT, "text", "5")

PAPER_BANDS = [
    [0, "No aceptable", "Correctivo", "Corto"],
    [0.6, "Deficiente", "Mejora", "Corto"],
    [0.8, "Bueno", "Mejora", "Mediano"],
    [1, "Excelente", "Preventivo", "Largo"],
]
THREE_BANDS = [
    [0.5, "Red", "Act", None, "a further column"],
    [0.9, "Amber", EMPTY_TEXT, "Soon", None],
    [1.1, "Green", "Keep", "Later", None],
    [None, None, None, None, None],
]
ONE_BAND = [[0.7, "Any", "None", "Never"]]


def achievement_calls() -> Iterator[Call]:
    for value, goal, desired in product(VALUES, GOALS, DESIRED):
        yield call("KPI_ACHIEVEMENT", value, goal, desired)
    for value, goal, limits in product((-5, 5, 25, None, "text"), (10, 0), LIMITS + MORE_LIMITS):
        yield call("KPI_ACHIEVEMENT", value, goal, "High", *limits)


def aggregation_calls() -> Iterator[Call]:
    thirds = row(0.3, 0.3, 0.4)
    pairs = [
        (row(1.2, 0.5, 0.9), thirds),
        (column(1.2, 0.5, 0.9), column(0.3, 0.3, 0.4)),
        (row(1.2, None, 0.9), thirds),
        (row(1.2, EMPTY_TEXT, None), thirds),
        (row(None, EMPTY_TEXT, None), thirds),
        (row(0, 0, 0), thirds),
        (row(-1, 2, 3), thirds),
        (row(1.2, "text", 0.9), thirds),
        (row(1.2, "5", 0.9), thirds),
        (row(1.2, 0.5, 0.9), row(0.3, "text", 0.4)),
        (row(1.2, 0.5, 0.9), row(0.3, 0.3, 0.3)),
        (row(1.2, 0.5, 0.9), row(-0.3, 0.9, 0.4)),
        (row(1.2, 0.5, 0.9), row(0.3, 0.3, 0.4000005)),
        (row(1.2, 0.5, 0.9), row(0.3, 0.3, 0.400002)),
        (row(1.2, 0.5, 0.9), row(0.6, None, 0.4)),
        (row(1.2, 0.5, 0.9), row(0.6, EMPTY_TEXT, 0.4)),
        (row(None, 0.5, None), row(0.6, EMPTY_TEXT, 0.4)),
        (row(1.2, 0.5, 0.9), row(None, None, None)),
        (row(1.2, 0.5, 0.9), row(0.5, 0.5)),
        (row(1.2, 0.5), column(0.5, 0.5)),
        ([[1.2, 0.5], [None, 0.9]], [[0.25, 0.25], [0.25, 0.25]]),
        (1.1, 1),
        (None, 1),
        (1.1, 0.5),
    ]
    for function, pair in product(("WEIGHTED_AGG", "COVERAGE"), pairs):
        yield call(function, *pair)


def band_calls() -> Iterator[Call]:
    functions = ("ACTION_BAND", "ACTION_PLAN", "ACTION_TERM")
    tables = (PAPER_BANDS, THREE_BANDS, ONE_BAND, LEFT_OUT)
    for function, achievement, bands in product(functions, ACHIEVEMENTS + NO_ACHIEVEMENTS, tables):
        yield call(function, achievement, bands)


def period_calls() -> Iterator[Call]:
    months = [
        (row(16, 7, 1, 3), row(1, 1, 1, 0)),
        (column(16, 7, 1, 3), column(1, 1, 1, 0)),
        (row(16, 7, None, 3), row(1, 1, 1, 0)),
        (row(16, EMPTY_TEXT, 0, None), row(1, 1, 1, 1)),
        (row(16, EMPTY_TEXT, None, 5), row(None, 1, 1, 0)),
        (row(-16, -7, 2.5, 3), row(0, 0, 1, 1)),
        (row(16, "text", 1, 3), row(1, 1, 1, 0)),
        (row(16, 7, 1, "text"), row(1, 1, 1, 0)),
        (row(16, "7", 1, 3), row(1, 1, 1, 0)),
        (row(16, 7, 1, 3), row(1, "text", 1, 0)),
        (row(16, 7, 1, 3), row(1, 2, 1, 0)),
        (row(16, 7, 1, 3), row(1, EMPTY_TEXT, 1, 0)),
        (row(16, 7, 1, 3), row(1, 1, 1)),
        (row(16, 7, 1), column(1, 1, 1)),
        (row(None, None, None), row(1, 1, 1)),
    ]
    for pair, method in product(months, ("T", "a", "L", "X", None, 1)):
        yield call("PERIOD_VALUE", *pair, method)


def previous_calls() -> Iterator[Call]:
    now, flags = row(30, 40, None, 9), row(1, 1, 1, 0)
    last_years = [
        row(25, 35, 45, 1),
        row(25, 35, None, None),
        row(25, None, 45, 1),
        row(25, EMPTY_TEXT, 45, 1),
        row(None, None, None, None),
        row(25, "text", 45, 1),
        row(25, 35, "text", "text"),
        None,
    ]
    for last_months, last_year, method in product(
        last_years, (420, 0, None, "text"), ("T", "A", "L", "X")
    ):
        yield call("PREVIOUS_VALUE", now, flags, last_months, last_year, method)
    for months, in_period in [
        (row(None, None, EMPTY_TEXT, 9), flags),
        (row(30, "text", None, 9), flags),
        (row(30, 40, None, "text"), flags),
        (now, row(1, 1, 3, 0)),
        (now, row(1, 1, 1)),
        (row(30, 40, 50, 60), row(0, 1, 1, 1)),
    ]:
        for method in ("T", "L"):
            yield call("PREVIOUS_VALUE", months, in_period, row(25, 35, 45, 1), 420, method)


def change_calls() -> Iterator[Call]:
    for function, first, second in product(("GROWTH_RATE", "IMPROVEMENT_RATE"), FIGURES, FIGURES):
        yield call(function, first, second)


def logical_calls() -> Iterable[Call]:
    """Calls with a truth value for a number, which LibreOffice takes for 1 or 0."""
    return [
        call("KPI_ACHIEVEMENT", True, 10),
        call("KPI_ACHIEVEMENT", 5, True),
        call("KPI_ACHIEVEMENT", 5, 10, "High", False),
        call("WEIGHTED_AGG", row(1.2, True), row(0.5, 0.5)),
        call("COVERAGE", row(1.2, 0.5), row(True, 0.5)),
        call("ACTION_BAND", True, PAPER_BANDS),
        call("ACTION_PLAN", True, PAPER_BANDS),
        call("ACTION_TERM", True, PAPER_BANDS),
        call("PERIOD_VALUE", row(16, True), row(1, 1), "T"),
        call("PERIOD_VALUE", row(16, 5), row(1, True), "T"),
        call("PREVIOUS_VALUE", row(16, 5), row(1, 1), row(4, True), 9, "T"),
        call("GROWTH_RATE", True, 5),
        call("IMPROVEMENT_RATE", 5, True),
    ]


def range_calls() -> Iterable[Call]:
    """Calls that answer with a range of the same shape."""
    values = column(-5, 0, 12, None, EMPTY_TEXT, "text", 25)
    goals = column(10, 0, 10, 10, 10, 10, None)
    words = column("High", "low", "Target", "High", "High", "High", "Best")
    achievements = column(-1, 0.6, 0.95, None, EMPTY_TEXT, "text", 1.5)
    return [
        call("KPI_ACHIEVEMENT", values, goals, words),
        call("KPI_ACHIEVEMENT", values, 10),
        call("KPI_ACHIEVEMENT", 12, goals, "Low", None, 1),
        call("KPI_ACHIEVEMENT", 12, 10, words),
        call("KPI_ACHIEVEMENT", values, goals, "High", -1, 0.9),
        call("KPI_ACHIEVEMENT", values, 10, "High", 2, 1),
        call("KPI_ACHIEVEMENT", [[1, 2, None], [4, 5, "text"]], [[10, 0, 2], [4, 4, 4]]),
        call("ACTION_BAND", achievements, PAPER_BANDS),
        call("ACTION_PLAN", achievements, THREE_BANDS),
        call("ACTION_TERM", [[0.1, 0.8], [1.2, None]], LEFT_OUT),
        call("GROWTH_RATE", values, goals),
        call("GROWTH_RATE", values, 8),
        call("IMPROVEMENT_RATE", 8, row(4, 10, None, "text")),
    ]


def error_calls() -> Iterator[Call]:
    """Calls on cells that show an error, which no host may take for a figure or for nothing."""
    for token in ("#VALUE!", "#N/A", "#DIV/0!"):
        error = ErrorCell(token)
        yield call("KPI_ACHIEVEMENT", error, 10)
        yield call("KPI_ACHIEVEMENT", 5, error)
        yield call("WEIGHTED_AGG", row(1.2, error), row(0.5, 0.5))
        yield call("WEIGHTED_AGG", row(1.2, 0.5), row(0.5, error))
        yield call("COVERAGE", row(1.2, error), row(0.5, 0.5))
        for function in ("ACTION_BAND", "ACTION_PLAN", "ACTION_TERM"):
            yield call(function, error, PAPER_BANDS)
        yield call("PERIOD_VALUE", row(16, error), row(1, 1), "T")
        yield call("PREVIOUS_VALUE", row(16, 5), row(1, 1), row(4, error), 9, "T")
        yield call("GROWTH_RATE", error, 5)
        yield call("IMPROVEMENT_RATE", 5, error)


def error_range_calls() -> Iterator[Call]:
    """Calls on whole columns in which one cell shows an error."""
    yield call("KPI_ACHIEVEMENT", column(5, ErrorCell("#VALUE!"), 12), 10)
    yield call("KPI_ACHIEVEMENT", column(5, ErrorCell("#N/A"), 12), 10)
    yield call("ACTION_BAND", column(0.7, ErrorCell("#DIV/0!")), PAPER_BANDS)
    yield call("GROWTH_RATE", column(5, 6), column(ErrorCell("#N/A"), 5))


FAMILIES = (
    achievement_calls,
    aggregation_calls,
    band_calls,
    period_calls,
    previous_calls,
    change_calls,
    logical_calls,
    range_calls,
    error_calls,
    error_range_calls,
    *okr_calls.FAMILIES,
)


def all_calls() -> list[Call]:
    """Every call once, in the order of the families."""
    calls = chain.from_iterable(family() for family in FAMILIES)
    return list({one.text: one for one in calls}.values())
