"""Charts of the twelve months of the year: what was achieved, and a KPI's values and goals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from tablero.workbook_templates.periods import MONTHS_A_YEAR, Kind, Period
from tablero.workbook_templates.reports.charts import marks
from tablero.workbook_templates.reports.charts.chart import Chart, Column, Row, Spec
from tablero.workbook_templates.reports.charts.look import Look
from tablero.workbook_templates.reports.charts.wording import assessed, drawn, known, shown
from tablero.workbook_templates.reports.report import Report
from tablero.workbook_templates.scored_model import Node
from tablero.workbook_templates.vectorised import Floats

HEIGHT = 170
_CROWDED = 7
"""Letters of a label from which on twelve do not fit side by side."""
_MONTH: Spec = {"field": "place", "type": "ordinal", "axis": None}
_BELOW, _UNDER = 8, 30
"""Pixels under the columns where months and signs stand."""


def trend(
    report: Report, node: Node, look: Look | None = None, *, column: int | None = None
) -> Chart:
    """Columns of what a node achieved in each month, with the year to date and the goal of 100 %.

    The months of the period shown are underlined.
    """
    rows = tuple(_rows(report, node, _shown(report, column)))
    said = {"name": report.word(node.name), "year": report.calendar.label}
    return Chart(
        title=report.say("chart.title.trend", **said),
        description=report.say("chart.alt.trend", told=_told(report, rows), **said),
        spec=_spec(report, look or Look.of(report)),
        rows=rows,
        columns=(
            Column("month", report.say("chart.column.month")),
            Column("achieved", report.say("chart.column.achievement")),
            Column("word", report.say("chart.column.assessment")),
            Column("to_date_shown", report.say("chart.to_date")),
        ),
    )


def amounts(
    report: Report, node: Node, look: Look | None = None, *, column: int | None = None
) -> Chart:
    """Columns of a KPI's value in each month, with the mark of its goal; last year's lighter."""
    rows = tuple(_amount_rows(report, node, _shown(report, column)))
    year = report.calendar.label
    said = {"name": report.word(node.name), "parts": _parts(report, node, rows), "year": year}
    return Chart(
        title=report.say("chart.title.amounts", **said),
        description=report.say("chart.alt.amounts", told=_told(report, rows), **said),
        spec=_amount_spec(look or Look.of(report)),
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


def _shown(report: Report, column: int | None) -> Period:
    return report.period if column is None else report.scores.periods[column]


def _columns(report: Report, kind: Kind) -> list[int]:
    periods, calendar = report.scores.periods, report.calendar
    months = range(1, MONTHS_A_YEAR + 1)
    return [periods.index(calendar.period(kind, month)) for month in months]


def _months(report: Report, period: Period) -> Iterator[Row]:
    """Place and name of each month, and whether the period shown holds it."""
    for number in range(1, MONTHS_A_YEAR + 1):
        month = report.calendar.month(number)
        yield {
            "place": number,
            "month": report.say(f"month.{month.month}"),
            "is_inside": int(period.first <= number <= period.last),
        }


def _rows(report: Report, node: Node, period: Period) -> Iterator[Row]:
    until = _newest(report.achievements(node)[list(report.month_columns)])
    columns = zip(report.month_columns, _columns(report, "ytd"), strict=True)
    for month, (column, to_date) in zip(_months(report, period), columns, strict=True):
        found, whole = report.standing(node, column), report.standing(node, to_date)
        is_past = int(str(month["place"])) <= until
        word = assessed(report, found.position)
        yield {
            **month,
            "key": node.key,
            "achievement": known(found.achievement),
            "drawn": drawn(found.achievement),
            "position": found.position,
            "achieved": found.achieved,
            "shown": shown(report, found.achievement, 0) if found.position >= 0 else "",
            "word": word,
            "to_date": drawn(whole.achievement) if is_past else None,
            "to_date_shown": whole.achieved if is_past else "",
            "is_newest": int(month["place"] == until),
            "told": f"{month['month']}: {found.achieved}, {word}",
        }


def _newest(values: Floats) -> int:
    """The last month with a figure; 0 without any."""
    return max((place for place, one in enumerate(values, 1) if not np.isnan(one)), default=0)


def _amount_rows(report: Report, node: Node, period: Period) -> Iterator[Row]:
    kpi, scores = report.kpis[node.id], report.scores
    columns = list(report.month_columns)
    values, goals = scores.values[node.row, columns], scores.goals[node.row, columns]
    texts = [report.amount(kpi, value) for value in values]
    last = report.beside_last_year.last_months[node.row]
    told = _labelled(values, texts)
    found = zip(_months(report, period), values, goals, last, texts, strict=True)
    for month, value, goal, before, text in found:
        aim = report.amount(kpi, goal)
        yield {
            **month,
            "key": node.key,
            "value": known(value),
            "goal": known(goal),
            "value_shown": text,
            "goal_shown": aim,
            "last": known(before),
            "last_shown": report.amount(kpi, before),
            "shown": text if int(str(month["place"])) in told else "",
            "told": f"{month['month']}: {text} ({report.say('chart.goal')}: {aim})",
        }


def _labelled(values: Floats, texts: Sequence[str]) -> set[int]:
    """The months whose values are written: all, or of long ones the ends and the newest."""
    there = [place for place, one in enumerate(values, 1) if not np.isnan(one)]
    if max((len(texts[place - 1]) for place in there), default=0) <= _CROWDED:
        return set(there)
    return {
        min(there, key=lambda place: values[place - 1]),
        max(there, key=lambda place: values[place - 1]),
        there[-1],
    }


def _told(report: Report, rows: Sequence[Row]) -> str:
    """The newest month, in words."""
    there = [row for row in rows if row.get("drawn", row.get("value")) is not None]
    return str(there[-1]["told"]) if there else report.say("map.no_figures")


def _spec(report: Report, look: Look) -> Spec:
    goal = report.say("chart.goal_of", share=report.share(1.0, 0))
    return marks.drawn(
        look,
        [
            _month_columns("drawn", look.accent),
            *_goal_line(look, goal),
            _line(look.ground, 4),
            _line(look.text, 1.5),
            *_on_columns(look, "drawn"),
            *_line_name(look, report.say("chart.to_date")),
            *_foot(look),
            _signs(look),
        ],
        HEIGHT,
    )


def _line(colour: str, width: float) -> Spec:
    """The line of the year to date."""
    return {
        "mark": {"type": "line", "color": colour, "strokeWidth": width},
        "encoding": {"x": _MONTH, "y": marks.across("to_date")},
    }


def _amount_spec(look: Look) -> Spec:
    goal = {
        "mark": {"type": "tick", "color": look.text, "thickness": 2, "width": {"band": 0.9},
                 "orient": "horizontal"},
        "encoding": {"x": _MONTH, "y": marks.across("goal"), **marks.tooltip()},
    }  # fmt: skip
    last = {"color": look.last_year, "stroke": look.muted, "strokeWidth": 0.5, "xOffset": -5}
    columns = [_month_columns("last", look.last_year, **last), _month_columns("value", look.accent)]
    layers = [*columns, goal, *_on_columns(look, "value"), *_foot(look)]
    return marks.drawn(look, layers, HEIGHT)


def _month_columns(field: str, colour: str, **more: Any) -> Spec:
    return {
        "mark": {"type": "bar", "color": colour, "width": {"band": 0.62}, **more},
        "encoding": {
            "x": _MONTH,
            "y": marks.across(field, scale={"nice": False}),
            **marks.tooltip(),
        },
    }


def _on_columns(look: Look, field: str) -> list[Spec]:
    """The figures over the columns, each on a patch of the ground that parts it from lines."""
    mark = {"type": "text", "baseline": "bottom", "dy": -4, "fontSize": 11}
    texts = {"x": _MONTH, "y": marks.across(field), "text": {"field": "shown"}}
    patch = {"color": look.ground, "stroke": look.ground, "strokeWidth": 4}
    return [
        {"mark": {**mark, **colours}, "encoding": texts}
        for colours in (patch, {"color": look.text})
    ]


def _goal_line(look: Look, goal: str) -> list[Spec]:
    at = {"y": marks.fixed(1)}
    name = {
        "mark": {"type": "text", "align": "left", "dx": 6, "color": look.muted, "fontSize": 11},
        "encoding": {"x": {"value": "width"}, "text": {"value": goal}, **at},
    }
    rule = {"mark": {"type": "rule", "color": look.muted, "strokeDash": [4, 3]}, "encoding": at}
    return [marks.once(rule), marks.once(name)]


def _line_name(look: Look, name: str) -> list[Spec]:
    """The name of the line of the year to date, on that side of its end where the goal is not.

    Unseen, it stands once more at the right of all months, so that there is room for it there.
    """
    mark = {"type": "text", "align": "left", "fontSize": 11, "color": look.text}
    across, side = ({"expr": f"datum.to_date < 1 ? {a} : {b}"} for a, b in ((16, 28), (12, -9)))
    seen = {
        "transform": [{"filter": "datum.is_newest"}],
        "mark": {**mark, "dx": across, "dy": side},
        "encoding": {"x": _MONTH, "y": marks.across("to_date"), "text": {"value": name}},
    }
    at = {"x": {"value": "width"}, "y": marks.fixed(1)}
    unseen = {"mark": {**mark, "opacity": 0}, "encoding": {**at, "text": {"value": name}}}
    return [seen, marks.once(unseen)]


def _foot(look: Look) -> list[Spec]:
    """The months under the columns, underlined where the period shown holds them."""
    names = {
        "mark": {"type": "text", "baseline": "top", "dy": _BELOW, "color": look.text,
                 "fontSize": 11},
        "encoding": {"x": _MONTH, "y": {"value": "height"}, "text": {"field": "month"}},
    }  # fmt: skip
    ground = {
        "mark": {"type": "rule", "color": look.line},
        "encoding": {"y": {"value": "height"}, "x": {"value": 0}, "x2": {"value": "width"}},
    }
    under = {
        "transform": [{"filter": "datum.is_inside"}],
        "mark": {"type": "tick", "color": look.accent, "thickness": 2, "width": {"band": 1},
                 "orient": "horizontal"},
        "encoding": {"x": _MONTH, "y": {"value": {"expr": f"height + {_BELOW + 14}"}}},
    }  # fmt: skip
    return [marks.once(ground), names, under]


def _signs(look: Look) -> Spec:
    """The sign of each month's band."""
    return {
        "mark": {"type": "point", "filled": True, "size": 40, "opacity": 1},
        "encoding": {
            "x": _MONTH,
            "y": {"value": {"expr": f"height + {_UNDER}"}},
            **marks.banded(look),
        },
    }
