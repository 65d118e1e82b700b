"""The formulas of the OKR sheet: which check-in is the newest, what follows the scorecard."""

from __future__ import annotations

from datetime import date

from tablero.workbook_templates import expressions
from tablero.workbook_templates.board import Board
from tablero.workbook_templates.definition import Kpi
from tablero.workbook_templates.expressions import Operand
from tablero.workbook_templates.okrs.check_ins import CheckIn
from tablero.workbook_templates.okrs.layout import key_result_key, okr_key, sum_key
from tablero.workbook_templates.okrs.parts import KeyResult, Okr
from tablero.workbook_templates.okrs.scoring import KeyResultScore
from tablero.workbook_templates.sheets.page import serial
from tablero.workbook_templates.tables import Table

# A text ranks above every number, and an empty cell is no text: only numbers pass.
_NUMBERS = {
    "value": '(check_ins_value<>"")*(check_ins_value<1E+300)',
    "confidence": '(check_ins_confidence<>"")*(check_ins_confidence>=0)*(check_ins_confidence<=1)',
}


def elapsed(table: Table, key: str) -> str:
    """Share of the period that is over on the as-of date."""
    first, last = table.cell(key, "from"), table.cell(key, "to")
    return f"MAX(0,MIN(1,(okrs_as_of-{first}+1)/({last}-{first}+1)))"


def objective(board: Board, okr: Okr) -> dict[str, str]:
    """The formulas of an objective's row, over those of its key results."""
    table = board.okr_layout.okr
    rows = [key_result_key(one) for one in okr.key_results]
    weights, days = table.span(rows, ["weight"]), table.span(rows, ["days"])

    def mean(column: str) -> str:
        return board.call("OKR_SCORE", table.span(rows, [column]), weights)

    return {
        **{column: mean(column) for column in ("progress", "expected", "confidence")},
        "days": f'IF(COUNT({days})=0,"",MAX({days}))',
        **_status(board, okr_key(okr), okr),
    }


def key_result(board: Board, okr: Okr, one: KeyResult) -> dict[str, str]:
    """The formulas of a key result's row, by column."""
    table, key = board.okr_layout.okr, key_result_key(one)
    cell = {column: table.cell(key, column) for column in table.columns}
    progress = (cell[column] for column in ("start", "current", "target", "kind", "upper"))
    milestone = f"IF(okrs_as_of>={cell['to']},1,0)"
    row, initial = cell["confidence_row"], cell["initial"]
    said = f'IF({initial}="","",{initial})'
    formulas = {
        "current": _current(board, okr, one),
        "progress": board.call("OKR_PROGRESS", *progress),
        "expected": milestone if one.kind == "milestone" else elapsed(table, key),
        "confidence": f"IF({row}=0,{said},INDEX(check_ins_confidence,{row}))",
        "checked": f'IF({cell["said"]}=0,"",{cell["said"]})',
        **_newest(board, one),
        **_status(board, key, okr),
    }
    return {**formulas, "days": _days(cell)} if one.is_typed else formulas


def _status(board: Board, key: str, okr: Okr) -> dict[str, str]:
    table = board.okr_layout.okr
    cell = {column: table.cell(key, column) for column in table.columns}
    commitment = table.cell(okr_key(okr), "kind")
    asked = (cell["progress"], cell["expected"], commitment, cell["confidence"], cell["days"])
    status, days = cell["status"], cell["days"]
    return {
        "status": board.call("OKR_STATUS", *asked, "okrs_limit", "okrs_grades"),
        "symbol": f'IF({status}="","–",INDEX(okrs_symbols,MATCH({status},okrs_words,0)))',
        "outdated": f'IF({days}="","",IF({days}>okrs_limit,INDEX(okrs_words,4),""))',
    }


def _days(cell: dict[str, str]) -> str:
    """How old the newest check-in is; none is due before the period nor after its end."""
    until, said = f"MIN(okrs_as_of,{cell['to']})", cell["said"]
    never = f'IF({until}<{cell["from"]},"",{until}-{cell["from"]})'
    return f"IF({said}=0,{never},MAX(0,{until}-{said}))"


def _newest(board: Board, one: KeyResult) -> dict[str, str]:
    """By what kind of entry: the day of the newest check-in, and its row of that day's last."""
    table, entries = board.okr_layout.okr, board.okr_layout.check_ins
    key = key_result_key(one)
    label = board.okr_layout.labels.cell(one.id, "label")
    first = entries.far(entries.row_keys[0], "day", fixed=True)
    own = f"(check_ins_key_result={label})"
    until = f"{own}*(check_ins_counted<=okrs_as_of)"
    formulas = {"said": f"SUMPRODUCT(MAX({until}*check_ins_counted))"}
    for kind, numbers in _NUMBERS.items():
        day = table.cell(key, f"{kind}_day")
        row = f"(ROW(check_ins_counted)-ROW({first})+1)"
        that_day = f"{own}*(check_ins_counted={day})*{numbers}"
        formulas[f"{kind}_day"] = f"SUMPRODUCT(MAX({until}*{numbers}*check_ins_counted))"
        formulas[f"{kind}_row"] = f"IF({day}=0,0,SUMPRODUCT(MAX({that_day}*{row})))"
    return formulas


def newest(board: Board, score: KeyResultScore) -> dict[str, float]:
    """What those formulas come to."""
    entries = board.records.check_ins
    own = [
        (number, line)
        for number, line in enumerate(entries, start=1)
        if line.key_result == score.key_result.id and line.day <= board.okrs.as_of
    ]
    values = [entry for entry in own if entry[1].value is not None]
    shares = [entry for entry in own if _is_share(entry[1].confidence)]
    return {
        "said": _serial(score.checked) if score.checked else 0.0,
        **_place("value", values),
        **_place("confidence", shares),
    }


def _place(kind: str, entries: list[tuple[int, CheckIn]]) -> dict[str, float]:
    if not entries:
        return {f"{kind}_day": 0.0, f"{kind}_row": 0.0}
    number, line = max(entries, key=lambda entry: (entry[1].day, entry[0]))
    return {f"{kind}_day": _serial(line.day), f"{kind}_row": float(number)}


def _is_share(number: float | None) -> bool:
    return number is not None and 0 <= number <= 1


def _serial(day: date) -> float:
    return serial(day.year, day.month, day.day)


def _current(board: Board, okr: Okr, one: KeyResult) -> str:
    """What a key result follows, within the objective's period; else the newest check-in."""
    sums, table = board.okr_layout.sums, board.okr_layout.okr
    if one.input is not None:
        return sums.cell(sum_key(okr.period, one.input), "current")
    for kpi in board.definition.kpis():
        if kpi.id == one.kpi:
            return _kpi(board, okr, kpi)
    row = table.cell(key_result_key(one), "value_row")
    return f'IF({row}=0,"",INDEX(check_ins_value,{row}))'


def _kpi(board: Board, okr: Okr, kpi: Kpi) -> str:
    sums = board.okr_layout.sums
    formula = expressions.parse(kpi.formula)
    annual = expressions.degree(formula, board.degrees) != 0

    def operand(name: str, column: str) -> Operand:
        key = sum_key(okr.period, name)
        cell = sums.cell(key, column)
        scaled = f"{cell}*{sums.cell(key, 'to_year')}"
        return Operand(cell, scaled if annual and board.degrees[name] else cell)

    return expressions.to_formula(
        formula,
        lambda name: operand(name, "current"),
        lambda name: operand(name, "previous"),
        lambda name, arguments: board.call(name, *arguments),
    )
