"""The results that formulas keep in the file, brought up to date without a spreadsheet program."""

from __future__ import annotations

import json
import math
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, product, zip_longest
from pathlib import Path
from typing import Any
from zipfile import ZIP_STORED

from tablero.workbook_templates.editing.coordinates import area_of
from tablero.workbook_templates.editing.dependence import (
    Cell,
    Computed,
    Dependence,
    TangledError,
)
from tablero.workbook_templates.editing.elements import elements
from tablero.workbook_templates.editing.engine_copy import understood
from tablero.workbook_templates.editing.package import WORKBOOK, Package
from tablero.workbook_templates.editing.sheet import (
    ErrorValue,
    Place,
    Result,
    SheetPart,
    Write,
    cell_name,
    meant,
)

_CALCULATOR = "tablero.workbook_templates.editing.calculator"
_SECONDS = 120
_CLOSE = 1e-12
_NOT_KNOWN = frozenset({"#NAME?", "#N/IMPL!", "#ERROR!", "#CIRC!", "#SPILL!", "#CALC!"})
"""What the engine answers to what it does not know, rather than to what is wrong; and errors for
which Excel keeps more in the file than their name."""
_TOLD = re.compile(r"told_\w+")
"""Names of cells in which Tablero tells numbers: it wrote them as the engine does."""
_MOST_TOLD = 10_000
_NUMBER_IN_TEXT = re.compile(r"\d\.\d|\dE[+-]?\d|\d{16}")
"""A number that Excel writes in the reader's language, with fewer digits than the engine."""

_AREA = re.compile(r"\$?[A-Z]{1,3}\$?[0-9]+(:\$?[A-Z]{1,3}\$?[0-9]+)?")

Results = Mapping[Place, Any]


class EngineError(Exception):
    """The engine could not calculate a workbook at all."""


@dataclass(frozen=True)
class Recalculation:
    """A package with present results, how many were not, and the cells left to Excel."""

    package: Package
    changed: int
    left: tuple[tuple[str, str], ...]
    """Sheet and coordinate of formulas that keep their result: unknown ones, the time, chance,
    and all that follow from them."""


@dataclass(frozen=True)
class _Answers:
    """What the engine came to, and the cells that arrays came to fill."""

    results: Mapping[str, Results]
    spilled: Mapping[str, Sequence[Place]]


def recalculated(package: Package) -> Recalculation:
    """Calculate every formula and put each result that is not the present one into its cell.

    Raises
    ------
    EngineError
        The engine cannot read the workbook, or it does not come to an end; or the workbook counts
        its days, or rounds, as the engine does not.
    """
    _require_usual_settings(package.parts[WORKBOOK])
    sheets = {title: package.sheet(title) for title in package.sheets}
    dependence = Dependence(package, sheets)
    asked = {title: tuple(sheet.computed) for title, sheet in sheets.items() if sheet.computed}
    answers = _calculated(understood(package, sheets, dependence.computed), asked)
    try:
        unknown = _unknown(sheets, dependence.computed, answers, _told(package))
        doubtful = dependence.doubtful(unknown)
    except TangledError as defect:
        raise EngineError("too much follows from too much") from defect
    parts, number = {}, 0
    for title, results in answers.results.items():
        settled = {
            place: result for place, result in results.items() if (title, place) not in doubtful
        }
        writes = dict(_news(sheets[title], settled))
        if writes:
            parts[package.sheets[title]] = sheets[title].with_cells(writes)
            number += len(writes)
    left = tuple(
        (one.sheet, cell_name(one.place))
        for one in dependence.computed
        if (one.sheet, one.place) in doubtful
    )
    return Recalculation(package.with_parts(parts), number, left)


def _require_usual_settings(workbook: bytes) -> None:
    """Refuse what the engine does not heed: days since 1904, figures rounded as displayed."""
    for one in elements(workbook, ["workbookPr", "calcPr"]):
        counts_otherwise = one.attributes.get("date1904", "0") in ("1", "true")
        rounds = one.attributes.get("fullPrecision", "1") in ("0", "false")
        if counts_otherwise or rounds:
            raise EngineError("the workbook's settings")


def _told(package: Package) -> frozenset[Cell]:
    """The cells in which Tablero tells numbers."""
    cells: set[Cell] = set()
    for one in elements(package.parts[WORKBOOK], ["definedName"]):
        title, _, area = meant(one.text).rpartition("!")
        if _TOLD.fullmatch(one.attributes.get("name", "")) and _AREA.fullmatch(area):
            left, top, right, bottom = area_of(area)
            sheet = title.removeprefix("'").removesuffix("'").replace("''", "'")
            places = product(range(top, bottom + 1), range(left, right + 1))
            cells.update((sheet, place) for place in islice(places, _MOST_TOLD))
    return frozenset(cells)


def _unknown(
    sheets: Mapping[str, SheetPart],
    computed: Sequence[Computed],
    answers: _Answers,
    told: frozenset[Cell],
) -> Iterator[Cell]:
    """The cells that the engine could not calculate, and those it only seems to have."""
    for title, results in answers.results.items():
        yield from ((title, place) for place, one in results.items() if one is _UNKNOWN)
    for one in computed:
        has_grown = any(one.touches(place) for place in answers.spilled.get(one.sheet, ()))
        cell = one.sheet, one.place
        if has_grown or (cell not in told and _is_number_written(one, sheets[one.sheet], answers)):
            yield cell


def _is_number_written(one: Computed, sheet: SheetPart, answers: _Answers) -> bool:
    """Whether a result is a text with a number in it, which each program writes in its way."""
    result = answers.results[one.sheet][one.place]
    is_written = isinstance(result, str) and one.pattern.joins and _NUMBER_IN_TEXT.search(result)
    return bool(is_written) and result != sheet.result(one.place)


def _news(sheet: SheetPart, results: Results) -> Iterator[tuple[Place, Write]]:
    """The results that differ from those in the file."""
    for place, result in results.items():
        if not _is_same(sheet.result(place), result):
            yield place, Write(result)


def _is_same(present: Result, result: Result) -> bool:
    if type(present) is float and type(result) is float:
        return math.isclose(present, result, rel_tol=_CLOSE, abs_tol=_CLOSE)
    return type(present) is type(result) and present == result


_UNKNOWN = object()


def _calculated(package: Package, asked: Mapping[str, Sequence[Place]]) -> _Answers:
    """What each cell comes to; a process of its own calculates."""
    with tempfile.TemporaryDirectory(prefix="tablero-") as folder:
        file = Path(folder) / "workbook.xlsx"
        package.write(file, compression=ZIP_STORED)
        answer = _asked(file, json.dumps(asked))
    results = {
        title: {
            place: _result(one)
            for place, one in zip_longest(places, answer["results"].get(title, ()))
        }
        for title, places in asked.items()
    }
    spilled = {
        title: [(row, column) for row, column in places]
        for title, places in answer["spilled"].items()
    }
    return _Answers(results, spilled)


def _asked(file: Path, question: str) -> dict[str, Any]:
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
        answer: dict[str, Any] = json.loads(answer_file.read_text("utf-8"))
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
