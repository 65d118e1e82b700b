"""The chart of how many KPIs stand in which band."""

from __future__ import annotations

import numpy as np

from tablero.workbook_templates.reports.charts import marks
from tablero.workbook_templates.reports.charts.chart import Chart, Column, Row, Spec
from tablero.workbook_templates.reports.charts.look import Look
from tablero.workbook_templates.reports.charts.wording import assessed, label_at
from tablero.workbook_templates.reports.report import Report


def distribution(report: Report, look: Look | None = None, *, column: int | None = None) -> Chart:
    """Bars of the number of KPIs in each band, the best on top; below them those unknown."""
    rows = tuple(_rows(report, column))
    told = "; ".join(str(row["told"]) for row in rows)
    return Chart(
        title=report.say("chart.title.distribution", period=label_at(report, column)),
        description=report.say("chart.alt.distribution", told=told),
        spec=_spec(look or Look.of(report)),
        rows=rows,
        columns=(
            Column("name", report.say("chart.column.assessment")),
            Column("shown", report.say("chart.column.kpis")),
        ),
    )


def _rows(report: Report, column: int | None) -> list[Row]:
    places = [
        report.standing(node, column).position for node in report.nodes if node.level == "kpi"
    ]
    counts = np.bincount(np.array(places) + 1, minlength=len(report.verdicts) + 1)
    ordered = [*range(len(report.verdicts) - 1, -1, -1), -1]
    return [
        _row(place, position, int(counts[position + 1]), assessed(report, position))
        for place, position in enumerate(ordered)
    ]


def _row(place: int, position: int, count: int, name: str) -> Row:
    return {
        "place": place,
        "name": name,
        "label": name,
        "is_group": 0,
        "count": count,
        "position": position,
        "shown": str(count),
        "told": f"{name}: {count}",
    }


def _spec(look: Look) -> Spec:
    return marks.bars(look, [_bars(look), marks.label(look, "count", dx=6)], marks.sign(look))


def _bars(look: Look) -> Spec:
    bar = marks.bar("count", look.accent, 0.42, scale={"nice": False})
    return {**bar, "encoding": {**bar["encoding"], **marks.ink(look)}}
