"""The results that formulas keep in the file, brought up to date without a spreadsheet program."""

from __future__ import annotations

import json
import math
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from openpyxl.utils.cell import get_column_letter

from tablero.workbook_templates.dialects import LITE_PREFIX, Dialect
from tablero.workbook_templates.editing.elements import elements, spliced
from tablero.workbook_templates.editing.package import WORKBOOK, Package
from tablero.workbook_templates.editing.ranges import cell_by_cell
from tablero.workbook_templates.editing.sheet import (
    ErrorValue,
    Place,
    Result,
    SheetPart,
    Write,
)

_CALCULATOR = "tablero.workbook_templates.editing.calculator"
_SECONDS = 120
_CLOSE = 1e-12
_NOT_KNOWN = frozenset({"#NAME?", "#N/IMPL!", "#ERROR!", "#CIRC!"})
"""What the engine answers to what it does not know, rather than to what is wrong."""


class EngineError(Exception):
    """The engine could not calculate a workbook at all."""


@dataclass(frozen=True)
class Recalculation:
    """A package with present results, how many were not, and the cells left to Excel."""

    package: Package
    changed: int
    left: tuple[tuple[str, str], ...]
    """Sheet and coordinate of formulas that keep their result: unknown ones, the time, chance."""


def recalculated(package: Package) -> Recalculation:
    """Calculate every formula and put each result that is not the present one into its cell.

    Raises
    ------
    EngineError
        The engine cannot read the workbook, or does not come to an end.
    """
    sheets = {title: package.sheet(title) for title in package.sheets}
    asked = {title: tuple(sheet.computed) for title, sheet in sheets.items() if sheet.computed}
    answers = _calculated(_understood(package), asked)
    parts, left, number = {}, [], 0
    for title, results in answers.items():
        writes = dict(_news(sheets[title], results))
        left += [(title, name(place)) for place, result in results.items() if result is _UNKNOWN]
        if writes:
            parts[package.sheets[title]] = sheets[title].with_cells(writes)
            number += len(writes)
    return Recalculation(package.with_parts(parts), number, tuple(left))


def name(place: Place) -> str:
    """A cell's coordinate: ``F7``."""
    return f"{get_column_letter(place[1])}{place[0]}"


def _news(sheet: SheetPart, results: Mapping[Place, Any]) -> Iterator[tuple[Place, Write]]:
    """The results that differ from those in the file."""
    for place, result in results.items():
        if result is not _UNKNOWN and not _is_same(sheet.result(place), result):
            yield place, Write(result)


def _is_same(present: Result, result: Result) -> bool:
    if type(present) is float and type(result) is float:
        return math.isclose(present, result, rel_tol=_CLOSE, abs_tol=_CLOSE)
    return type(present) is type(result) and present == result


_UNKNOWN = object()


def _calculated(
    package: Package, asked: Mapping[str, Sequence[Place]]
) -> dict[str, dict[Place, Any]]:
    """What each cell comes to; a process of its own calculates."""
    question = {title: [name(place) for place in places] for title, places in asked.items()}
    with tempfile.TemporaryDirectory(prefix="tablero-") as folder:
        file = Path(folder) / "workbook.xlsx"
        package.write(file)
        answer = _asked(file, json.dumps(question))
    return {
        title: {place: _result(answer[title].get(name(place))) for place in places}
        for title, places in asked.items()
    }


def _asked(file: Path, question: str) -> dict[str, dict[str, list[Any]]]:
    answer_file = file.with_suffix(".json")
    command = [sys.executable, "-I", "-m", _CALCULATOR, str(file), str(answer_file)]
    try:
        subprocess.run(  # noqa: S603 - our own program, by this Python
            command,
            input=question.encode(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_SECONDS,
            check=True,
        )
        answer: dict[str, dict[str, list[Any]]] = json.loads(answer_file.read_text("utf-8"))
    except (OSError, subprocess.SubprocessError, ValueError) as defect:
        raise EngineError(str(defect)) from defect
    return answer


def _result(answer: list[Any] | None) -> Any:
    kind, value = answer or ["unknown", None]
    match kind:
        case "error":
            return _UNKNOWN if value in _NOT_KNOWN else ErrorValue(value)
        case "text" | "logical" | "number":
            return value
        case _:
            return _UNKNOWN


def _understood(package: Package) -> Package:
    """The package as the engine understands it: the functions that others serve as LAMBDAs."""
    calls = LITE_PREFIX.encode()
    sheets = {
        part: cell_by_cell(SheetPart(package.parts[part].replace(calls, b"")))
        for part in package.sheets.values()
    }
    return package.with_parts({**sheets, WORKBOOK: _with_functions(package.parts[WORKBOOK])})


def _with_functions(workbook: bytes) -> bytes:
    """The workbook part with a defined name for each function that it does not define itself."""
    found = elements(workbook, ["sheets", "definedNames", "definedName"])
    names = next((one for one in found if one.name == "definedNames"), None)
    present = {one.attributes.get("name", "").upper() for one in (names.children if names else ())}
    tag = found[0].tag(workbook).removesuffix(found[0].name) + "definedName"
    added = "".join(
        f"<{tag} name={quoteattr(function)}>{escape(formula.removeprefix('='))}</{tag}>"
        for function, formula in Dialect("portable").defined_names()
        if function not in present
    )
    if names is not None and not names.is_empty:
        return spliced(workbook, [(names.inner_end, names.inner_end, added.encode())])
    start, end = (names.start, names.end) if names else (found[0].end, found[0].end)
    return spliced(workbook, [(start, end, f"<{tag}s>{added}</{tag}s>".encode())])
