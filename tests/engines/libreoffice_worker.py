"""Serves requests about spreadsheets, one JSON object a line, with a LibreOffice of its own.

It runs under the Python that LibreOffice's bridge was built for, which is not the tests' Python,
so it uses the standard library and the bridge only.

    libreoffice_worker.py PROGRAM PROFILE_FOLDER [FOLDER_OF_UNPACKED_EXTENSIONS]
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.lang import DisposedException

# The exit code by which a first start asks to be started again.
START_AGAIN = 81
SECONDS_TO_START = 120

# Numbers of com.sun.star.util.NumberFormat, sheet.CellFlags and sheet.FormulaResult.
LOGICAL_FORMAT = 1024
FORMULA_CELLS = 16
TEXT_RESULT = 2

ERRORS = {
    502: "#VALUE!",
    503: "#NUM!",
    504: "#VALUE!",
    519: "#VALUE!",
    521: "#NULL!",
    523: "#NUM!",
    524: "#REF!",
    525: "#NAME?",
    532: "#DIV/0!",
    32767: "#N/A",
}

FILTERS = {
    ".pdf": "calc_pdf_Export",
    ".xlsx": "Calc MS Excel 2007 XML",
    ".ods": "calc8",
}

# Stored results are kept: recalculation happens when a test asks for it. No lock files are made
# or heeded, because those of a LibreOffice that was ended would keep the next one out.
PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
 <item oor:path="/org.openoffice.Office.Calc/Formula/Load">
  <prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>1</value></prop>
 </item>
 <item oor:path="/org.openoffice.Office.Common/Misc">
  <prop oor:name="UseLocking" oor:op="fuse"><value>false</value></prop>
  <prop oor:name="UseDocumentOOoLockFile" oor:op="fuse"><value>false</value></prop>
  <prop oor:name="UseDocumentSystemFileLocking" oor:op="fuse"><value>false</value></prop>
 </item>
 <item oor:path="/org.openoffice.Setup/L10N">
  <prop oor:name="ooLocale" oor:op="fuse"><value>en-US</value></prop>
  <prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>en-US</value></prop>
 </item>
</oor:items>
"""


def properties(**values: object) -> tuple[Any, ...]:
    return tuple(PropertyValue(name, 0, value, 0) for name, value in values.items())


class Office:
    """A running LibreOffice without a window."""

    def __init__(self, program: str, profile: Path, extensions: str = "") -> None:
        self._pipe = f"tablero{os.getpid()}"
        self._command = [
            program,
            f"-env:UserInstallation={profile.as_uri()}",
            f"--accept=pipe,name={self._pipe};urp;",
            *("--headless", "--norestore", "--nologo", "--nodefault"),
        ]
        if extensions:
            self._command.append(f"-env:BUNDLED_EXTENSIONS={Path(extensions).as_uri()}")
        write_profile(profile)
        self._process = self._start()
        context = self._connect()
        self.desktop = context.ServiceManager.createInstanceWithContext(
            "com.sun.star.frame.Desktop", context
        )

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            self._command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=sys.stderr
        )

    def _connect(self) -> Any:
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext(
            "com.sun.star.bridge.UnoUrlResolver", local
        )
        address = f"uno:pipe,name={self._pipe};urp;StarOffice.ComponentContext"
        end = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < end:
            try:
                return resolver.resolve(address)
            except NoConnectException:
                self._start_again_if_asked()
                time.sleep(0.05)
        raise TimeoutError(f"LibreOffice did not start in {SECONDS_TO_START} seconds.")

    def _start_again_if_asked(self) -> None:
        code = self._process.poll()
        if code == START_AGAIN:
            self._process = self._start()
        elif code is not None:
            raise RuntimeError(f"LibreOffice ended with code {code} before it was ready.")

    def stop(self) -> None:
        with suppress(DisposedException):  # it may be gone already
            self.desktop.terminate()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()


def write_profile(profile: Path) -> None:
    (profile / "user").mkdir(parents=True, exist_ok=True)
    (profile / "user" / "registrymodifications.xcu").write_text(PROFILE, encoding="utf-8")


