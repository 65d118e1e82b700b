"""Where the year will end, and what each remaining month has to bring."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from tablero.workbook_templates.analysis.export import Analysis
from tablero.workbook_templates.analysis.required import Needed, monthly_power
from tablero.workbook_templates.definition import Kpi
from tablero.workbook_templates.expressions import degree, parse
from tablero.workbook_templates.periods import MONTHS_A_YEAR
from tablero.workbook_templates.reports.content.marks import BandMark, band_mark, kpi_mark
from tablero.workbook_templates.reports.content.perspectives import known
from tablero.workbook_templates.reports.report import Report
from tablero.workbook_templates.scored_model import Node
from tablero.workbook_templates.scoring import Level

COLUMNS = (
    "name", "unit", "goal", "so_far", "needed", "run_rate", "season", "end", "achievement",
    "method", "remark",
)  # fmt: skip
_AIMS = {"High": "at_least", "Low": "at_most", "Target": "near"}


@dataclass(frozen=True)
class YearEndRow:
    """A row of the scorecard at the end of the year; what only a KPI has is empty elsewhere."""

    key: str
    id: str
    level: str
    name: str
    achieved: str
    achievement: float | None
    mark: BandMark
    method: str
    """How the forecast was come by; ``Actual`` where nothing is left to forecast."""
    unit: str = ""
    goal: str = ""
    so_far: str = ""
    needed: str = ""
    needed_number: float | None = None
    run_rate: str = ""
    season: str = ""
    end: str = ""
    end_number: float | None = None
    remark: str = ""
    """How to read what is needed, or why nothing is."""


@dataclass(frozen=True)
class YearEnd:
    """The end of the year, seen from the end of the period shown."""

    sentence: str
    columns: Mapping[str, str]
    is_forecast: bool
    rows: tuple[YearEndRow, ...]
    """The strategy first, in the order of the scorecard."""

    @property
    def kpis(self) -> tuple[YearEndRow, ...]:
        """Those of the KPIs."""
        return tuple(row for row in self.rows if row.level == "kpi")


def year_end(report: Report) -> YearEnd:
    """The forecast of every node, from the months up to the end of the period shown.

    Examples
    --------
    >>> from tablero.workbook_templates.library import load_template
    >>> from tablero.workbook_templates.scoring import score
    >>> scores = score(load_template("cano"))
    >>> found = year_end(Report(scores, "en", scores.calendar.parse("2016")))
    >>> found.sentence
    'Nothing is left to forecast; the strategy ends the year at 80.5%.'
    """
    analysis = Analysis(report.scores, report.period, report.language)
    return YearEnd(
        _sentence(report, analysis),
        {column: report.say(f"analysis.year.{column}") for column in COLUMNS},
        bool(analysis.forecasts.is_open.any()),
        tuple(_row(report, analysis, node) for node in report.nodes),
    )


def _sentence(report: Report, analysis: Analysis) -> str:
    found = analysis.forecasts
    achieved = float(found.strategy.achievement[0, 0])
    if np.isnan(achieved):
        return report.say("report.year_end.unknown")
    key = "cli.analyse.year_end" if found.is_open.any() else "cli.analyse.nothing_open"
    return report.say(key, achievement=report.share(achieved))


def _row(report: Report, analysis: Analysis, node: Node) -> YearEndRow:
    achieved = float(_level(analysis, node).achievement[node.row, 0])
    row = YearEndRow(
        node.key,
        node.id,
        node.level,
        report.word(node.name),
        report.share(achieved),
        known(achieved),
        _mark(report, analysis, node, achieved),
        _method(report, analysis, node, achieved),
    )
    return _Kpi(report, analysis, node.row, row).row if node.level == "kpi" else row


def _mark(report: Report, analysis: Analysis, node: Node, achieved: float) -> BandMark:
    if node.level != "kpi":
        return band_mark(report, achieved)
    is_known = not np.isnan(analysis.forecasts.value[node.row])
    return kpi_mark(report, achieved, is_known=is_known)


def _level(analysis: Analysis, node: Node) -> Level:
    found = analysis.forecasts
    levels = {"perspective": found.perspectives, "objective": found.objectives, "kpi": found.kpis}
    return levels.get(node.level, found.strategy)


def _method(report: Report, analysis: Analysis, node: Node, achieved: float) -> str:
    if node.level == "kpi":
        return report.say(f"analysis.method.{analysis.method(node.row) or 'none'}")
    if np.isnan(achieved):
        return ""
    below = [one.row for one in report.below(node) if one.level == "kpi"]
    word = "forecast" if analysis.forecasts.is_open[below].any() else "actual"
    return report.say(f"analysis.method.{word}")


@dataclass(frozen=True)
class _Kpi:
    """A KPI at the end of the year."""

    report: Report
    analysis: Analysis
    place: int
    head: YearEndRow

    @property
    def row(self) -> YearEndRow:
        """Its row with what is measured."""
        kpi, found = self.analysis.kpis[self.place], self.analysis.forecasts
        needs, end = self.analysis.needed[self.place], float(found.value[self.place])
        rate = float(found.run_rate[self.place])
        power = monthly_power(degree(parse(kpi.formula), self.report.degrees))
        needed = float("nan") if needs.amount is None else needs.amount
        head = self.head
        return YearEndRow(
            *(head.key, head.id, head.level, head.name),
            *(head.achieved, head.achievement, head.mark, head.method),
            unit=self.report.unit(kpi.unit),
            goal=self._amount(kpi, found.goals[self.place]),
            so_far=self._amount(kpi, rate / float(MONTHS_A_YEAR) ** power),
            needed=self._amount(kpi, needed),
            needed_number=needs.amount,
            run_rate=self._amount(kpi, rate),
            season=self._amount(kpi, found.season[self.place]),
            end=self._amount(kpi, end),
            end_number=known(end),
            remark=self._remark(kpi, needs),
        )

    def _amount(self, kpi: Kpi, number: float) -> str:
        return self.report.amount(kpi, float(number))

    def _remark(self, kpi: Kpi, needs: Needed) -> str:
        say = self.report.say
        match needs.reason:
            case None if needs.way == "level":
                return say(f"analysis.aim_level.{_AIMS[kpi.desired]}")
            case None:
                return say(f"analysis.aim.{_AIMS[kpi.desired]}")
            case "mixed" | "product" | "fixed":
                return say(f"analysis.way.{needs.reason}")
        return say(f"analysis.case.{needs.reason}")
