"""The program that calculates a workbook, run on its own: ``python -m … FILE ANSWER``.

It reads from its standard input which cells are asked for, as JSON ``{sheet: [[row, column], …]}``,
and writes ``{"results": {sheet: [[kind, value], …]}, "spilled": {sheet: [[row, column], …]}}`` into
the file ANSWER, for the engine itself remarks upon workbooks on its standard output. Results come
in the order of the question; cells that arrays came to fill are told as spilled.

A file from a stranger can make an engine crash, or calculate for ever; here that ends a process
and nothing else.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import ironcalc

_MOST_BYTES, _SECONDS = 4 * 2**30, 120
_KINDS = {"ErrorValue": "error", "Text": "text", "LogicalValue": "logical", "Number": "number"}


def main() -> None:
    """Answer one question."""
    _bound()
    workbook, answer = sys.argv[1:3]
    model = ironcalc.load_from_xlsx(workbook)
    asked: dict[str, list[tuple[int, int]]] = json.load(sys.stdin)
    titles = [sheet["name"] for sheet in model.get_worksheets_properties()]
    present = set(model.get_all_cells())
    model.evaluate()
    results = {
        title: [_result(model, (titles.index(title), *place)) for place in places]
        for title, places in asked.items()
        if title in titles
    }
    spilled: dict[str, list[tuple[int, int]]] = {title: [] for title in titles}
    for sheet, row, column in set(model.get_all_cells()) - present:
        spilled[titles[sheet]].append((row, column))
    Path(answer).write_text(json.dumps({"results": results, "spilled": spilled}), "utf-8")


def _bound() -> None:
    """Let the system end what takes too much, also where nobody waits for the answer any more."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - Windows has none

        for what, most in ((resource.RLIMIT_AS, _MOST_BYTES), (resource.RLIMIT_CPU, _SECONDS)):
            _, hard = resource.getrlimit(what)
            is_endless = hard == resource.RLIM_INFINITY
            resource.setrlimit(what, (most if is_endless else min(most, hard), hard))


def _result(model: Any, place: tuple[int, int, int]) -> list[Any]:
    if model.is_empty_cell(*place):
        return ["empty", None]
    kind = str(model.get_cell_type(*place)).rpartition(".")[2]
    return [_KINDS.get(kind, "unknown"), model.get_cell_value(*place)]


if __name__ == "__main__":
    main()
