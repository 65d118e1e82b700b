"""The lines of what figures are looked at by: company, periods, bands, scorecard and inputs."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date

from tablero.workbook_templates import styles
from tablero.workbook_templates.owing import input_owners
from tablero.workbook_templates.scored_model import ScoredModel

Line = tuple[object, ...]
"""Cells in the order of the columns of their table; None is missing."""


def first_day(model: ScoredModel, month: int) -> date:
    """The first day of a fiscal month."""
    return date(*model.calendar.month(month), 1)


def dim_company(model: ScoredModel) -> Iterator[Line]:
    """The company."""
    company, calendar = model.definition.company, model.calendar
    yield (
        company.name,
        company.currency,
        company.scale,
        model.money,
        model.word(company.sector),
        calendar.label,
        first_day(model, 1),
        calendar.code(model.period),
        model.language,
    )


def dim_period(model: ScoredModel) -> Iterator[Line]:
    """Every scored period."""
    calendar = model.calendar
    for sort, period in enumerate(model.scores.periods, start=1):
        yield (
            calendar.code(period),
            period.kind,
            calendar.period_label(period, model.language),
            first_day(model, period.first),
            first_day(model, period.last),
            period.length,
            period == model.period,
            sort,
        )


def dim_band(model: ScoredModel) -> Iterator[Line]:
    """The bands from the worst."""
    bands = model.definition.bands
    for position, band in enumerate(bands):
        tone = styles.band_tone(position, len(bands))
        yield (
            band.id,
            model.word(band.name),
            model.word(band.plan),
            model.word(band.term),
            band.from_,
            *(band.months or (None, None)),
            tone.symbol,
            tone.ink,
            tone.paper,
            position + 1,
        )


def dim_perspective(model: ScoredModel) -> Iterator[Line]:
    """The perspectives in the order of the scorecard."""
    for sort, one in enumerate(model.definition.perspectives, start=1):
        yield one.id, model.word(one.name), one.weight, sort


def dim_objective(model: ScoredModel) -> Iterator[Line]:
    """The objectives in the order of the scorecard."""
    pairs = ((above, one) for above in model.definition.perspectives for one in above.objectives)
    for sort, (above, one) in enumerate(pairs, start=1):
        yield one.id, above.id, model.word(one.name), one.weight, sort


def dim_kpi(model: ScoredModel) -> Iterator[Line]:
    """The KPIs in the order of the scorecard."""
    pairs = ((above, one) for above in model.definition.objectives() for one in above.kpis)
    for sort, (above, one) in enumerate(pairs, start=1):
        yield (
            one.id,
            above.id,
            model.word(one.name),
            model.unit(one.unit),
            one.desired,
            one.weight,
            model.word(one.owner),
            one.frequency,
            one.timing,
            one.formula,
            model.word(one.description),
            sort,
        )


def dim_input(model: ScoredModel) -> Iterator[Line]:
    """The inputs in the order of the definition."""
    owners = input_owners(model.definition)
    last_years = model.scores.figures.last_year.tolist()
    pairs = zip(model.definition.inputs, last_years, strict=True)
    for sort, (one, last_year) in enumerate(pairs, start=1):
        yield (
            one.id,
            one.perspective,
            model.word(one.name),
            model.unit(one.unit),
            one.aggregation,
            model.word(owners[one.id]),
            known(last_year),
            sort,
        )


def known(number: float) -> float | None:
    """A number; None where it is missing or beyond all numbers."""
    return number if math.isfinite(number) else None
