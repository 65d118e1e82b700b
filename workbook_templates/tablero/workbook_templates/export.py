"""The scored model as data that other programs read: JSON of one period, a tidy table of many."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from tablero.workbook_templates.definition import (
    Band,
    Company,
    Kpi,
    LocalText,
    Objective,
    Perspective,
)
from tablero.workbook_templates.periods import Calendar, Period
from tablero.workbook_templates.problems import Problem
from tablero.workbook_templates.scorecard import (
    KpiScore,
    ObjectiveScore,
    Owed,
    PerspectiveScore,
    Score,
    Scorecard,
)
from tablero.workbook_templates.texts import LANGUAGES, text

if TYPE_CHECKING:
    import pandas as pd

    from tablero.workbook_templates.scoring import Scores

Level = Literal["strategy", "perspective", "objective", "kpi"]
STRATEGY = "strategy"

COLUMNS = (
    "period", "level", "id", "name", "value", "goal", "desired", "weight", "achievement",
    "coverage", "band", "plan", "term",
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """A line of a scorecard, of whatever level; ``kpi`` is there on the lowest one only."""

    level: Level
    id: str
    name: LocalText
    weight: float
    score: Score
    kpi: KpiScore | None = None


def rows(scorecard: Scorecard) -> Iterator[Row]:
    """The lines of a scorecard from the strategy down, every node above those it is made of.

    Examples
    --------
    >>> from tablero.workbook_templates.library import load_template
    >>> from tablero.workbook_templates.scoring import score
    >>> scores = score(load_template("cano"))
    >>> [row.id for row in rows(scores.at(scores.calendar.parse("2016")))][:5]
    ['strategy', 'financial', '1.1', 'roa', 'roe']
    """
    word = LocalText({language: text("term.strategy", language) for language in LANGUAGES})
    yield Row("strategy", STRATEGY, word, 1.0, scorecard.strategy)
    for one in scorecard.perspectives:
        node = one.perspective
        yield Row("perspective", node.id, node.name, node.weight, one.score)
        for each in one.objectives:
            goal = each.objective
            yield Row("objective", goal.id, goal.name, goal.weight, each.score)
            for kpi in each.kpis:
                yield Row("kpi", kpi.kpi.id, kpi.kpi.name, kpi.kpi.weight, kpi.score, kpi)


def unit_text(unit: LocalText, company: Company, language: str) -> str:
    """A unit in words: money as the company's currency in its scale.

    >>> company = Company(name="Acme", currency="PEN", scale="thousands", year=2026)
    >>> unit_text(LocalText({"": "currency"}), company, "es")
    'miles de PEN'
    """
    word = unit.in_language(language)
    if word != "currency":
        return word
    return text(f"unit.currency_{company.scale}", language, currency=company.currency)


def as_json(
    scorecard: Scorecard, problems: Iterable[Problem] = (), language: str = "en"
) -> dict[str, Any]:
    """A scorecard as plain data: achievements, weights and coverages as fractions, unrounded.

    Parameters
    ----------
    scorecard
        The scorecard of one period.
    problems
        What was found on the way to it.
    language
        Of names, units, bands, plans, terms and messages; ids and codes are the same in all.

    Returns
    -------
    dict
        The company, the period with its filled ``months``, the strategy, the perspectives with
        their objectives with their KPIs, the problems, and who owes which figures. What is
        missing is None.

    Examples
    --------
    >>> from tablero.workbook_templates.library import load_template
    >>> from tablero.workbook_templates.scoring import score
    >>> scores = score(load_template("cano"))
    >>> data = as_json(scores.at(scores.calendar.parse("2016")))
    >>> data["strategy"]["band"], round(data["strategy"]["achievement"], 4)
    ('Good', 0.8054)
    """
    tree = _Tree(scorecard.definition.company, language)
    return {
        "company": scorecard.definition.company.name,
        "language": language,
        "period": _period(scorecard, language),
        "strategy": _scored(scorecard.strategy, language),
        "perspectives": [tree.perspective(one) for one in scorecard.perspectives],
        "problems": [problem_json(problem, language) for problem in problems],
        "owed": [owed_json(debt, scorecard.calendar, language) for debt in scorecard.owed],
    }


def problem_json(problem: Problem, language: str = "en") -> dict[str, str]:
    """A problem as plain data."""
    return {
        "severity": problem.severity,
        "code": problem.code,
        "file": problem.file,
        "path": problem.path,
        "sheet": problem.sheet,
        "cell": problem.cell,
        "message": problem.message(language),
        "remedy": problem.remedy(language),
    }


def owed_json(debt: Owed, calendar: Calendar, language: str = "en") -> dict[str, Any]:
    """Owed figures as plain data, the months as ISO 8601 writes them."""
    return {
        "owner": debt.owner.in_language(language),
        "input": debt.input.id,
        "name": debt.input.name.in_language(language),
        "months": [calendar.month(number).code for number in debt.months],
    }


def _period(scorecard: Scorecard, language: str) -> dict[str, Any]:
    calendar, period = scorecard.calendar, scorecard.period
    return {
        "code": calendar.code(period),
        "label": calendar.period_label(period, language),
        "from": calendar.month(period.first).code,
        "to": calendar.month(period.last).code,
        "months": scorecard.months,
        "length": period.length,
    }


def _scored(score: Score, language: str) -> dict[str, Any]:
    band = score.band
    return {
        "achievement": _finite(score.achievement),
        "coverage": _finite(score.coverage),
        "band": band.name.in_language(language) if band else None,
        "band_id": band.id if band else None,
        "plan": band.plan.in_language(language) if band else None,
        "term": band.term.in_language(language) if band else None,
    }


def _finite(number: float | None) -> float | None:
    """JSON knows neither infinity nor what is no number."""
    return number if number is not None and math.isfinite(number) else None


class _Tree:
    """The nodes of a scorecard as plain data, each with what is below it."""

    def __init__(self, company: Company, language: str) -> None:
        self._company = company
        self._language = language

    def perspective(self, one: PerspectiveScore) -> dict[str, Any]:
        """A perspective with its objectives."""
        below = [self.objective(each) for each in one.objectives]
        return {**self._node(one.perspective, one.score), "objectives": below}

    def objective(self, one: ObjectiveScore) -> dict[str, Any]:
        """An objective with its KPIs."""
        below = [self.kpi(each) for each in one.kpis]
        return {**self._node(one.objective, one.score), "kpis": below}

    def kpi(self, one: KpiScore) -> dict[str, Any]:
        """A KPI with what was measured."""
        measured = {
            "unit": unit_text(one.kpi.unit, self._company, self._language),
            "value": _finite(one.value),
            "goal": _finite(one.goal),
            "desired": one.kpi.desired,
            "months": one.months,
        }
        return {**self._node(one.kpi, one.score), **measured}

    def _node(self, node: Perspective | Objective | Kpi, score: Score) -> dict[str, Any]:
        head = {"id": node.id, "name": node.name.in_language(self._language)}
        return {**head, "weight": node.weight, **_scored(score, self._language)}


def frame(scores: Scores, language: str = "en") -> pd.DataFrame:
    """Scores as a tidy table: one row for each node in each period.

    Parameters
    ----------
    scores
        Scores in any number of periods.
    language
        Of names, bands, plans and terms.

    Returns
    -------
    pandas.DataFrame
        Periods × nodes rows in the order of the scorecard, with the columns of ``COLUMNS``.
        Achievements, coverages and weights are fractions; a missing number is NaN, a missing
        text None.

    Examples
    --------
    >>> from tablero.workbook_templates.library import load_template
    >>> from tablero.workbook_templates.scoring import score
    >>> scores = score(load_template("cano"))
    >>> table = frame(scores)
    >>> table[(table.period == "2016") & (table.id == "roa")].achievement.round(4).item()
    1.3241
    """
    import pandas as pd  # noqa: PLC0415 - half a second that only a table is worth

    lines = [
        line for period in scores.periods for line in _lines(scores.at(period), period, language)
    ]
    return pd.DataFrame.from_records(lines, columns=list(COLUMNS)).astype(
        dict.fromkeys(("value", "goal", "weight", "achievement", "coverage"), float)
    )


def _lines(scorecard: Scorecard, period: Period, language: str) -> Iterator[tuple[object, ...]]:
    code = scorecard.calendar.code(period)
    for row in rows(scorecard):
        kpi = row.kpi
        yield (
            code,
            row.level,
            row.id,
            row.name.in_language(language),
            kpi.value if kpi else None,
            kpi.goal if kpi else None,
            kpi.kpi.desired if kpi else None,
            row.weight,
            row.score.achievement,
            row.score.coverage,
            *(part and part.in_language(language) for part in _words(row.score.band)),
        )


def _words(band: Band | None) -> tuple[LocalText | None, ...]:
    return (band.name, band.plan, band.term) if band else (None, None, None)
