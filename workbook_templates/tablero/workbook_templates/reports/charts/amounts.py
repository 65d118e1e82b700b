"""The chart of a KPI's values and goals by month, beside last year's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tablero.workbook_templates.periods import Period
from tablero.workbook_templates.reports.charts import marks, months
from tablero.workbook_templates.reports.charts.chart import Chart, Column, Row, Spec
from tablero.workbook_templates.reports.charts.look import Look
from tablero.workbook_templates.reports.charts.wording import known
from tablero.workbook_templates.reports.report import Report
from tablero.workbook_templates.scored_model import Node


def amounts(
    report: Report, node: Node, look: Look | None = None, *, column: int | None = None
) -> Chart:
    """Columns of a KPI's value in each month, with the mark of its goal; last year's lighter."""
    rows = tuple(_rows(report, node, months.period_of(report, column)))
    year = report.calendar.label
    said = {"name": report.word(node.name), "parts": _parts(report, node, rows), "year": year}
    return Chart(
        title=report.say("chart.title.amounts", **said),
        description=report.say("chart.alt.amounts", told=months.told(report, rows), **said),
        spec=_spec(look or Look.of(report)),
        rows=rows,
        columns=(
            Column("month", report.say("chart.column.month")),
            Column("value_shown", report.say("chart.column.value")),
            Column("goal_shown", report.say("chart.column.goal")),
            Column("last_shown", report.say("chart.column.last_year")),
        ),
    )


def _parts(report: Report, node: Node, rows: Sequence[Row]) -> str:
    """The unit, the year, and which year stands lighter beside it."""
    unit, calendar = report.unit(report.kpis[node.id].unit), report.calendar
    year = calendar.label
    if any(row["last"] is not None for row in rows):
        last = replace(calendar, year=calendar.year - 1).label
        year = report.say("chart.beside", year=year, last=last)
    return ", ".join(filter(None, (unit, year)))


def _rows(report: Report, node: Node, period: Period) -> Iterator[Row]:
    kpi, scores = report.kpis[node.id], report.scores
    columns = list(report.month_columns)
    values, goals = scores.values[node.row, columns], scores.goals[node.row, columns]
    texts = [report.amount(kpi, value) for value in values]
    last = report.beside_last_year.last_months[node.row]
    found = zip(
        months.months(report, period),
        months.labels(values, texts),
        values,
        goals,
        last,
        texts,
        strict=True,
    )
    for month, label, value, goal, before, text in found:
        aim = report.amount(kpi, goal)
        yield {
            **month,
            **label,
            "over": months.over(known(value)),
            "key": node.key,
            "value": known(value),
            "goal": known(goal),
            "value_shown": text,
            "goal_shown": aim,
            "last": known(before),
            "last_shown": report.amount(kpi, before),
            "told": f"{month['month']}: {text} ({report.say('chart.goal')}: {aim})",
        }


def _spec(look: Look) -> Spec:
    goal = {
        "mark": {"type": "tick", "color": look.text, "thickness": 3, "width": {"band": 0.9},
                 "orient": "horizontal", "stroke": look.ground, "strokeWidth": 0.75},
        "encoding": {"x": months.MONTH, "y": marks.across("goal"), **marks.tooltip()},
    }  # fmt: skip
    last = {"color": look.last_year, "stroke": look.muted, "strokeWidth": 0.5, "xOffset": -5}
    columns = [months.columns("last", look.last_year, **last), months.columns("value", look.accent)]
    layers = [*columns, goal, *months.figures(look), *months.foot(look)]
    return marks.drawn(look, layers, months.HEIGHT)
