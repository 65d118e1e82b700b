"""Which results of a workbook cannot be trusted: those of unknown functions, and all that follow.

A result that the engine does not know must not become another one by the way: IFERROR would turn
it into a figure that looks right. So every formula that refers to such a cell keeps its result,
and every formula that refers to that one, to the end.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from openpyxl.formula.translate import Translator, TranslatorError

from tablero.workbook_templates.editing.coordinates import area_of
from tablero.workbook_templates.editing.elements import Element
from tablero.workbook_templates.editing.formulas import (
    Formula,
    UnclearError,
    read_formula,
    references,
)
from tablero.workbook_templates.editing.package import Package
from tablero.workbook_templates.editing.patterns import pattern, refilled
from tablero.workbook_templates.editing.references import Area, Words
from tablero.workbook_templates.editing.sheet import Place, SheetPart, cell_name
from tablero.workbook_templates.editing.trust import asks_as_array, is_trusted, takes_range

Cell = tuple[str, Place]
"""A sheet's title and a place on it."""

_ANYWHERE = frozenset({"INDIRECT", "OFFSET"})
"""Functions that find cells which their formula does not name."""
_JOINING = frozenset({"CONCAT", "CONCATENATE", "LEFT", "MID", "REPT", "RIGHT", "SUBSTITUTE"})
"""Functions that take numbers for texts, besides ``&``."""
_MOST_LOOKS = 30_000_000


class TangledError(Exception):
    """More follows from more than anybody's workbook holds."""


@dataclass(frozen=True)
class Computed:
    """A formula where it stands, with the cells that show what it comes to.

    ``formula`` is None where it cannot be read.
    """

    sheet: str
    place: Place
    area: Area
    text: str
    formula: Formula | None
    is_trusted: bool
    is_array: bool

    @property
    def joins(self) -> bool:
        """Whether numbers may be written out in the text that it comes to."""
        joining = self.formula and (self.formula.joins or self.formula.functions & _JOINING)
        return bool(joining)

    def touches(self, place: Place) -> bool:
        """Whether a cell lies where this array, had it grown, would have come to."""
        row, column = place
        inside = row <= self.area.bottom or column <= self.area.right
        return self.is_array and row >= self.area.top and column >= self.area.left and inside

    @property
    def asks_as_array(self) -> bool:
        """Whether the engine must be told that it computes on many cells."""
        is_ordinary = self.is_trusted and not self.is_array
        return is_ordinary and self.formula is not None and asks_as_array(self.formula)


@dataclass(frozen=True)
class _Pattern:
    """What formulas have in common that differ in their cells alone."""

    formula: Formula | None
    operands: tuple[str, ...]
    is_trusted: bool


