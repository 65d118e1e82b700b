"""The Checks sheet: each check counts what is wrong, and one line says go or no-go."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from tablero.workbook_templates import styles
from tablero.workbook_templates.board import Board
from tablero.workbook_templates.definition import Definition
from tablero.workbook_templates.layout import (
    HEADER_ROW,
    MONTHS,
    STRATEGY,
    kpi_key,
    objective_key,
    perspective_key,
)
from tablero.workbook_templates.periods import KINDS, MONTHS_A_YEAR
from tablero.workbook_templates.sheets.inputs import flag_span
from tablero.workbook_templates.sheets.page import Area, Formula, Link, Page, Rule, Width
from tablero.workbook_templates.vectorised import WEIGHT_TOLERANCE

TOTAL = "total"
_HEADERS = {"result": "header right", "status": "header gutter"}
_WEIGHTS = "weights:"
_MUST = (
    "period",
    "text_inputs",
    "text_matrix",
    "overwritten_inputs",
    "overwritten_scorecard",
    "overwritten_trend",
    "bands",
)
_SHOULD = ("missing", "ahead", "no_figures", "negative", "goals_missing", "goals_zero")


class Check(NamedTuple):
    """One check: what it counts, its present count, where to mend it."""

    label: str
    formula: str
    count: float
    sheet: str
    cell: str
    must: bool


def check_keys(definition: Definition) -> list[str]:
    """Row keys of the checks of a definition, in order."""
    groups = [STRATEGY]
    groups += [perspective_key(one) for one in definition.perspectives]
    groups += [objective_key(one) for one in definition.objectives()]
    return [*(f"{_WEIGHTS}{key}" for key in groups), *_MUST, *_SHOULD, TOTAL]


def build(board: Board) -> Page:
    """The sheet to look at before trusting the result."""
    page = Page("checks", board.layout.titles["checks"], styles.TAB_SETTING)
    page.heading(board.layout.titles["checks"], board.say("checks.subtitle"))
    table = board.layout.checks
    for column in table.columns:
        page.put(
            HEADER_ROW,
            table.columns[column],
            board.say(f"checks.{column}"),
            _HEADERS.get(column, "header"),
        )
    checks = dict(_checks(board))
    for key, check in checks.items():
        _row(board, page, key, check)
    _total(board, page, checks)
    _dress(board, page)
    return page


def errors(board: Board) -> int:
    """How many checks that must be right are not."""
    return sum(check.must and check.count > 0 for _, check in _checks(board))


def _row(board: Board, page: Page, key: str, check: Check) -> None:
    table = board.layout.checks
    result = table.cell(key, "result")
    bad = board.say("checks.bad" if check.must else "checks.look")
    ok = board.say("checks.ok")
    page.put(*table.at(key, "check"), check.label, "kpi")
    page.put(*table.at(key, "result"), Formula(check.formula, check.count), "kpi count")
    status = Formula(f'IF({result}=0,"{ok}","{bad}")', bad if check.count else ok)
    page.put(*table.at(key, "status"), status, "kpi bold gutter")
    page.put(
        *table.at(key, "weight"),
        board.say("checks.must" if check.must else "checks.should"),
        "kpi muted",
    )
    page.put(
        *table.at(key, "where"),
        Link(f"'{check.sheet}'!{check.cell}", f"{check.sheet} {check.cell}"),
        "kpi link",
    )


def _total(board: Board, page: Page, checks: dict[str, Check]) -> None:
    table = board.layout.checks
    keys = list(checks)
    must = board.say("checks.must")
    formula = (
        f'COUNTIFS({table.span(keys, ["weight"])},"{must}",{table.span(keys, ["result"])},"<>0")'
    )
    count = float(sum(check.must and check.count > 0 for check in checks.values()))
    page.put(*table.at(TOTAL, "check"), board.say("checks.total"), "strategy")
    page.put(*table.at(TOTAL, "result"), Formula(formula, count), "strategy count")
    cell = table.cell(TOTAL, "result")
    go, no_go = board.say("home.go"), board.say("home.no_go")
    page.put(
        *table.at(TOTAL, "status"),
        Formula(f'IF({cell}=0,"{go}","{no_go}")', no_go if count else go),
        "strategy gutter",
    )
    page.put_row(table.rows[TOTAL], table.columns["weight"], [None, None], "strategy")
    page.heights[table.rows[TOTAL]] = 24


def _checks(board: Board) -> Iterator[tuple[str, Check]]:
    yield from _weight_checks(board)
    found = {**_must_checks(board), **_should_checks(board)}
    for key in (*_MUST, *_SHOULD):
        yield key, found[key]


def _weight_checks(board: Board) -> Iterator[tuple[str, Check]]:
    """One check a group of weights: the perspectives', each perspective's, each objective's."""
    table = board.layout.matrix
    for node in board.nodes:
        if node.level == "kpi":
            continue
        keys, column = board.children(node)
        level = column.removeprefix("weight_")
        total = sum(one.weight for one in board.nodes if one.key in keys and one.level == level)
        name = board.say("checks.strategy") if node.key == STRATEGY else board.word(node.name)
        first = next(one.key for one in board.nodes if one.key in keys and one.level == level)
        yield (
            f"{_WEIGHTS}{node.key}",
            Check(
                board.say("checks.weights_of", group=name),
                f"IF(ABS(SUM({table.far_span(keys, [column])})-1)>{WEIGHT_TOLERANCE:.6f},1,0)",
                float(abs(total - 1) > WEIGHT_TOLERANCE),
                table.title,
                table.cell(first, column),
                must=True,
            ),
        )


