"""The Checks sheet: each check counts what is wrong, and one line says go or no-go."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from tablero.workbook_templates import styles
from tablero.workbook_templates.analysis.layout import plan_of
from tablero.workbook_templates.board import Board
from tablero.workbook_templates.definition import Definition
from tablero.workbook_templates.layout import (
    HEADER_ROW,
    MONTHS,
    STRATEGY,
    Table,
    kpi_key,
    objective_key,
    perspective_key,
)
from tablero.workbook_templates.periods import MONTHS_A_YEAR
from tablero.workbook_templates.sheets import action_checks, okr_checks
from tablero.workbook_templates.sheets.inputs import flag_span, prefix
from tablero.workbook_templates.sheets.page import Area, Formula, Link, Page, Rule, Width
from tablero.workbook_templates.vectorised import WEIGHT_TOLERANCE

TOTAL = "total"
LOOKS = "looks"
_HEADERS = {"result": "header right", "status": "header gutter"}
_WEIGHTS = "weights:"
_OVERWRITTEN = "overwritten_"
_COMPUTED_SHEETS = ("inputs", "scorecard", "trend", "analysis")
_MUST = (
    "period",
    "text_inputs",
    "text_matrix",
    *(f"{_OVERWRITTEN}{sheet}" for sheet in _COMPUTED_SHEETS),
    "bands",
)
_SHOULD = ("missing", "ahead", "no_figures", "negative", "goals_missing", "goals_zero")
_WEIGHT_NAMES = ("matrix_weight_perspective", "matrix_weight_objective", "matrix_weight_kpi")
_HEADERS = {"result": "header right", "status": "header gutter"}


class Check(NamedTuple):
    """One check: what it counts, how many it finds now, where to mend it."""

    label: str
    formula: str
    found: float
    sheet: str
    cell: str
    must: bool


def check_keys(definition: Definition) -> list[str]:
    """Row keys of the checks of a definition, in order."""
    groups = [STRATEGY]
    groups += [perspective_key(one) for one in definition.perspectives]
    groups += [objective_key(one) for one in definition.objectives()]
    okrs = okr_checks.KEYS if definition.okrs else ()
    weights = [f"{_WEIGHTS}{key}" for key in groups]
    return [*weights, *_MUST, *_SHOULD, *action_checks.KEYS, *okrs, LOOKS, TOTAL]


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
    _totals(board, page, checks)
    _dress(board, page)
    return page


def counts(board: Board) -> tuple[int, int]:
    """How many checks that must be right are not, and how many others are worth a look."""
    found = [check for _, check in _checks(board) if check.found]
    wrong = sum(check.must for check in found)
    return wrong, len(found) - wrong


def _row(board: Board, page: Page, key: str, check: Check) -> None:
    table = board.layout.checks
    result = table.cell(key, "result")
    bad = board.say("checks.bad" if check.must else "checks.look")
    ok = board.say("checks.ok")
    page.put(*table.at(key, "check"), check.label, "kpi")
    page.put(*table.at(key, "result"), Formula(check.formula, check.found), "kpi count")
    status = Formula(f'IF({result}=0,"{ok}","{bad}")', bad if check.found else ok)
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


def _totals(board: Board, page: Page, checks: Mapping[str, Check]) -> None:
    """Two sums: what is worth a look, then what must be mended and so decides."""
    table = board.layout.checks
    wrong = sum(check.must and check.found > 0 for check in checks.values())
    doubtful = sum(not check.must and check.found > 0 for check in checks.values())
    for key, weight, count, style in (
        (LOOKS, "should", doubtful, "perspective"),
        (TOTAL, "must", wrong, "strategy"),
    ):
        formula = (
            f'COUNTIFS({table.span(list(checks), ["weight"])},"{board.say(f"checks.{weight}")}",'
            f'{table.span(list(checks), ["result"])},"<>0")'
        )
        page.put(*table.at(key, "check"), board.say(f"checks.{key}"), style)
        page.put(*table.at(key, "result"), Formula(formula, float(count)), f"{style} count")
        for column in ("status", "weight", "where"):
            page.put(*table.at(key, column), None, style)
        page.heights[table.rows[key]] = 22
    cell, go, no_go = table.cell(TOTAL, "result"), board.say("home.go"), board.say("home.no_go")
    verdict = Formula(f'IF({cell}=0,"{go}","{no_go}")', no_go if wrong else go)
    page.put(*table.at(TOTAL, "status"), verdict, "strategy gutter")


def _checks(board: Board) -> Iterator[tuple[str, Check]]:
    yield from _weight_checks(board)
    yield from _other_checks(board)
    yield from _action_checks(board)
    yield from _okr_checks(board)


def _weight_checks(board: Board) -> Iterator[tuple[str, Check]]:
    """One check a group of weights: the perspectives', each perspective's, each objective's."""
    table = board.layout.matrix
    for node in board.nodes:
        if node.level == "kpi":
            continue
        keys, column = board.children(node)
        children = board.members(node)
        off = abs(sum(one.weight for one in children) - 1) > WEIGHT_TOLERANCE
        group = board.say("checks.strategy") if node.key == STRATEGY else board.word(node.name)
        span = table.far_span(keys, [column])
        yield (
            f"{_WEIGHTS}{node.key}",
            Check(
                label=board.say("checks.weights_of", group=group),
                formula=f"IF(ABS(SUM({span})-1)>{WEIGHT_TOLERANCE:.6f},1,0)",
                found=float(off),
                sheet=table.title,
                cell=table.cell(children[0].key, column),
                must=True,
            ),
        )


