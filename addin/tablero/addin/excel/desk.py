"""The desk at which a macro works: the workbook open in Excel, messages, and files to choose."""

from __future__ import annotations

from pathlib import Path

import xlwings

from tablero.addin.excel.live import read_book
from tablero.workbook_templates.read import Reading

TITLE = "Tablero"


class Desk:
    """An open workbook with the Excel around it, through xlwings' object model."""

    def __init__(self, book: xlwings.Book) -> None:
        self._book = book

    @property
    def name(self) -> str:
        """The name of the workbook's file."""
        return self._book.name

    def reading(self) -> Reading:
        """What the workbook says as it is now, unsaved figures included."""
        return read_book(self._book)

    def tell(self, message: str, *, is_problem: bool = False) -> None:
        """Show a message box."""
        self._book.app.alert(message, TITLE, mode="critical" if is_problem else "info")

    def choose_file(self, suggestion: str, kind: str) -> Path | None:
        """Let the user choose where a new workbook goes; None when they cancel."""
        chosen = self._book.app.api.GetSaveAsFilename(suggestion, f"{kind} (*.xlsm), *.xlsm")
        return Path(chosen) if chosen and isinstance(chosen, str) else None

    def open(self, path: Path) -> None:
        """Open another workbook beside this one."""
        self._book.app.books.open(str(path))