def _must_checks(board: Board) -> dict[str, Check]:
    say, layout = board.say, board.layout
    inputs, matrix, scorecard, trend = layout.inputs, layout.matrix, layout.scorecard, layout.trend
    first_input = inputs.cell(board.definition.inputs[0].id, MONTHS[0])
    first_kpi = kpi_key(next(board.definition.kpis()))
    texts = "+".join(
        f'COUNTIF({name},"?*")' for name in ("matrix_goal", "matrix_monthly_goals", *_WEIGHT_NAMES)
    )
    return {
        "period": Check(say("checks.period"), "2-COUNTIF(list_kind,home_kind)-COUNTIF(list_month,home_month)", 0.0, layout.home.title, layout.home.cell("kind", "weight"), must=True),
        "text_inputs": Check(say("checks.text_inputs"), _TEXT_INPUTS, 0.0, inputs.title, first_input, must=True),
        "text_matrix": Check(say("checks.text_matrix"), texts, 0.0, matrix.title, matrix.cell(first_kpi, "goal"), must=True),
        "overwritten_inputs": _overwritten(board, "inputs", inputs.cell(board.definition.inputs[0].id, "period")),
        "overwritten_scorecard": _overwritten(board, "scorecard", scorecard.cell(STRATEGY, "achievement")),
        "overwritten_trend": _overwritten(board, "trend", trend.cell(STRATEGY, MONTHS[0])),
        "bands": Check(say("checks.bands"), _descents(board), 0.0, layout.bands.title, layout.bands.cell(board.definition.bands[0].id, "from"), must=True),
    }  # fmt: skip


_WEIGHT_NAMES = ("matrix_weight_perspective", "matrix_weight_objective", "matrix_weight_kpi")
_TEXT_INPUTS = "+".join(
    f'COUNTIF({name},"?*")' for name in ("inputs_months", "inputs_last_months", "inputs_last_year")
)


def _overwritten(board: Board, sheet: str, cell: str) -> Check:
    title = board.layout.titles[sheet]
    label = board.say("checks.overwritten", sheet=title)
    return Check(label, f"COUNTIF({sheet}_intact,FALSE)", 0.0, title, cell, must=True)


