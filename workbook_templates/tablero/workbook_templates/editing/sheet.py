"""The cells of one worksheet part: what stands in them, and the part with others in their place."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from xml.sax.saxutils import escape, quoteattr

from openpyxl.utils.cell import get_column_letter

from tablero.workbook_templates.editing.coordinates import (
    LAST_ROW,
    Area,
    area_of,
    column_of,
    nth_text,
    whole_number,
)
from tablero.workbook_templates.editing.elements import Element, MarkupError, elements, spliced

_WANTED = ("dimension", "sheetData", "row", "c", "f", "v", "is", "rPh", "mergeCell")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]")
_SPREADING = ("array", "dataTable")
_SPANS = re.compile(rb"""\sspans\s*=\s*("[^"]*"|'[^']*')""")
_ESCAPED = re.compile("_x[0-9A-Fa-f]{4}_")

_MOST_STYLES = 65_536
_MOST_LOOKS = 3_000_000

Place = tuple[int, int]
"""Row and column, counted from 1."""


@dataclass(frozen=True)
class ErrorValue:
    """An error as a cell's result: ``#DIV/0!``."""

    token: str


Result = float | str | bool | ErrorValue | None
"""What a cell holds or its formula came to; None is nothing."""


def cell_name(place: Place) -> str:
    """A cell's coordinate: ``F7``."""
    return f"{get_column_letter(place[1])}{place[0]}"


class Kept(Enum):
    """Stands for what a cell holds already."""

    VALUE = "kept"


@dataclass(frozen=True)
class Write:
    """What a cell is to hold. A formula stays, with this as its result; a style stays if None."""

    value: Result | Kept
    style: int | None = None