def _other_checks(board: Board) -> Iterator[tuple[str, Check]]:
    """The checks that every workbook has, in the order of their keys."""
    places = _places(board)
    found = _found(board)
    for key, formula in _formulas(board).items():
        table, row, column = places[key]
        sheet = key.removeprefix(_OVERWRITTEN)
        label = (
            board.say("checks.overwritten", sheet=board.layout.titles[sheet])
            if sheet != key
            else board.say(f"checks.{key}")
        )
        place = table.cell(row, column)
        yield key, Check(label, formula, found.get(key, 0.0), table.title, place, key in _MUST)


def _action_checks(board: Board) -> Iterator[tuple[str, Check]]:
    """The checks of the action plans: what they find is worth a look."""
    for key, (formula, found) in action_checks.counts(board).items():
        table, row, column = action_checks.place(board, key)
        label, cell = board.say(f"checks.{key}"), table.cell(row, column)
        yield key, Check(label, formula, found, table.title, cell, must=False)


def _okr_checks(board: Board) -> Iterator[tuple[str, Check]]:
    """The checks of objectives, key results and check-ins, in a workbook that has them."""
    if not board.definition.okrs:
        return
    for key, (formula, found) in okr_checks.counts(board).items():
        table, row, column = okr_checks.place(board, key)
        cell, must = table.cell(row, column), key in okr_checks.MUST
        yield key, Check(okr_checks.label(board, key), formula, found, table.title, cell, must)


def _formulas(board: Board) -> dict[str, str]:
    flags = f"{prefix(board)}{flag_span(board.layout.inputs, MONTHS)}"
    header = "inputs_month_header"
    latest = f'SUMPRODUCT(MAX((inputs_months<>"")*{header}))'
    asked = f"({flags}=1)*({header}<=IF(home_kind=INDEX(list_kind,1),period_to,{latest}))"
    chosen = "COUNTIF(list_kind,home_kind)-COUNTIF(list_month,home_month)"
    return {
        "period": f"2-{chosen}",
        "text_inputs": _texts("inputs_months", "inputs_last_months", "inputs_last_year"),
        "text_matrix": _texts("matrix_goal", "matrix_monthly_goals", *_WEIGHT_NAMES),
        **{f"{_OVERWRITTEN}{one}": f"COUNTIF({one}_intact,FALSE)" for one in _COMPUTED_SHEETS},
        "bands": _descents(board),
        "missing": f'SUMPRODUCT((inputs_method<>"")*{asked}*(inputs_months=""))',
        "ahead": f'SUMPRODUCT(({header}>period_to)*(inputs_months<>""))',
        "no_figures": "IF(SUM(inputs_filled)=0,1,0)",
        "negative": 'SUMPRODUCT((inputs_method<>"")*(inputs_signed=0)*(inputs_months<0))',
        "goals_missing": 'SUMPRODUCT((matrix_direction<>"")*(matrix_goal=""))',
        "goals_zero": "COUNTIF(matrix_goal,0)",
    }


