"""A sheet with a list that is written line by line, and is an Excel table all the same.

XlsxWriter, too, writes sheets line by line (``constant_memory``), but then they have no tables, and
each cell costs it several times what it costs here.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import isfinite
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name, xl_range
from xlsxwriter.worksheet import Worksheet

from tablero.workbook_templates.portfolio.summary_links import MOST_LINKS, Addresses
from tablero.workbook_templates.portfolio.summary_parts import (
    Bar,
    Cells,
    Column,
    Content,
    FileAt,
    Styled,
    height,
)

LONGEST_TEXT = 32_000
_REMEMBERED = 8_192
"""Texts that come again and again, such as sectors, are made ready once."""
_KEPT = ' xml:space="preserve"'
_SPECIAL = re.compile(r"[&<>\x00-\x1f\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")


@dataclass(frozen=True)
class LongList:
    """A list that a sheet ends with."""

    name: str
    """Of its table."""
    title: str
    about: str
    row: int
    """Of the names of its columns, from 0."""
    columns: Sequence[Column]
    lines: Iterable[Cells]
    count: int
    """How many lines there are."""
    format: Callable[[str], Format]
    """The format of a style."""
    addresses: Addresses

    @property
    def last(self) -> int:
        """The row, from 0, of its last line; a table has one line at least."""
        return self.row + max(self.count, 1)


class ListSheet(Worksheet):  # type: ignore[misc]  # XlsxWriter has no types
    """A sheet whose list is written when the file is, so that it is never in memory as a whole."""

    dim_rowmax: int | None

    def hold(self, held: LongList) -> None:
        """End the sheet with a list."""
        self._held = held
        self._stream = _Stream(held, self._made_ready)
        first = (held.row, 0, held.row + 1, len(held.columns) - 1)
        self.add_table(*first, _options(held))
        # XlsxWriter would remember every cell of it.
        area = xl_range(held.row, 0, held.last, len(held.columns) - 1)
        self.tables[-1].update(dict.fromkeys(("range", "a_range", "autofilter"), area))

    def _made_ready(self, text: str) -> str:
        """A text with signs that XML or Excel would take for something else."""
        return str(self._escape_data(self._escape_control_characters(text)))

    def _write_dimension(self) -> None:
        head = self.dim_rowmax
        self.dim_rowmax = self._held.last
        super()._write_dimension()
        self.dim_rowmax = head

    def _write_rows(self) -> None:
        super()._write_rows()
        try:
            for number, cells in enumerate(self._held.lines, start=self._held.row + 2):
                self.fh.write(self._stream.row(number, cells))
        except BaseException:
            self._xml_close()  # XlsxWriter would leave the file open
            raise

    def _write_hyperlinks(self) -> None:
        links = self._stream
        if not links.targets:
            return
        self.fh.write("<hyperlinks>")
        for row, column, target in zip(links.rows, links.columns, links.numbers, strict=True):
            place = f"{xl_col_to_name(column)}{row}"
            self.fh.write(f'<hyperlink ref="{place}" r:id="rId{target}"/>')
        self.fh.write("</hyperlinks>")
        self.rel_count = len(links.targets)
        self.external_hyper_links = [["/hyperlink", one, "External"] for one in links.targets]


def _options(held: LongList) -> dict[str, Any]:
    heads = [
        {"header": one.name, "header_format": held.format(one.head)} for one in held.columns
    ]  # fmt: skip
    return {
        "name": held.name, "columns": heads, "style": None, "banded_rows": False,
        "title": held.title, "description": held.about,
    }  # fmt: skip


class _Stream:
    """Rows as a file stores them, and the links met in them."""

    def __init__(self, held: LongList, made_ready: Callable[[str], str]) -> None:
        self._held = held
        self._made_ready = made_ready
        self._start = lru_cache(None)(self._begun)
        self._text = lru_cache(_REMEMBERED)(self._written)
        self._places = [
            (place, xl_col_to_name(place), one.style) for place, one in enumerate(held.columns)
        ]
        self._is_wrapped = any("wrap" in one.style for one in held.columns)
        self.targets: dict[str, int] = {}
        """Addresses, each with its number from 1."""
        self.rows, self.columns, self.numbers = array("L"), array("L"), array("L")
        """Where each link stands, and to which address it leads."""

    def row(self, number: int, cells: Cells) -> str:
        """A row of the sheet, ``number`` counting from 1."""
        made = [
            self._cell(number, place, content, style)
            for (place, _, style), content in zip(self._places, cells, strict=True)
        ]
        high = self._is_wrapped and height(self._held.columns, cells)
        attributes = f' ht="{high:g}" customHeight="1"' if high else ""
        return f'<row r="{number}"{attributes}>{"".join(made)}</row>'

    def _cell(self, row: int, place: int, content: Content | Styled, style: str) -> str:
        if isinstance(content, Styled):
            return self._cell(row, place, *content)
        if isinstance(content, FileAt):
            return self._file(row, place, content, style)
        address, look = self._start(place, style)
        start = f"{address}{row}{look}"
        if isinstance(content, str):
            return f'{start} t="inlineStr">{self._text(content)}</c>' if content else f"{start}/>"
        number = content.length if isinstance(content, Bar) else content
        if number is None or not isfinite(number):
            return f"{start}/>"
        return f"{start}><v>{number:.16G}</v></c>"

    def _file(self, row: int, place: int, file: FileAt, style: str) -> str:
        is_full = len(self.rows) >= MOST_LINKS or not file.path
        address = None if is_full else self._held.addresses.of(file.path)
        if address is None:
            return self._cell(row, place, file.name, style)
        self.rows.append(row)
        self.columns.append(place)
        self.numbers.append(self.targets.setdefault(address, len(self.targets) + 1))
        return self._cell(row, place, file.name, f"{style} link")

    def _begun(self, place: int, style: str) -> tuple[str, str]:
        """What stands before and after the row where a cell begins."""
        look = self._held.format(style)._get_xf_index()  # noqa: SLF001 - of the file's styles
        return f'<c r="{self._places[place][1]}', f'" s="{look}"'

    def _written(self, text: str) -> str:
        cut = text[:LONGEST_TEXT]
        ready = self._made_ready(cut) if _SPECIAL.search(cut) else cut
        is_kept = ready[0].isspace() or ready[-1].isspace()
        return f"<is><t{_KEPT if is_kept else ''}>{ready}</t></is>"
