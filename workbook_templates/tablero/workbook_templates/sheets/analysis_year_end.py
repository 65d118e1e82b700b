"""Year's end: what the remaining months need for the goal, and where the year ends without."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from tablero.workbook_templates import expressions, styles
from tablero.workbook_templates.analysis.layout import (
    CHART_ROWS,
    YEAR_END_COLUMNS,
    YEAR_END_WORKINGS,
)
from tablero.workbook_templates.analysis.required import methods_of, monthly_power, movers, way_of
from tablero.workbook_templates.board import Node, known
from tablero.workbook_templates.definition import Kpi
from tablero.workbook_templates.expressions import Operand
from tablero.workbook_templates.layout import MONTHS, STRATEGY
from tablero.workbook_templates.periods import MONTHS_A_YEAR
from tablero.workbook_templates.sheets import analysis_inputs
from tablero.workbook_templates.sheets.analysis_board import HEIGHTS, AnalysisBoard
from tablero.workbook_templates.sheets.page import Content, Formula, Result, Tint
from tablero.workbook_templates.sheets.scorecard import symbol, symbol_formula

_LEFT = (0, 1, 9, 10, 11)
_REASONS = ("no_figures", "complete", "no_goal", "uneven")
_CASES: Mapping[str | None, int] = {one: number for number, one in enumerate(_REASONS, start=1)}
_UNEVEN, _OPEN = _CASES["uneven"], len(_REASONS) + 1
_AIMS = {"High": "at_least", "Low": "at_most", "Target": "near"}


def build(at: AnalysisBoard) -> None:
    """Every row of the scorecard with its year's end."""
    table, say = at.plan.year_end, at.board.say
    first = table.rows[STRATEGY]
    note, last = say("analysis.year_end_note"), len(YEAR_END_COLUMNS) - 1
    at.section(first - 3 - CHART_ROWS, say("analysis.year_end"), note, last)
    labels = {
        table.columns[one]: "" if one == "symbol" else say(f"analysis.year.{one}")
        for one in (*YEAR_END_COLUMNS, *YEAR_END_WORKINGS)
    }
    at.header(first - 1, labels, _LEFT)
    for node in at.board.nodes:
        if node.level == "kpi":
            _Kpi(at, node).build()
        else:
            _group(at, node)
        at.page.heights[table.rows[node.key]] = HEIGHTS.get(node.level, 16)
    tinted = table.area(table.row_keys, ("achievement", "symbol"))
    at.page.rules.append(Tint(tinted, f"${table.cell(STRATEGY, 'achievement')}"))
    analysis_inputs.build(at)


def _group(at: AnalysisBoard, node: Node) -> None:
    """What the year's end of those below rolls up to."""
    table, board, role = at.plan.year_end, at.board, node.level
    for column in YEAR_END_COLUMNS:
        if column not in ("name", "achievement", "symbol", "method"):
            at.put(table, node.key, column, None, role)
    at.put(table, node.key, "name", board.word(node.name), role)
    keys, weights = board.children(node)
    text = board.call(
        "WEIGHTED_AGG",
        table.span(keys, ["achievement"]),
        board.layout.scorecard.far_column(keys, weights),
    )
    end, cell = known(at.end(node)), table.cell(node.key, "achievement")
    at.put(table, node.key, "achievement", Formula(text, end), f"{role} percent no_indent")
    sign = Formula(symbol_formula(cell), symbol(board, at.end(node)))
    at.put(table, node.key, "symbol", sign, f"{role} center no_indent")
    count = sum(at.forecasts.is_open[one.row] for one in board.below(node) if one.level == "kpi")
    below = Formula(f"SUM({table.span(keys, ['open'])})", float(count))
    at.put(table, node.key, "below", below, "working count")
    words = [board.say(f"analysis.method.{one}") for one in ("actual", "forecast")]
    method = f'IF({cell}="","",IF({table.cell(node.key, "below")}=0,"{words[0]}","{words[1]}"))'
    result = "" if end == "" else words[bool(count)]
    at.put(table, node.key, "method", Formula(method, result), f"{role} gutter")


