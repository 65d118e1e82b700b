"""What the sections of the Analysis sheet share: the board, its plan and what was analysed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from tablero.workbook_templates.analysis.contribution import Contributions, contributions
from tablero.workbook_templates.analysis.forecast import Forecasts, forecast
from tablero.workbook_templates.analysis.layout import AnalysisPlan, plan_of
from tablero.workbook_templates.analysis.required import Needed, needed
from tablero.workbook_templates.board import Board, Node
from tablero.workbook_templates.definition import Kpi
from tablero.workbook_templates.layout import STRATEGY, Table
from tablero.workbook_templates.scoring import Level
from tablero.workbook_templates.sheets.page import Content, Page
from tablero.workbook_templates.vectorised import Floats

HEIGHTS = {STRATEGY: 22, "perspective": 20, "objective": 18}


@dataclass(frozen=True)
class AnalysisBoard:
    """A board under analysis, and the page on which that is shown."""

    board: Board
    page: Page

    @cached_property
    def plan(self) -> AnalysisPlan:
        """Where everything stands."""
        return plan_of(self.board.layout.plans)

    @cached_property
    def contributions(self) -> Contributions:
        """What each KPI brings in the shown period."""
        return contributions(self.board.scores, self.board.column)

    @cached_property
    def forecasts(self) -> Forecasts:
        """The year's end, seen from the last month of the shown period."""
        board = self.board
        return forecast(board.definition, board.scores.figures, board.period.last)

    @cached_property
    def needed(self) -> Sequence[Needed]:
        """What the remaining months of each KPI must bring."""
        return needed(self.board.definition, self.forecasts)

    @cached_property
    def kpis(self) -> Sequence[Kpi]:
        """Every KPI, in the order of the scorecard."""
        return tuple(self.board.definition.kpis())

    @cached_property
    def kpi_nodes(self) -> Sequence[Node]:
        """Their rows."""
        return tuple(node for node in self.board.nodes if node.level == "kpi")

    def part(self, node: Node) -> float:
        """What a node weighs in the strategy."""
        found = self.contributions
        if node.level == STRATEGY:
            return float("nan") if np.isnan(self.achieved(node)) else 1.0
        levels = {
            "perspective": found.perspectives, "objective": found.objectives, "kpi": found.kpis,
        }  # fmt: skip
        return float(levels[node.level][node.row])

    def achieved(self, node: Node) -> float:
        """Achievement of a node in the shown period."""
        return float(self.board.achievements(node)[self.board.column])

    def end(self, node: Node) -> float:
        """Achievement of a node at the end of the year."""
        found = self.forecasts
        levels: dict[str, Level] = {
            STRATEGY: found.strategy, "perspective": found.perspectives,
            "objective": found.objectives, "kpi": found.kpis,
        }  # fmt: skip
        values: Floats = levels[node.level].achievement
        return float(values[node.row, 0])

    def put(self, table: Table, row: str, column: str, content: Content, style: str) -> None:
        """Place one cell of a table."""
        self.page.put(*table.at(row, column), content, style)

    def section(self, top: int, title: str, note: str, last: int) -> None:
        """The title of a section across the sheet, and one line that says how to read it."""
        self.page.put(top, 0, title, "section")
        self.page.put_row(top, 1, [None] * last, "section")
        self.page.put(top + 1, 0, note, "muted")
        self.page.heights[top] = 22

    def header(self, row: int, labels: dict[int, str], left: Sequence[int] = (0,)) -> None:
        """The head of a table."""
        for column, label in labels.items():
            style = "header" if column == 0 else "header gutter"
            self.page.put(row, column, label, style if column in left else "header right")
        self.page.heights[row] = 40
