"""The lines of what was reached: every level of the scorecard in every period, and the figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from tablero.workbook_templates.analysis.contribution import Contributions, contributions
from tablero.workbook_templates.facts.dimensions import Line, first_day, known
from tablero.workbook_templates.periods import MONTHS_A_YEAR
from tablero.workbook_templates.scored_model import Node, ScoredModel
from tablero.workbook_templates.scoring import Scores
from tablero.workbook_templates.vectorised import Floats


def fact_strategy(model: ScoredModel) -> Iterator[Line]:
    """The strategy in each period."""
    for line in _achieved(model, model.nodes[:1]):
        yield line[0], *line[2:]


def fact_perspective(model: ScoredModel) -> Iterator[Line]:
    """Each perspective in each period."""
    return _with_parts(model, "perspective", "perspectives")


def fact_objective(model: ScoredModel) -> Iterator[Line]:
    """Each objective in each period."""
    return _with_parts(model, "objective", "objectives")


def fact_kpi(model: ScoredModel) -> Iterator[Line]:
    """Each KPI in each period."""
    scores = model.scores
    measured = zip(
        _by_period(scores.values),
        _by_period(scores.goals),
        _achieved(model, _nodes(model, "kpi")),
        _parts(scores),
        scores.kpi_months.T.ravel().tolist(),
        strict=True,
    )
    for value, goal, (period, kpi, *achieved), parts, months in measured:
        yield period, kpi, value, goal, *achieved, *parts, months


def fact_input(model: ScoredModel) -> Iterator[Line]:
    """Each input in each month: this year's, and last year's where any is known."""
    figures = model.scores.figures
    first = 1 - MONTHS_A_YEAR if figures.knows_last_year else 1
    for number in range(first, MONTHS_A_YEAR + 1):
        code = model.calendar.month(number).code if number >= 1 else None
        day: date = first_day(model, number)
        column = figures.months[:, number + MONTHS_A_YEAR - 1].tolist()
        for name, figure in zip(figures.ids, column, strict=True):
            yield day, code, name, known(figure)


def _nodes(model: ScoredModel, level: str) -> Sequence[Node]:
    return [node for node in model.nodes if node.level == level]


def _with_parts(model: ScoredModel, level: str, parts: str) -> Iterator[Line]:
    columns = range(len(model.scores.periods))
    found = (getattr(contributions(model.scores, column), parts) for column in columns)
    each = (known(part) for column in found for part in column.tolist())
    for line, part in zip(_achieved(model, _nodes(model, level)), each, strict=True):
        yield *line, part


def _achieved(model: ScoredModel, nodes: Sequence[Node]) -> Iterator[Line]:
    """Period, id, achievement, coverage and band of nodes, period by period."""
    rows = [(node.id, model.achievements(node), model.coverages(node)) for node in nodes]
    for column, period in enumerate(model.scores.periods):
        code = model.calendar.code(period)
        for name, achievements, coverages in rows:
            achievement = float(achievements[column])
            band = model.band(achievement)
            yield (
                code,
                name,
                known(achievement),
                float(coverages[column]),
                band.id if band else None,
            )


def _parts(scores: Scores) -> Iterator[tuple[float | None, ...]]:
    """Part, contribution and points of each KPI, period by period."""
    for column in range(len(scores.periods)):
        one: Contributions = contributions(scores, column)
        for line in zip(one.kpis, one.contribution, one.points, strict=True):
            yield tuple(known(float(number)) for number in line)


def _by_period(values: Floats) -> Iterator[float | None]:
    """Numbers of shape (nodes, periods), period by period."""
    return (known(number) for number in values.T.ravel().tolist())
