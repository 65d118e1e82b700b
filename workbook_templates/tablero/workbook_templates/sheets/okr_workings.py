"""What the OKR sheet needs beside its table: as-of date, grades, key results by name, sums."""

from __future__ import annotations

from tablero.workbook_templates.board import Board, known
from tablero.workbook_templates.okrs.check_ins import labels
from tablero.workbook_templates.okrs.layout import (
    BOUNDED,
    BOUNDS,
    GRADES,
    by_period,
    period_key,
    sum_key,
)
from tablero.workbook_templates.okrs.words import SYMBOLS
from tablero.workbook_templates.sheets.page import (
    Content,
    Date,
    Days,
    Formula,
    Numbers,
    Page,
    Result,
    Width,
    serial,
)
from tablero.workbook_templates.tables import HEADER_ROW, LAST_MONTHS, MONTHS, Table


def build(board: Board, page: Page) -> None:
    """Everything beside and below the table."""
    _as_of(board, page)
    _settings(board, page)
    _grades(board, page)
    _labels(board, page)
    for code in by_period(board.definition):
        _flags(board, page, code)
    _sums(board, page)


def _as_of(board: Board, page: Page) -> None:
    """The day on which to look, above the table."""
    table, say = board.okr_layout.settings, board.say
    chosen = board.records.as_of
    typed = Date(chosen.year, chosen.month, chosen.day) if chosen else None
    page.put(*table.at("as_of_typed", "label"), say("okr.as_of_typed"), "text right")
    page.put(*table.at("as_of_typed", "value"), typed, "input day left gutter")
    row, columns = table.rows["as_of_typed"], board.okr_layout.okr.columns
    page.put(row, columns["unit"], say("okr.as_of_shown"), "muted right")
    page.put(row, columns["weight"], Formula("okrs_as_of", _as_of_day(board)), "bold day")
    area = table.area(["as_of_typed"], ["value"])
    texts = say("okr.as_of"), say("okr.as_of_prompt"), say("okr.day_error")
    page.rules.append(Days(area, *texts))
    page.select = table.at("as_of_typed", "value")


def _as_of_day(board: Board) -> float:
    day = board.okrs.as_of
    return serial(day.year, day.month, day.day)


def _settings(board: Board, page: Page) -> None:
    table, say = board.okr_layout.settings, board.say
    first = "MIN(list_month)"
    last = "EOMONTH(MAX(list_month),0)"
    inside = f"(check_ins_counted>={first})*(check_ins_counted<={last})"
    month = 'SUMPRODUCT(MAX((inputs_months<>"")*inputs_month_header))'
    newest = (
        f"MAX({first},SUMPRODUCT(MAX({inside}*check_ins_counted)),"
        f"IF({month}=0,0,EOMONTH({month},0)))"
    )
    formula = f"IF(ISNUMBER(okrs_as_of_typed),INT(okrs_as_of_typed),{newest})"
    top = table.rows["as_of"] - 1
    page.put(top, 0, say("okr.settings"), "section")
    page.put(top, 1, None, "section")
    page.heights[top] = 20
    page.put(*table.at("as_of", "label"), say("okr.as_of"), "kpi")
    page.put(
        *table.at("as_of", "value"), Formula(formula, _as_of_day(board)), "kpi day left gutter"
    )
    page.put(*table.at("limit", "label"), say("okr.limit"), "kpi")
    limit = board.definition.policies.okr_status.outdated_after
    page.put(*table.at("limit", "value"), limit, "input count left gutter")
    texts = say("okr.settings"), say("okr.limit_prompt"), say("okr.limit_error")
    page.rules.append(Numbers(table.area(["limit"], ["value"]), *texts, 1, 366))


def _grades(board: Board, page: Page) -> None:
    """From which pace and confidence on which word; the last line is that of late check-ins."""
    table = board.okr_layout.grades
    top = min(table.rows.values()) - 1
    page.put(top, 0, board.say("okr.grade.note"), "muted wrap")
    for column, position in table.columns.items():
        page.put(top, position, board.say(f"okr.grade.{column}"), f"header {_side(column)}")
    page.heights[top] = 44
    policies = board.definition.policies.okr_status
    bounds = {code: tuple(getattr(policies, code).model_dump().values()) for code in BOUNDED}
    bounds[GRADES[0]] = (0.0, 0.0, 0.0)
    for code in GRADES:
        shown = "outdated" if code in {"on_track", "outdated"} else code
        late = Formula(table.cell(shown, "word"), board.say(f"okr_status.{shown}"))
        contents: dict[str, Content] = {
            **dict(zip(table.columns, bounds.get(code, (None,) * 3), strict=False)),
            "word": board.say(f"okr_status.{code}"),
            "if_outdated": late,
            "symbol": SYMBOLS[code],
        }
        for column, content in contents.items():
            is_asked = code in BOUNDED and column in BOUNDS
            role = "input" if is_asked else "kpi"
            page.put(*table.at(code, column), content, f"{role} {_side(column)}")
    texts = board.say("okr.settings"), board.say("okr.bound_prompt"), board.say("okr.bound_error")
    page.rules.append(Numbers(table.area(BOUNDED, (BOUNDS[0], BOUNDS[-1])), *texts, 0, 1))