class Documents:
    """The open documents, by number, and what can be asked of them."""

    def __init__(self, desktop: Any) -> None:
        self._desktop = desktop
        self._open: dict[int, Any] = {}
        self._last = 0

    def answer(self, request: dict[str, Any]) -> Any:
        arguments = dict(request)
        return getattr(self, "do_" + arguments.pop("do"))(**arguments)

    def do_open(self, path: str) -> dict[str, Any]:
        url = Path(path).as_uri()
        document = self._desktop.loadComponentFromURL(url, "_blank", 0, properties(Hidden=True))
        if document is None or not document.supportsService(
            "com.sun.star.sheet.SpreadsheetDocument"
        ):
            raise ValueError(f"{path} is not a spreadsheet LibreOffice can open.")
        self._last += 1
        self._open[self._last] = document
        return {"document": self._last, "sheets": list(document.Sheets.ElementNames)}

    def do_close(self, document: int) -> None:
        self._open.pop(document).close(True)

    def do_calculate(self, document: int) -> None:
        self._open[document].calculateAll()

    def do_set(self, document: int, cells: list[tuple[str, str, Any]]) -> None:
        for sheet, address, value in cells:
            put(self._range(document, sheet, address), value)

    def do_read(self, document: int, areas: list[tuple[str, str]]) -> list[Any]:
        return [
            rows_of(self._open[document], self._range(document, sheet, area))
            for sheet, area in areas
        ]

    def do_formulas(self, document: int) -> list[Any]:
        found = self._open[document]
        formats = Formats(found)
        return [area for sheet in found.Sheets for area in formula_areas(sheet, formats)]

    def do_save(self, document: int, path: str) -> None:
        target = Path(path)
        how = properties(FilterName=FILTERS[target.suffix.lower()])
        self._open[document].storeToURL(target.as_uri(), how)

    def do_rearrange(self, document: int, steps: list[list[Any]]) -> list[str]:
        """Do as somebody does who takes the protection off and moves things about."""
        sheets = self._open[document].Sheets
        for sheet in sheets:
            sheet.unprotect("")
        for name, *arguments in steps:
            REARRANGE[name](sheets, *arguments)
        return list(sheets.ElementNames)

    def _range(self, document: int, sheet: str, address: str) -> Any:
        return self._open[document].Sheets.getByName(sheet).getCellRangeByName(address)


def sort(sheets: Any, sheet: str, area: str, by: int) -> None:
    """Sort the rows of an area, downwards, by one of its columns (counted from 0)."""
    key = uno.createUnoStruct("com.sun.star.table.TableSortField")
    key.Field, key.IsAscending = by, False
    keys = uno.Any("[]com.sun.star.table.TableSortField", (key,))
    how = properties(ContainsHeader=False)
    cells = sheets.getByName(sheet).getCellRangeByName(area)
    cells.sort((*how, PropertyValue("SortFields", 0, keys, 0)))


def rename(sheets: Any, sheet: str, name: str) -> None:
    sheets.getByName(sheet).Name = name


# Rows, columns and sheets are counted from 0.
REARRANGE: dict[str, Any] = {
    "insert_rows": lambda sheets, sheet, *where: sheets.getByName(sheet).Rows.insertByIndex(*where),
    "delete_rows": lambda sheets, sheet, *where: sheets.getByName(sheet).Rows.removeByIndex(*where),
    "insert_columns": lambda sheets, sheet, *where: sheets.getByName(sheet).Columns.insertByIndex(
        *where
    ),
    "delete_columns": lambda sheets, sheet, *where: sheets.getByName(sheet).Columns.removeByIndex(
        *where
    ),
    "add_sheet": lambda sheets, sheet, position: sheets.insertNewByName(sheet, position),
    "delete_sheet": lambda sheets, sheet: sheets.removeByName(sheet),
    "move_sheet": lambda sheets, sheet, position: sheets.moveByName(sheet, position),
    "rename_sheet": rename,
    "sort": sort,
}


def put(cell: Any, value: object) -> None:
    if value is None:
        cell.setFormula("")
    elif isinstance(value, bool):
        cell.setFormula(f"={str(value).upper()}()")
    elif isinstance(value, str):
        cell.setString(value)
    else:
        cell.setValue(value)


