"""The Inputs sheet: the paper's table 4, typed by people, with what each input comes to."""

from __future__ import annotations

import numpy as np

from tablero.workbook_templates import styles
from tablero.workbook_templates.board import Board, known
from tablero.workbook_templates.definition import Input
from tablero.workbook_templates.layout import (
    HEADER_ROW,
    LAST_MONTHS,
    MONTHS,
    Table,
    perspective_key,
)
from tablero.workbook_templates.periods import MONTHS_A_YEAR
from tablero.workbook_templates.records import SAMPLES
from tablero.workbook_templates.sheets.page import (
    Area,
    Content,
    Date,
    Formula,
    Numbers,
    Page,
    Rule,
    Width,
)
from tablero.workbook_templates.values import months_inside

ALL_MONTHS = (*LAST_MONTHS, *MONTHS)
WORKINGS = ("filled", "previous", "to_year")
# Room for the amounts of each scale: 1,234,567,890 pesos, 9,999,999 thousands.
_MONTH_WIDTHS = {"units": 13.0, "thousands": 10.0, "millions": 8.5}
_COMPUTED = ("period", *WORKINGS)


def build(board: Board) -> Page:
    """The sheet on which the figures of each month are typed."""
    page = Page("inputs", board.layout.titles["inputs"], styles.TAB_INPUT)
    page.heading(board.layout.titles["inputs"], board.say("inputs.subtitle"))
    _header(board, page)
    for perspective in board.definition.perspectives:
        key = perspective_key(perspective)
        if key in board.layout.inputs.rows:
            _group(board, page, key, board.word(perspective.name))
    for position, one in enumerate(board.definition.inputs):
        _row(board, page, one, position)
    _dress(board, page)
    return page


def _header(board: Board, page: Page) -> None:
    table = board.layout.inputs
    for column in table.columns:
        if column not in ALL_MONTHS:
            role = "header" if column in ("name", "unit", "aggregation") else "header right"
            page.put(HEADER_ROW, table.columns[column], board.say(f"inputs.{_label(column)}"), role)
    flags = months_inside([board.period])[0]
    for number, column in enumerate(ALL_MONTHS, start=1 - MONTHS_A_YEAR):
        month = board.calendar.month(number)
        style = SAMPLES["header month"] if month in board.records.closed else "header month"
        page.put(HEADER_ROW, table.columns[column], Date(*month), style)
        flag = Formula(
            f"({_month(table, column)}>=period_from)*({_month(table, column)}<=period_to)",
            float(flags[number + MONTHS_A_YEAR - 1]),
        )
        page.put(HEADER_ROW - 1, table.columns[column], flag, "flag")
    page.put(HEADER_ROW - 1, table.columns["name"], board.say("inputs.shown"), "working")
    page.heights[HEADER_ROW] = 32


def _label(column: str) -> str:
    return {"name": "input"}.get(column, column)


def _month(table: Table, column: str) -> str:
    return Table(table.sheet, table.title, {"header": HEADER_ROW}, table.columns).cell(
        "header", column
    )


def prefix(board: Board) -> str:
    """The Inputs sheet as it stands before a reference of another sheet."""
    reference = board.layout.inputs.far(board.definition.inputs[0].id, "name")
    return reference.rpartition("!")[0] + "!"


def flag_span(table: Table, columns: tuple[str, ...]) -> str:
    """Reference to the in-period flags above the months, fixed to their row."""
    flags = Table(table.sheet, table.title, {"flags": HEADER_ROW - 1}, table.columns)
    first, last = flags.cell("flags", columns[0]), flags.cell("flags", columns[-1])
    return f"{_row_fixed(first)}:{_row_fixed(last)}"


def _row_fixed(reference: str) -> str:
    letters = reference.rstrip("0123456789")
    return f"{letters}${reference[len(letters) :]}"


def _group(board: Board, page: Page, key: str, name: str) -> None:
    table = board.layout.inputs
    row = table.rows[key]
    page.put(row, 0, name, "perspective")
    page.put_row(row, 1, [None] * (table.columns["period"]), "perspective")
    page.heights[row] = 22