def _side(column: str) -> str:
    """Numbers at the right, words at a distance from them."""
    return "gutter" if column in {"word", "if_outdated", "symbol"} else "share right"


def _labels(board: Board, page: Page) -> None:
    """The key results as the list on the sheet Check-ins offers them."""
    table = board.okr_layout.labels
    page.put(HEADER_ROW, table.columns["label"], board.say("check_ins.key_result"), "header")
    page.put(HEADER_ROW, table.columns["code"], board.say("settings.code"), "header")
    for code, label in labels(board.definition, board.language).items():
        page.put(*table.at(code, "label"), label, "working")
        page.put(*table.at(code, "code"), code, "working")
    months = board.okr_layout.flags.columns
    page.widths += [
        Width(months["label"], months["label"], 34),
        Width(months[MONTHS[0]], months[MONTHS[-1]], 12),
        Width(table.columns["label"], table.columns["label"], 34),
    ]


def _flags(board: Board, page: Page, code: str) -> None:
    """Which months count in a period: those of it that have begun by the as-of date."""
    layout, key = board.okr_layout, period_key(code)
    table, period = layout.flags, board.okrs.until(code)
    heads = Table("inputs", board.layout.inputs.title, {"head": HEADER_ROW}, layout_months(board))
    first, last = (layout.okr.cell(key, column) for column in ("from", "to"))
    label = board.calendar.period_label(board.calendar.parse(code), board.language)
    page.put(*table.at(key, "label"), label, "working")
    for number, month in enumerate(MONTHS, start=1):
        head = heads.far("head", month)
        test = f"IF(AND({head}>={first},{head}<=MIN({last},okrs_as_of)),1,0)"
        inside = float(period.first <= number <= period.last)
        page.put(*table.at(key, month), Formula(test, inside), "working count")
    page.put(HEADER_ROW, table.columns["label"], board.say("okr.months"), "header")
    for number, month in enumerate(MONTHS, start=1):
        page.put(
            HEADER_ROW, table.columns[month], Date(*board.calendar.month(number)), "header month"
        )


def layout_months(board: Board) -> dict[str, int]:
    """The columns of the months on the sheet Inputs."""
    return {month: board.layout.inputs.columns[month] for month in MONTHS}


def _sums(board: Board, page: Page) -> None:
    """What the inputs that key results follow come to in each period."""
    table = board.okr_layout.sums
    if not table.rows:
        return
    top = min(table.rows.values()) - 1
    for column, position in table.columns.items():
        label = board.say(f"okr.sum.{column}")
        page.put(top, position, label, "header" if column == "label" else "header right")
    for okr_period in by_period(board.definition):
        for one in board.definition.inputs:
            if sum_key(okr_period, one.id) in table.rows:
                _sum(board, page, okr_period, one.id)


def _sum(board: Board, page: Page, period: str, name: str) -> None:
    table, key = board.okr_layout.sums, sum_key(period, name)
    label = board.calendar.period_label(board.calendar.parse(period), board.language)
    page.put(*table.at(key, "label"), f"{label} · {board.input_words[name]}", "working")
    for column, formula in _sum_cells(board, period, name).items():
        page.put(*table.at(key, column), formula, "working number")


def _sum_cells(board: Board, period: str, name: str) -> dict[str, Formula]:
    inputs, layout = board.layout.inputs, board.okr_layout
    flags = layout.flags.span([period_key(period)], MONTHS)
    months, last = inputs.far_span([name], MONTHS), inputs.far_span([name], LAST_MONTHS)
    method = inputs.far(name, "method")
    filled = layout.sums.cell(sum_key(period, name), "filled")
    before = (months, flags, last, inputs.far(name, "last_year"), method)
    grows = f'{method}="T",{filled}>0,period_annual=1'
    formulas = {
        "current": board.call("PERIOD_VALUE", months, flags, method),
        "filled": f'COUNTIFS({months},">-1E300",{flags},1)',
        "previous": board.call("PREVIOUS_VALUE", *before),
        "to_year": f"IF(AND({grows}),12/{filled},1)",
    }
    results = _sum_results(board, period, name)
    return {column: Formula(text, results[column]) for column, text in formulas.items()}


def _sum_results(board: Board, period: str, name: str) -> dict[str, Result]:
    values = board.okrs.inputs[period]
    row = board.scores.figures.ids.index(name)
    return {
        column: known(figures[row, 0])
        for column, figures in (
            ("current", values.current),
            ("filled", values.filled),
            ("previous", values.previous),
            ("to_year", values.to_year),
        )
    }
