"""The sheet Actions: the plans by which people mend what stands badly, and who owes one."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import cast

from tablero.workbook_templates import styles
from tablero.workbook_templates.board import Board
from tablero.workbook_templates.registers.actions import (
    FLAGS,
    Judged,
    is_red,
    most_months,
    owes,
)
from tablero.workbook_templates.registers.layout import ActionsPlan
from tablero.workbook_templates.registers.parts import (
    ACTIONS,
    CLOSED,
    STATUSES,
    Column,
    Entry,
    Line,
)
from tablero.workbook_templates.registers.words import plan_of
from tablero.workbook_templates.sheets import action_formulas
from tablero.workbook_templates.sheets.page import (
    Area,
    Choice,
    Content,
    Date,
    Days,
    Formula,
    Hint,
    Numbers,
    Page,
    Rule,
    Tint,
    Width,
)
from tablero.workbook_templates.tables import FIRST_ROW, HEADER_ROW

INPUT = {"text": "input string left wrap gutter", "choice": "input string left wrap gutter",
         "day": "input day", "number": "input whole"}  # fmt: skip
_COMPUTED = {"plan": "kpi wrap gutter", "due": "kpi day", "remark": "kpi wrap bold gutter"}
_RIGHT = {"start", "due", "agreed_due", "budget", "spent"}
_WIDTHS = {
    "what": 32, "kpi": 28, "cause": 20, "owner": 14, "status": 13, "start": 12, "plan": 17,
    "due": 12, "remark": 16, "budget": 13, "spent": 12, "note": 30, "agreed_plan": 17,
    "agreed_due": 12,
}  # fmt: skip
_OWING_WIDTH, _BLANK_LINES = 28, 10
_LINE, _LETTER = 13.2, 0.95
_NOTHING = Judged({}, 0, 0, None, (False,) * len(FLAGS))


def build(board: Board) -> Page:
    """KPIs that owe an action on the left, a line an action beside them."""
    plan = cast("ActionsPlan", board.layout.plans["actions"])
    page = Page("actions", board.layout.titles["actions"], styles.TAB_INPUT)
    page.heading(board.layout.titles["actions"], board.say("actions.subtitle"))
    _owing(board, plan, page)
    _register(board, plan, page)
    _workings(board, plan, page)
    _dress(board, plan, page)
    return page


def _owing(board: Board, plan: ActionsPlan, page: Page) -> None:
    """Place by place the KPI that owes an action, the worst first; and how many they are."""
    table, owing = plan.owing, board.actions.owing
    page.put(HEADER_ROW - 1, 0, _tally(board), "bold")
    page.put(HEADER_ROW, 0, board.say("actions.owing"), "header")
    page.put(HEADER_ROW, 1, board.say("actions.achievement"), "header right")
    for place, key in enumerate(table.rows):
        which = plan.kpis.cell(key, "which")
        one = owing[place] if place < len(owing) else None
        label = board.choices["kpi"][one.kpi.id] if one else ""
        name = Formula(f'IF({which}=0,"",INDEX(action_kpi_label,{which}))', label)
        achieved = Formula(
            f'IF({which}=0,"",INDEX(action_kpi_achievement,{which}))',
            one.achievement if one else "",
        )
        page.put(*table.at(key, "name"), name, "kpi wrap")
        page.put(*table.at(key, "achievement"), achieved, "kpi share")
    first = f"${table.cell(table.row_keys[0], 'achievement')}"
    page.rules.append(Tint(table.area(table.row_keys, ("achievement",)), first, signed=True))
    page.rules.append(Rule(Area(HEADER_ROW - 1, 0, HEADER_ROW - 1, 0), "action_owing=0", "well"))


def _tally(board: Board) -> Formula:
    """How many KPIs owe an action."""
    none, count = board.say("actions.none_owing"), len(board.actions.owing)
    before, after = board.say("actions.count_owing", count="\0").split("\0")
    formula = f'IF(action_owing=0,"{none}","{before}"&action_owing&"{after}")'
    return Formula(formula, f"{before}{count}{after}" if count else none)


def _register(board: Board, plan: ActionsPlan, page: Page) -> None:
    table = plan.actions
    for column in (*_WIDTHS, "said", "kpi_number", "plan_number", "open", *FLAGS):
        role = "header right" if column in _RIGHT else "header gutter"
        page.put(HEADER_ROW, table.columns[column], board.say(f"actions.{column}"), role)
    page.heights[HEADER_ROW] = 32
    judged = dict(zip(table.rows, board.actions.judged, strict=False))
    for key in table.rows:
        one = judged.get(key, _NOTHING)
        for typed in ACTIONS.columns:
            content = entry_content(board, typed, one.line.get(typed.key))
            style = INPUT["text" if isinstance(content, str) else typed.kind]
            page.put(*table.at(key, typed.key), content, style)
        for name, formula in action_formulas.line(board, plan, key, one).items():
            style = _COMPUTED.get(name, "working count")
            page.put(*table.at(key, name), formula, style)
        page.heights[table.rows[key]] = _height(board, one.line)


def entry_content(board: Board, column: Column, entry: Entry | None) -> Content:
    """What stands in a cell that people type into."""
    match entry:
        case None | float():
            return entry
        case str():
            return board.choices.get(column.choices, {}).get(entry, entry)
    return Date(entry.year, entry.month, entry.day)


def _height(board: Board, line: Line) -> float:
    """The height at which the longest text of a line shows whole; two lines at least."""
    lines = 2
    for column in ACTIONS.columns:
        content = entry_content(board, column, line.get(column.key))
        if isinstance(content, str):
            lines = max(lines, math.ceil(len(content) * _LETTER / (_WIDTHS[column.key] - 3)))
    return max(30, lines * _LINE)


def _workings(board: Board, plan: ActionsPlan, page: Page) -> None:
    """What the register works with, right of it."""
    for table in (plan.kpis, plan.plans, plan.statuses, plan.remarks, plan.moments):
        for column, position in table.columns.items():
            page.put(HEADER_ROW, position, board.say(f"actions.work_{column}"), "working wrap")
    for one in board.actions.standings:
        key, label = one.kpi.id, board.choices["kpi"][one.kpi.id]
        page.put(*plan.kpis.at(key, "label"), label, "working")
        page.put(*plan.kpis.at(key, "code"), key, "working")
        page.put(*plan.kpis.at(key, "number"), one.number, "working count")
        page.put(*plan.kpis.at(key, "pinned"), int(one.is_pinned), "working count")
        for column, formula in action_formulas.standing(board, plan, one).items():
            style = "working percent" if column == "achievement" else "working plain"
            page.put(*plan.kpis.at(key, column), formula, style)
    _bands(board, plan, page)
    _lists(board, plan, page)
    for row, formula in action_formulas.moments(board).items():
        page.put(*plan.moments.at(row, "label"), board.say(f"actions.work_{row}"), "working")
        style = "working count" if row == "owing" else "working day"
        page.put(*plan.moments.at(row, "value"), formula, style)


def _lists(board: Board, plan: ActionsPlan, page: Page) -> None:
    """What an action can be, and what can be said of it."""
    for number, code in enumerate(STATUSES, start=1):
        cells: Mapping[str, Content] = {
            "word": board.choices["status"][code], "code": code, "number": number,
            "closed": int(code in CLOSED),
        }  # fmt: skip
        for column, content in cells.items():
            page.put(*plan.statuses.at(code, column), content, "working left")
    for flag in FLAGS:
        page.put(*plan.remarks.at(flag, "word"), board.say(f"action_remark.{flag}"), "working")


def _bands(board: Board, plan: ActionsPlan, page: Page) -> None:
    """Table 2: each band's plan and term, the months it may take, whether it asks for an action."""
    bands = board.definition.bands
    far = board.layout.bands.far
    for place, band in enumerate(bands):
        label = Formula(
            f'{far(band.id, "plan")}&" · "&{far(band.id, "term")}', plan_of(band, board.language)
        )
        cells: Mapping[str, Content] = {
            "label": label, "number": place + 1, "months": most_months(band),
            "owes": int(owes(place, len(bands))), "red": int(is_red(place, len(bands))),
        }  # fmt: skip
        for column, content in cells.items():
            page.put(*plan.plans.at(band.id, column), content, "working left")


