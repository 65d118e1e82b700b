"""Which results of a workbook cannot be trusted: those of unknown functions, and all that follow.

A result that the engine does not know must not become another one by the way: IFERROR would turn
it into a figure that looks right. So every formula that refers to such a cell keeps its result,
and every formula that refers to that one, to the end.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import product
from typing import NamedTuple

from openpyxl.formula.translate import Translator, TranslatorError

from tablero.workbook_templates.editing.coordinates import area_of
from tablero.workbook_templates.editing.elements import Element
from tablero.workbook_templates.editing.formulas import (
    Formula,
    UnclearError,
    read_formula,
)
from tablero.workbook_templates.editing.package import Package
from tablero.workbook_templates.editing.patterns import pattern, seen_from
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


class _Operand(NamedTuple):
    """What formulas of a pattern refer to: the same words, or the ``nth`` of their own cells."""

    text: str
    sheet: str = ""
    nth: int | None = None
    stays: bool = False
    """Whether it means the same wherever the formula is copied to."""


@dataclass(frozen=True)
class _Pattern:
    """What formulas have in common that differ in their cells alone."""

    formula: Formula | None
    operands: tuple[_Operand, ...]
    is_trusted: bool

    @property
    def joins(self) -> bool:
        """Whether numbers may be written out in the text that it comes to."""
        joining = self.formula and (self.formula.joins or self.formula.functions & _JOINING)
        return bool(joining)

    @cached_property
    def is_copied_by_cells(self) -> bool:
        """Whether nothing but the cells of its pattern changes when a formula is copied.

        Whole columns change, too, and what stands for the same row of a table.
        """
        return self.is_trusted and all(one.stays or one.nth is not None for one in self.operands)


class Computed(NamedTuple):
    """A formula where it stands, with the cells that show what it comes to."""

    sheet: str
    place: Place
    area: Area
    text: str
    kind: str
    key: str
    """What it has in common with others of its pattern."""
    cells: tuple[str, ...]
    pattern: _Pattern

    @property
    def is_trusted(self) -> bool:
        """Whether the engine computes it as Excel does."""
        return self.pattern.is_trusted

    @property
    def is_array(self) -> bool:
        """Whether it is an array's formula."""
        return self.kind == "array"

    @property
    def copied(self) -> tuple[str, tuple[int | str, ...]] | None:
        """What is the same for a formula and its copies; None where that is not known."""
        is_plain = self.kind == "normal" and self.pattern.is_copied_by_cells
        return (self.key, seen_from(self.cells, self.place)) if is_plain else None

    def touches(self, place: Place) -> bool:
        """Whether a cell lies where this array, had it grown, would have come to."""
        row, column = place
        inside = row <= self.area.bottom or column <= self.area.right
        return self.is_array and row >= self.area.top and column >= self.area.left and inside

    @property
    def asks_as_array(self) -> bool:
        """Whether the engine must be told that it computes on many cells."""
        formula = self.pattern.formula
        is_ordinary = self.is_trusted and not self.is_array
        return is_ordinary and formula is not None and asks_as_array(formula)


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
            own = one.sheet.lower()
            for operand in one.pattern.operands:
                if operand.nth is None:
                    yield from self._words.areas(operand.text, own)
                else:
                    yield Area(operand.sheet or own, *_edges(one.cells[operand.nth]))

    def _on_sheet(self, title: str) -> Iterator[Computed]:
        sheet = self._sheets[title]
        masters: dict[str, tuple[Place, str]] = {}
        for place, element in sheet.formulas.items():
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
        key, cells = pattern(text)
        known = key, kind == "array"
        if known not in self._patterns:
            self._patterns[known] = self._read(text, is_array=kind == "array")
        return Computed(title, place, area, text, kind, key, cells, self._patterns[known])

    def _read(self, text: str, *, is_array: bool) -> _Pattern:
        """Read a formula, for all of its pattern; a data table has no text, nor has damage."""
        try:
            formula = read_formula(text, self._words.shape, takes_range)
            operands = tuple(self._operands(formula.operands))
        except UnclearError:
            return _Pattern(None, (), is_trusted=False)
        known = self._words.functions
        is_fine = bool(text) and is_trusted(formula, is_array=is_array, known=known)
        return _Pattern(formula, operands, is_trusted=is_fine)

    def _operands(self, texts: Iterable[str]) -> Iterator[_Operand]:
        """What a formula's words stand for, with the number of its cells among all of them."""
        number = 0
        for text in texts:
            areas = self._words.areas(text, "")
            cells = pattern(text)[1]
            if cells == (text.rpartition("!")[2],):
                yield _Operand(text, areas[0].sheet, number)
            else:
                yield _Operand(text, stays=self._words.is_name(text))
            number += len(cells)


def _looks_about(one: Computed) -> bool:
    formula = one.pattern.formula
    return formula is not None and not _ANYWHERE.isdisjoint(formula.functions)


def _area(title: str, place: Place, spread: Element | None) -> Area:
    reference = spread.attributes.get("ref") if spread is not None else None
    if reference:
        return Area(title.lower(), *area_of(reference))
    row, column = place
    return Area(title.lower(), column, row, column, row)


@lru_cache(maxsize=100_000)
def _edges(cells: str) -> tuple[int, int, int, int]:
    return area_of(cells)


def _translated(origin: Place, text: str, place: Place) -> str:
    """A formula that cells share, as it is in one of them."""
    try:
        moved: str = Translator(f"={text}", cell_name(origin)).translate_formula(cell_name(place))
    except TranslatorError:
        return ""
    return moved.removeprefix("=")
