"""What a period comes to, as a finance director would sum it up."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tablero.workbook_templates.dashboard.standing import HUNDRED
from tablero.workbook_templates.formats import half_up
from tablero.workbook_templates.reports.content import actions, owed
from tablero.workbook_templates.reports.content.changes import column_before, label_before
from tablero.workbook_templates.reports.content.marks import BandMark, band_mark
from tablero.workbook_templates.reports.content.perspectives import known
from tablero.workbook_templates.reports.content.plurals import counted, counted_points, listed
from tablero.workbook_templates.reports.report import Report

_TOLD = 2
"""How many objectives it takes to tell the highest from the lowest."""


@dataclass(frozen=True)
class BandCount:
    """How many KPIs are in a band."""

    mark: BandMark
    count: int
    text: str
    """``3 Good``."""


@dataclass(frozen=True)
class Headline:
    """The summary of a period; sentences that have nothing to say are empty."""

    company: str
    period: str
    kind: str
    """What kind of period it is: ``Quarter``."""
    money: str
    """Currency and scale."""
    achieved: str
    achievement: float | None
    mark: BandMark
    standing: str
    """Where the strategy stands; without a score, why there is none."""
    covered: str
    coverage: str
    """The coverage as a sentence."""
    is_covered: bool
    """Whether all of the weights have figures."""
    months: str
    """How many of the period's months have figures."""
    change: str
    """Against the period before of the same kind."""
    last_year: str
    """Against the same period of last year."""
    best: str
    worst: str
    """The KPIs that add and cost the most points."""
    objectives: str
    """The highest and the lowest objective."""
    bands: str
    """How many KPIs are in each band."""
    counts: tuple[BandCount, ...]
    """The same, one by one, the best band first, those without figures last."""
    actions: str
    """How many KPIs owe an action."""
    owed: str
    """Who owes figures."""

    @property
    def sentences(self) -> tuple[str, ...]:
        """What there is to say, in the order in which it is read.

        A score that rests on a part of the figures says so at once.
        """
        covered = "" if self.achievement is None else self.coverage
        first, last = ("", covered) if self.is_covered else (covered, "")
        said = (
            self.standing, first, self.change, self.last_year, self.best, self.worst,
            self.objectives, self.bands, self.actions, last, self.owed,
        )  # fmt: skip
        return tuple(filter(None, said))


def headline(report: Report) -> Headline:
    """The summary of the period shown.

    Examples
    --------
    >>> from tablero.workbook_templates.library import load_template
    >>> from tablero.workbook_templates.scoring import score
    >>> scores = score(load_template("cano"))
    >>> found = headline(Report(scores, "en", scores.calendar.parse("2016")))
    >>> found.standing
    'The strategy reaches 80.5% of its goals: Good (plan: Improvement, term: Medium).'
    """
    strategy = report.nodes[0]
    standing = report.standing(strategy)
    is_scored = not np.isnan(standing.achievement)
    counts = tuple(_counts(report))
    return Headline(
        company=report.definition.company.name,
        period=report.label,
        kind=report.say(f"period.{report.period.kind}"),
        money=report.money,
        achieved=standing.achieved,
        achievement=known(standing.achievement),
        mark=band_mark(report, standing.achievement),
        standing=_standing(report) if is_scored else _why_not(report),
        covered=standing.covered,
        coverage=_coverage(report, standing.coverage),
        is_covered=_is_whole(standing.coverage),
        months=counted(report, "months", report.period.length, filled=report.card.months),
        change=_change(report),
        last_year=_last_year(report) if is_scored else "",
        best=_best(report) if is_scored else "",
        worst=_worst(report) if is_scored else "",
        objectives=_objectives(report),
        bands=_bands(report, counts),
        counts=counts,
        actions=actions.sentence(report) if is_scored else "",
        owed=owed.owed(report).sentence,
    )


def _standing(report: Report) -> str:
    achieved = float(report.achievements(report.nodes[0])[report.column])
    mark = band_mark(report, achieved)
    return report.say(
        "report.standing",
        achievement=report.share(achieved),
        band=mark.word,
        plan=mark.plan,
        term=mark.term,
    )


def _why_not(report: Report) -> str:
    """Why the strategy has no score."""
    figures, period = report.scores.figures, report.period
    latest, filled = figures.latest_month, report.scores.inputs.filled[:, report.column]
    if report.scores.strategy.broken[0]:
        return report.say("report.not_scored.weights")
    if filled.any():
        return report.say("report.not_scored.unknown", period=report.label)
    if not latest:
        return report.say("report.not_scored.empty", year=report.calendar.label)
    if period.first > latest:
        month = report.month(latest)
        return report.say("report.not_scored.ahead", period=report.label, month=month)
    return report.say("report.not_scored.gap", period=report.label)


