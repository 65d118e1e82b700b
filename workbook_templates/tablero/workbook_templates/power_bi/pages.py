"""The pages of the report: the board of the second paper's company, from one model."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from tablero.workbook_templates.power_bi.visuals import (
    Box,
    Field,
    Json,
    Visual,
    column,
    literal,
    measure,
)

WIDTH, HEIGHT, EDGE, GAP = 1280, 720, 24, 16
_TOP = 120
"""Where the choices end and the figures begin."""
_INNER_WIDTH = WIDTH - 2 * EDGE

PERIOD = column("dim_period", "label")
_PERSPECTIVE = column("dim_perspective", "perspective")
_OBJECTIVE = column("dim_objective", "objective")
_KPI = column("dim_kpi", "kpi")
_BAND = column("dim_band", "band")


@dataclass(frozen=True)
class Page:
    """A page of the report."""

    key: str
    """Names it in the file and in the texts."""
    visuals: Sequence[Visual]
    kinds: Sequence[str] = ()
    """The kinds of periods that it is of; without any every period."""
    needs: str = ""
    """The table without which it is left out."""


def pages(tables: Collection[str]) -> Iterator[Page]:
    """The pages for which there are tables."""
    return (one for one in _PAGES if not one.needs or one.needs in tables)


def _choice() -> Visual:
    objects = {
        "data": {"mode": literal("'Dropdown'")},
        "selection": {"singleSelect": literal("true")},
    }
    box = Box(EDGE, EDGE, 260, _TOP - EDGE - GAP)
    roles = {"Values": [PERIOD]}
    return Visual("period_choice", "slicer", box, roles, objects=objects)


def _cards(*keys: str) -> Iterator[Visual]:
    """Single figures side by side, right of the choice of the period."""
    left = EDGE + 260 + GAP
    width = (WIDTH - EDGE - left - GAP * (len(keys) - 1)) // len(keys)
    for place, key in enumerate(keys):
        box = Box(left + place * (width + GAP), EDGE, width, _TOP - EDGE - GAP)
        yield Visual(f"card_{place}", "card", box, {"Values": [measure(key)]}, objects=_CARD)


_CARD: Mapping[str, Json] = MappingProxyType(
    {"labels": {"fontSize": literal("20D")}, "categoryLabels": {"show": literal("true")}}
)
_LABELLED: Mapping[str, Json] = MappingProxyType({"labels": {"show": literal("true")}})


def _boxes(columns: int, rows: int = 1) -> Sequence[Box]:
    """The page below the choices, in equal parts, row by row."""
    width = (_INNER_WIDTH - GAP * (columns - 1)) // columns
    height = (HEIGHT - EDGE - _TOP - GAP * (rows - 1)) // rows
    return [
        Box(EDGE + across * (width + GAP), _TOP + down * (height + GAP), width, height)
        for down in range(rows)
        for across in range(columns)
    ]


def _bars(name: str, box: Box, axis: Field, figure: Field, title: str) -> Visual:
    roles = {"Category": [axis], "Y": [figure]}
    return Visual(name, "clusteredBarChart", box, roles, title, axis, _LABELLED, [figure])


def _lines(name: str, box: Box, figure: Field, title: str, *series: Field) -> Visual:
    roles = {"Category": [PERIOD], **({"Series": series} if series else {}), "Y": [figure]}
    return Visual(name, "lineChart", box, roles, title, PERIOD)


def _table(name: str, box: Box, title: str, fields: Sequence[Field], *toned: Field) -> Visual:
    return Visual(name, "tableEx", box, {"Values": fields}, title, toned=toned)


def _strategy() -> Page:
    first, second, third, fourth = _boxes(2, 2)
    achievement, kpis, points = map(measure, ("achievement.perspective", "kpi_count", "points"))
    ranking = Visual(
        "points",
        "clusteredBarChart",
        fourth,
        {"Category": [_KPI], "Y": [points]},
        "power_bi.title.points",
        points,
        _LABELLED,
        [points],
    )
    bands = Visual(
        "bands",
        "clusteredColumnChart",
        second,
        {"Category": [_BAND], "Y": [kpis]},
        "power_bi.title.bands",
        _BAND,
        _LABELLED,
    )
    return Page(
        "strategy",
        (
            _choice(),
            *_cards("achievement.strategy", "band", "coverage", "change", "plan"),
            _bars("perspectives", first, _PERSPECTIVE, achievement, "power_bi.title.perspectives"),
            bands,
            _bars(
                "objectives",
                third,
                _OBJECTIVE,
                measure("achievement.objective"),
                "power_bi.title.objectives",
            ),
            ranking,
        ),
    )


def _scorecard() -> Page:
    band = measure("band")
    values = [
        measure(key)
        for key in ("value", "goal", "achievement", "coverage", "points", "band_symbol", "band")
    ]
    matrix = Visual(
        "levels",
        "pivotTable",
        _boxes(1)[0],
        {"Rows": [_PERSPECTIVE, _OBJECTIVE, _KPI], "Values": values},
        "power_bi.title.all_levels",
        toned=[band],
    )
    return Page(
        "scorecard",
        (_choice(), *_cards("period", "achievement.strategy", "band", "coverage"), matrix),
    )


def _kpis() -> Page:
    figures = ("value", "goal", "gap", "achievement", "previous", "direction", "points", "band")
    fields = [_KPI, column("dim_kpi", "unit"), column("dim_kpi", "owner"), *map(measure, figures)]
    table = _table("kpi_table", _boxes(1)[0], "power_bi.title.all_kpis", fields, measure("band"))
    return Page("kpis", (_choice(), *_cards("kpi_count", "kpi_unknown", "coverage"), table))


def _trend() -> Page:
    above, below = (Box(EDGE, EDGE + row * 344, _INNER_WIDTH, 328) for row in (0, 1))
    return Page(
        "trend",
        (
            _lines(
                "strategy_trend",
                above,
                measure("achievement.strategy"),
                "power_bi.title.strategy_trend",
            ),
            _lines(
                "perspective_trend",
                below,
                measure("achievement.perspective"),
                "power_bi.title.perspective_trend",
                _PERSPECTIVE,
            ),
        ),
        kinds=("month",),
    )


def _okrs() -> Page:
    above, below = _boxes(1, 2)
    okr, key_result = column("dim_okr", "okr"), column("dim_key_result", "key_result")
    objectives = [okr, column("dim_okr", "owner"), *_OKR]
    results = [okr, key_result, column("dim_key_result", "owner"), *_KEY_RESULT]
    return Page(
        "okrs",
        (
            *_cards("as_of", "achievement.strategy", "band"),
            _table("okr_table", above, "power_bi.title.okr_table", objectives),
            _table("key_result_table", below, "power_bi.title.key_result_table", results),
        ),
        needs="fact_okr",
    )


_OKR = tuple(map(measure, ("okr_score", "okr_expected", "okr_status")))
_KEY_RESULT = tuple(
    map(measure, ("key_result_progress", "key_result_expected", "key_result_status"))
)


def _actions() -> Page:
    names = ("what", "owner", "status_name", "start", "due", "budget", "spent")
    fields = [_KPI, *(column("fact_action", name) for name in names)]
    return Page(
        "actions",
        (
            *_cards("actions_open", "actions_late"),
            _table("action_table", _boxes(1)[0], "power_bi.title.action_table", fields),
        ),
        needs="fact_action",
    )


_PAGES = (_strategy(), _scorecard(), _kpis(), _trend(), _okrs(), _actions())