def _row(board: Board, page: Page, one: Input, position: int) -> None:
    table, figures = board.layout.inputs, board.scores.figures
    number = "percent" if board.word(one.unit) == "%" else "whole"

    def put(column: str, content: Content, style: str) -> None:
        page.put(*table.at(one.id, column), content, style)

    put("name", board.word(one.name), "kpi indent")
    put("unit", board.unit(one.unit), "kpi muted")
    put("aggregation", board.say(f"aggregation.{one.aggregation}"), "kpi muted")
    put("last_year", _typed(figures.last_year[position]), f"input {number}")
    for offset, column in enumerate(ALL_MONTHS):
        is_closed = board.calendar.month(offset - MONTHS_A_YEAR + 1) in board.records.closed
        style = f"input {number}"
        figure = _typed(figures.months[position, offset])
        put(column, figure, SAMPLES[style] if is_closed else style)
    for column, formula in _computed(board, one, position).items():
        style = (
            f"kpi bold {_result_role(number)}"
            if column == "period"
            else f"working {_working_role(column, number)}"
        )
        put(column, formula, style)
    put("method", one.aggregation, "working right")
    put("signed", int(one.negative), "working count")
    put("id", one.id, "working")
    put("intact", _intact(board, one.id), "working right")


def _result_role(number: str) -> str:
    return "percent" if number == "percent" else "number"


def _working_role(column: str, number: str) -> str:
    return {"filled": "count", "to_year": "number"}.get(column, _result_role(number))


def _typed(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _computed(board: Board, one: Input, position: int) -> dict[str, Formula]:
    """The input's value in the shown period, and what the KPIs need beside it."""
    table, values, column = board.layout.inputs, board.scores.inputs, board.column
    months = table.span([one.id], ALL_MONTHS)
    cell = {key: table.cell(one.id, key) for key in table.columns}
    every_flag, this_year = flag_span(table, ALL_MONTHS), flag_span(table, MONTHS)
    same_months = board.call(
        "PREVIOUS_VALUE",
        table.span([one.id], MONTHS),
        this_year,
        table.span([one.id], LAST_MONTHS),
        cell["last_year"],
        cell["method"],
    )
    year_share = (
        f'IF(OR({cell["last_year"]}="",{cell["filled"]}=0),"",'
        f'{cell["last_year"]}*IF({cell["method"]}="T",{cell["filled"]}/12,1))'
    )
    grows = f'{cell["method"]}="T",{cell["filled"]}>0'
    formulas = {
        "period": board.call("PERIOD_VALUE", months, every_flag, cell["method"]),
        "filled": f'COUNTIFS({months},">-1E300",{every_flag},1)',
        "previous": f"IF(period_first<1,{year_share},{same_months})",
        "to_year": f"IF(AND({grows},period_annual=1),12/{cell['filled']},1)",
    }
    results = {
        "period": values.current,
        "filled": values.filled,
        "previous": values.previous,
        "to_year": values.to_year,
    }
    return {
        key: Formula(text, known(results[key][position, column])) for key, text in formulas.items()
    }


def _intact(board: Board, row: str) -> Formula:
    return intact(board.layout.inputs, row, _COMPUTED)


def intact(table: Table, row: str, columns: tuple[str, ...]) -> Formula:
    """Whether the cells of a row still hold formulas, for the Checks sheet to count."""
    tests = ",".join(f"_xlfn.ISFORMULA({table.cell(row, column)})" for column in columns)
    return Formula(f"AND({tests})", result=True)


def _dress(board: Board, page: Page) -> None:
    table = board.layout.inputs
    keys = table.row_keys
    columns = table.columns
    page.freeze = (HEADER_ROW + 1, columns["last_year"])
    page.repeat_rows = (0, HEADER_ROW)
    page.print_area = Area(0, 0, max(table.rows.values()), columns["period"])
    page.select = table.at(board.definition.inputs[0].id, MONTHS[0])
    names = [board.word(one.name) for one in board.definition.inputs]
    units = [board.unit(one.unit) for one in board.definition.inputs]
    last_year_shown = board.scores.figures.knows_last_year
    month = _MONTH_WIDTHS[board.definition.company.scale]
    page.widths += [
        Width(0, 0, styles.fitting_width(names, 36, 56)),
        Width(1, 1, styles.fitting_width(units, 14, 26)),
        Width(2, 2, 11),
        Width(columns["last_year"], columns["last_year"], month + 2),
        Width(columns[LAST_MONTHS[0]], columns[LAST_MONTHS[-1]], month, not last_year_shown),
        Width(columns[MONTHS[0]], columns[MONTHS[-1]], month),
        Width(columns["period"], columns["period"], month + 2),
        Width(columns["filled"], columns["id"], month + 2),
    ]
    typed = table.area(keys, ("last_year", MONTHS[-1]))
    say = board.say
    page.rules.append(
        Numbers(
            typed,
            say("inputs.number_title"),
            say("inputs.number_prompt"),
            say("inputs.number_error"),
        )
    )
    corner = table.cell(keys[0], "last_year")
    page.rules.append(Rule(typed, f"IF(ISNUMBER({corner}),{corner}<>INT({corner}))", "decimals"))