def _coverage(report: Report, coverage: float) -> str:
    if coverage <= 0:
        return report.say("report.coverage.none")
    if _is_whole(coverage):
        return report.say("report.coverage.full")
    digits = 0 if half_up(coverage, 2) < 1 else 2
    return report.say("report.coverage.part", coverage=report.share(coverage, digits))


def _is_whole(coverage: float) -> bool:
    """Whether it is all but the last digits, which sums of weights do not have."""
    return half_up(coverage, 6) >= 1


def _direction(difference: float) -> str:
    points = half_up(difference * HUNDRED, 1)
    return "same" if points == 0 else "more" if points > 0 else "less"


def _change(report: Report) -> str:
    """What changed against the period before of the same kind, where that was scored."""
    column = column_before(report)
    achieved = report.achievements(report.nodes[0])
    if column is None or np.isnan(achieved[report.column]) or np.isnan(achieved[column]):
        return ""
    former = float(achieved[column])
    difference = float(achieved[report.column]) - former
    return report.say(
        f"report.change.{_direction(difference)}",
        points=counted_points(report, difference),
        before=label_before(report),
        achievement=report.share(former),
    )


def _last_year(report: Report) -> str:
    """What changed against last year, over the KPIs that are known in both."""
    beside = report.beside_last_year
    now, before = beside.matched(beside.achieved), beside.matched(beside.last_achieved)
    difference = now - before
    if np.isnan(difference):
        return ""
    return report.say(
        f"report.last_year.{_direction(difference)}",
        points=counted_points(report, difference),
        now=report.share(now),
        before=report.share(before),
        matched=int(beside.compared.sum()),
        all=len(report.kpis),
    )


def _best(report: Report) -> str:
    found = report.contributions
    scored = [row for row in found.ranking if not np.isnan(found.points[row])]
    row = scored[-1] if scored else None
    if row is None or half_up(found.points[row] * HUNDRED, 1) <= 0:
        return report.say("report.best.none")
    return _kpi_points(report, row, "report.best.some")


def _worst(report: Report) -> str:
    found = report.contributions
    row = found.ranking[0]
    if np.isnan(found.points[row]) or half_up(found.points[row] * HUNDRED, 1) >= 0:
        return report.say("report.worst.none")
    return _kpi_points(report, row, "report.worst.some")


def _kpi_points(report: Report, row: int, key: str) -> str:
    kpi = list(report.kpis.values())[row]
    found = report.contributions
    return report.say(
        key,
        kpi=kpi.name,
        achievement=report.share(float(found.achievement[row])),
        points=counted_points(report, float(found.points[row])),
    )


def _objectives(report: Report) -> str:
    """The highest and the lowest objective."""
    column = report.column
    found = [
        (float(report.achievements(node)[column]), node)
        for node in report.nodes
        if node.level == "objective" and not np.isnan(report.achievements(node)[column])
    ]
    if len(found) < _TOLD:
        return ""
    (lowest, last), (highest, first) = (
        extreme(found, key=lambda one: one[0]) for extreme in (min, max)
    )
    if half_up((highest - lowest) * HUNDRED, 1) == 0:
        return report.say("report.objectives_alike", achievement=report.share(highest))
    return report.say(
        "report.objectives",
        first=first.name,
        highest=report.share(highest),
        last=last.name,
        lowest=report.share(lowest),
    )


def _bands(report: Report, counts: tuple[BandCount, ...]) -> str:
    kpis = len(report.kpis)
    if all(one.mark.position < 0 for one in counts):
        return ""
    said = [one.text for one in counts] if kpis > 1 else [one.mark.word for one in counts]
    return counted(report, "kpis", kpis, list=listed(report, said))


def _counts(report: Report) -> list[BandCount]:
    """How many KPIs each band has, without the bands that have none."""
    achieved = report.scores.kpis.achievement[:, report.column]
    marks = [band_mark(report, float(one)) for one in achieved]
    positions = [*reversed(range(len(report.verdicts))), -1]
    return [
        _count(report, [mark for mark in marks if mark.position == position])
        for position in positions
        if any(mark.position == position for mark in marks)
    ]


def _count(report: Report, marks: list[BandMark]) -> BandCount:
    mark, count = marks[0], len(marks)
    if mark.position < 0:
        return BandCount(mark, count, counted(report, "unscored", count))
    return BandCount(mark, count, report.say("report.in_band", count=count, band=mark.word))
