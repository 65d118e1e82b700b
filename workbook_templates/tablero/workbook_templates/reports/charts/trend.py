"""The chart of what a node achieved month by month."""

from __future__ import annotations

from collections.abc import Iterator

from tablero.workbook_templates.periods import MONTHS_A_YEAR, Kind, Period
from tablero.workbook_templates.reports.charts import marks, months
from tablero.workbook_templates.reports.charts.chart import Chart, Column, Row, Spec
from tablero.workbook_templates.reports.charts.look import Look
from tablero.workbook_templates.reports.charts.wording import assessed, drawn, known, shown
from tablero.workbook_templates.reports.report import Report
from tablero.workbook_templates.scored_model import Node

_UNDER = 30
"""Pixels under the columns where the signs of the bands stand."""


def trend(
    report: Report, node: Node, look: Look | None = None, *, column: int | None = None
) -> Chart:
    """Columns of what a node achieved in each month, with the year to date and the goal of 100 %.

    The months of the period shown are underlined.
    """
    rows = tuple(_rows(report, node, months.period_of(report, column)))
    said = {"name": report.word(node.name), "year": report.calendar.label}
    return Chart(
        title=report.say("chart.title.trend", **said),
        description=report.say("chart.alt.trend", told=months.told(report, rows), **said),
        spec=_spec(report, look or Look.of(report)),
        rows=rows,
        columns=(
            Column("month", report.say("chart.column.month")),
            Column("achieved", report.say("chart.column.achievement")),
            Column("word", report.say("chart.column.assessment")),
            Column("to_date_shown", report.say("chart.to_date")),
        ),
    )


def _columns(report: Report, kind: Kind) -> list[int]:
    periods, calendar = report.scores.periods, report.calendar
    numbers = range(1, MONTHS_A_YEAR + 1)
    return [periods.index(calendar.period(kind, month)) for month in numbers]


def _rows(report: Report, node: Node, period: Period) -> Iterator[Row]:
    achieved = report.achievements(node)[list(report.month_columns)]
    until = months.newest(achieved)
    texts = [shown(report, float(one), 0) for one in achieved]
    columns = zip(report.month_columns, _columns(report, "ytd"), strict=True)
    written = zip(months.months(report, period), months.labels(achieved, texts), strict=True)
    for (month, label), (column, to_date) in zip(written, columns, strict=True):
        found, whole = report.standing(node, column), report.standing(node, to_date)
        is_past = int(str(month["place"])) <= until
        word = assessed(report, found.position)
        yield {
            **month,
            **label,
            "over": months.over(drawn(found.achievement)),
            "key": node.key,
            "achievement": known(found.achievement),
            "drawn": drawn(found.achievement),
            "position": found.position,
            "achieved": found.achieved,
            "word": word,
            "to_date": drawn(whole.achievement) if is_past else None,
            "to_date_shown": whole.achieved if is_past else "",
            "is_newest": int(month["place"] == until),
            "told": f"{month['month']}: {found.achieved}, {word}",
        }


def _spec(report: Report, look: Look) -> Spec:
    goal = report.say("chart.goal_of", share=report.share(1.0, 0))
    return marks.drawn(
        look,
        [
            months.columns("drawn", look.accent),
            *_goal_line(look, goal),
            _line(look.ground, 4),
            _line(look.text, 1.5),
            *months.figures(look),
            *_line_name(look, report.say("chart.to_date")),
            *months.foot(look),
            _signs(look),
        ],
        months.HEIGHT,
    )


def _line(colour: str, width: float) -> Spec:
    """The line of the year to date."""
    return {
        "mark": {"type": "line", "color": colour, "strokeWidth": width},
        "encoding": {"x": months.MONTH, "y": marks.across("to_date")},
    }


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
    text = {"condition": {"test": "datum.is_newest", "value": name}, "value": ""}
    seen = {
        "mark": {**mark, "dx": across, "dy": side},
        "encoding": {"x": months.MONTH, "y": marks.across("to_date"), "text": text},
    }
    at = {"x": {"value": "width"}, "y": marks.fixed(1)}
    unseen = {"mark": {**mark, "opacity": 0}, "encoding": {**at, "text": {"value": name}}}
    return [seen, marks.once(unseen)]


def _signs(look: Look) -> Spec:
    """The sign of each month's band."""
    return {
        "mark": {"type": "point", "filled": True, "size": 40, "opacity": 1},
        "encoding": {
            "x": months.MONTH,
            "y": {"value": {"expr": f"height + {_UNDER}"}},
            **marks.banded(look),
        },
    }
