"""A new version of a user's workbook: cells changed, results recalculated, the rest as it was."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from types import MappingProxyType
from xml.sax.saxutils import quoteattr

from tablero.workbook_templates.editing.columns import with_widths
from tablero.workbook_templates.editing.edits import Edit, with_edits
from tablero.workbook_templates.editing.elements import elements, spliced
from tablero.workbook_templates.editing.package import WORKBOOK, Package
from tablero.workbook_templates.editing.recalculation import EngineError, recalculated
from tablero.workbook_templates.opening import refusals
from tablero.workbook_templates.problems import Problem
from tablero.workbook_templates.replacing import Version, replace
from tablero.workbook_templates.saving import Saved

_AS_THEY_ARE: Mapping[str, Mapping[int, float]] = MappingProxyType({})
_MOST_TOLD = 12
"""Cells that are named in one sentence."""


@dataclass(frozen=True)
class Revision:
    """The next version of a workbook, not yet saved."""

    version: Version
    content: bytes
    results: int
    """How many formulas came to something else than before."""
    problems: tuple[Problem, ...]
    """Formulas that keep their results until Excel calculates them."""

    @property
    def is_change(self) -> bool:
        """Whether any byte differs from the present version."""
        return self.content != self.version.content

    def save(self) -> Saved | None:
        """Let the file give way to this version; None when there is nothing to change."""
        return replace(self.version, self.content) if self.is_change else None


def revise(
    version: Version,
    edits: Iterable[Edit] = (),
    *,
    widths: Mapping[str, Mapping[int, float]] = _AS_THEY_ARE,
    calculates_itself: bool = True,
) -> Revision:
    """Make the next version of a workbook, with all results that formulas come to.

    Parameters
    ----------
    version
        The workbook as it was read; it has been opened and found whole before.
    edits
        What cells are to hold; with none of them the results alone are brought up to date.
    widths
        By sheet, the widths of columns that have none of their own yet.
    calculates_itself
        Whether Excel can calculate the workbook without functions from outside: then it is asked
        to do so on opening where formulas were left over. A missing add-in would turn every
        result into #NAME?.

    Raises
    ------
    ProblemsError
        A cell cannot be changed, or the workbook's XML is not what one expects.
    """
    with refusals(version.path), _untidied():
        package = Package.read(version.content)
        edited = _with_widths(with_edits(package, edits), widths)
        after, results, left = _calculated(edited)
        if left and calculates_itself:
            after = _to_calculate(after)
    # Where no part changed, the file stays as it is, however it was compressed.
    content = version.content if after.parts == package.parts else after.to_bytes()
    told = tuple(problem.at(file=version.path.name) for problem in left)
    return Revision(version, content, results, told)


def _with_widths(package: Package, widths: Mapping[str, Mapping[int, float]]) -> Package:
    """The package with room for what is new in some sheets."""
    parts = {package.sheets[title]: those for title, those in widths.items()}
    return package.with_parts(
        {part: with_widths(package.parts[part], those) for part, those in parts.items()}
    )


@contextmanager
def _untidied() -> Iterator[None]:
    """Make a revision without looking for garbage, a third of its time: it makes none."""
    was_tidied = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_tidied:
            gc.enable()


def _calculated(package: Package) -> tuple[Package, int, tuple[Problem, ...]]:
    """The package with present results, how many changed, and what was left."""
    try:
        done = recalculated(package)
    except EngineError:
        return package, 0, (Problem("nothing_calculated", "warning"),)
    cells: dict[str, list[str]] = {}
    for sheet, cell in done.left:
        cells.setdefault(sheet, []).append(cell)
    return done.package, done.changed, tuple(map(_left, cells, cells.values()))


def _left(sheet: str, cells: list[str]) -> Problem:
    """One sentence for all formulas of a sheet, however many follow from the clock."""
    more = len(cells) - _MOST_TOLD
    told = ", ".join(cells[:_MOST_TOLD]) + (f" … (+{more})" if more > 0 else "")
    values = {"cells": told}
    return Problem("not_calculated", "warning", values=values, sheet=sheet, cell=cells[0])


_BEFORE_CALCULATION = ("sheets", "functionGroups", "externalReferences", "definedNames")


def _to_calculate(package: Package) -> Package:
    """The package with the wish that Excel calculates everything when it opens it."""
    workbook = package.parts[WORKBOOK]
    found = elements(workbook, [*_BEFORE_CALCULATION, "calcPr"])
    present = next((one for one in found if one.name == "calcPr"), None)
    place = present or found[-1]
    tag = place.tag(workbook).removesuffix(place.name) + "calcPr"
    attributes = {**(present.attributes if present else {}), "fullCalcOnLoad": "1"}
    wish = " ".join(f"{key}={quoteattr(value)}" for key, value in attributes.items())
    start = present.start if present else place.end
    element = f"<{tag} {wish}/>".encode()
    return package.with_parts({WORKBOOK: spliced(workbook, [(start, place.end, element)])})
