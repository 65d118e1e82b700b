"""Charts of what perspectives and objectives achieve of their goals."""

from __future__ import annotations

from collections.abc import Sequence

from tablero.workbook_templates.reports.charts import marks
from tablero.workbook_templates.reports.charts.chart import Chart, Column, Row, Spec
from tablero.workbook_templates.reports.charts.look import Look
from tablero.workbook_templates.reports.charts.wording import (
    assessed,
    drawn,
    known,
    label_at,
    shown,
    standing_words,
    wrapped,
)
from tablero.workbook_templates.reports.report import Report
from tablero.workbook_templates.scored_model import Node


def by_perspective(report: Report, look: Look | None = None, *, column: int | None = None) -> Chart:
    """Bars of the strategy and its perspectives inside the outline of 100 %."""
    nodes = [one for one in report.nodes if one.level in ("strategy", "perspective")]
    return _chart(report, nodes, "perspectives", look, column)


def by_objective(report: Report, look: Look | None = None, *, column: int | None = None) -> Chart:
    """Bars of the objectives under their perspectives, inside the outline of 100 %."""
    nodes = [one for one in report.nodes if one.level in ("perspective", "objective")]
    return _chart(report, nodes, "objectives", look, column)


def by_member(
    report: Report, node: Node, look: Look | None = None, *, column: int | None = None
) -> Chart:
    """Bars of what a node consists of, inside the outline of 100 %: of an objective its KPIs."""
    name = report.word(node.name)
    return _chart(report, report.members(node), "members", look, column, name=name)


def _chart(
    report: Report,
    nodes: Sequence[Node],
    about: str,
    look: Look | None,
    column: int | None,
    *,
    name: str = "",
) -> Chart:
    found = [one for one in nodes if report.standing(one, column).position >= 0]
    lowest = min(found, key=lambda one: report.standing(one, column).achievement, default=None)
    said = standing_words(report, lowest, column) if lowest else report.say("map.no_figures")
    return Chart(
        title=report.say(f"chart.title.{about}", name=name, period=label_at(report, column)),
        description=report.say("chart.alt.achieved", lowest=said),
        spec=_spec(look or Look.of(report)),
        rows=tuple(_row(report, place, one, column) for place, one in enumerate(nodes)),
        columns=(
            Column("name", report.say(f"chart.column.{about}")),
            Column("achieved", report.say("chart.column.achievement")),
            Column("word", report.say("chart.column.assessment")),
        ),
    )


def _row(report: Report, place: int, node: Node, column: int | None) -> Row:
    found = report.standing(node, column)
    word = assessed(report, found.position)
    name = report.word(node.name)
    said = shown(report, found.achievement)
    return {
        "place": place,
        "key": node.key,
        "name": name,
        "label": wrapped(name),
        "is_group": int(node.level in ("strategy", "perspective")),
        "achievement": known(found.achievement),
        "drawn": drawn(found.achievement),
        "goal": 1.0,
        "position": found.position,
        "achieved": found.achieved,
        "word": word,
        "shown": f"{said}  {word}" if found.position >= 0 else word,
        "told": standing_words(report, node, column),
    }


def _spec(look: Look) -> Spec:
    room = {"scale": {"nice": False, "padding": 0}}
    return marks.bars(
        look,
        [
            marks.outline(look, "goal", 0.72),
            marks.bar("drawn", look.accent, 0.42, **room),
            marks.beside("shown", "achieved", marks.ink(look)),
        ],
        marks.sign(look),
    )
