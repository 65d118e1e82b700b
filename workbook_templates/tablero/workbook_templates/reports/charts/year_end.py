"""The chart of where the strategy and its perspectives stand, and will stand at the year's end."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from tablero.workbook_templates.analysis.export import Analysis
from tablero.workbook_templates.reports.charts import marks
from tablero.workbook_templates.reports.charts.chart import Chart, Column, Row, Spec
from tablero.workbook_templates.reports.charts.look import Look
from tablero.workbook_templates.reports.charts.wording import drawn, known, label_at, wrapped
from tablero.workbook_templates.reports.report import Report
from tablero.workbook_templates.scored_model import Node

STEP = 42
_APART = 9
"""Pixels of both bars from the middle of their row."""
_HATCH = 0.022
"""From one line of the hatching to the next, as a share of the goal."""


def year_end(
    report: Report, look: Look | None = None, *, column: int | None = None
) -> Chart | None:
    """Bars of the achievement now, and hatched under them the forecast of the year's end.

    None where there is nothing to forecast: no figures, or those of all months.
    """
    period = report.period if column is None else report.scores.periods[column]
    analysis = Analysis(report.scores, period, report.language)
    if not analysis.forecasts.is_open.any():
        return None
    rows = tuple(_rows(report, analysis, column))
    return Chart(
        title=report.say("chart.title.year_end", period=label_at(report, column)),
        description=report.say("chart.alt.year_end", told=str(rows[0]["told"])),
        spec=_spec(look or Look.of(report)),
        rows=rows,
        columns=(
            Column("name", report.say("chart.column.perspectives")),
            Column("achieved", report.say("chart.column.achievement")),
            Column("end_achieved", report.say("chart.column.end")),
        ),
    )


def _rows(report: Report, analysis: Analysis, column: int | None) -> Iterator[Row]:
    nodes = [one for one in report.nodes if one.level in ("strategy", "perspective")]
    for place, node in enumerate(nodes):
        yield _row(report, analysis, place, node, column)


def _row(report: Report, analysis: Analysis, place: int, node: Node, column: int | None) -> Row:
    found, forecasts = report.standing(node, column), analysis.forecasts
    level = forecasts.strategy if node.level == "strategy" else forecasts.perspectives
    kpis = [one.row for one in report.below(node) if one.level == "kpi"]
    end = float(level.achievement[node.row, 0]) if forecasts.is_open[kpis].any() else float("nan")
    name, ahead = report.word(node.name), report.share(end)
    said = report.say("chart.ahead", share=ahead) if not np.isnan(end) else ""
    return {
        "place": place,
        "key": node.key,
        "name": name,
        "label": wrapped(name),
        "is_group": int(node.level == "strategy"),
        "goal": 1.0,
        "achievement": known(found.achievement),
        "drawn": drawn(found.achievement),
        "end": known(end),
        "end_drawn": drawn(end),
        "achieved": found.achieved,
        "end_achieved": ahead if said else "",
        "end_shown": said,
        "told": f"{name}: {found.achieved}" + (f"; {said}" if said else ""),
    }


def _spec(look: Look) -> Spec:
    scale = {"scale": {"nice": False}}
    goal = {
        "mark": {"type": "rule", "color": look.muted, "strokeDash": [4, 3]},
        "encoding": {"x": marks.fixed(1)},
    }
    layers = [
        _at(marks.bar("drawn", look.accent, 0.34, **scale), -_APART),
        marks.beside("achieved", "achieved", dy=-_APART),
        _at(_outlined(look), _APART),
        *(_hatching(look)),
        marks.beside("end_shown", "end_achieved", dy=_APART),
        marks.once(goal),
    ]
    return {**marks.bars(look, layers), "height": {"step": STEP}}


def _at(layer: Spec, offset: int) -> Spec:
    """A layer so many pixels under the middle of its row."""
    return {**layer, "encoding": {**layer["encoding"], "yOffset": {"value": offset}}}


def _outlined(look: Look) -> Spec:
    bar = marks.bar("end_drawn", look.ground, 0.34)
    mark = {**bar["mark"], "color": None, "fill": None, "stroke": look.accent, "strokeWidth": 1}
    mark.pop("color")
    return {**bar, "mark": mark}


def _hatching(look: Look) -> list[Spec]:
    """Slanted lines through the bars of the forecast, one row of data for each."""
    steps = f"sequence(0, datum.end_drawn, {_HATCH})"
    return [
        {
            "transform": [
                {"filter": "datum.end_drawn > 0"},
                {"calculate": steps, "as": "hatch"},
                {"flatten": ["hatch"]},
                {"calculate": f"min(datum.hatch + {_HATCH}, datum.end_drawn)", "as": "hatch_to"},
            ],
            "mark": {"type": "rule", "color": look.accent, "strokeWidth": 1},
            "encoding": {
                "x": marks.across("hatch"),
                "x2": {"field": "hatch_to"},
                "y": {**marks.PLACE, "bandPosition": 0.88},
                "y2": {"field": "place", "bandPosition": 0.55},
            },
        }
    ]
