"""Charts of a report: Vega-Lite specifications, and apart from them the rows that they draw.

A specification holds no text of the workbook: names and figures stand in the rows only, so that
nothing that somebody typed can be taken for an expression, a format or an address.
"""

from tablero.workbook_templates.reports.charts.achieved import (
    by_member,
    by_objective,
    by_perspective,
)
from tablero.workbook_templates.reports.charts.amounts import amounts
from tablero.workbook_templates.reports.charts.bands import distribution
from tablero.workbook_templates.reports.charts.chart import Chart, Column, Row
from tablero.workbook_templates.reports.charts.look import Look
from tablero.workbook_templates.reports.charts.progress import okr_progress
from tablero.workbook_templates.reports.charts.ranking import contribution
from tablero.workbook_templates.reports.charts.trend import trend
from tablero.workbook_templates.reports.charts.year_end import year_end

__all__ = [
    "Chart",
    "Column",
    "Look",
    "Row",
    "amounts",
    "by_member",
    "by_objective",
    "by_perspective",
    "contribution",
    "distribution",
    "okr_progress",
    "trend",
    "year_end",
]