def _descents(board: Board) -> str:
    table = board.layout.bands
    cells = [table.far(band, "from") for band in table.rows]
    return "+".join(f"({upper}<={lower})" for lower, upper in zip(cells, cells[1:], strict=False))


def _should_checks(board: Board) -> dict[str, Check]:
    say, layout = board.say, board.layout
    inputs, matrix = layout.inputs, layout.matrix
    first_input = inputs.cell(board.definition.inputs[0].id, MONTHS[0])
    goal = matrix.cell(kpi_key(next(board.definition.kpis())), "goal")
    counts = _Counts(board)
    flags = f"{_prefix(board)}{flag_span(inputs, MONTHS)}"
    header = "inputs_month_header"
    latest = f'SUMPRODUCT(MAX((inputs_months<>"")*{header}))'
    asked = f"({flags}=1)*({header}<=IF(home_kind=INDEX(list_kind,1),period_to,{latest}))"
    return {
        "missing": Check(say("checks.missing"), f'SUMPRODUCT((inputs_method<>"")*{asked}*(inputs_months=""))', counts.missing, inputs.title, first_input, must=False),
        "ahead": Check(say("checks.ahead"), f'SUMPRODUCT(({header}>period_to)*(inputs_months<>""))', counts.ahead, inputs.title, first_input, must=False),
        "no_figures": Check(say("checks.no_figures"), "IF(SUM(inputs_filled)=0,1,0)", counts.no_figures, inputs.title, first_input, must=False),
        "negative": Check(say("checks.negative"), 'SUMPRODUCT((inputs_method<>"")*(inputs_signed=0)*(inputs_months<0))', counts.negative, inputs.title, first_input, must=False),
        "goals_missing": Check(say("checks.goals_missing"), 'SUMPRODUCT((matrix_direction<>"")*(matrix_goal=""))', counts.goals_missing, matrix.title, goal, must=False),
        "goals_zero": Check(say("checks.goals_zero"), "COUNTIF(matrix_goal,0)", counts.goals_zero, matrix.title, goal, must=False),
    }  # fmt: skip


def _prefix(board: Board) -> str:
    return board.layout.inputs.far(board.definition.inputs[0].id, "name").rpartition("!")[0] + "!"


class _Counts:
    """The checks' true results, counted from the figures."""

    def __init__(self, board: Board) -> None:
        figures, period = board.scores.figures, board.period
        months = figures.months[:, MONTHS_A_YEAR:]
        empty = np.isnan(months)
        number = np.arange(1, MONTHS_A_YEAR + 1)
        until = period.last if period.kind == KINDS[0] else figures.latest_month
        asked = (number >= period.first) & (number <= period.last) & (number <= until)
        signed = np.array([one.negative for one in board.definition.inputs])
        goals = [kpi.goal for kpi in board.definition.kpis()]
        self.missing = float((empty & asked).sum())
        self.ahead = float((~empty & (number > period.last)).sum())
        self.no_figures = float(board.scores.inputs.filled[:, board.column].sum() == 0)
        self.negative = float(((months < 0) & ~signed[:, None]).sum())
        self.goals_missing = float(goals.count(None))
        self.goals_zero = float(goals.count(0))


def _dress(board: Board, page: Page) -> None:
    table = board.layout.checks
    page.freeze = (HEADER_ROW + 1, 0)
    page.repeat_rows = (0, HEADER_ROW)
    page.print_area = Area(0, 0, max(table.rows.values()), table.columns["where"])
    page.widths += [
        Width(0, 0, 72),
        Width(1, 1, 10),
        Width(2, 2, 16),
        Width(3, 3, 18),
        Width(4, 4, 20),
    ]
    keys = table.row_keys[:-1]
    statuses = table.area(keys, ("status",))
    for key, role in (("bad", "alarm"), ("look", "warning"), ("ok", "well")):
        page.rules.append(
            Rule(statuses, f'{table.cell(keys[0], "status")}="{board.say(f"checks.{key}")}"', role)
        )
