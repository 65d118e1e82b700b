"""What the Data sheet says of achievements: a line for each node of the scorecard and period."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from tablero.workbook_templates.board import Board, Node, known
from tablero.workbook_templates.data_sheet.layout import SHOWN, DataPlan, fact_row
from tablero.workbook_templates.layout import GOALS, MONTHS, VALUES
from tablero.workbook_templates.scored_model import level_below
from tablero.workbook_templates.sheets.page import Content, Formula, Result
from tablero.workbook_templates.tables import Table

_PLACES: Mapping[str, Sequence[str]] = MappingProxyType(
    {"achievement": MONTHS, "value": VALUES, "goal": GOALS}
)
"""In which columns of the Trend sheet the months of a measure stand."""


def lines(board: Board, plan: DataPlan, name: str) -> Iterator[tuple[Content, ...]]:
    """The lines of a table of facts, month by month, then those of the period shown."""
    level = name.removeprefix("fact_")
    nodes = [node for node in board.nodes if node.level == level]
    columns = (*board.month_columns, board.column)
    for place, (period, column) in enumerate(zip(plan.periods, columns, strict=True)):
        month = None if period == SHOWN else place
        for node in nodes:
            yield _Fact(board, plan, node, period, month, column).line()


@dataclass(frozen=True)
class _Fact:
    """A node in a period."""

    board: Board
    plan: DataPlan
    node: Node
    period: str
    month: int | None
    """The place of the month in the year; None for the period shown."""
    column: int
    """Of the scored periods."""

    def line(self) -> tuple[Content, ...]:
        """Its line: keys, what was measured, and how far it got."""
        node, achieved = self.node, float(self.board.achievements(self.node)[self.column])
        own = () if node.level == "strategy" else (node.id,)
        return (
            self.period,
            *own,
            *(self._measured() if node.level == "kpi" else ()),
            self._from("achievement", known(achieved)),
            Formula(self._coverage(), float(self.board.coverages(node)[self.column])),
            Formula(self._band(), self._band_id(achieved)),
        )

    def _measured(self) -> Iterator[Formula]:
        scores, place = self.board.scores, (self.node.row, self.column)
        for key, numbers in (("value", scores.values), ("goal", scores.goals)):
            yield self._from(key, known(np.asarray(numbers)[place]))

    def _from(self, key: str, result: Result) -> Formula:
        """A number where it is calculated: by month on Trend, for the period on the Scorecard."""
        layout, row = self.board.layout, self.node.key
        if self.month is None:
            return Formula(layout.scorecard.far(row, key), result)
        return Formula(layout.trend.far(row, _PLACES[key][self.month]), result)

    @property
    def _table(self) -> Table:
        return self.plan.tables[f"fact_{self.node.level}"]

    @property
    def _achievement(self) -> str:
        return self._table.cell(fact_row(self.period, self.node.key), "achievement")

    def _coverage(self) -> str:
        """Whether a KPI has an achievement; else the share of the weights below that has any."""
        if self.node.level == "kpi":
            return f"COUNT({self._achievement})"
        below = level_below(self.node.level)
        keys = [node.key for node in self.board.members(self.node)]
        rows = [fact_row(self.period, key) for key in keys]
        covered = self.plan.tables[f"fact_{below}"].span(rows, ["coverage"])
        weights = self.plan.tables[f"dim_{below}"].span(keys, ["weight"], fixed=True)
        return f"SUMPRODUCT({covered},{weights})"

    def _band(self) -> str:
        cell = self._achievement
        bound = f"MAX({cell},MIN(band_from))+0.000000001"
        return f'IF({cell}="","",LOOKUP({bound},band_from,data_band_id))'

    def _band_id(self, achieved: float) -> str:
        band = self.board.band(achieved)
        return band.id if band else ""
