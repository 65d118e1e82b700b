"""What is left of parts that are read: the rows and columns with values, the formats of numbers.

Most of a sheet is computed, and most of a workbook's styles are colours and lines; nobody who
scores a company looks at them, and what is cut out here need not be parsed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from xlsxwriter.utility import xl_col_to_name

from tablero.workbook_templates.finding import Area, area_of

DATA = (b"<sheetData>", b"</sheetData>")
_ROW = re.compile(rb'<row(?: r="([1-9][0-9]{0,3})")?')
_NEEDED = ("tablero_", "home_", "inputs_", "matrix_", "set_", "band_", "okrs_")
"""How the names begin that lead to the sheets with values."""
_LARGEST = 2 * 2**20
"""Bytes of a sheet; larger ones are no sheets as they were built."""
_MOST_ROWS = 1000
_LEAST_COLUMNS = 4
"""Fewer columns between others cost less to parse than to cut out."""
_COMPUTED = frozenset(
    (
        *(f"inputs_{name}" for name in ("filled", "intact", "method", "period", "previous")),
        *(f"inputs_{name}" for name in ("signed", "to_year")),
        *(f"okrs_{name}" for name in ("as_of", "checked", "confidence", "current", "days")),
        *(f"okrs_{name}" for name in ("expected", "from", "intact", "kind", "level", "outdated")),
        *(f"okrs_{name}" for name in ("progress", "status", "symbol", "symbols", "to", "words")),
    )
)
"""Names of what is computed and not read for scores; what any other name leads to is left."""
_STYLES = re.compile(rb"<\?xml[^>]*>\s*<styleSheet [^>]*>")
_STYLES_END = b"</styleSheet>"
_FORMATS = (b"<numFmts ", b"</numFmts>")
_CELL_FORMATS = (b"<cellXfs ", b"</cellXfs>")
_DOUBTFUL = (b"<!", b":numFmts", b":cellXfs")


class Cut(NamedTuple):
    """Which cells of a sheet are left."""

    rows: frozenset[bytes]
    """The numbers of the rows, as they stand in the file."""
    gaps: tuple[tuple[bytes, bytes], ...]
    """Of columns that are left out: how the first one's cells begin, and those after the last."""


def cuts(names: Mapping[str, str]) -> Mapping[str, Cut]:
    """By title of a sheet, the cells to which names lead that are needed."""
    areas: dict[str, list[Area]] = {}
    for name, told in names.items():
        if is_needed(name) and name not in _COMPUTED:
            area = area_of(told)
            if area is not None:
                areas.setdefault(area.title, []).append(area)
    return {title: _cut(those) for title, those in areas.items() if _are_short(those)}


def is_needed(name: str) -> bool:
    """Whether a defined name leads to a sheet from which values are read."""
    return name.startswith(_NEEDED)


def _are_short(areas: Iterable[Area]) -> bool:
    return all(area.last_row - area.first_row < _MOST_ROWS for area in areas)


def _cut(areas: Sequence[Area]) -> Cut:
    rows = {row for area in areas for row in range(area.first_row, area.last_row + 1)}
    columns = {one for area in areas for one in range(area.first_column, area.last_column + 1)}
    gaps = [
        (_cell(before + 1), _cell(after))
        for before, after in pairwise(sorted(columns))
        if after - before > _LEAST_COLUMNS
    ]
    return Cut(frozenset(b"%d" % row for row in rows), tuple(gaps))


def _cell(column: int) -> bytes:
    """How a cell of a column begins, up to the number of its row."""
    return b'<c r="%b' % xl_col_to_name(column - 1).encode()


def cut_sheet(sheet: bytes, cut: Cut) -> bytes:
    """A sheet with nothing but the cells that are left; all of it where it is written otherwise.

    Examples
    --------
    >>> row = b'<row r="%d"><c r="A%d"/><c r="B%d"/></row>'
    >>> sheet = b"<sheetData>" + b"".join(row % (n, n, n) for n in (1, 2, 3)) + b"</sheetData>"
    >>> cut_sheet(sheet, Cut(frozenset([b"2"]), ((b'<c r="A', b'<c r="B'),)))
    b'<sheetData><row r="2"><c r="B2"/></row></sheetData>'
    """
    head, begin, rest = sheet.partition(DATA[0])
    cells, end, tail = rest.partition(DATA[1])
    before, *rows = _ROW.split(cells)
    numbers, told = rows[::2], rows[1::2]
    is_usual = begin and end and not before.strip() and None not in numbers
    if not is_usual or len(sheet) > _LARGEST or hides(cells):
        return sheet
    found = [
        b'<row r="%b"%b' % (number, _without(row, number, cut.gaps))
        for number, row in zip(numbers, told, strict=True)
        if number in cut.rows
    ]
    return b"".join((head, begin, *found, end, tail))


def hides(cells: bytes) -> bool:
    """Whether there are comments or the like, in which may stand what only looks like cells."""
    return any(sign in cells and b"<" + sign in cells for sign in (b"!", b"?"))


def _without(row: bytes, number: bytes, gaps: Iterable[tuple[bytes, bytes]]) -> bytes:
    """A row without the cells of some columns, where those before and after them are there."""
    for first, after in gaps:
        start = row.find(b'%b%b"' % (first, number))
        end = row.find(b'%b%b"' % (after, number), start)
        if 0 <= start < end:
            row = row[:start] + row[end:]
    return row


def cut_styles(styles: bytes) -> bytes:
    """The formats of numbers, which tell days from numbers; all where written otherwise."""
    root = _STYLES.match(styles)
    cells = _element(styles, *_CELL_FORMATS)
    if root is None or not cells or any(sign in styles for sign in _DOUBTFUL):
        return styles
    return b"".join((root[0], _element(styles, *_FORMATS), cells, _STYLES_END))


def _element(part: bytes, begin: bytes, end: bytes) -> bytes:
    """An element of a part; nothing where there is none."""
    first, last = part.find(begin), part.find(end)
    return part[first : last + len(end)] if 0 <= first < last else b""