class Formats:
    """A document's number formats by their keys, each of which is asked for once."""

    def __init__(self, document: Any) -> None:
        self._formats = document.NumberFormats
        self._known: dict[int, tuple[bool, bool]] = {}

    def is_logical(self, key: int) -> bool:
        return self._of(key)[0]

    def is_general(self, key: int) -> bool:
        """Whether it leaves the kind of number to the formula."""
        return self._of(key)[1]

    def _of(self, key: int) -> tuple[bool, bool]:
        if key not in self._known:
            found = self._formats.getByKey(key)
            is_logical = bool(found.Type & LOGICAL_FORMAT)
            self._known[key] = is_logical, found.FormatString == "General"
        return self._known[key]


class Area:
    """A rectangle of cells, of which LibreOffice is asked only what their values leave open."""

    def __init__(self, formats: Formats, find: Callable[[], Any]) -> None:
        self._formats, self._find = formats, find

    @cached_property
    def cells(self) -> Any:
        return self._find()

    @cached_property
    def common_format(self) -> int | None:
        """The number format of all cells; None where they differ."""
        key: int | None = self.cells.NumberFormat
        return key

    def shown(self, formulas: Any, rows: Any) -> list[list[Any]]:
        return [
            [
                self._settled(column, row, value, formulas[row][column])
                for column, value in enumerate(values)
            ]
            for row, values in enumerate(rows)
        ]

    def _settled(self, column: int, row: int, value: Any, formula: str) -> Any:
        """What a cell shows: errors come as nothing, blanks as "", truth values as numbers."""
        if not isinstance(value, str | float):
            error = self.cells.getCellByPosition(column, row).getError()
            return ERRORS.get(error, f"Err:{error}")
        if value == "":
            return "" if formula else None
        is_doubtful = value in (0.0, 1.0) and formula.startswith("=")
        return value == 1.0 if is_doubtful and self._is_logical(column, row) else value

    def _is_logical(self, column: int, row: int) -> bool:
        key = self.common_format
        if key is None or self._formats.is_general(key):
            key = self.cells.getCellByPosition(column, row).NumberFormat
        return self._formats.is_logical(key)


# A call over the bridge costs far more than what it brings: a sheet comes in two of them, and its
# formulas, which stand in hundreds of small areas, are cut out of it here.
def formula_areas(sheet: Any, formats: Formats) -> Iterator[list[Any]]:
    """The areas of formulas with their corners, counted from 0, their texts, and their values."""
    found = sheet.queryContentCells(FORMULA_CELLS).RangeAddresses
    if not found:
        return
    name = sheet.Name
    right, bottom = max(one.EndColumn for one in found), max(one.EndRow for one in found)
    everything = sheet.getCellRangeByPosition(0, 0, right, bottom)
    formulas, data = everything.getFormulaArray(), everything.getDataArray()
    for one in found:
        place = one.StartColumn, one.StartRow, one.EndColumn, one.EndRow
        columns = slice(one.StartColumn, one.EndColumn + 1)
        rows = slice(one.StartRow, one.EndRow + 1)
        texts = [row[columns] for row in formulas[rows]]
        values = [row[columns] for row in data[rows]]
        area = Area(formats, partial(sheet.getCellRangeByPosition, *place))
        yield [name, one.StartColumn, one.StartRow, texts, area.shown(texts, values)]


# The whole range comes in one call; only the few cells it leaves open are asked one by one.
def rows_of(document: Any, cells: Any) -> list[list[Any]]:
    area = Area(Formats(document), lambda: cells)
    return area.shown(cells.getFormulaArray(), cells.getDataArray())


def end_with(parent: int) -> None:
    """Leave nothing behind when the tests are killed: end the whole group of processes."""
    while os.getppid() == parent:
        time.sleep(1)
    os.killpg(0, signal.SIGKILL)


def reply(**answer: object) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def serve(documents: Documents) -> None:
    for line in sys.stdin:
        try:
            reply(result=documents.answer(json.loads(line)))
        except Exception as error:  # noqa: BLE001 - the caller gets it as its answer
            reply(error=f"{type(error).__name__}: {getattr(error, 'Message', error)}")


def main(program: str, profile: str, extensions: str = "") -> None:
    threading.Thread(target=end_with, args=(os.getppid(),), daemon=True).start()
    office = Office(program, Path(profile), extensions)
    reply(result="ready")
    try:
        serve(Documents(office.desktop))
    finally:
        office.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
