"""The charts of the Analysis sheet, and the cells that they draw."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tablero.workbook_templates import styles
from tablero.workbook_templates.analysis.layout import CHART_COLUMNS, CHART_ROWS, MOST_BARS, TOTAL
from tablero.workbook_templates.board import known
from tablero.workbook_templates.layout import STRATEGY
from tablero.workbook_templates.sheets.analysis_board import AnalysisBoard
from tablero.workbook_templates.sheets.page import Chart, Formula, Series

_PERCENT = "0%;-0%;;"
_POINTS = "+0.0%;-0.0%;;"
_COST, _GAIN = styles.band_tone(0, 4).ink, styles.band_tone(3, 4).ink
_SOLID = {"fill": {"color": styles.ACCENT}, "border": {"color": styles.ACCENT}}
_OUTLINED = {"fill": {"color": styles.WHITE}, "border": {"color": styles.ACCENT, "width": 1.5}}
_HATCHED = {
    "pattern": {
        "pattern": "wide_upward_diagonal",
        "fg_color": styles.ACCENT,
        "bg_color": styles.WHITE,
    },
    "border": {"color": styles.ACCENT},
}
_GOAL = {"line": {"color": styles.MUTED, "width": 1, "dash_type": "dash"}}
_FONT = {"name": styles.FONT, "size": 9, "color": styles.TEXT}
_LEGEND = {"none": False, "position": "top", "font": _FONT}
_SIZE = (860, 22 * CHART_ROWS - 8)


def build(at: AnalysisBoard) -> None:
    """Three charts: what costs and adds, what if, and the end of the year."""
    _cells(at)
    at.page.charts += [_ranking(at), _what_if(at), _year_end(at)]


def _cells(at: AnalysisBoard) -> None:
    """The strategy and its perspectives: now, as tried out, and at the end of the year."""
    table, board = at.plan.charted, at.board
    _header(at)
    for node in board.nodes:
        if node.key not in table.rows:
            continue
        opened = at.plan.year_end.cell(node.key, "below")
        end = f'IF({opened}=0,"",{at.plan.year_end.cell(node.key, "achievement")})'
        is_open = any(
            at.forecasts.is_open[one.row] for one in board.below(node) if one.level == "kpi"
        )
        now = known(at.achieved(node))
        at.put(table, node.key, "name", board.word(node.name), "working")
        for column, text, result in (
            ("now", board.layout.scorecard.far(node.key, "achievement"), now),
            ("then", at.plan.what_if.cell(node.key, "achievement_then"), now),
            ("end", end, known(at.end(node)) if is_open else ""),
        ):
            at.put(table, node.key, column, Formula(text, result), "working percent")
        at.put(table, node.key, "goal", 1.0, "working percent")
    for key in at.plan.titles.rows:
        at.put(at.plan.titles, key, "title", _title(at, key), "working")


def _header(at: AnalysisBoard) -> None:
    table, titles = at.plan.charted, at.plan.titles
    for one in CHART_COLUMNS:
        label = at.board.say(f"analysis.chart.{one}")
        at.page.put(table.rows[STRATEGY] - 1, table.columns[one], label, "working")
    row, column = titles.rows["contribution"] - 1, titles.columns["title"]
    at.page.put(row, column, at.board.say("analysis.chart.titles"), "working")


def _title(at: AnalysisBoard, key: str) -> Formula:
    """What a chart shows, of which period."""
    board = at.board
    words = board.say(f"analysis.chart.{key}")
    label = board.calendar.period_label(board.period, board.language)
    return Formula(f'"{words}, "&period_label', f"{words}, {label}")


def _named(at: AnalysisBoard, key: str) -> str:
    return f"={at.plan.titles.far(key, 'title', fixed=True)}"


def _ranking(at: AnalysisBoard) -> Chart:
    """The bars that cost and those that add, the dearest on top."""
    table, say = at.plan.ranked, at.board.say
    rows = [key for key in table.rows if key != TOTAL][:MOST_BARS]
    labels = f"={table.far_span(rows, ['name'], fixed=True)}"
    look = {
        "gap": 40,
        "overlap": 100,
        "data_labels": {"value": True, "num_format": _POINTS, "font": _FONT},
    }
    series = tuple(
        Series(
            say(f"analysis.chart.{column}"),
            labels,
            f"={table.far_span(rows, [column], fixed=True)}",
            {**look, "fill": {"color": colour}, "border": {"none": True}},
        )
        for column, colour in (("cost", _COST), ("gain", _GAIN))
    )
    parts: Mapping[str, Mapping[str, Any]] = {
        "x_axis": {"visible": False, "major_gridlines": {"visible": False}},
        "y_axis": {"reverse": True, "label_position": "low", "num_font": _FONT},
    }
    height = max(22 * len(rows) + 70, 240)
    return Chart(
        table.rows[TOTAL] - 1, 7, 620, height, {"type": "bar"}, series,
        _named(at, "contribution"), say("analysis.alt.contribution"), parts,
    )  # fmt: skip


def _what_if(at: AnalysisBoard) -> Chart:
    say = at.board.say
    series = (
        _columns(at, "now", say("analysis.chart.now"), _SOLID),
        _columns(at, "then", say("analysis.chart.then"), _OUTLINED),
    )
    row = at.plan.what_if.rows[STRATEGY] - 1 - CHART_ROWS
    return _columned(at, row, series, "what_if")


def _year_end(at: AnalysisBoard) -> Chart:
    say = at.board.say
    series = (
        _columns(at, "now", say("analysis.chart.now"), _SOLID),
        _columns(at, "end", say("analysis.chart.end"), _HATCHED),
    )
    row = at.plan.year_end.rows[STRATEGY] - 1 - CHART_ROWS
    return _columned(at, row, series, "year_end")


def _columns(at: AnalysisBoard, column: str, name: str, look: Mapping[str, Any]) -> Series:
    table = at.plan.charted
    label = {"value": True, "num_format": _PERCENT, "font": _FONT}
    return Series(
        name,
        f"={table.far_span(table.row_keys, ['name'], fixed=True)}",
        f"={table.far_span(table.row_keys, [column], fixed=True)}",
        {**look, "gap": 60, "overlap": 0, "data_labels": label},
    )


def _columned(at: AnalysisBoard, row: int, series: tuple[Series, ...], key: str) -> Chart:
    """Columns for the strategy and each perspective, over which runs the line of 100 %."""
    table, say = at.plan.charted, at.board.say
    line = Series(
        say("analysis.chart.goal"),
        f"={table.far_span(table.row_keys, ['name'], fixed=True)}",
        f"={table.far_span(table.row_keys, ['goal'], fixed=True)}",
        _GOAL,
    )
    parts: Mapping[str, Mapping[str, Any]] = {
        "legend": _LEGEND,
        "x_axis": {"num_font": _FONT},
        "y_axis": {"visible": False, "major_gridlines": {"visible": False}, "min": 0},
    }
    title, alt = _named(at, key), say(f"analysis.alt.{key}")
    goal = Chart(row, 0, *_SIZE, {"type": "line"}, (line,), title, alt)
    return Chart(row, 0, *_SIZE, {"type": "column"}, series, title, alt, parts, goal)