class _Kpi:
    """One row of the table: a KPI."""

    def __init__(self, at: AnalysisBoard, node: Node) -> None:
        self._at, self._node = at, node
        self._table, self._board = at.plan.year_end, at.board
        self._kpi: Kpi = at.kpis[node.row]
        self._formula = expressions.parse(self._kpi.formula)
        self._degree = expressions.degree(self._formula, self._board.degrees)
        self._monthly = monthly_power(self._degree)
        self._way = way_of(self._formula, methods_of(self._board.definition))

    def build(self) -> None:
        """Place its cells."""
        role = styles.unit_role(self._board.word(self._kpi.unit))
        self._put("name", self._board.word(self._node.name), "indent")
        self._put("unit", self._board.unit(self._kpi.unit), "muted gutter")
        self._values(role)
        self._months()
        self._needed(role)
        self._verdict()

    def _put(self, column: str, content: Content, style: str) -> None:
        self._at.put(self._table, self._node.key, column, content, f"kpi {style}")

    def _work(self, column: str, text: str, result: Result) -> None:
        content = Formula(text, result)
        self._at.put(self._table, self._node.key, column, content, "working count")

    def _cell(self, column: str) -> str:
        return self._table.cell(self._node.key, column)

    def _values(self, role: str) -> None:
        """The year's goal, and its end by each method."""
        found, row = self._at.forecasts, self._node.row
        self._put("goal", Formula(self._goal(), known(found.goals[row])), f"{role} muted")
        for column, values in (("run_rate", found.run_rate), ("season", found.season)):
            self._put(column, Formula(self._forecast(column), known(values[row])), role)
        rate, season = self._cell("run_rate"), self._cell("season")
        chosen = Formula(f'IF({season}="",{rate},{season})', known(found.value[row]))
        self._put("end", chosen, f"{role} bold")
        month = found.run_rate[row] / float(MONTHS_A_YEAR) ** self._monthly
        so_far = Formula(f'IF({rate}="","",{rate}{_power(-self._monthly)})', known(month))
        self._put("so_far", so_far, role)

    def _goal(self) -> str:
        matrix, key = self._board.layout.matrix, self._node.key
        months, annual = matrix.far_span([key], MONTHS), matrix.far(key, "goal")
        year = f"SUM({months})/COUNT({months}){_power(self._degree)}"
        return f'IF(COUNT({months})=0,IF({annual}="","",{annual}),{year})'

    def _forecast(self, column: str) -> str:
        """The KPI's formula over what its inputs will come to."""
        table = self._at.plan.inputs

        def at_end(name: str) -> Operand:
            return Operand(table.cell(name, column), table.cell(name, column))

        def before(name: str) -> Operand:
            return Operand(table.cell(name, "previous"), table.cell(name, "previous"))

        return expressions.to_formula(
            self._formula,
            at_end,
            before,
            lambda name, arguments: self._board.call(name, *arguments),
        )

    def _months(self) -> None:
        """In how many months all of its inputs have a figure, and those that move it."""
        found = self._at.forecasts.inputs.months
        for column, function, names in (
            ("months", "MIN", expressions.inputs_of(self._formula)),
            ("least", "MIN", self._movers),
            ("most", "MAX", self._movers),
        ):
            months = [float(found[self._row_of(name)]) for name in names]
            if months:
                cells = ",".join(self._at.plan.inputs.cell(name, "months") for name in names)
                extreme = min(months) if function == "MIN" else max(months)
                self._work(column, f"{function}({cells})", extreme)
            elif column == "months":
                at = (*self._table.at(self._node.key, column), float(MONTHS_A_YEAR))
                self._at.page.put(*at, "working count")
        rate, row = self._cell("run_rate"), self._node.row
        is_open = float(self._at.forecasts.is_open[row])
        self._work("open", f'IF(AND({rate}<>"",{self._cell("months")}<12),1,0)', is_open)

    @property
    def _movers(self) -> Sequence[str]:
        return sorted(movers(self._formula), key=self._row_of)

    def _row_of(self, name: str) -> int:
        return [one.id for one in self._board.definition.inputs].index(name)

    def _needed(self, role: str) -> None:
        """What each remaining month must bring, or why that cannot be said."""
        if self._way not in ("mean", "level"):
            self._put("needed", None, role)
            self._put("remark", self._board.say(f"analysis.way.{self._way}"), "muted gutter")
            return
        found = self._at.needed[self._node.row]
        case = _CASES.get(found.reason, _OPEN)
        goal, rate, least = (self._cell(one) for one in ("goal", "run_rate", "least"))
        uneven = f"IF({least}<{self._cell('most')},{_UNEVEN},{_OPEN})"
        even = uneven if self._way == "mean" else str(_OPEN)
        tests = f'IF({rate}="",1,IF({least}=12,2,IF({goal}="",3,{even})))'
        self._work("case", tests, float(case))
        mean = f"(12*{goal}-{least}*{rate})/(12-{least}){_power(-self._monthly)}"
        text = mean if self._way == "mean" else goal
        result = "" if found.amount is None else found.amount
        self._put(
            "needed", Formula(f'IF({self._cell("case")}=5,{text},"")', result), f"{role} bold"
        )
        self._remark(case)

    def _remark(self, case: int) -> None:
        """How what is needed is to be read."""
        say, kind = self._board.say, "aim_level" if self._way == "level" else "aim"
        reasons = [say(f"analysis.case.{key}") for key in _REASONS]
        aims = {word: say(f"analysis.{kind}.{key}") for word, key in _AIMS.items()}
        direction = self._board.layout.matrix.far(self._node.key, "direction")
        other = f'IF({direction}="Target","{aims["Target"]}","{aims["High"]}")'
        aim = f'IF({direction}="Low","{aims["Low"]}",{other})'
        texts = ",".join(f'"{one}"' for one in reasons)
        result = aims[self._kpi.desired] if case == _OPEN else reasons[case - 1]
        content = Formula(f"CHOOSE({self._cell('case')},{texts},{aim})", result)
        self._put("remark", content, "muted gutter")

    def _verdict(self) -> None:
        """The achievement at the end of the year, and how it was come by."""
        board, found, row = self._board, self._at.forecasts, self._node.row
        end, goal, achieved = (self._cell(one) for one in ("end", "goal", "achievement"))
        direction = board.layout.matrix.far(self._node.key, "direction")
        text = board.call("KPI_ACHIEVEMENT", end, goal, direction, "set_floor", "set_cap")
        result = self._at.end(self._node)
        self._put("achievement", Formula(text, known(result)), "percent")
        self._put("symbol", Formula(symbol_formula(achieved), symbol(board, result)), "center")
        words = {
            one: board.say(f"analysis.method.{one}")
            for one in ("none", "complete", "run_rate", "season")
        }
        method = f'IF({self._cell("season")}="","{words["run_rate"]}","{words["season"]}")'
        ended = f'IF({self._cell("months")}=12,"{words["complete"]}",{method})'
        word = "run_rate" if np.isnan(found.season[row]) else "season"
        word = "complete" if found.months[row] == MONTHS_A_YEAR else word
        word = "none" if np.isnan(found.run_rate[row]) else word
        content = Formula(f'IF({self._cell("run_rate")}="","{words["none"]}",{ended})', words[word])
        self._put("method", content, "muted gutter")


def _power(degree: int) -> str:
    """What brings a month to a year, or back.

    >>> _power(2), _power(-1), _power(0)
    ('*12*12', '/12', '')
    """
    return ("*12" if degree > 0 else "/12") * abs(degree)
