"""The formulas of the sheet Actions: what a line comes to, and which KPIs owe an action."""

from __future__ import annotations

from collections.abc import Mapping

from tablero.workbook_templates.board import Board
from tablero.workbook_templates.registers.actions import (
    FLAGS,
    Judged,
    Standing,
    is_said,
)
from tablero.workbook_templates.registers.layout import ActionsPlan
from tablero.workbook_templates.registers.parts import Entry
from tablero.workbook_templates.registers.words import plan_of
from tablero.workbook_templates.sheets.page import Formula, Result, serial
from tablero.workbook_templates.tables import Table

_SLACK = "1E-9"


def entry_result(entry: Entry | None) -> Result:
    """What a cell that repeats an entry comes to."""
    match entry:
        case None:
            return ""
        case str() | float():
            return entry
    return serial(entry.year, entry.month, entry.day)


def line(board: Board, plan: ActionsPlan, key: str, judged: Judged) -> Mapping[str, Formula]:
    """Every formula of a line of the register, with its result."""
    texts = line_formulas(plan.actions, key)
    bands, language = board.definition.bands, board.language
    agreed = judged.line.get("agreed_plan", "")
    shown = plan_of(bands[judged.plan - 1], language) if judged.plan else str(agreed)
    remark = board.say(f"action_remark.{judged.remark}") if judged.remark else ""
    results: dict[str, Result] = {
        "plan": shown,
        "due": entry_result(judged.due),
        "remark": remark,
        "said": float(is_said(judged.line)),
        "kpi_number": float(judged.kpi),
        "plan_number": float(judged.plan),
        "open": float(judged.is_open),
        **{flag: float(up) for flag, up in zip(FLAGS, judged.flags, strict=True)},
    }
    return {column: Formula(texts[column], result) for column, result in results.items()}


def line_formulas(table: Table, key: str) -> Mapping[str, str]:
    """What stands in the computed cells of a line."""
    cell = {column: table.cell(key, column) for column in table.columns}
    said, due, plan = cell["said"], cell["due"], cell["plan_number"]
    flags = table.span([key], FLAGS)
    months = f"INDEX(action_plan_months,{plan})"
    from_start = (
        f'IF(OR({plan}=0,NOT(ISNUMBER({cell["start"]}))),"",'
        f'IF({months}="","",EDATE({cell["start"]},{months})))'
    )
    return {
        "plan": f'IF({plan}=0,{cell["agreed_plan"]}&"",INDEX(list_plan,{plan}))',
        "due": f'IF({cell["agreed_due"]}<>"",{cell["agreed_due"]},{from_start})',
        "remark": f'IF(SUM({flags})=0,"",INDEX(action_remarks,MATCH(1,{flags},0)))',
        "said": f'IF({cell["what"]}&{cell["kpi"]}&{cell["cause"]}="",0,1)',
        "kpi_number": _number(cell["kpi"], "action_kpi_label", "action_kpi_number"),
        "plan_number": (
            f'IF({cell["agreed_plan"]}="",IF({cell["kpi_number"]}=0,0,'
            f"INDEX(action_kpi_position,{cell['kpi_number']})),"
            f"SUMPRODUCT((list_plan={cell['agreed_plan']})*action_plan_number))"
        ),
        "open": (
            f"IF({said}=0,0,1-SUMPRODUCT((list_status={cell['status']})*action_status_closed))"
        ),
        **_flags(cell, said, due),
    }


def _number(cell: str, words: str, numbers: str) -> str:
    """The place of a chosen word in its list; 0 where it is none of them."""
    return f'IF({cell}="",0,SUMPRODUCT(({words}={cell})*{numbers}))'


