"""What is measured, against which goal, with which weight, by whom: the matrix as rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tablero.workbook_templates.reports.report import MISSING, Report
from tablero.workbook_templates.scored_model import Node

COLUMNS = (
    "name", "formula", "unit", "desired", "goal", "weight", "share", "owner", "frequency",
    "timing", "description",
)  # fmt: skip


@dataclass(frozen=True)
class MatrixRow:
    """A perspective, an objective or a KPI; what only a KPI has is empty in the others."""

    key: str
    id: str
    level: str
    name: str
    weight: str
    share: str
    """Of the whole strategy: the product of the weights."""
    formula: str = ""
    unit: str = ""
    direction: str = ""
    goal: str = ""
    """Of the year."""
    owner: str = ""
    frequency: str = ""
    timing: str = ""
    description: str = ""


@dataclass(frozen=True)
class Matrix:
    """The matrix in the order of the scorecard."""

    columns: Mapping[str, str]
    rows: tuple[MatrixRow, ...]

    def row(self, key: str) -> MatrixRow:
        """The row of a key, as the tree of perspectives has it."""
        return next(row for row in self.rows if row.key == key)


def matrix(report: Report) -> Matrix:
    """The definition's perspectives, objectives and KPIs; the same in every period."""
    rows = tuple(_row(report, node) for node in report.nodes[1:])
    return Matrix({column: report.say(f"matrix.{column}") for column in COLUMNS}, rows)


def _row(report: Report, node: Node) -> MatrixRow:
    share = node.weight
    for above in report.above(node):
        share *= above.weight
    head = (
        node.key, node.id, node.level, report.word(node.name), report.share(node.weight, 0),
        report.share(share),
    )  # fmt: skip
    if node.level != "kpi":
        return MatrixRow(*head)
    kpi = report.kpis[node.id]
    return MatrixRow(
        *head,
        formula=report.formulas[kpi.id],
        unit=report.unit(kpi.unit),
        direction=report.say(f"desired.{kpi.desired}"),
        goal=MISSING if kpi.goal is None else report.amount(kpi, kpi.goal),
        owner=report.word(kpi.owner),
        frequency=report.say(f"frequency.{kpi.frequency}"),
        timing=report.say(f"timing.{kpi.timing}"),
        description=report.described(kpi),
    )