class SheetPart:
    """One worksheet's XML, ``data``, with its cells by place.

    ``strings`` are those that the sheets of the workbook share.
    """

    def __init__(self, data: bytes, strings: Sequence[str] = ()) -> None:
        self.data = data
        self._strings = strings
        self._looked = 0
        found = elements(data, _WANTED)
        self._dimension = next((one for one in found if one.name == "dimension"), None)
        self._body = next((one for one in found if one.name == "sheetData"), None)
        self._merged = [
            area_of(one.attributes.get("ref", "A1")) for one in found if one.name == "mergeCell"
        ]

    @cached_property
    def rows(self) -> Mapping[int, Element]:
        """The rows that the part holds, by number; a row may leave its number out."""
        rows, number = {}, 0
        for row in self._body.children if self._body else ():
            number = whole_number(row.attributes.get("r", f"{number + 1}"), LAST_ROW)
            rows[number] = row
        return rows

    @cached_property
    def cells(self) -> Mapping[Place, Element]:
        """The cells that the part holds, formatted empty ones among them."""
        return {
            place: cell for number, row in self.rows.items() for place, cell in _cells(number, row)
        }

    @cached_property
    def formulas(self) -> Mapping[Place, Element]:
        """The formula elements by the place of their cells."""
        found = ((place, cell.child("f")) for place, cell in self.cells.items())
        return {place: formula for place, formula in found if formula}

    @cached_property
    def computed(self) -> Mapping[Place, Element]:
        """The cells in which a formula's result stands, those an array formula spills into too."""
        areas = [
            area_of(formula.attributes["ref"])
            for formula in self.formulas.values()
            if formula.attributes.get("t") in _SPREADING and "ref" in formula.attributes
        ]
        filled = {place for area in areas for place in self._inside(area)}
        filled.update(self.formulas)
        return {place: cell for place, cell in self.cells.items() if place in filled}

    def _inside(self, area: Area) -> Iterator[Place]:
        """The cells of an area that the part holds."""
        left, top, right, bottom = area
        numbers = self._numbers[
            bisect_left(self._numbers, top) : bisect_right(self._numbers, bottom)
        ]
        self._looked += len(numbers)
        if self._looked > _MOST_LOOKS:
            raise MarkupError("arrays upon arrays")
        for number in numbers:
            columns = self._columns[number]
            for column in columns[bisect_left(columns, left) : bisect_right(columns, right)]:
                self._looked += 1
                yield number, column

    @cached_property
    def _columns(self) -> Mapping[int, Sequence[int]]:
        """The columns of each row's cells."""
        columns: dict[int, list[int]] = {}
        for row, column in sorted(self.cells):
            columns.setdefault(row, []).append(column)
        return columns

    @cached_property
    def _numbers(self) -> Sequence[int]:
        return list(self._columns)

    def is_covered(self, place: Place) -> bool:
        """Whether a cell is hidden under the first of those with which it is merged."""
        row, column = place
        return any(
            top <= row <= bottom and left <= column <= right and place != (top, left)
            for left, top, right, bottom in self._merged
        )

    def result(self, place: Place) -> Result:
        """What the file says that a cell holds, or that the formula in it came to."""
        cell = self.cells[place]
        value = cell.child("v")
        text = value.text if value else ""
        match cell.attributes.get("t", "n"):
            case "n":
                return float(text) if text else None
            case "s":
                return nth_text(self._strings, text)
            case "inlineStr":
                inside = cell.child("is")
                return meant(inside.text) if inside else ""
            case "b":
                return text == "1"
            case "e":
                return ErrorValue(text)
            case _:
                return meant(text)

    def formula(self, place: Place) -> Element | None:
        """The formula element of a cell."""
        return self.formulas.get(place)

    def style(self, place: Place) -> int:
        """The number of a cell's format among those of the workbook."""
        cell = self.cells.get(place)
        return whole_number(cell.attributes.get("s", "0"), _MOST_STYLES) if cell else 0

    def with_cells(self, writes: Mapping[Place, Write]) -> bytes:
        """The part's bytes with other contents in these cells and everything else as it was."""
        changes = [
            (cell.start, cell.end, self._cell(place, writes[place], cell))
            for place, cell in self.cells.items()
            if place in writes
        ]
        new = sorted(place for place in writes if place not in self.cells)
        return spliced(self.data, [*changes, *self._inserted(new, writes), *self._widened(new)])

    def _cell(self, place: Place, write: Write, cell: Element | None) -> bytes:
        """A cell's XML: its own attributes and formula, the new value."""
        tag = cell.tag(self.data) if cell else self._spelled("c")
        attributes = {"r": cell_name(place)}
        attributes |= dict(cell.attributes) if cell else {}
        if write.style is not None:
            attributes["s"] = str(write.style)
        if isinstance(write.value, Kept):
            inside = self.data[cell.inner : cell.inner_end].decode() if cell else ""
        else:
            inside = self._content(place, write.value, tag[:-1], attributes)
        head = " ".join(f"{name}={quoteattr(text)}" for name, text in attributes.items())
        return (f"<{tag} {head}>{inside}</{tag}>" if inside else f"<{tag} {head}/>").encode()

    def _content(self, place: Place, value: Result, prefix: str, attributes: dict[str, str]) -> str:
        """What comes into a cell: its formula and the new value, of whose type it is then."""
        formula = self.formula(place)
        kept = self.data[formula.start : formula.end].decode() if formula else ""
        kind, xml = _value(value, prefix, is_result=place in self.computed)
        for outdated in ("t", "vm"):
            attributes.pop(outdated, None)
        if kind:
            attributes["t"] = kind
        return kept + xml

    def _inserted(
        self, places: Sequence[Place], writes: Mapping[Place, Write]
    ) -> Iterator[tuple[int, int, bytes]]:
        """Cells, and rows, that the part does not hold yet, where they belong by number."""
        for number in dict.fromkeys(row for row, _ in places):
            mine = [place for place in places if place[0] == number]
            made = {place: self._cell(place, writes[place], None) for place in mine}
            if number in self.rows:
                yield from self._into_row(number, made)
            else:
                yield self._new_row(number, b"".join(made.values()))

    def _into_row(
        self, number: int, made: Mapping[Place, bytes]
    ) -> Iterator[tuple[int, int, bytes]]:
        row = self.rows[number]
        head = self.data[row.start : row.inner]
        if row.is_empty:
            yield self._filled(row, b"".join(made.values()))
            return
        if spans := _SPANS.search(head):
            # How far the cells reach: readers may do without, but not with a wrong one.
            yield row.start + spans.start(), row.start + spans.end(), b""
        present = [(place[1], cell.start) for place, cell in _cells(number, row)]
        for place, xml in made.items():
            at = next((start for column, start in present if column > place[1]), row.inner_end)
            yield at, at, xml

    def _new_row(self, number: int, cells: bytes) -> tuple[int, int, bytes]:
        tag = self._spelled("row")
        xml = f'<{tag} r="{number}">'.encode() + cells + f"</{tag}>".encode()
        body = self._body
        if body is None:
            raise MarkupError("a worksheet without cells")
        if body.is_empty:
            return self._filled(body, xml)
        later = (row.start for found, row in self.rows.items() if found > number)
        at = min(later, default=body.inner_end)
        return at, at, xml

    def _filled(self, element: Element, inside: bytes) -> tuple[int, int, bytes]:
        """An empty element, ``<row/>``, opened for what comes into it."""
        head = _SPANS.sub(b"", self.data[element.start : element.end].removesuffix(b"/>"))
        return (
            element.start,
            element.end,
            head + b">" + inside + f"</{element.tag(self.data)}>".encode(),
        )

    def _spelled(self, name: str) -> str:
        """An element's name with the prefix that this part uses."""
        if self._body is None:
            raise MarkupError("a worksheet without cells")
        return self._body.tag(self.data).removesuffix("sheetData") + name

    def _widened(self, places: Sequence[Place]) -> Iterator[tuple[int, int, bytes]]:
        """The extent that the sheet says of itself, with the new cells in it."""
        if not places or self._dimension is None:
            return
        left, top, right, bottom = area_of(self._dimension.attributes.get("ref", "A1"))
        corners = [(top, left), (bottom, right), *places]
        rows, columns = ([corner[axis] for corner in corners] for axis in (0, 1))
        first = f"{get_column_letter(min(columns))}{min(rows)}"
        last = f"{get_column_letter(max(columns))}{max(rows)}"
        tag = self._dimension.tag(self.data)
        xml = f'<{tag} ref="{first}:{last}"/>'.encode()
        yield self._dimension.start, self._dimension.end, xml