def _flags(cell: Mapping[str, str], said: str, due: str) -> Mapping[str, str]:
    kpi, agreed, status = cell["kpi"], cell["agreed_plan"], cell["status"]
    unknown = (
        f'({kpi}<>"")*({cell["kpi_number"]}=0)+({agreed}<>"")*({cell["plan_number"]}=0)'
        f'+({status}<>"")*(SUMPRODUCT((list_status={status})*action_status_number)=0)'
    )
    wrong = (f'({one}<>"")*(1-ISNUMBER({one}))' for one in (cell["start"], cell["agreed_due"]))
    early = f"IF({due}<{cell['start']},1,0)"
    both = f"ISNUMBER({due}),ISNUMBER({cell['start']})"
    money = f"ISNUMBER({cell['budget']}),ISNUMBER({cell['spent']})"
    return {
        "empty": f'IF({said}=0,0,IF({cell["what"]}="",1,0))',
        "unknown": f"IF({said}=0,0,IF({unknown}>0,1,0))",
        "day": f"IF({said}=0,0,IF({'+'.join(wrong)}>0,1,0))",
        "order": f"IF(AND({said}=1,{both}),{early},0)",
        "late": f"IF(AND({cell['open']}=1,ISNUMBER({due})),IF({due}<action_until,1,0),0)",
        "cost": f"IF(AND({said}=1,{money}),IF({cell['spent']}>{cell['budget']},1,0),0)",
    }


def standing(board: Board, plan: ActionsPlan, one: Standing) -> Mapping[str, Formula]:
    """How a KPI stands, and whether it owes an action."""
    table, key = plan.kpis, one.kpi.id
    cell = {column: table.cell(key, column) for column in table.columns}
    far = board.layout.scorecard.far(f"kpi:{key}", "achievement")
    achieved, position, number = cell["achievement"], cell["position"], cell["number"]
    bands = f"SUMPRODUCT((band_from<={achieved}+{_SLACK})*1)"
    notes, smallest = f"{cell['noted']}+{cell['pinned']}", f"SMALL(action_kpi_order,{number})"
    is_known = bool(one.position)
    formulas: dict[str, tuple[str, Result]] = {
        "achievement": (far, one.achievement if is_known else ""),
        "position": (f"IF(ISNUMBER({achieved}),MAX(1,{bands}),0)", float(one.position)),
        "open": (f"COUNTIFS(actions_kpi_number,{number},actions_open,1)", float(one.open)),
        "noted": (
            f'SUMPRODUCT((actions_kpi_number={number})*(actions_note<>""))', float(one.noted)
        ),
        "owes": (
            f"IF({position}=0,0,IF({cell['open']}>0,0,INDEX(action_plan_owes,{position})))",
            float(one.owes),
        ),
        "bare": (
            f"IF({position}=0,0,IF({notes}>0,0,INDEX(action_plan_red,{position})))",
            float(one.is_bare),
        ),
        "order": (
            f'IF({cell["owes"]}=1,{achieved}+{number}*{_SLACK},"")',
            one.order if one.owes else "",
        ),
        "which": (
            f"IF({number}>action_owing,0,MATCH({smallest},action_kpi_order,0))",
            _which(board, one.number),
        ),
    }  # fmt: skip
    return {column: Formula(*formula) for column, formula in formulas.items()}


def _which(board: Board, place: int) -> float:
    """The number of the KPI at a place among those that owe an action; 0 behind the last."""
    owing = board.actions.owing
    return float(owing[place - 1].number) if place <= len(owing) else 0.0


def moments(board: Board) -> Mapping[str, Formula]:
    """The latest month with figures, the day from which on nothing is late, how many KPIs owe."""
    figures, actions = board.scores.figures, board.actions
    latest = board.calendar.month(figures.latest_month) if figures.latest_month else None
    header = "inputs_month_header"
    return {
        "latest": Formula(
            f'SUMPRODUCT(MAX((inputs_months<>"")*{header}))', serial(*latest) if latest else 0.0
        ),
        "until": Formula(
            "IF(action_latest=0,0,EDATE(MIN(period_to,action_latest),1))",
            entry_result(actions.until) if actions.until else 0.0,
        ),
        "owing": Formula("SUM(action_kpi_owes)", float(len(actions.owing))),
    }
