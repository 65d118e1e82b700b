"""The lines of a scored company: what each level achieved, who owes what, and how large it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from tablero.workbook_templates import styles, vectorised
from tablero.workbook_templates.analysis.contribution import contributions
from tablero.workbook_templates.definition import Definition, Input, Objective, Perspective
from tablero.workbook_templates.facts.dimensions import Line, known
from tablero.workbook_templates.figures import Figures
from tablero.workbook_templates.owing import owed
from tablero.workbook_templates.periods import MONTHS_A_YEAR
from tablero.workbook_templates.portfolio.schema import SIZES
from tablero.workbook_templates.read import ValueReading
from tablero.workbook_templates.scored_model import ScoredModel
from tablero.workbook_templates.scoring import Level, Scores
from tablero.workbook_templates.vectorised import Floats

_EMPLOYEES = {"employees", "empleados", "funcionários"}
_SIZES_FROM = (10, 50, 250)


def lines_of(
    model: ScoredModel, key: str, file: str, reading: ValueReading
) -> dict[str, Sequence[Line]]:
    """The lines of every table but those of problems and files."""
    facts = _Facts(model.scores)
    period = model.calendar.code(model.period)
    head, fact = (key, file), (key, file, period)
    owing = [(*fact, *line) for line in _owed(model)]
    return {
        "companies": [(*head, *_company(model, reading, len(owing)))],
        "fact_strategy": [(*fact, *line) for line in facts.strategy()],
        "fact_perspective": [(*fact, *line) for line in facts.perspectives()],
        "fact_objective": [(*fact, *line) for line in facts.objectives()],
        "fact_kpi": [(*fact, *line) for line in facts.kpis()],
        "dim_perspective": [(*head, *line) for line in _perspectives(model)],
        "dim_objective": [(*head, *line) for line in _objectives(model)],
        "dim_kpi": [(*head, *line) for line in _kpi_names(model)],
        "dim_band": [(*head, *line) for line in _bands(model)],
        "owed": owing,
    }


def _company(model: ScoredModel, reading: ValueReading, owing: int) -> Line:
    company, calendar = model.definition.company, model.calendar
    employees = employees_of(model.definition, reading.figures, model.period.last)
    return (
        company.name,
        model.word(company.sector) or None,
        size_of(employees),
        employees,
        company.currency,
        company.scale,
        calendar.label,
        company.fiscal_start_month,
        reading.language,
        calendar.code(model.period),
        calendar.period_label(model.period, model.language),
        float(model.scores.strategy.coverage[0, 0]),
        owing,
        sum(1 for one in reading.problems if one.severity != "note"),
    )


def employees_of(definition: Definition, figures: Figures, month: int) -> float | None:
    """The employees of a company in the last month, up to one, in which they are known.

    Among the inputs that count employees at a time the largest is taken: a company has at least
    as many as any part of them. Flows, such as those who leave in a month, are no such input.
    """
    rows = [row for row, one in enumerate(definition.inputs) if _counts_employees(one)]
    if not rows:
        return None
    months = figures.months[rows, : month + MONTHS_A_YEAR]
    filled = np.flatnonzero(~np.isnan(months).all(axis=0))
    return float(np.nanmax(months[:, filled[-1]])) if filled.size else None


def _counts_employees(one: Input) -> bool:
    return one.aggregation != "T" and not _EMPLOYEES.isdisjoint(one.unit.values())


def size_of(employees: float | None) -> str:
    """The size class of a company with so many employees.

    >>> size_of(9), size_of(45), size_of(None)
    ('micro', 'small', 'unknown')
    """
    if employees is None:
        return SIZES[-1]
    return SIZES[sum(employees >= bound for bound in _SIZES_FROM)]


class _Facts:
    """What every level achieved in the one period that was scored."""

    def __init__(self, scores: Scores) -> None:
        self._scores = scores
        self._parts = contributions(scores, 0)
        self._bands = [band.id for band in scores.definition.bands]
        self._bounds = np.array([band.from_ for band in scores.definition.bands])

    def _achieved(self, level: Level) -> Iterator[Line]:
        """Achievement, coverage and band of each node of a level."""
        achieved = level.achievement[:, 0]
        positions = vectorised.band_positions(achieved, self._bounds).tolist()
        columns = (achieved.tolist(), level.coverage[:, 0].tolist(), positions)
        for achievement, coverage, band in zip(*columns, strict=True):
            yield known(achievement), coverage, self._bands[band] if band >= 0 else None

    def strategy(self) -> Iterator[Line]:
        """The strategy."""
        return self._achieved(self._scores.strategy)

    def perspectives(self) -> Iterator[Line]:
        """Each perspective."""
        nodes = self._scores.definition.perspectives
        return self._with_parts(nodes, self._scores.perspectives, self._parts.perspectives)

    def objectives(self) -> Iterator[Line]:
        """Each objective."""
        nodes = self._scores.definition.objectives()
        return self._with_parts(nodes, self._scores.objectives, self._parts.objectives)

    def _with_parts(
        self, nodes: Iterable[Perspective | Objective], level: Level, parts: Floats
    ) -> Iterator[Line]:
        columns = zip(nodes, self._achieved(level), parts.tolist(), strict=True)
        for node, achieved, part in columns:
            yield node.id, *achieved, known(part)

    def kpis(self) -> Iterator[Line]:
        """Each KPI."""
        scores, parts = self._scores, self._parts
        months = scores.kpi_months[:, 0].tolist()
        measured = (scores.values[:, 0], scores.goals[:, 0])
        brought = (parts.kpis, parts.contribution, parts.points)
        columns = zip(
            scores.definition.kpis(),
            zip(*map(_known, measured), strict=True),
            self._achieved(scores.kpis),
            zip(*map(_known, brought), months, strict=True),
            strict=True,
        )
        for kpi, told, achieved, added in columns:
            yield kpi.id, *told, kpi.desired, kpi.weight, *achieved, *added


def _known(numbers: Floats) -> list[float | None]:
    return [known(number) for number in numbers.tolist()]


def _perspectives(model: ScoredModel) -> Iterator[Line]:
    for sort, one in enumerate(model.definition.perspectives, start=1):
        yield one.id, model.word(one.name), one.weight, sort


def _objectives(model: ScoredModel) -> Iterator[Line]:
    pairs = ((above, one) for above in model.definition.perspectives for one in above.objectives)
    for sort, (above, one) in enumerate(pairs, start=1):
        yield one.id, above.id, model.word(one.name), one.weight, sort


def _kpi_names(model: ScoredModel) -> Iterator[Line]:
    triples = (
        (perspective, objective, one)
        for perspective in model.definition.perspectives
        for objective in perspective.objectives
        for one in objective.kpis
    )
    for sort, (perspective, objective, one) in enumerate(triples, start=1):
        words = (model.word(one.name), model.unit(one.unit) or None, model.word(one.owner) or None)
        yield one.id, objective.id, perspective.id, *words, sort


def _bands(model: ScoredModel) -> Iterator[Line]:
    bands = model.definition.bands
    for position, band in enumerate(bands):
        tone = styles.band_tone(position, len(bands))
        words = (model.word(band.name), model.word(band.plan), model.word(band.term))
        look = (tone.symbol, tone.ink, tone.paper)
        yield band.id, *words, band.from_, *look, position + 1


def _owed(model: ScoredModel) -> Iterator[Line]:
    for one in owed(model.definition, model.scores.figures, model.period):
        codes = [model.calendar.month(month).code for month in one.months]
        names = (model.word(one.owner) or None, one.input.id, model.word(one.input.name))
        yield *names, len(codes), ", ".join(codes)