def _texts(*names: str) -> str:
    """Counts texts, which every spreadsheet ranks above every number."""
    return "+".join(f'SUMPRODUCT(({name}<>"")*({name}>1E+300))' for name in names)


def _descents(board: Board) -> str:
    """Counts thresholds that are not above the one before, or not numbers."""
    table = board.layout.bands
    bounds = [table.far(band, "from") for band in table.rows]
    wrong = (f"({upper}<={lower})+({upper}>1E+300)" for lower, upper in pairwise(bounds))
    return "+".join(f"IF({one}>0,1,0)" for one in wrong)


def _places(board: Board) -> dict[str, tuple[Table, str, str]]:
    """Where each check's finding is mended."""
    layout = board.layout
    one, kpi = board.definition.inputs[0].id, kpi_key(next(board.definition.kpis()))
    figure, goal = (layout.inputs, one, MONTHS[0]), (layout.matrix, kpi, "goal")
    return {
        "period": (layout.home, "kind", "weight"),
        "text_inputs": figure,
        "text_matrix": goal,
        f"{_OVERWRITTEN}inputs": (layout.inputs, one, "period"),
        f"{_OVERWRITTEN}scorecard": (layout.scorecard, STRATEGY, "achievement"),
        f"{_OVERWRITTEN}trend": (layout.trend, STRATEGY, MONTHS[0]),
        f"{_OVERWRITTEN}analysis": (plan_of(layout.plans).what_if, STRATEGY, "achievement_then"),
        "bands": (layout.bands, board.definition.bands[0].id, "from"),
        "missing": figure,
        "ahead": figure,
        "no_figures": figure,
        "negative": figure,
        "goals_missing": goal,
        "goals_zero": goal,
    }


def _found(board: Board) -> dict[str, float]:
    """What the checks find in the figures now; the others find nothing in a new workbook."""
    figures, period = board.scores.figures, board.period
    months = figures.months[:, MONTHS_A_YEAR:]
    empty = np.isnan(months)
    number = np.arange(1, MONTHS_A_YEAR + 1)
    until = period.last if period.kind == "month" else figures.latest_month
    asked = (number >= period.first) & (number <= period.last) & (number <= until)
    signed = np.array([one.negative for one in board.definition.inputs])
    goals = [kpi.goal for kpi in board.definition.kpis()]
    return {
        "missing": float((empty & asked).sum()),
        "ahead": float((~empty & (number > period.last)).sum()),
        "no_figures": float(board.scores.inputs.filled[:, board.column].sum() == 0),
        "negative": float(((months < 0) & ~signed[:, None]).sum()),
        "goals_missing": float(goals.count(None)),
        "goals_zero": float(goals.count(0)),
    }


def _dress(board: Board, page: Page) -> None:
    table = board.layout.checks
    page.freeze = (HEADER_ROW + 1, 0)
    page.landscape = False
    page.repeat_rows = (0, HEADER_ROW)
    page.print_area = Area(0, 0, max(table.rows.values()), table.columns["where"])
    page.widths += [
        Width(0, 0, 84),
        Width(1, 1, 10),
        Width(2, 2, 16),
        Width(3, 3, 18),
        Width(4, 4, 20),
    ]
    keys = table.row_keys[:-2]
    statuses = table.area(keys, ("status",))
    for key, role in (("bad", "alarm"), ("look", "warning"), ("ok", "well")):
        page.rules.append(
            Rule(statuses, f'{table.cell(keys[0], "status")}="{board.say(f"checks.{key}")}"', role)
        )
