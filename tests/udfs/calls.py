"""Calls of every cell function, good and bad, that all hosts must answer alike."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from enum import Enum
from itertools import product
from typing import Any, NamedTuple

from tablero.udfs import CellError
from tablero.udfs.registry import BY_NAME


class Absent(Enum):
    """The mark of an optional argument that a call leaves out."""

    ABSENT = "absent"


ABSENT = Absent.ABSENT
EMPTY_TEXT = ""
"""What a formula answers that has nothing to say; None is a cell that holds nothing at all."""


class Call(NamedTuple):
    """A cell function and its arguments: a cell, rows of cells, or ABSENT."""

    function: str
    arguments: tuple[Any, ...]

    def answer(self) -> Any:
        """What the Python body answers, errors as the sign that a cell shows."""
        function = BY_NAME[self.function]
        names = inspect.signature(function.body).parameters
        given = {
            name: argument
            for name, argument in zip(names, self.arguments, strict=False)
            if argument is not ABSENT
        }
        try:
            return _signs(function.body(**given))
        except CellError as error:
            return error.token


def _signs(answer: Any) -> Any:
    if isinstance(answer, list):
        return [_signs(one) for one in answer]
    return answer.token if isinstance(answer, CellError) else answer


def row(*cells: object) -> list[list[object]]:
    """A range of one row."""
    return [list(cells)]


def column(*cells: object) -> list[list[object]]:
    """A range of one column."""
    return [[cell] for cell in cells]


VALUES = (-12, -5, 0, 3, 10, 25.5, None, EMPTY_TEXT, "text", "5")
GOALS = (-10, 0, 10, None, "text")
DESIRED = ("High", "low", "TARGET", None, "Best", ABSENT)
LIMITS = ((0, 1.2), (None, None), (EMPTY_TEXT, EMPTY_TEXT), (-1, ABSENT), (2, 1.2), ("text", None))
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
        yield Call("KPI_ACHIEVEMENT", (value, goal, desired))
    for value, goal, limits in product((-5, 5, 25, None, "text"), (10, 0), LIMITS + MORE_LIMITS):
        yield Call("KPI_ACHIEVEMENT", (value, goal, "High", *limits))


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
        yield Call(function, pair)


def band_calls() -> Iterator[Call]:
    functions = ("ACTION_BAND", "ACTION_PLAN", "ACTION_TERM")
    tables = (PAPER_BANDS, THREE_BANDS, ONE_BAND, ABSENT)
    for function, achievement, bands in product(functions, ACHIEVEMENTS + NO_ACHIEVEMENTS, tables):
        yield Call(function, (achievement, bands))


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
        yield Call("PERIOD_VALUE", (*pair, method))


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
        yield Call("PREVIOUS_VALUE", (now, flags, last_months, last_year, method))
    for months, in_period in [
        (row(None, None, EMPTY_TEXT, 9), flags),
        (row(30, "text", None, 9), flags),
        (row(30, 40, None, "text"), flags),
        (now, row(1, 1, 3, 0)),
        (now, row(1, 1, 1)),
        (row(30, 40, 50, 60), row(0, 1, 1, 1)),
    ]:
        for method in ("T", "L"):
            yield Call("PREVIOUS_VALUE", (months, in_period, row(25, 35, 45, 1), 420, method))


def change_calls() -> Iterator[Call]:
    for function, first, second in product(("GROWTH_RATE", "IMPROVEMENT_RATE"), FIGURES, FIGURES):
        yield Call(function, (first, second))


def cell_calls() -> list[Call]:
    """Calls that answer with one cell, for every function."""
    families = (
        achievement_calls,
        aggregation_calls,
        band_calls,
        period_calls,
        previous_calls,
        change_calls,
    )
    return [call for family in families for call in family()]


def logical_calls() -> list[Call]:
    """Calls with a truth value for a number, which LibreOffice takes for 1 or 0."""
    return [
        Call("KPI_ACHIEVEMENT", (True, 10)),
        Call("KPI_ACHIEVEMENT", (5, True)),
        Call("KPI_ACHIEVEMENT", (5, 10, "High", False)),
        Call("WEIGHTED_AGG", (row(1.2, True), row(0.5, 0.5))),
        Call("COVERAGE", (row(1.2, 0.5), row(True, 0.5))),
        Call("ACTION_BAND", (True, PAPER_BANDS)),
        Call("ACTION_PLAN", (True, PAPER_BANDS)),
        Call("ACTION_TERM", (True, PAPER_BANDS)),
        Call("PERIOD_VALUE", (row(16, True), row(1, 1), "T")),
        Call("PERIOD_VALUE", (row(16, 5), row(1, True), "T")),
        Call("PREVIOUS_VALUE", (row(16, 5), row(1, 1), row(4, True), 9, "T")),
        Call("GROWTH_RATE", (True, 5)),
        Call("IMPROVEMENT_RATE", (5, True)),
    ]


def range_calls() -> list[Call]:
    """Calls that answer with a range of the same shape."""
    values = column(-5, 0, 12, None, EMPTY_TEXT, "text", 25)
    goals = column(10, 0, 10, 10, 10, 10, None)
    words = column("High", "low", "Target", "High", "High", "High", "Best")
    achievements = column(-1, 0.6, 0.95, None, EMPTY_TEXT, "text", 1.5)
    return [
        Call("KPI_ACHIEVEMENT", (values, goals, words)),
        Call("KPI_ACHIEVEMENT", (values, 10)),
        Call("KPI_ACHIEVEMENT", (12, goals, "Low", None, 1)),
        Call("KPI_ACHIEVEMENT", (12, 10, words)),
        Call("KPI_ACHIEVEMENT", (values, goals, "High", -1, 0.9)),
        Call("KPI_ACHIEVEMENT", (values, 10, "High", 2, 1)),
        Call("KPI_ACHIEVEMENT", ([[1, 2, None], [4, 5, "text"]], [[10, 0, 2], [4, 4, 4]])),
        Call("ACTION_BAND", (achievements, PAPER_BANDS)),
        Call("ACTION_PLAN", (achievements, THREE_BANDS)),
        Call("ACTION_TERM", ([[0.1, 0.8], [1.2, None]], ABSENT)),
        Call("GROWTH_RATE", (values, goals)),
        Call("GROWTH_RATE", (values, 8)),
        Call("IMPROVEMENT_RATE", (8, row(4, 10, None, "text"))),
    ]
