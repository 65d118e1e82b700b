"""The summary workbook of a portfolio, written line by line: its size is not kept in memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.url import Url
from xlsxwriter.worksheet import Worksheet

from tablero.workbook_templates import styles
from tablero.workbook_templates.backups import unfinished, unfinished_prefix
from tablero.workbook_templates.folders import give_rights
from tablero.workbook_templates.portfolio.statistics import Statistics, statistics
from tablero.workbook_templates.portfolio.summary_links import Addresses
from tablero.workbook_templates.portfolio.summary_parts import (
    Bar,
    Cells,
    Column,
    Content,
    FileAt,
    Heading,
    Sheet,
    Styled,
    height,
)
from tablero.workbook_templates.portfolio.summary_sheets import sheets
from tablero.workbook_templates.portfolio.summary_stream import (
    LONGEST_TEXT,
    ListSheet,
    LongList,
)
from tablero.workbook_templates.texts import text

_PAPER_A4 = 9
_HEADER_ROW = 3
_ROW_HEIGHT = 17
MOST_ROWS: Final = 1_048_576 - _HEADER_ROW - 1
"""Lines of a list that a sheet has room for."""
_EVERYBODYS = 0o666


def write(folder: Path, target: Path, language: str) -> None:
    """Write what many companies come to as a workbook.

    Parameters
    ----------
    folder
        The data set: a folder of Parquet files for each table.
    target
        The workbook; it holds either what it held before or the whole new one.
    language
        en, es or pt.
    """
    with statistics(folder, language) as found:
        write_found(found, target, language)


def write_found(found: Statistics, target: Path, language: str) -> None:
    """Write what the statistics of an open data set say as a workbook.

    Its sheets: summary, ranking, KPIs, benchmarks, bands, figures owed, outliers, problems, and the
    method. They hold values alone, no formula; each company links to its file. Lists are Excel
    tables; all companies are ranked, of the longer lists the first :data:`.MOST_LINES` are told.
    """
    parts = TemporaryDirectory(prefix=unfinished_prefix(target), dir=target.parent)
    with unfinished(target) as draft, parts as room:
        options = {
            "tmpdir": room,
            "default_format_properties": dict(styles.properties("text")),
        }
        with xlsxwriter.Workbook(str(draft), options) as workbook:
            _Writer(workbook, target, language).write(sheets(found, language, MOST_ROWS))
        give_rights(draft, _EVERYBODYS)
        draft.replace(target)


class _Address(Url):  # type: ignore[misc]  # XlsxWriter has no types
    """A link to an address that is whole as it is."""

    def __init__(self, address: str, name: str) -> None:
        super().__init__(f"external:{address}")
        self._link = self._relationship_link = address
        self._text = name


class _Writer:
    """One workbook and the formats already made in it."""

    def __init__(self, workbook: xlsxwriter.Workbook, target: Path, language: str) -> None:
        self._workbook = workbook
        self.language = language
        self.addresses = Addresses(target.parent)
        self._formats: dict[str, Format] = {}

    def write(self, every: Iterator[Sheet]) -> None:
        """Write the sheets in their order."""
        title = text("summary.title", self.language)
        self._workbook.set_properties({"title": title, "author": "Tablero"})
        for sheet in every:
            kind = ListSheet if sheet.is_list else None
            title = text(sheet.title_key, self.language)
            worksheet = self._workbook.add_worksheet(title, kind)
            _SheetWriter(self, sheet, worksheet).write()

    def format(self, style: str) -> Format:
        """The format of a style, made once."""
        if style not in self._formats:
            made = dict(styles.properties(style, self.language))
            self._formats[style] = self._workbook.add_format(made)
        return self._formats[style]


@dataclass
class _SheetWriter:
    """Writes one sheet from the top."""

    writer: _Writer
    sheet: Sheet
    worksheet: Worksheet
    row: int = 0
    bars: list[tuple[int, int, int]] = field(default_factory=list)
    """Columns, first and last rows in which numbers are shown as bars."""

    def write(self) -> None:
        """Head, lines, and how it is looked at and printed."""
        for number, column in enumerate(self.sheet.columns):
            width = column.needed if self.sheet.is_list else column.width
            self.worksheet.set_column(number, number, width)
        self._head()
        if self.sheet.is_list:
            self._list()
        else:
            self._parts()
        self._look()

    def _head(self) -> None:
        self._put(0, text(self.sheet.title_key, self.writer.language), "title")
        self._height(30)
        self.row = 1
        self._put(0, self.sheet.subtitle, "subtitle")
        self._height(18)
        self.row = _HEADER_ROW

    def _list(self) -> None:
        """A list, whose lines are written when the file is."""
        sheet = self.sheet
        self._height(38)
        held = LongList(
            name=sheet.table,
            title=text(sheet.title_key, self.writer.language),
            about=sheet.subtitle,
            row=self.row,
            columns=sheet.columns,
            lines=sheet.lines,
            count=sheet.count or 0,
            format=self.writer.format,
            addresses=self.writer.addresses,
        )
        self.worksheet.hold(held)
        for place, column in enumerate(sheet.columns):
            if column.is_bar:
                self.bars.append((place, self.row + 1, held.last))
        self.row = held.last + 1

    def _parts(self) -> None:
        """Several parts, one under another."""
        for line in self.sheet.parts:
            match line:
                case Heading():
                    self._heading(line)
                case _:
                    self._line(line)

    def _names(self, columns: tuple[Column, ...]) -> None:
        for number, column in enumerate(columns):
            self._put(number, column.name, column.head)
        self._height(32)
        self.row += 1

    def _heading(self, heading: Heading) -> None:
        """A part of a sheet that has several."""
        self.row += heading.space
        for number in range(len(heading.columns)):
            self._put(number, heading.text if number == 0 else None, "section")
        self._height(24)
        self.row += 1
        if heading.named:
            self._names(heading.columns)

    def _line(self, cells: Cells) -> None:
        if high := height(self.sheet.columns, cells):
            self._height(high)
        for number, content in enumerate(cells):
            column = self.sheet.columns[number]
            style = column.style
            if isinstance(content, Styled):
                content, style = content  # noqa: PLW2901 - what it holds
            self._put(number, content, style)
        self.row += 1

    def _put(self, column: int, content: Content, style: str) -> None:
        made = self.writer.format(style)
        match content:
            case None | "":
                self.worksheet.write_blank(self.row, column, None, made)
            case str():
                self.worksheet.write_string(self.row, column, _plain(content), made)
            case FileAt():
                self._file(column, content, style)
            case Bar():
                self._bar(column, content, made)
            case _:
                self.worksheet.write_number(self.row, column, content, made)

    def _file(self, column: int, file: FileAt, style: str) -> None:
        address = self.writer.addresses.of(file.path) if file.path else None
        if address is None:
            self._put(column, file.name, style)
            return
        link = _Address(address, _plain(file.name))
        self.worksheet.write_url(self.row, column, link, self.writer.format(f"{style} link"))

    def _bar(self, column: int, bar: Bar, made: Format) -> None:
        if bar.length is None:
            self.worksheet.write_blank(self.row, column, None, made)
            return
        self.worksheet.write_number(self.row, column, bar.length, made)
        if self.bars and self.bars[-1] == (column, self.bars[-1][1], self.row - 1):
            self.bars[-1] = (column, self.bars[-1][1], self.row)
        else:
            self.bars.append((column, self.row, self.row))

    def _height(self, height: float) -> None:
        self.worksheet.set_row(self.row, height)

    def _look(self) -> None:
        sheet, worksheet = self.sheet, self.worksheet
        worksheet.hide_gridlines(2)
        worksheet.set_default_row(_ROW_HEIGHT)
        worksheet.set_tab_color(sheet.tab)
        for column, start, end in self.bars:
            worksheet.conditional_format(start, column, end, column, _bars(sheet.full))
        if sheet.is_list:
            worksheet.freeze_panes(_HEADER_ROW + 1, sheet.frozen)
            worksheet.repeat_rows(_HEADER_ROW)
        self._print()

    def _print(self) -> None:
        if self.sheet.pages_high != 1:
            self.worksheet.set_landscape()
        self.worksheet.set_paper(_PAPER_A4)
        self.worksheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        self.worksheet.fit_to_pages(1, self.sheet.pages_high)
        self.worksheet.print_area(0, 0, self.row - 1, len(self.sheet.columns) - 1)
        pages = text("page.footer", self.writer.language, page="&P", pages="&N")
        title = text("summary.title", self.writer.language)
        self.worksheet.set_footer(f"&L&9 {title}&C&9{pages}&R&9&A")


def _bars(most: float) -> dict[str, Any]:
    """Data bars in the place of numbers."""
    return {
        "type": "data_bar", "data_bar_2010": True, "bar_solid": True, "bar_only": True,
        "bar_color": styles.BAR, "bar_border_color": styles.BAR, "bar_axis_position": "none",
        "min_type": "num", "max_type": "num", "min_value": 0, "max_value": most,
    }  # fmt: skip


def _plain(content: str) -> str:
    """A text that is written as it is.

    XlsxWriter takes what looks like its own pieces of rich text for such; a blank tells it apart.
    """
    is_taken_for_rich = content.startswith("<r>") and content.endswith("</r>")
    return content[:LONGEST_TEXT] + " " * is_taken_for_rich