def _dress(board: Board, plan: ActionsPlan, page: Page) -> None:
    table = plan.actions
    columns, keys = table.columns, table.row_keys
    page.freeze = (HEADER_ROW + 1, 0)
    page.repeat_rows = (0, HEADER_ROW)
    filled = len(board.actions.judged)
    rows = max(filled + _BLANK_LINES, len(plan.kpis.rows))
    page.print_area = Area(0, 0, FIRST_ROW + rows - 1, columns["note"])
    page.select = table.at(keys[filled], "what")
    labels = [len(label) for label in board.choices["kpi"].values()]
    kpi = max(_WIDTHS["kpi"], min(max(labels) * _LETTER / 2 + 6, 44))
    page.widths += [
        Width(0, 0, max(_OWING_WIDTH, kpi)),
        Width(1, 1, 11),
        Width(2, 2, 3),
        *(Width(columns[key], columns[key], size) for key, size in _WIDTHS.items() if key != "kpi"),
        Width(columns["kpi"], columns["kpi"], kpi),
        Width(columns["said"], columns[FLAGS[-1]], 13),
        Width(plan.kpis.columns["label"], plan.kpis.columns["label"], 30),
        Width(plan.plans.columns["label"], plan.plans.columns["label"], 22),
    ]
    page.rules += [*_validations(board, plan), *_marks(plan)]


def _validations(board: Board, plan: ActionsPlan) -> list[Choice | Days | Numbers | Hint]:
    table, say = plan.actions, board.say
    found: list[Choice | Days | Numbers | Hint] = []
    for column in ACTIONS.columns:
        area = table.area(table.row_keys, (column.key,))
        title, prompt = say("actions.title"), say(f"actions.{column.key}_prompt")
        match column.kind:
            case "choice":
                error = say("matrix.list_error")
                found.append(Choice(area, f"list_{column.choices}", title, prompt, error))
            case "day":
                found.append(Days(area, title, prompt, say("actions.day_error")))
            case "number":
                found.append(Numbers(area, title, prompt, say("inputs.number_error"), 0))
            case _ if column.key == "cause":
                error = say("actions.cause_error")
                found.append(Choice(area, "causes_cause", title, prompt, error))
            case _:
                found.append(Hint(area, title, prompt))
    return found


def _marks(plan: ActionsPlan) -> list[Rule]:
    """What is wrong stands out, what is over steps back."""
    table = plan.actions
    keys = table.row_keys
    first = {column: f"${table.cell(keys[0], column)}" for column in table.columns}
    remark = table.area(keys, ("remark",))
    wrong = "+".join(first[flag] for flag in FLAGS[:4])
    worth = "+".join(first[flag] for flag in FLAGS[4:])
    line = table.area(keys, ("what", "agreed_due"))
    return [
        Rule(remark, f"{wrong}>0", "alarm"),
        Rule(remark, f"{worth}>0", "warning"),
        Rule(line, f"AND({first['said']}=1,{first['open']}=0)", "muted"),
    ]
