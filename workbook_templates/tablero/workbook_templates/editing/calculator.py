"""The program that calculates a workbook, run on its own: ``python -m … FILE ANSWER``.

It reads from its standard input which cells are asked for, as JSON ``{sheet: ["A1", …]}``, and
writes ``{sheet: {"A1": [kind, value]}}`` into the file ANSWER, for the engine itself remarks upon
workbooks on its standard output. A file from a stranger can make an engine crash, or
calculate for ever; here that ends a process and nothing else.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

import ironcalc
from openpyxl.utils.cell import coordinate_to_tuple

_KINDS = {"ErrorValue": "error", "Text": "text", "LogicalValue": "logical", "Number": "number"}
_CLOCK_STEP = 1.05
"""Seconds after which the engine's clock, which counts whole ones, shows another time."""


def main() -> None:
    """Answer one question."""
    workbook, answer = sys.argv[1:3]
    model = ironcalc.load_from_xlsx(workbook)
    asked: dict[str, list[str]] = json.load(sys.stdin)
    titles = [sheet["name"] for sheet in model.get_worksheets_properties()]
    places = {
        (title, cell): (titles.index(title), *coordinate_to_tuple(cell))
        for title, cells in asked.items()
        if title in titles
        for cell in cells
    }
    answers: dict[str, dict[str, list[Any]]] = {title: {} for title in asked}
    for (title, cell), result in _steady(model, places).items():
        answers[title][cell] = result
    Path(answer).write_text(json.dumps(answers), "utf-8")


def _steady(model: Any, places: dict[Any, tuple[int, int, int]]) -> dict[Any, list[Any]]:
    """Calculate twice: what is random, or the time, differs and is told as changing."""
    first = _results(model, places)
    if any("NOW(" in (model.get_cell_formula(*place) or "").upper() for place in places.values()):
        time.sleep(_CLOCK_STEP)
    second = _results(model, places)
    return {
        key: result if result == second[key] else ["changing", None]
        for key, result in first.items()
    }


def _results(model: Any, places: dict[Any, tuple[int, int, int]]) -> dict[Any, list[Any]]:
    model.evaluate()
    return {key: _result(model, place) for key, place in places.items()}


def _result(model: Any, place: tuple[int, int, int]) -> list[Any]:
    kind = str(model.get_cell_type(*place)).rpartition(".")[2]
    return [_KINDS.get(kind, "unknown"), model.get_cell_value(*place)]


if __name__ == "__main__":
    main()