class Dependence:
    """The formulas of a workbook, and what follows from what."""

    def __init__(self, package: Package, sheets: Mapping[str, SheetPart]) -> None:
        self._words = Words(package)
        self._sheets = sheets
        self._looked = 0
        self._patterns: dict[tuple[str, bool], _Pattern] = {}

    @cached_property
    def computed(self) -> tuple[Computed, ...]:
        """Every formula of the workbook."""
        return tuple(one for title in self._sheets for one in self._on_sheet(title))

    def doubtful(self, unknown: Iterable[Cell]) -> frozenset[Cell]:
        """The cells whose results are left: ``unknown``, untrusted ones, and what follows."""
        waiting = [cell for one in self.computed if not one.is_trusted for cell in self._shown(one)]
        waiting += unknown
        if waiting:
            roaming = (one for one in self.computed if _looks_about(one))
            waiting += [cell for one in roaming for cell in self._shown(one)]
        found: set[Cell] = set()
        reached: set[int] = set()
        while waiting:
            cell = waiting.pop()
            if cell not in found:
                found.add(cell)
                for one in self._following(cell):
                    if id(one) not in reached:
                        reached.add(id(one))
                        waiting += self._shown(one)
        return frozenset(found)

    def _shown(self, one: Computed) -> Iterator[Cell]:
        """The cells in which a formula's result stands."""
        yield one.sheet, one.place
        if one.area.is_many:
            computed = self._sheets[one.sheet].computed
            rows, columns = one.area.shape
            if rows * columns > len(computed):
                yield from ((one.sheet, place) for place in computed if one.area.holds(*place))
            else:
                inside = product(
                    range(one.area.top, one.area.bottom + 1),
                    range(one.area.left, one.area.right + 1),
                )
                yield from ((one.sheet, place) for place in inside if place in computed)
            self._look(min(rows * columns, len(computed)))

    def _following(self, cell: Cell) -> Iterator[Computed]:
        title, (row, column) = cell
        yield from self._of_cell.get((title.lower(), row, column), ())
        areas = self._of_area.get(title.lower(), {})
        self._look(len(areas))
        for area, followers in areas.items():
            if area.holds(row, column):
                yield from followers

    def _look(self, times: int) -> None:
        """Count how much was looked at: what never comes to an end is no scorecard."""
        self._looked += times
        if self._looked > _MOST_LOOKS:
            raise TangledError

    @cached_property
    def _of_cell(self) -> Mapping[tuple[str, int, int], list[Computed]]:
        found = defaultdict(list)
        for area, one in self._links:
            if not area.is_many:
                found[area.sheet, area.top, area.left].append(one)
        return found

    @cached_property
    def _of_area(self) -> Mapping[str, Mapping[Area, list[Computed]]]:
        found: dict[str, dict[Area, list[Computed]]] = defaultdict(lambda: defaultdict(list))
        for area, one in self._links:
            if area.is_many:
                found[area.sheet][area].append(one)
        return found

    @cached_property
    def _links(self) -> tuple[tuple[Area, Computed], ...]:
        """What each formula refers to; an array's cells follow from one another."""
        return tuple(
            (area, one)
            for one in self.computed
            for area in (*self._areas(one), *((one.area,) if one.area.is_many else ()))
        )

    def _areas(self, one: Computed) -> Iterator[Area]:
        if one.is_trusted:
            key, cells = pattern(one.text)
            for operand in refilled(self._patterns[key, one.is_array].operands, cells):
                yield from self._words.areas(operand, one.sheet.lower())

    def _on_sheet(self, title: str) -> Iterator[Computed]:
        sheet = self._sheets[title]
        masters: dict[str, tuple[Place, str]] = {}
        for place, cell in sheet.cells.items():
            element = cell.child("f")
            if element is not None:
                number = element.attributes.get("si", "")
                if element.attributes.get("t") == "shared" and element.text:
                    masters[number] = place, element.text
                yield self._computed(title, place, element, masters.get(number))

    def _computed(
        self, title: str, place: Place, element: Element, master: tuple[Place, str] | None
    ) -> Computed:
        kind = element.attributes.get("t", "normal")
        area = _area(title, place, element if kind in ("array", "dataTable") else None)
        text = element.text if kind != "dataTable" else ""
        if kind == "shared" and not text and master:
            text = _translated(*master, place)
        key = pattern(text)[0], kind == "array"
        if key not in self._patterns:
            self._patterns[key] = self._read(text, is_array=kind == "array")
        read = self._patterns[key]
        return Computed(title, place, area, text, read.formula, read.is_trusted, kind == "array")

    def _read(self, text: str, *, is_array: bool) -> _Pattern:
        """Read a formula, for all of its pattern; a data table has no text, nor has damage."""
        try:
            formula = read_formula(text, self._words.shape, takes_range)
            operands = references(text)
            for operand in operands:
                self._words.areas(operand, "")
        except UnclearError:
            return _Pattern(None, (), is_trusted=False)
        known = self._words.functions
        is_fine = bool(text) and is_trusted(formula, is_array=is_array, known=known)
        return _Pattern(formula, operands, is_trusted=is_fine)


def _looks_about(one: Computed) -> bool:
    return one.formula is not None and not _ANYWHERE.isdisjoint(one.formula.functions)


def _area(title: str, place: Place, spread: Element | None) -> Area:
    reference = spread.attributes.get("ref") if spread is not None else None
    return Area(title.lower(), *area_of(reference or cell_name(place)))


def _translated(origin: Place, text: str, place: Place) -> str:
    """A formula that cells share, as it is in one of them."""
    try:
        moved: str = Translator(f"={text}", cell_name(origin)).translate_formula(cell_name(place))
    except TranslatorError:
        return ""
    return moved.removeprefix("=")
