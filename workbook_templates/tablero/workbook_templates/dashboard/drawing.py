"""The native charts of the dashboard: which figures each draws, and how."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from tablero.workbook_templates import styles
from tablero.workbook_templates.board import Board
from tablero.workbook_templates.dashboard.layout import PANELS, RADAR_FROM, DashboardLayout
from tablero.workbook_templates.dashboard.putting import shortened, shortened_objectives
from tablero.workbook_templates.sheets.page import Chart, Series
from tablero.workbook_templates.tables import MONTHS, Table

_LEAST_WIDTH = 32
_DIGIT, _COLUMN, _GAP = 7, 5, 8
"""Pixels of a digit, of what a column adds to its digits, and between charts."""
_POINT = 4 / 3
"""Pixels of a point."""
_SHAPE = 1.5
"""Width of the printed part of a landscape page of A4 over its height."""
_FEW = 5
_LETTER, _MOST_OF_CHART = 6.0, 0.5
"""Pixels of a letter beside bars, and the part of a chart that names may take."""

Options = Mapping[str, Any]

_FONT = {"name": styles.FONT, "size": 10, "color": styles.TEXT}
_SMALL = {"name": styles.FONT, "size": 9, "color": styles.MUTED}
_SOLID: Options = {"fill": {"color": styles.ACCENT}, "border": {"none": True}}
_LIGHT: Options = {"fill": {"color": styles.LAST_YEAR}, "border": {"none": True}}
_OUTLINED: Options = {"fill": {"none": True}, "border": {"color": styles.MUTED, "width": 1}}
_UNSEEN: Options = {"fill": {"none": True}, "border": {"none": True}}
_GAINED: Options = {"fill": {"color": styles.GAIN}, "border": {"none": True}}
_LOST: Options = {"fill": {"color": styles.LOSS}, "border": {"none": True}}
_NO_GRID: Options = {"visible": False}
_BARS: Mapping[str, Options] = {
    "x_axis": {"visible": False, "min": 0, "major_gridlines": _NO_GRID},
    "y_axis": {
        "reverse": True,
        "interval_unit": 1,
        "num_font": _FONT,
        "line": {"color": styles.LINE},
        "major_gridlines": _NO_GRID,
        "major_tick_mark": "none",
    },
}


class _Place(NamedTuple):
    row: int
    column: int
    width: int
    height: int


@dataclass(frozen=True)
class Easel:
    """What the charts are drawn of and where; ``heights`` of the page's rows, in points."""

    board: Board
    layout: DashboardLayout
    heights: Mapping[int, float]

    @property
    def width(self) -> float:
        """Characters of each column at which the page is as wide as its height asks for."""
        last = max(self.layout.page.rows.values())
        pixels = sum(self.heights[row] for row in range(last + 1)) * _POINT * _SHAPE / len(PANELS)
        return float(max(_LEAST_WIDTH, math.ceil((pixels - _COLUMN) / _DIGIT)))

    def place(self, left: str, columns: int, *rows: str) -> _Place:
        """Columns from ``left`` on, rows from the first to the last of ``rows``."""
        first, last = (self.layout.page.rows[row] for row in (rows[0], rows[-1]))
        high = sum(self.heights[row] for row in range(first, last + 1)) * _POINT
        wide = columns * (self.width * _DIGIT + _COLUMN)
        column = self.layout.page.columns[left]
        return _Place(first, column, round(wide) - _GAP, round(high) - _GAP)


def charts(easel: Easel) -> Iterator[Chart]:
    """All charts of the page."""
    layout, definition = easel.layout, easel.board.definition
    perspectives = [shortened(easel.board.word(one.name)) for one in definition.perspectives]
    objectives = shortened_objectives(easel.board)
    kpis = [shortened(easel.board.word(one.name)) for one in definition.kpis()]
    has_radar = len(perspectives) >= RADAR_FROM
    if has_radar:
        yield _radar(easel)
    place: tuple[Any, ...] = ("c", 2, "top_charts") if has_radar else ("a", 4, "top_charts")
    names = [f"{name}  000%" for name in perspectives]
    yield _against_goal(easel, layout.perspectives, "bullets", place, names)
    place = ("e", 2, "top_charts", "middle_charts")
    names = [f"{name}  000%" for name in objectives]
    yield _against_goal(easel, layout.ranked, "ranked", place, names)
    yield _plans(easel)
    missing = f" – {easel.board.say('dashboard.not_scored')}"
    names = [easel.board.say("term.strategy"), *(f"{name}{missing}" for name in perspectives)]
    yield _waterfall(easel, layout.steps, "steps", "a", names)
    names = [
        easel.board.say("dashboard.other_kpis"),
        *perspectives,
        *(f"{name}{missing}" for name in kpis),
    ]
    yield _waterfall(easel, layout.kpi_steps, "kpi_steps", "c", names)
    for number in range(len(layout.slots.rows)):
        yield _months(easel, number)


def _bars(names: Iterable[str], width: int) -> Mapping[str, Options]:
    """Names at the left with room enough to stand in one line, no scale, no grid."""
    longest = max(len(name) for name in names)
    left = min(_MOST_OF_CHART, (longest * _LETTER + _GAP) / width)
    layout = {"x": left, "y": 0.02, "width": 0.98 - left, "height": 0.96}
    return {**_BARS, "plotarea": {"layout": layout}}


def _column(table: Table, name: str) -> str:
    """All rows of a column, as a chart refers to them."""
    return "=" + table.far_span(table.row_keys, [name], fixed=True)


