"""What every sheet is built from: the scored model, its layout and the dialect."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from tablero.workbook_templates import styles
from tablero.workbook_templates.dialects import Dialect
from tablero.workbook_templates.layout import Layout
from tablero.workbook_templates.okrs.layout import OkrLayout
from tablero.workbook_templates.scored_model import Node, ScoredModel, level_below
from tablero.workbook_templates.sheets.page import Result

__all__ = ["Board", "Node", "known"]

_BOLD = 1.2
"""Group rows are larger and bold: their letters take so much more room."""


@dataclass(frozen=True)
class Board(ScoredModel):
    """The scored model with its place on the sheets and the way in which calls are stored."""

    layout: Layout = field(kw_only=True)
    dialect: Dialect = field(kw_only=True)

    @property
    def okr_layout(self) -> OkrLayout:
        """Where objectives and key results stand, in a workbook that has them."""
        if self.layout.okrs is None:
            raise LookupError("no objectives and key results")
        return self.layout.okrs

    def call(self, function: str, *arguments: str) -> str:
        """The text of a call of a cell function, as the dialect stores it."""
        return self.dialect.call(function, arguments)

    def children(self, node: Node) -> tuple[list[str], str]:
        """Rows below a node as a block of keys, and the weight column of its children's level."""
        return [one.key for one in self.below(node)], f"weight_{level_below(node.level)}"

    def name_width(self, least: float) -> float:
        """Width of the column that holds the names of all rows."""
        return styles.fitting_width((self.word(node.name) for node in self.nodes), least, 60)

    def band_width(self, field: str, least: float) -> float:
        """Width of a column of the bands' names, plans or terms, which group rows show in bold."""
        words = (self.word(getattr(band, field)) for band in self.definition.bands)
        return styles.fitting_width(words, least / _BOLD, 30) * _BOLD

    def unit_width(self) -> float:
        """Width of the column that holds the KPIs' units."""
        return styles.fitting_width((self.unit(kpi.unit) for kpi in self.definition.kpis()), 12, 24)


def known(value: float) -> Result:
    """A cell's result for a number that may be missing: missing is an empty text."""
    return "" if np.isnan(value) else float(value)
