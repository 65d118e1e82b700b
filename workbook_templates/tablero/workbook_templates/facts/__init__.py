"""The scored model as tidy tables, for Power BI, Power Query and every other program."""

from tablero.workbook_templates.facts.gathering import tables

__all__ = ["tables"]