def _radar(easel: Easel) -> Chart:
    table = easel.layout.perspectives
    labels = _column(table, "label")
    solid: Options = {
        "line": {"color": styles.ACCENT, "width": 2.25},
        "marker": {"type": "circle", "size": 6, **_SOLID},
    }
    looks: Mapping[str, Options] = {
        "last_year": {"line": {"color": styles.LAST_YEAR, "width": 3}},
        "goal": {"line": {"color": styles.MUTED, "width": 1, "dash_type": "dash"}},
        "achievement": solid,
    }
    grid = {"visible": True, "line": {"color": styles.LINE, "width": 0.5}}
    return Chart(
        *easel.place("a", 2, "top_charts"),
        {"type": "radar"},
        tuple(
            Series(easel.board.say(f"dashboard.{name}"), labels, _column(table, name), look)
            for name, look in looks.items()
        ),
        "",
        easel.board.say("dashboard.alt.radar"),
        {
            "x_axis": {"num_font": _FONT},
            "y_axis": {"visible": False, "min": 0, "major_gridlines": grid},
        },
    )


def _against_goal(
    easel: Easel, table: Table, alt: str, place: tuple[Any, ...], names: Iterable[str]
) -> Chart:
    """Solid bars inside the outline of the goal."""
    labels = _column(table, "label")
    gap = 100 if len(table.rows) < _FEW else 45
    looks: Mapping[str, Options] = {
        "achievement": {**_SOLID, "gap": gap, "overlap": 100},
        "goal": _OUTLINED,
    }
    where = easel.place(*place)
    return Chart(
        *where,
        {"type": "bar"},
        tuple(
            Series(easel.board.say(f"dashboard.{name}"), labels, _column(table, name), look)
            for name, look in looks.items()
        ),
        "",
        easel.board.say(f"dashboard.alt.{alt}"),
        _bars(names, where.width),
    )


def _plans(easel: Easel) -> Chart:
    table, where = easel.layout.plans, easel.place("f", 1, "headline", "note2")
    names = (f"{easel.board.word(band.plan)}: 000" for band in easel.board.definition.bands)
    labels, counts = _column(table, "label"), _column(table, "count")
    return Chart(
        *where,
        {"type": "bar"},
        (Series(easel.board.say("dashboard.table.plans"), labels, counts, {**_SOLID, "gap": 40}),),
        "",
        easel.board.say("dashboard.alt.plans"),
        _bars(names, where.width),
    )


def _labelled(look: Options, number: str, position: str, colour: str = styles.TEXT) -> Options:
    font = {**_FONT, "color": colour}
    label = {"value": True, "num_format": number, "font": font, "position": position}
    return {**look, "data_labels": label}


def _waterfall(easel: Easel, table: Table, alt: str, left: str, names: Iterable[str]) -> Chart:
    """Stacked bars: nothing that is seen up to where a step begins, then the step."""
    looks: Mapping[str, Options] = {
        "goal": {**_labelled(_OUTLINED, "0.0;;;", "inside_end"), "gap": 35},
        "base": _UNSEEN,
        "gain": _labelled(_GAINED, "+0.0;;;", "center"),
        "cost": _labelled(_LOST, '"−"0.0;;;', "center"),
        "total": _labelled(_SOLID, "0.0;;;", "inside_end", styles.WHITE),
    }
    labels, where = _column(table, "label"), easel.place(left, 2, "middle_charts")
    return Chart(
        *where,
        {"type": "bar", "subtype": "stacked"},
        tuple(
            Series(easel.board.say(f"dashboard.head.{name}"), labels, _column(table, name), look)
            for name, look in looks.items()
        ),
        "",
        easel.board.say(f"dashboard.alt.{alt}"),
        _bars(names, where.width),
    )


def _months(easel: Easel, number: int) -> Chart:
    """Twelve months of a KPI in columns, its goals as a thin line, the newest value in figures."""
    line, place = divmod(number, len(PANELS))
    no_line: Options = {"line": {"none": True}, "marker": {"type": "none"}}
    newest = {
        "value": True,
        "position": "above",
        "fill": {"color": styles.WHITE},
        "num_format": '#,##0.0;−#,##0.0;""',
        "font": {**_SMALL, "bold": True, "color": styles.TEXT},
    }
    looks: Mapping[str, Options] = {
        "last": {**_LIGHT, "gap": 30, "overlap": 30},
        "actual": _SOLID,
        "goal": {"line": {"color": styles.TEXT, "width": 1}, "marker": {"type": "none"}},
        "newest": {**no_line, "data_labels": newest},
    }
    drawn = _of_slot(easel, easel.layout.slots.row_keys[number], looks)
    return Chart(
        *easel.place(PANELS[place], 1, f"charts{line}"),
        {"type": "column"},
        drawn[:2],
        "",
        easel.board.say("dashboard.alt.months", number=number + 1),
        {
            "x_axis": {
                "num_font": _SMALL,
                "line": {"none": True},
                "label_position": "low",
                "major_tick_mark": "none",
            },
            "y_axis": {"visible": False, "major_gridlines": _NO_GRID},
        },
        Chart(0, 0, 0, 0, {"type": "line"}, drawn[2:], "", ""),
    )


def _of_slot(easel: Easel, row: str, looks: Mapping[str, Options]) -> tuple[Series, ...]:
    labels = _twelve(easel.layout.slots, row, "month")
    return tuple(
        Series(
            easel.board.say(f"dashboard.series.{one}"),
            labels,
            _twelve(easel.layout.slots, row, one),
            look,
        )
        for one, look in looks.items()
    )


def _twelve(table: Table, row: str, series: str) -> str:
    columns: Sequence[str] = [f"{series}_{month}" for month in MONTHS]
    return "=" + table.far_span([row], columns, fixed=True)
