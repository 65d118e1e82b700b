"""What each input comes to by the end of the year: the workings of the forecast."""

from __future__ import annotations

from tablero.workbook_templates.analysis.layout import INPUT_COLUMNS
from tablero.workbook_templates.board import known
from tablero.workbook_templates.definition import Input
from tablero.workbook_templates.layout import LAST_MONTHS, MONTHS
from tablero.workbook_templates.sheets.analysis_board import AnalysisBoard
from tablero.workbook_templates.sheets.page import Formula

_SEEN = 'inputs_month_header,"<="&period_to'
"""Only the months up to the end of the shown period count."""


def build(at: AnalysisBoard) -> None:
    """One row an input, beyond what is printed."""
    table = at.plan.inputs
    top = min(table.rows.values()) - 1
    for column in INPUT_COLUMNS:
        label = at.board.say(f"analysis.input.{column}")
        at.page.put(
            top, table.columns[column], label, "header" if column == "name" else "header right"
        )
    for row, one in enumerate(at.board.definition.inputs):
        at.put(table, one.id, "name", at.board.word(one.name), "working")
        for column, text in _formulas(at, one).items():
            result = known(getattr(at.forecasts.inputs, column)[row])
            at.put(table, one.id, column, Formula(text, result), "working number")


def _formulas(at: AnalysisBoard, one: Input) -> dict[str, str]:
    """The texts of a row; levels (L) take the latest month, totals and averages add them up."""
    inputs, table, levels = at.board.layout.inputs, at.plan.inputs, one.aggregation == "L"
    now, before = (inputs.far_span([one.id], months) for months in (MONTHS, LAST_MONTHS))
    cell = {column: table.cell(one.id, column) for column in INPUT_COLUMNS}
    months, last_year = cell["months"], inputs.far(one.id, "last_year")
    december = inputs.far(one.id, LAST_MONTHS[-1])
    same = f"INDEX({before},{cell['latest']})"
    seen = f'(inputs_month_header<=period_to)*({now}<>"")'
    place = f"(COLUMN({now})-COLUMN({inputs.far(one.id, MONTHS[0])})+1)"
    mean = "/12" if one.aggregation == "A" else ""
    rate = {"T": f"*12/{months}", "A": f"/{months}", "L": ""}[one.aggregation]
    return {
        "months": f'COUNTIFS({now},">-1E300",{_SEEN})',
        "latest": f"IF({months}=0,\"\",SUMPRODUCT(MAX({seen}*{place})))",
        "known": _unless(f"{months}=0", f"INDEX({now},{cell['latest']})" if levels
                         else f"SUMIFS({now},{_SEEN})"),
        "same": _unless(f"{months}=0", f'IF({same}="","",{same})' if levels
                        else f'SUMIFS({before},{now},">-1E300",{_SEEN})'),
        "last_months": f"COUNT({before})",
        "whole": _unless(f"{months}=0", f'IF({december}="","",{december})' if levels
                         else f"SUM({before})"),
        "previous": _unless(f"{months}=0", f'IF({cell["last_months"]}=12,{cell["whole"]}{mean},'
                                           f'IF({last_year}="","",{last_year}))'),
        "run_rate": _unless(f"{months}=0", f"{cell['known']}{rate}"),
        "season": _unless(
            f"OR({months}=0,{cell['last_months']}<12)",
            f"IF(AND(MIN({before})>=0,{cell['same']}>0),"
            f'{cell["known"]}/{cell["same"]}*{cell["whole"]}{mean},"")',
        ),
    }  # fmt: skip


def _unless(test: str, text: str) -> str:
    return f'IF({test},"",{text})'