def _cells(number: int, row: Element) -> Iterator[tuple[Place, Element]]:
    column = 0
    for cell in row.children:
        reference = cell.attributes.get("r")
        column = column_of(reference) if reference else column + 1
        yield (number, column), cell


def _value(value: Result, prefix: str, *, is_result: bool) -> tuple[str, str]:
    """The type of a cell and the XML of its value."""
    match value:
        case None:
            return "", ""
        case bool():
            return "b", _tagged("v", str(int(value)), prefix)
        case ErrorValue():
            return "e", _tagged("v", value.token, prefix)
        case str() if is_result:
            return "str", _tagged("v", _shown(value), prefix)
        case str():
            text = f'<{prefix}t xml:space="preserve">{_shown(value)}</{prefix}t>'
            return "inlineStr", f"<{prefix}is>{text}</{prefix}is>"
        case _:
            return "", _tagged("v", repr(float(value)).removesuffix(".0"), prefix)


def _tagged(name: str, text: str, prefix: str) -> str:
    return f"<{prefix}{name}>{text}</{prefix}{name}>"


def meant(text: str) -> str:
    """A text as it was before :func:`_shown`."""
    return _ESCAPED.sub(lambda found: chr(int(found[0][2:6], 16)), text)


def _shown(text: str) -> str:
    """A text as Excel writes it: in codes what XML cannot hold, and what looks like a code."""
    marked = _ESCAPED.sub(lambda found: f"_x005F{found[0]}", text)
    return escape(_NOT_IN_XML.sub(lambda found: f"_x{ord(found[0]):04X}_", marked))
