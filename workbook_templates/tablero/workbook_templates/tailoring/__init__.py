"""Fitting a shared definition to one company: which KPIs it keeps, and what they weigh."""

from __future__ import annotations

from tablero.workbook_templates.tailoring.keeping import keep
from tablero.workbook_templates.tailoring.pairwise import Comparison, Judgement, compare
from tablero.workbook_templates.tailoring.shares import rescaled, rounded
from tablero.workbook_templates.tailoring.tailored import Tailored, Tailoring, tailor

__all__ = [
    "Comparison", "Judgement", "Tailored", "Tailoring", "compare", "keep", "rescaled", "rounded",
    "tailor",
]  # fmt: skip
