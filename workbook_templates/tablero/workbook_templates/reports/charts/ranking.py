"""The chart of the points that KPIs cost the strategy or add to it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from tablero.workbook_templates.analysis.contribution import Contributions, contributions
from tablero.workbook_templates.reports.charts import marks
from tablero.workbook_templates.reports.charts.chart import Chart, Column, Row, Spec
from tablero.workbook_templates.reports.charts.look import Look
from tablero.workbook_templates.reports.charts.wording import label_at, wrapped
from tablero.workbook_templates.reports.report import Report
from tablero.workbook_templates.row_keys import kpi_key

MOST = 10
"""KPIs with a bar of their own; the others share one."""
_LABEL_ROOM = 58


def contribution(report: Report, look: Look | None = None, *, column: int | None = None) -> Chart:
    """Bars of the points that each KPI costs or adds against 100 %, the dearest on top.

    Of more than ten, those are named that move the strategy most; the last bar is the others'.
    """
    found = report.contributions if column is None else contributions(report.scores, column)
    rows = tuple(_rows(report, found))
    every = int((~np.isnan(found.points)).sum())
    about = "contribution" if every <= MOST else "contribution_most"
    said = {"period": label_at(report, column), "shown": MOST, "all": every}
    return Chart(
        title=report.say(f"chart.title.{about}", **said),
        description=report.say(
            "chart.alt.contribution",
            told="; ".join(str(row["told"]) for row in rows) or report.say("map.no_figures"),
        ),
        spec=_spec(look or Look.of(report)),
        rows=rows,
        columns=(
            Column("name", report.say("chart.column.kpi")),
            Column("shown", report.say("chart.column.points")),
            Column("achieved", report.say("chart.column.achievement")),
        ),
    )


def _rows(report: Report, found: Contributions) -> Iterator[Row]:
    size = np.nan_to_num(np.abs(found.points), nan=-1)
    ranked = [row for row in found.ranking if not np.isnan(found.points[row])]
    most = set(sorted(ranked, key=lambda row: -size[row])[:MOST])
    kpis = tuple(report.definition.kpis())
    own = [row for row in ranked if row in most]
    for place, row in enumerate(own):
        name = report.word(kpis[row].name)
        achieved = report.share(float(found.achievement[row]))
        bar = _row(report, place, name, float(found.points[row]), achieved)
        yield {**bar, "key": kpi_key(kpis[row])}
    others = [row for row in ranked if row not in most]
    if others:
        name = report.say("chart.others", count=len(others))
        all_points = float(found.points[others].sum())
        yield {**_row(report, len(own), name, all_points, ""), "kind": "others"}


def _row(report: Report, place: int, name: str, points: float, achieved: str) -> Row:
    shown = _signed(report, points)
    return {
        "place": place,
        "key": "",
        "name": name,
        "label": wrapped(name),
        "is_group": 0,
        "points": points,
        "kind": "cost" if points < 0 else "gain",
        "shown": shown,
        "achieved": achieved,
        "told": f"{name}: {shown}" + (f" ({achieved})" if achieved else ""),
    }


def _signed(report: Report, points: float) -> str:
    """Percentage points with their sign.

    Zero has none, whichever side it was rounded from.
    """
    text = report.share(abs(points))
    if text == report.share(0.0):
        return text
    return ("−" if points < 0 else "+") + text


def _spec(look: Look) -> Spec:
    scale = {"scale": {"nice": False, "padding": _LABEL_ROOM}}
    tones = {"domain": ["cost", "gain", "others"], "range": [look.loss, look.gain, look.muted]}
    bar = marks.bar("points", look.accent, 0.6, **scale)
    colour = {"field": "kind", "type": "nominal", "legend": None, "scale": tones}
    coloured = {**bar, "encoding": {**bar["encoding"], "color": colour}}
    rule = {"mark": {"type": "rule", "color": look.muted}, "encoding": {"x": marks.fixed(0)}}
    zero = marks.once(rule)
    return marks.bars(look, [coloured, zero, _label(look)])


def _label(look: Look) -> Spec:
    """The points, at the far end of their bar."""
    align, dx = (
        {"expr": f"datum.points < 0 ? {cost} : {gain}"}
        for cost, gain in (("'right'", "'left'"), (-6, 6))
    )
    return {
        "mark": {
            "type": "text", "align": align, "baseline": "middle", "dx": dx, "color": look.text,
        },
        "encoding": {"x": marks.across("points"), "y": marks.PLACE, "text": {"field": "shown"}},
    }  # fmt: skip
