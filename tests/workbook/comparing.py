"""An engine's results beside those that Python expects, cell by cell."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path

from tablero.workbook_templates.board import Board
from tablero.workbook_templates.layout import (
    STRATEGY,
    kpi_key,
    objective_key,
    perspective_key,
)
from tablero.workbook_templates.scorecard import Score, Scorecard
from tests.engines.package import Cell, read_package
from tests.engines.spreadsheet import Place, Spreadsheet, Value

TOLERANCE = 1e-9
Verdict = dict[str, Value]


def shown(engine: Spreadsheet) -> dict[Place, Value]:
    """What every formula cell shows."""
    return {(one.sheet, one.cell): one.value for one in engine.formulas()}


def stored(path: Path) -> dict[Place, Value]:
    """The result that stands in the file for every formula."""
    return {
        (sheet.name, cell.address): _stored_value(cell)
        for sheet in read_package(path).sheets
        for cell in sheet.cells
        if cell.formula is not None
    }


def _stored_value(cell: Cell) -> Value:
    if cell.kind == "n":
        return float(cell.value) if cell.value else None
    return cell.value == "1" if cell.kind == "b" else cell.value or ""


def differences(found: Mapping[Place, Value], expected: Mapping[Place, Value]) -> list[str]:
    """Every cell in which the two differ; an empty list when they agree."""
    return [
        f"{sheet}!{cell}: {found.get((sheet, cell))!r} instead of {value!r}"
        for (sheet, cell), value in expected.items()
        if not alike(found.get((sheet, cell)), value)
    ]


def alike(found: Value, expected: Value) -> bool:
    """Whether two values are equal, numbers within 1e-9 of their size."""
    if isinstance(found, int | float) and isinstance(expected, int | float):
        both_logical = isinstance(found, bool) == isinstance(expected, bool)
        return both_logical and math.isclose(found, expected, rel_tol=TOLERANCE, abs_tol=TOLERANCE)
    return found == expected


def scorecard_cells(board: Board, card: Scorecard) -> dict[Place, Value]:
    """The Scorecard sheet's figures, taken from the scored model and not from the sheets' code."""
    table = board.layout.scorecard
    return {
        (table.title, table.cell(key, column)): value
        for key, verdict in _verdicts(card, board.language).items()
        for column, value in verdict.items()
    }


def _verdicts(card: Scorecard, language: str) -> dict[str, Verdict]:
    found = {STRATEGY: _verdict(card.strategy, language)}
    for perspective in card.perspectives:
        found[perspective_key(perspective.perspective)] = _verdict(perspective.score, language)
        for objective in perspective.objectives:
            found[objective_key(objective.objective)] = _verdict(objective.score, language)
            for kpi in objective.kpis:
                found[kpi_key(kpi.kpi)] = {
                    **_verdict(kpi.score, language),
                    "value": _cell(kpi.value),
                    "goal": _cell(kpi.goal),
                    "coverage": kpi.months / card.period.length,
                }
    return found


def _verdict(score: Score, language: str) -> Verdict:
    band = score.band
    return {
        "achievement": _cell(score.achievement),
        "assessment": band.name.in_language(language) if band else "",
        "plan": band.plan.in_language(language) if band else "",
        "term": band.term.in_language(language) if band else "",
        "coverage": score.coverage,
    }


def _cell(number: float | None) -> Value:
    return "" if number is None else number
