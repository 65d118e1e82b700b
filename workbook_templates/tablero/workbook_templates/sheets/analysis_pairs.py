"""Leading and lagging: whether the KPIs of linked objectives move one after the other."""

from __future__ import annotations

from itertools import islice

from tablero.workbook_templates.analysis.correlation import (
    LEAST_MONTHS,
    Lagged,
    Pair,
    lagged,
    pairs,
)
from tablero.workbook_templates.analysis.layout import MOST_PAIRS, YEAR_END_COLUMNS
from tablero.workbook_templates.board import Node
from tablero.workbook_templates.layout import MONTHS, kpi_key
from tablero.workbook_templates.sheets.analysis_board import AnalysisBoard
from tablero.workbook_templates.sheets.page import Formula
from tablero.workbook_templates.vectorised import Floats


def build(at: AnalysisBoard) -> None:
    """One row a pair of KPIs whose objectives are linked, or why there is none."""
    table, say = at.plan.settings, at.board.say
    row, last = table.rows["least_months"], len(YEAR_END_COLUMNS) - 1
    at.section(row - 2, say("analysis.pairs"), say("analysis.pairs_note"), last)
    at.put(table, "least_months", "label", say("analysis.least_months"), "text")
    at.put(table, "least_months", "value", float(LEAST_MONTHS), "count left")
    if not at.plan.linked:
        at.page.put(row + 1, 0, say("analysis.no_links"), "muted")
        return
    if next(islice(pairs(at.board.definition), MOST_PAIRS, None), None):
        text = say("analysis.more_pairs", count=MOST_PAIRS)
        at.page.put(row, 2, text, "muted")
    labels = {0: say("analysis.pair")}
    for column, place in at.plan.pairs.columns.items():
        if column != "name":
            labels[place] = say(f"analysis.lag.{column[0]}", lag=int(column[1:]))
    at.header(row + 1, labels)
    nodes = {node.id: node for node in at.kpi_nodes}
    for one in at.plan.linked:
        _row(at, one, nodes[one.cause.id], nodes[one.effect.id])


def _row(at: AnalysisBoard, one: Pair, cause: Node, effect: Node) -> None:
    table, word = at.plan.pairs, at.board.word
    names = f"{word(cause.name)}\n→ {word(effect.name)}"
    at.put(table, one.key, "name", names, "kpi wrap")
    for found in lagged(_months(at, cause), _months(at, effect)):
        n = table.cell(one.key, f"n{found.lag}")
        first, second = _shifted(at, one, found.lag)
        count = Formula(f'COUNTIFS({first},">-1E300",{second},">-1E300")', float(found.n))
        at.put(table, one.key, f"n{found.lag}", count, "kpi count muted")
        at.put(table, one.key, f"r{found.lag}", _correlation(found, n, first, second), "kpi ratio")
    at.page.heights[table.rows[one.key]] = 30


def _months(at: AnalysisBoard, node: Node) -> Floats:
    """Achievement of each month of the year, as the Trend sheet shows it."""
    values: Floats = at.board.achievements(node)[at.board.month_columns]
    return values


def _shifted(at: AnalysisBoard, one: Pair, lag: int) -> tuple[str, str]:
    """The months of the cause, and those of the effect that are so much later."""
    trend, months = at.board.layout.trend, MONTHS[: len(MONTHS) - lag]
    cause = trend.far_span([kpi_key(one.cause)], months)
    return cause, trend.far_span([kpi_key(one.effect)], MONTHS[lag:])


def _correlation(found: Lagged, n: str, first: str, second: str) -> Formula:
    """Pearson's r, where there are months enough and both of the two change."""
    spread = f"MIN({_spread(n, first, second)},{_spread(n, second, first)})<=1E-9"
    text = f'IF({n}<analysis_least_months,"",IF({spread},"",CORREL({first},{second})))'
    return Formula(text, "" if found.r is None else found.r)


def _spread(n: str, months: str, other: str) -> str:
    """n² times the variance of the months in which the other is known, too."""
    present = f'1*({other}<>"")'
    total = f"SUMPRODUCT({months},{present})"
    return f"{n}*SUMPRODUCT({months},{months},{present})-{total}*{total}"
