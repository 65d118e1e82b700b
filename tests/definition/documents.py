"""A small sound definition, and ways to spoil it."""

from __future__ import annotations

from tablero.workbook_templates.problems import Problem, ProblemsError
from tablero.workbook_templates.validation import load

SOUND = """\
schema: 1
company: {name: Acme, year: 2026}
inputs:
  - {id: sales, name: Sales, perspective: money, aggregation: T}
  - {id: costs, name: Costs, perspective: money, aggregation: T}
  - {id: staff, name: Staff, perspective: people, aggregation: A}
perspectives:
  - id: money
    name: Money
    weight: 0.6
    objectives:
      - id: "1.1"
        name: {en: Earn, es: Ganar}
        weight: 1
        kpis:
          - {id: margin, name: Margin, formula: (sales - costs) / sales, goal: 0.2, weight: 0.5}
          - {id: growing, name: Growing, formula: growth(sales), goal: 0.1, weight: 0.5}
  - id: people
    name: People
    weight: 0.4
    objectives:
      - id: "2.1"
        name: Work
        weight: 1
        kpis:
          - {id: output, name: Output, formula: sales / staff, goal: 50, weight: 1}
links:
  - {cause: "2.1", effect: "1.1"}
figures:
  sales: {last_year: 100, months: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, null]}
"""


def spoiled(*changes: tuple[str, str]) -> str:
    """The sound definition with parts of its text replaced."""
    text = SOUND
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def problems_of(text: str) -> tuple[Problem, ...]:
    """All problems of a definition, whether they stop the reading or not."""
    try:
        return load(text)[1]
    except ProblemsError as error:
        return error.problems


def told(text: str) -> list[tuple[str, str]]:
    """Code and path of every problem of a definition."""
    return [(problem.code, problem.path) for problem in problems_of(text)]
