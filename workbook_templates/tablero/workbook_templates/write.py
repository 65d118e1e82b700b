"""Writes the pages of a workbook with XlsxWriter, beside the target, then renamed."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import singledispatchmethod
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.image import Image

from tablero.workbook_templates import charts, styles
from tablero.workbook_templates.board import Board
from tablero.workbook_templates.brand import branded
from tablero.workbook_templates.dialects import Dialect
from tablero.workbook_templates.drawing import DrawingSheet
from tablero.workbook_templates.sheets.page import (
    Area,
    Bar,
    Cell,
    Choice,
    Date,
    Days,
    ExcelTable,
    Formula,
    Hint,
    Link,
    Numbers,
    Page,
    Rule,
    Sparkline,
    Spilled,
    Tint,
)
from tablero.workbook_templates.store import WORKBOOK_SCHEMA

_PAPER_A4 = 9
# Excel recalculates on opening what an older calculation engine saved; this one is of 2019.
_PRESENT_CALCULATION = 191029
_BAR_LIMIT = 2.0
_FIRST_DAY, _LAST_DAY = date(1990, 1, 1), date(2100, 12, 31)
# What people may do on a protected sheet: objects are notes, too.
_ALLOWED = {"format_cells": True, "format_columns": True, "format_rows": True, "objects": True}
_ROW_HEIGHT = 17
_LOGO_WIDTH, _LOGO_HEIGHT = 320, 60


def write_workbook(
    board: Board, pages: Sequence[Page], path: Path, *, vba: bytes | None = None
) -> None:
    """Write the workbook; ``path`` holds either what it held before or the whole new file.

    With a ``vba`` project, in which the sheets are Sheet1, Sheet2 … in their order, it has macros.
    """
    descriptor, name = tempfile.mkstemp(prefix=f".{path.stem}-", suffix=".xlsx", dir=path.parent)
    os.close(descriptor)
    temporary = Path(name)
    try:
        _Writer(board, temporary).write(pages, vba)
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


class _TextResult(str):
    """A formula's text result, equal to no other text and no number.

    XlsxWriter stores an empty text as an empty number, which other programs read as 0, a text such
    as "#N/A" as an error and one such as "12" as a number; it finds them by comparing and by
    converting, and stores anything else as the text it is.
    """

    __slots__ = ()
    __hash__ = str.__hash__

    def __eq__(self, other: object) -> bool:
        return False

    def __float__(self) -> float:
        raise ValueError


class _Worksheet(DrawingSheet):
    """A sheet whose formulas come as a file stores them, with the prefixes of newer functions.

    XlsxWriter would look for thirty such functions in each of thousands of formulas.
    """

    def _prepare_formula(self, formula: str, *_: object, **__: object) -> str:
        return formula.removeprefix("=")


class _Writer:
    """One XlsxWriter workbook and the formats already made in it."""

    def __init__(self, board: Board, path: Path) -> None:
        self._board = board
        self._dialect: Dialect = board.dialect
        self._workbook = xlsxwriter.Workbook(
            str(path),
            {"default_format_properties": dict(styles.properties("text"))},
        )
        if not self._dialect.is_self_served:
            self._workbook.set_calc_mode("auto", _PRESENT_CALCULATION)
            self._workbook.calc_on_load = False
        self._formats: dict[str, Format] = {}

    def write(self, pages: Sequence[Page], vba: bytes | None) -> None:
        self._properties()
        if vba:
            self._workbook.add_vba_project(BytesIO(vba), is_stream=True)
        sheets = [self._workbook.add_worksheet(page.title, _Worksheet) for page in pages]
        for name, formula in (*self._board.layout.names.items(), *self._dialect.defined_names()):
            self._workbook.define_name(name, formula)
        for page, sheet in zip(pages, sheets, strict=True):
            _Sheet(self, page, sheet).write()
        self._workbook.close()

    def _properties(self) -> None:
        company = self._board.definition.company
        self._workbook.set_properties(
            {
                "title": f"{company.name} · {self._board.calendar.label}",
                "subject": self._board.say(
                    "home.subtitle", year=self._board.calendar.label, money=self._board.money
                ),
                "company": company.name,
                "author": "Tablero",
                "comments": self._board.say("inputs.subtitle"),
            }
        )
        self._workbook.set_custom_property("tablero.schema", WORKBOOK_SCHEMA, "number")
        self._workbook.set_custom_property("tablero.dialect", self._dialect.name)
        self._workbook.set_custom_property("tablero.language", self._board.language)

    def format(self, style: str) -> Format:
        """The format of a style, made once."""
        if style not in self._formats:
            made = styles.properties(style, self._board.language)
            self._formats[style] = self._workbook.add_format(self.branded(made))
        return self._formats[style]

    def difference(self, properties: dict[str, Any]) -> Format:
        """A format that only says what a conditional format changes."""
        key = repr(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self._workbook.add_format(self.branded(properties))
        return self._formats[key]

    def branded(self, properties: Mapping[str, Any]) -> dict[str, Any]:
        """Properties in the company's colour."""
        return branded(properties, self._board.definition.company.colour)

    def colour(self, colour: str) -> str:
        """One colour, or the company's in its place."""
        return str(self.branded({"colour": colour})["colour"])

    def is_dynamic(self, formula: str) -> bool:
        """Whether a formula must be stored as a dynamic array."""
        return self._dialect.is_dynamic(formula)

    @property
    def workbook(self) -> xlsxwriter.Workbook:
        """The workbook that is being written."""
        return self._workbook

    @property
    def board(self) -> Board:
        """The board that is being written."""
        return self._board


