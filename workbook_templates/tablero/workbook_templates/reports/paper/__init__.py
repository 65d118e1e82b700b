"""The report on paper: a PDF of one period that a board can read, print and keep."""

from tablero.workbook_templates.reports.paper.paper import paper

__all__ = ["paper"]
