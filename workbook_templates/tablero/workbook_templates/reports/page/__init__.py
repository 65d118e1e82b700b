"""The page: a report as one HTML file that works offline, in any browser, and asks nobody."""

from tablero.workbook_templates.reports.page.making import page

__all__ = ["page"]