@dataclass(frozen=True)
class _Sheet:
    """Writes one page into one worksheet."""

    writer: _Writer
    page: Page
    sheet: _Worksheet

    def write(self) -> None:
        if not self.page.visible:
            self.sheet.very_hidden()
        self._columns()
        for table in self.page.tables:
            self._table(table)
        for cell in self.page.cells:
            self._cell(cell)
        for rule in self.page.rules:
            self._rule(rule)
        self._drawn()
        for note in self.page.notes:
            self.sheet.write_comment(note.row, note.column, note.text, {"author": note.author})
        self._view()
        if self.page.visible:
            self._print()
        self._logo()

    def _drawn(self) -> None:
        for chart in self.page.charts:
            drawn = charts.made(self.writer.workbook, chart, self.writer.branded)
            self.sheet.insert_chart(chart.row, chart.column, drawn, charts.placement(chart))
        if self.page.drawing:
            self.sheet.draw(self.page.drawing, self.writer.colour)

    def _columns(self) -> None:
        for width in self.page.widths:
            options = {"hidden": True} if width.hidden else {}
            self.sheet.set_column(width.first, width.last, width.characters, None, options)
        for row, height in self.page.heights.items():
            self.sheet.set_row(row, height)

    def _table(self, table: ExcelTable) -> None:
        """Declare a table and write the names of its columns, which Excel wants to be the same."""
        heads = zip(table.columns, map(self.writer.format, table.styles), strict=True)
        options = {
            "name": table.name,
            "columns": [{"header": name, "header_format": made} for name, made in heads],
            "title": table.name,
            "description": table.about,
            "autofilter": False,  # a protected sheet cannot use it
            "style": None,
        }
        self.sheet.add_table(*table.area, options)

    def _cell(self, cell: Cell) -> None:
        row, column, content, style = cell
        made = self.writer.format(style)
        if isinstance(content, Formula):
            self._formula(row, column, content, made)
        elif isinstance(content, Spilled):
            self._cell(cell._replace(content=None if content.result == "" else content.result))
        elif isinstance(content, str):
            self.sheet.write_string(row, column, content, made)
        elif content is None:
            self.sheet.write_blank(row, column, None, made)
        elif isinstance(content, Date):
            self.sheet.write_datetime(row, column, date(*content), made)
        elif isinstance(content, Link):
            self.sheet.write_url(row, column, f"internal:{content.target}", made, content.label)
        else:
            self.sheet.write_number(row, column, content, made)

    def _formula(self, row: int, column: int, formula: Formula, made: Format) -> None:
        text, result = f"={formula.text}", formula.result
        if isinstance(result, str):
            result = _TextResult(result)
        end = (row + formula.rows - 1, column + formula.columns - 1)
        if end != (row, column) or self.writer.is_dynamic(formula.text):
            self.sheet.write_dynamic_array_formula(row, column, *end, text, made, result)
        else:
            self.sheet.write_formula(row, column, text, made, result)

    @singledispatchmethod
    def _rule(self, rule: object) -> None:
        raise TypeError(f"no way to write {rule!r}")

    @_rule.register
    def _(self, rule: Numbers) -> None:
        low, high = rule.minimum, rule.maximum
        bounds = {
            "minimum": -1e15 if low is None else low,
            "maximum": 1e15 if high is None else high,
        }
        self._validation(rule.area, {"validate": "decimal", "criteria": "between", **bounds}, rule)

    @_rule.register
    def _(self, rule: Choice) -> None:
        self._validation(rule.area, {"validate": "list", "source": f"={rule.source}"}, rule)

    @_rule.register
    def _(self, rule: Days) -> None:
        bounds = {"minimum": _FIRST_DAY, "maximum": _LAST_DAY}
        self._validation(rule.area, {"validate": "date", "criteria": "between", **bounds}, rule)

    @_rule.register
    def _(self, rule: Hint) -> None:
        texts = {"input_title": rule.title, "input_message": rule.prompt}
        self.sheet.data_validation(*rule.area, {"validate": "any", **texts})

    def _validation(
        self, area: Area, options: dict[str, Any], rule: Numbers | Choice | Days
    ) -> None:
        texts = {"error_title": rule.title, "error_message": rule.error}
        if rule.prompt:
            texts |= {"input_title": rule.title, "input_message": rule.prompt}
        self.sheet.data_validation(*area, {**options, **texts})

    @_rule.register
    def _(self, rule: Tint) -> None:
        """One condition a band, best first, so that the first that holds decides."""
        bands = len(self.writer.board.definition.bands)
        for position in reversed(range(bands)):
            tone = styles.band_tone(position, bands)
            look: dict[str, Any] = {"font_color": tone.ink, "bg_color": tone.paper}
            if rule.signed:
                look["num_format"] = f'"{tone.symbol} "0%'
            bound = f"INDEX(band_from,{position + 1})-0.000000001" if position else "-1E+300"
            condition = f"=IF(ISNUMBER({rule.achievement}),{rule.achievement}>={bound})"
            self.sheet.conditional_format(
                *rule.area,
                {
                    "type": "formula",
                    "criteria": condition,
                    "format": self.writer.difference(look),
                    "stop_if_true": True,
                },
            )

    @_rule.register
    def _(self, rule: Rule) -> None:
        look = dict(styles.role(rule.style))
        options = {
            "type": "formula",
            "criteria": f"={rule.formula}",
            "format": self.writer.difference(look),
        }
        self.sheet.conditional_format(*rule.area, options)

    @_rule.register
    def _(self, rule: Bar) -> None:
        options = {
            "type": "data_bar", "data_bar_2010": True, "bar_solid": True, "bar_only": True,
            "bar_color": styles.BAR, "bar_border_color": styles.BAR, "bar_axis_position": "none",
            "min_type": "num", "max_type": "num", "min_value": 0, "max_value": rule.most,
        }  # fmt: skip
        self.sheet.conditional_format(*rule.area, options)

    @_rule.register
    def _(self, rule: Sparkline) -> None:
        # Columns rather than a line: LibreOffice prints sparkline lines as dots.
        options = {
            "range": rule.source,
            "type": "column",
            "series_color": styles.MARK,
            "min": 0,
            "max": _BAR_LIMIT,
        }
        self.sheet.add_sparkline(rule.row, rule.column, options)

    def _view(self) -> None:
        page = self.page
        self.sheet.hide_gridlines(2)
        self.sheet.set_default_row(_ROW_HEIGHT)
        if page.tab:
            self.sheet.set_tab_color(self.writer.branded({"tab": page.tab})["tab"])
        if page.freeze != (0, 0):
            self.sheet.freeze_panes(*page.freeze)
        self.sheet.set_selection(*page.select, *page.select)
        self.sheet.protect("", _ALLOWED)

    def _print(self) -> None:
        page, say = self.page, self.writer.board.say
        if page.landscape:
            self.sheet.set_landscape()
        self.sheet.set_paper(_PAPER_A4)
        self.sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        self.sheet.fit_to_pages(1, page.pages_high)
        if page.print_area:
            self.sheet.print_area(*page.print_area)
        if page.repeat_rows:
            self.sheet.repeat_rows(*page.repeat_rows)
        self.sheet.set_h_pagebreaks(page.breaks)
        company = self.writer.board.definition.company.name[:80].replace("&", "&&")
        pages = say("page.footer", page="&P", pages="&N")
        # The blank keeps a name that begins with a digit from becoming part of the font size.
        self.sheet.set_footer(f"&L&9 {company}&C&9{pages}&R&9&A")

    def _logo(self) -> None:
        company = self.writer.board.definition.company
        if self.page.logo and company.logo:
            picture = Image(company.logo)
            scale = min(_LOGO_WIDTH / picture.width, _LOGO_HEIGHT / picture.height, 1)
            place = {"x_scale": scale, "y_scale": scale, "description": company.name}
            self.sheet.insert_image(*self.page.logo, company.logo, place)
